# SPDX-License-Identifier: Apache-2.0
"""`fit`: the kernels and compiler's levels with which a firmware is the fastest within budgets, or the smallest.

Nothing is guessed: what each kernel costs for each call is measured in the emulator, the best choices are put together
from that, and the winner is built and run; where it is larger than expected the next one is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from packlight.errors import MeasureError, UsageError
from packlight.nouns.choice import LEVELS, Budget, Choice, Trial
from packlight.nouns.model import Model
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.verbs.emit import Form
from packlight.verbs.fit.candidates import Candidates
from packlight.verbs.fit.frontier import Expected, beaten, frontier, unbeaten
from packlight.verbs.fit.reasons import reasons
from packlight.verbs.fit.trial import Bench
from packlight.verbs.resolve import OpResolver

#: Most choices that are built for one question, beside those that measure the kernels.
ATTEMPTS = 8

_GOALS: dict[str, Callable[[Trial | Expected], tuple[int, int]]] = {
    "size": lambda costs: (costs.flash, costs.instructions),
    "balanced": lambda costs: (costs.flash * costs.instructions, costs.flash),
    "speed": lambda costs: (costs.instructions, costs.flash),
}


@dataclass(frozen=True)
class Fitted:
    """The program that a choice makes, and what the choice costs."""

    program: Program
    trial: Trial
    goal: str  # size, balanced or speed: which of those that fit was wanted
    smallest: Trial  # of all choices, whatever the budget
    fastest: Trial


def fit(
    model: Model | str | os.PathLike[str] | bytes,
    target: Target,
    *,
    optimize: str | None = None,
    budget: Budget = Budget(),  # noqa: B008 - it is frozen
    toolchain: str | None = None,
    form: Form = "compiled",
    resolver: OpResolver | None = None,
    emulator: str | None = None,
    progress: Callable[[str], None] = lambda title: None,
) -> Fitted:
    """The best firmware of a model that keeps to a budget.

    `optimize` says what is best: "speed" the fewest instructions, "size" the least flash, "balanced" the least product
    of both, so that each percent of flash buys more than a percent of the instructions. By default it is speed, but
    size where nothing but the instructions is limited. Raises `MeasureError` E621 where no choice keeps to the budget.
    """
    goal = optimize or ("size" if budget.instructions is not None and budget.flash is budget.ram is None else "speed")
    if goal not in LEVELS:
        raise UsageError("E424", f"optimize cannot be {goal!r}", fix="choose one of " + ", ".join(LEVELS))
    if target.is_host:
        raise UsageError("E427", f"the target {target.name} has no emulator", fix="choose a core; packlight targets")
    candidates = Candidates(model, target, resolver, costly=budget.ram is not None)
    bench = Bench(candidates, toolchain=toolchain, form=form, emulator=emulator, progress=progress)
    search = Search(bench)
    found = search.best(goal, budget)
    if found is None:
        raise _unmet(search, budget)
    program = candidates.program(found.choice, reasons(bench, found, goal, budget))
    trials = list(bench.trials.values())
    return Fitted(program, found, goal, min(trials, key=_GOALS["size"]), min(trials, key=_GOALS["speed"]))


class Search:
    """The trials of all kernels, and what can be expected of their combinations."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._fronts: dict[int | None, list[Expected]] = {}
        candidates = bench.candidates
        self.layers = [bench.trial(choice) for choice in candidates.layers_at("size")]
        needs = [{call.kernel.name: call.scratch for call in calls} for calls in candidates.calls]
        without = {kernel for family in candidates.families for kernel in beaten(self.layers, family, needs)}
        for level in LEVELS[1:]:
            self.layers += [bench.trial(choice) for choice in candidates.layers_at(level, without)]
        self.layers.append(bench.trial(candidates.speed))

    def front(self, ram: int | None = None) -> list[Expected]:
        """The choices worth building whose working memory can fit `ram`, the smallest first."""
        if ram not in self._fronts:
            self._fronts[ram] = self._front(ram)
        return self._fronts[ram]

    def _front(self, ram: int | None) -> list[Expected]:
        calls = self.bench.candidates.calls
        if not calls:
            return []
        outside = min(trial.ram - trial.arena for trial in self.layers)
        allowed = {
            index: [
                call.kernel.name
                for call in kernels
                if ram is None or call is kernels[0] or self._live(index) + call.scratch + outside <= ram
            ]
            for index, kernels in enumerate(calls)
        }
        return frontier(self.layers, self.bench.candidates.families, allowed)

    def _live(self, index: int) -> int:
        """Bytes of the arena in use during a call, scratch apart."""
        program = self.bench.candidates.portable
        lifetimes = program.plan.lifetimes
        return sum(
            buffer.size
            for buffer in program.buffers
            if buffer.role != "scratch"
            and buffer.index in lifetimes
            and lifetimes[buffer.index].first <= index <= lifetimes[buffer.index].last
        )

    def best(self, goal: str, budget: Budget) -> Trial | None:
        """The best choice that keeps to the budget, built and run; None where none was found."""
        key = _GOALS[goal]
        front = self.front(budget.ram)
        tried = {trial.choice.key for trial in self.bench.trials.values()}
        larger, slower = 0, 0  # by how much the last one built missed what was expected
        for _ in range(ATTEMPTS):
            best = min((trial for trial in self.bench.trials.values() if _holds(budget, trial)), key=key, default=None)
            hopeful = [
                each
                for each in front
                if each.choice.key not in tried
                and budget.holds(each.flash + larger, 0, each.instructions + slower)
                and (best is None or key(each) < key(best))
            ]
            if not hopeful:
                break
            expected = min(hopeful, key=key)
            trial = self.bench.trial(expected.choice)
            tried.add(expected.choice.key)
            larger, slower = trial.flash - expected.flash, trial.instructions - expected.instructions
        return min((trial for trial in self.bench.trials.values() if _holds(budget, trial)), key=key, default=None)

    def points(self, number: int) -> list[Trial]:
        """About `number` choices along the frontier, built and run; those that none beats, the smallest first."""
        for expected in _spread(self.front(), number):
            self.bench.trial(expected.choice)
        return unbeaten(self.bench.trials.values())


def _spread(front: Sequence[Expected], number: int) -> list[Expected]:
    """At most `number` of a front, ends included, at even distances in flash and the logarithm of instructions."""
    if len(front) <= number:
        return list(front)
    flash = front[-1].flash - front[0].flash
    speed = log(front[0].instructions / front[-1].instructions)
    way = [0.0]
    for one, other in pairwise(front):
        way.append(way[-1] + (other.flash - one.flash) / flash + log(one.instructions / other.instructions) / speed)
    marks = (way[-1] * at / (number - 1) for at in range(number))
    nearest = (min(range(len(front)), key=lambda at: abs(way[at] - mark)) for mark in marks)
    return [front[at] for at in sorted(set(nearest))]


def _holds(budget: Budget, trial: Trial) -> bool:
    return budget.holds(trial.flash, trial.ram, trial.instructions)


def _unmet(search: Search, budget: Budget) -> MeasureError:
    """Why no choice keeps to the budget: for each limit the closest that can be had, alone or with the others kept."""
    limits = (
        ("flash", budget.flash, "size", "B of flash", lambda trial: trial.flash),
        ("ram", budget.ram, "size", "B of RAM", lambda trial: trial.ram),
        ("instructions", budget.instructions, "speed", "instructions", lambda trial: trial.instructions),
    )
    missed: list[str] = []
    closest: list[str] = []
    for name, limit, goal, unit, figure in limits:
        if limit is None:
            continue
        others = Budget(**{each: value for each, value, *_ in limits if each != name})
        search.best(goal, others)
        within: Sequence[Trial] = [trial for trial in search.bench.trials.values() if _holds(others, trial)]
        every: Sequence[Trial] = list(search.bench.trials.values())
        alone = min(map(figure, every))
        missed.append(f"{limit:,} {unit}")
        if alone > limit:
            closest.append(f"the closest is {alone:,} {unit}")
        elif within:
            closest.append(f"the closest is {min(map(figure, within)):,} {unit} within the other limits")
    return MeasureError(
        "E621",
        f"{search.bench.candidates.portable.name} cannot keep to {' and '.join(missed)}",
        at=f"{search.bench.candidates.target.name}, {search.bench.form} form",
        why="; ".join(closest),
        fix="packlight explore shows what there is",
    )


__all__ = ["Budget", "Choice", "Fitted", "Search", "fit"]
