# SPDX-License-Identifier: Apache-2.0
"""--optimize and the budgets: the same words, with the same meaning, for all commands that build."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from packlight.cli.options import OPTIMIZE, TOOLCHAINS, ModelPath, user_resolver
from packlight.errors import UsageError

if TYPE_CHECKING:
    from packlight.nouns.choice import Budget, Trial
    from packlight.nouns.program import Program
    from packlight.nouns.target import Target

_F = TypeVar("_F", bound=Callable[..., Any])


def amount(text: str, kilo: int) -> int:
    """A number such as 24576, 24K or 1.5M, K being `kilo`; raises ValueError otherwise."""
    found = re.fullmatch(r"(\d[\d_,]*(?:\.\d+)?)\s*([kKmM]?)(?:i?[bB])?", text)
    if not found:
        raise ValueError(f"{text} is no amount such as 24576, 24K or 1.5M")
    number = float(found[1].replace(",", "").replace("_", ""))
    return int(number * kilo ** " km".index(found[2].lower() or " "))


def _amount_of(kilo: int) -> Callable[[click.Context, click.Parameter, str | None], int | None]:
    def read(context: click.Context, parameter: click.Parameter, given: str | None) -> int | None:
        try:
            return None if given is None else amount(given, kilo)
        except ValueError as error:
            raise click.BadParameter(str(error), context, parameter) from error

    return read


def choice_options(function: _F) -> _F:
    """--optimize, --flash-budget, --ram-budget, --instructions-budget; the function gets `**wanted`."""
    texts = {
        "--instructions-budget": ("N", 1000, "The smallest firmware of at most N instructions: 900K, 3M."),
        "--ram-budget": ("SIZE", 1024, "The fastest firmware within SIZE of RAM, stack included: 8K."),
        "--flash-budget": ("SIZE", 1024, "The fastest firmware within SIZE of flash, weights included: 24K."),
    }
    for name, (metavar, kilo, text) in texts.items():
        function = click.option(name, metavar=metavar, callback=_amount_of(kilo), help=text)(function)
    text = "What kernels and compiler aim at; balanced: the least flash times instructions.  [default: size]"
    return click.option("--optimize", type=click.Choice(OPTIMIZE), help=text)(function)


def toolchain_option(function: _F) -> _F:
    text = "The compiler: zig from PyPI, or an installed GNU compiler.  [default: zig]"
    return click.option("--toolchain", type=click.Choice(TOOLCHAINS), help=text)(function)


@dataclass(frozen=True)
class Wanted:
    """What the options ask for."""

    optimize: str | None
    flash: int | None
    ram: int | None
    instructions: int | None

    @classmethod
    def of(cls, options: dict[str, Any]) -> Wanted:
        """From the keyword arguments that `choice_options` adds."""
        budgets = (options[f"{name}_budget"] for name in ("flash", "ram", "instructions"))
        return cls(options["optimize"], *budgets)

    @property
    def limited(self) -> bool:
        return any(limit is not None for limit in (self.flash, self.ram, self.instructions))

    @property
    def budget(self) -> Budget:
        from packlight.nouns.choice import Budget

        return Budget(self.flash, self.ram, self.instructions)

    @property
    def words(self) -> list[str]:
        """The options again, for the next command."""
        limits = {"flash": self.flash, "ram": self.ram, "instructions": self.instructions}
        found = ["--optimize", self.optimize] if self.optimize and self.optimize != "size" else []
        return found + [
            word for name, limit in limits.items() if limit is not None for word in (f"--{name}-budget", str(limit))
        ]


@dataclass(frozen=True)
class Chosen:
    """The program to build, and how."""

    program: Program
    optimize: str  # what the compiler aims at where `program.levels` does not say otherwise
    goal: str  # what was asked for: size, balanced, speed
    note: str = ""  # how the figures of a choice by measurement stand to what was possible


def choose_program(
    model: ModelPath,
    core: Target | None,
    wanted: Wanted,
    *,
    operators: tuple[str, ...] = (),
    progress: Callable[[str], None] = lambda title: None,
    **how: Any,
) -> Chosen:
    """The program that the options ask for.

    Kernels are chosen by the order in which they are declared; with a budget or `balanced` by measuring them. `how`
    goes to `fit`: toolchain, form, emulator.
    """
    from packlight.verbs.pack import pack

    if wanted.limited and core is None:
        raise UsageError("E430", "a budget needs a core to measure on", fix="--target cortex-m4; packlight targets")
    measured = wanted.limited or wanted.optimize == "balanced"
    if core is None or not measured or (core.is_host and not wanted.limited):
        optimize = wanted.optimize or "size"
        return Chosen(pack(model, user_resolver(operators), target=core, optimize=optimize), optimize, optimize)
    from packlight.verbs.fit import fit

    resolver = user_resolver(operators)
    fitted = fit(
        model, core, optimize=wanted.optimize, budget=wanted.budget, resolver=resolver, progress=progress, **how
    )
    note = _note(wanted, fitted.goal, fitted.trial, fitted.smallest, fitted.fastest)
    return Chosen(fitted.program, fitted.trial.choice.optimize, fitted.goal, note)


def _note(wanted: Wanted, goal: str, trial: Trial, smallest: Trial, fastest: Trial) -> str:
    spared = [
        f"{limit - figure:,} {unit} to spare"
        for limit, figure, unit in (
            (wanted.flash, trial.flash, "B of flash"),
            (wanted.ram, trial.ram, "B of RAM"),
            (wanted.instructions, trial.instructions, "instructions"),
        )
        if limit is not None
    ]
    title = {"size": "The smallest", "balanced": "The best trade", "speed": "The fastest"}[goal]
    ends = f"smallest {smallest.flash:,} B, fastest {fastest.instructions:,} instructions"
    return f"{title} of those measured ({ends})" + (": " + ", ".join(spared) if spared else "") + "."
