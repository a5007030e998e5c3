# SPDX-License-Identifier: Apache-2.0
"""Builds and runs choices, once: what a trial found is kept in the cache under everything that it depends on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from packlight.elf import Elf
from packlight.errors import MeasureError
from packlight.nouns.choice import Choice, Trial
from packlight.nouns.program import Program
from packlight.nouns.report import CONSTANT_KINDS, Report
from packlight.toolcache import cache_folder, digest
from packlight.toolchains import find_toolchain
from packlight.verbs.build import build
from packlight.verbs.emit import Form
from packlight.verbs.fit.candidates import Candidates
from packlight.verbs.measure import measure
from packlight.verbs.measure.ledger import callers_of, entry_of

PACKAGE = Path(__file__).parent.parent.parent


class Bench:
    """Where the choices of one model are tried: one target, compiler, form and emulator."""

    def __init__(
        self,
        candidates: Candidates,
        *,
        toolchain: str | None = None,
        form: Form = "compiled",
        emulator: str | None = None,
        progress: Callable[[str], None] = lambda title: None,
    ) -> None:
        self.candidates = candidates
        self.toolchain, self.form, self.emulator = toolchain, form, emulator
        self.trials: dict[str, Trial] = {}  # by the choice's key
        self._progress = progress
        found = find_toolchain(toolchain, candidates.target)
        tools = f"{found} {found.command} {emulator}"
        parts = (repr(candidates.target), tools, form, candidates.content, sources())
        self._key = digest(*(part.encode() for part in parts))

    def trial(self, choice: Choice) -> Trial:
        """What a choice costs. It is built and run unless that was done before; its outputs must be the PC's."""
        if choice.key not in self.trials:
            place = cache_folder() / "trials" / f"{digest(self._key.encode(), choice.key.encode())}.json"
            self.trials[choice.key] = _kept(place) or self._run(choice, place)
        return self.trials[choice.key]

    def _run(self, choice: Choice, place: Path) -> Trial:
        self._progress(f"Building and running choice {len(self.trials) + 1} of kernels ...")
        program = self.candidates.program(choice)
        target, tools = self.candidates.target, self.toolchain
        firmware = build(program, target, form=self.form, toolchain=tools, optimize=choice.optimize)
        report = measure(firmware, program, runs=1, emulator=self.emulator)
        if not report.bit_exact:
            raise MeasureError(
                "E620",
                f"{program.name}: a choice of kernels gives other outputs than the PC",
                at=", ".join(dict.fromkeys(choice.kernels)),
                fix="please report this; --optimize size uses none of the faster kernels",
            )
        found = _trial(choice, report, program)
        place.parent.mkdir(parents=True, exist_ok=True)
        made = place.with_name(f"{os.getpid()}-{place.name}")
        made.write_text(json.dumps(asdict(found)), "utf-8")
        made.replace(place)  # whole or not at all
        return found


@cache
def sources() -> str:
    """A digest of packlight itself: kernels, targets, emulators, and what drives them."""
    suffixes = (".py", ".c", ".h", ".S", ".ld", ".toml", ".txt")
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in suffixes and path.is_file())
    named = {path.relative_to(PACKAGE).as_posix(): path.read_bytes() for path in files}
    return digest(*(part for name, content in named.items() for part in (name.encode(), content)))


def _kept(place: Path) -> Trial | None:
    try:
        data: dict[str, Any] = json.loads(place.read_text("utf-8"))
        choice = data.pop("choice")
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return Trial(Choice(tuple(choice.pop("kernels")), **choice), **{**data, **lists})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _trial(choice: Choice, report: Report, program: Program) -> Trial:
    callers = callers_of(Elf(Path(report.elf)))
    own = [0] * len(report.calls)
    kernels: dict[str, int] = {}
    shared: dict[str, dict[str, int]] = {}
    for item in report.flash:
        if item.kind in (*CONSTANT_KINDS, "glue"):
            if len(item.calls) == 1:
                own[item.calls[0]] += item.bytes
        elif entry_of(item.name, program) in choice.kernels or (item.kind == "kernel" and not callers.get(item.name)):
            kernels[item.detail] = kernels.get(item.detail, 0) + item.bytes
        else:
            users = _users(item.name, callers, choice.kernels, program)
            for kernel in users if "" not in users else ():
                shared.setdefault(kernel, {})[item.name] = item.bytes
    return Trial(
        choice,
        report.flash_total,
        report.flash_code,
        report.ram.arena,
        report.ram.total,
        report.instructions,
        tuple(call.instructions for call in report.calls),
        tuple(own),
        kernels,
        shared,
    )


def _users(symbol: str, callers: Mapping[str, tuple[str, ...]], kernels: Container[str], program: Program) -> set[str]:
    """Those of `kernels` from which a function is reached; "" stands for anything else that nothing calls."""
    seen, waiting, found = {symbol}, [symbol], set[str]()
    while waiting:
        above = callers.get(waiting.pop(), ())
        if not above:
            found.add("")
        for caller in above:
            kernel = entry_of(caller, program)
            if kernel and kernel in kernels:
                found.add(kernel)
            elif caller not in seen:
                seen.add(caller)
                waiting.append(caller)
    return found
