# SPDX-License-Identifier: Apache-2.0
"""The choices worth building: those that no other is expected to beat in both flash and instructions.

What a choice will cost is put together from trials in which every call had every kernel: the bytes of its kernels, of
the functions they share, of the constants of each call, and the instructions of each call. Calls of different portable
kernels meet only in what they share. So the best choices of each such family are found among all sets of its kernels,
each at each of the compiler's levels, and the families are joined, keeping what is not beaten.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from packlight.nouns.choice import Choice, Trial

#: The most choices kept of one front, its ends included; longer ones are thinned evenly.
KEPT = 60
#: Bytes of a call's own constants that are not worth a decision.
SMALL = 64


@dataclass(frozen=True)
class Part:
    """What one kernel at one level costs, and what the calls that it can serve cost with it."""

    kernel: str
    level: str
    bytes: int
    shared: Mapping[str, int]  # bytes of functions, by name
    calls: Mapping[int, tuple[int, int]]  # by call: instructions, and bytes of its own

    @property
    def code(self) -> int:
        return self.bytes + sum(self.shared.values())


@dataclass(frozen=True)
class Expected:
    """A choice for some of the calls, or for all, with what it is expected to cost."""

    bytes: int  # without the shared functions
    instructions: int
    shared: Mapping[str, int]
    kernels: Mapping[int, str]
    levels: Mapping[str, str]

    @cached_property
    def flash(self) -> int:
        return self.bytes + sum(self.shared.values())

    @property
    def choice(self) -> Choice:
        levels = {kernel: level for kernel, level in self.levels.items() if level != "size"}
        return Choice(tuple(kernel for _, kernel in sorted(self.kernels.items())), levels=levels)

    def folded(self, several: Container[str]) -> Expected:
        """The same, with the shared functions that no other family has counted among its own bytes."""
        shared = {name: size for name, size in self.shared.items() if name in several}
        return replace(self, bytes=self.flash - sum(shared.values()), shared=shared)

    def with_(self, other: Expected) -> Expected:
        """Both together; shared functions are paid once."""
        return Expected(
            self.bytes + other.bytes,
            self.instructions + other.instructions,
            _union((self.shared, other.shared)),
            {**self.kernels, **other.kernels},
            {**self.levels, **other.levels},
        )


def _union(shared: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Functions that all of several need, each once, at its largest."""
    found: dict[str, int] = {}
    for functions in shared:
        for name, size in functions.items():
            found[name] = max(size, found.get(name, 0))
    return found


def frontier(
    trials: Sequence[Trial], families: Sequence[Sequence[int]], allowed: Mapping[int, Sequence[str]]
) -> list[Expected]:
    """The choices that none beats in both figures, the smallest first.

    `families` are the calls (indices) that have kernels in common; `allowed` are the kernels that each call may have.
    """
    first = trials[0]
    used = {name: size for functions in first.shared.values() for name, size in functions.items()}
    rest = first.flash - sum(first.call_bytes) - sum(first.kernel_bytes.values()) - sum(used.values())
    glue = first.instructions - sum(first.call_instructions)
    found = [Expected(rest, glue, {}, {}, {})]
    parts = [_parts(trials, family, allowed) for family in families]
    names = [{name for levels in each.values() for part in levels for name in part.shared} for each in parts]
    several = {name for name in set().union(*names) if sum(name in each for each in names) > 1}
    for family, kernels in zip(families, parts, strict=True):
        own = family_front(kernels, family, several)
        found = _best(one.with_(other) for one, other in _pairs(found, own))
    return unbeaten(found)


def family_front(
    parts: Mapping[str, Sequence[Part]], family: Sequence[int], several: Container[str] = ()
) -> list[Expected]:
    """The best choices for the calls of one family, from all sets of its kernels that are worth a look.

    `several` are functions that other families need as well: they stay apart, all others are counted in.

    Branch and bound: a kernel joins a set only if some call gains by it, and a set is left when a choice already found
    has no more code than it and no more instructions than any set made from it can reach.
    """
    fewest = _reach(list(parts.values()))
    order = sorted((list(levels) for levels in parts.values() if levels), key=lambda levels: _pace(levels, fewest))
    reaches = [_reach(order[at:]) for at in range(len(order) + 1)]
    found: list[Expected] = []

    def walk(at: int, present: list[Part], now: dict[int, tuple[int, int]]) -> None:
        shared = _union(part.shared for part in present)
        size = sum(part.bytes for part in present) + sum(shared[name] for name in shared if name not in several)
        costs = [min(costs) for call in family if (costs := [c[call] for c in (now, reaches[at]) if call in c])]
        least = sum(cost for cost, _ in costs)
        if len(costs) < len(family) or any(each.flash <= size and each.instructions <= least for each in found):
            return
        if at == len(order):
            found[:] = _added(found, [each.folded(several) for each in _assignments(present, family)])
            return
        for part in order[at]:
            joined = {call: min(cost, now.get(call, cost)) for call, cost in part.calls.items()}
            if any(_gains(part.calls[call], now.get(call)) for call in part.calls):
                walk(at + 1, [*present, part], {**now, **joined})
        walk(at + 1, present, now)

    walk(0, [], {})
    return found


def _gains(cost: tuple[int, int], before: tuple[int, int] | None) -> bool:
    return before is None or cost[0] < before[0] or cost[1] < before[1] - SMALL


def _reach(order: Sequence[Sequence[Part]]) -> dict[int, tuple[int, int]]:
    """By call: the fewest instructions that a kernel of these takes, and its bytes."""
    found: dict[int, tuple[int, int]] = {}
    for levels in order:
        for part in levels:
            for call, cost in part.calls.items():
                found[call] = min(cost, found.get(call, cost))
    return found


def _pace(levels: Sequence[Part], fewest: Mapping[int, tuple[int, int]]) -> float:
    """How many times the fewest instructions a kernel takes, over the calls that it serves."""
    best = _reach([levels])
    return sum(cost for cost, _ in best.values()) / max(1, sum(fewest[call][0] for call in best))


def _assignments(present: Sequence[Part], family: Sequence[int]) -> list[Expected]:
    """The set's kernels given to the calls: each call its fastest; and, where kernels differ much in the constants that
    they need, also the best for each price of a byte in instructions at which some call would change."""
    serving = {call: [part for part in present if call in part.calls] for call in family}
    prices = {0.0}
    for call, parts in serving.items():
        fastest = min(parts, key=lambda part: part.calls[call])
        for part in parts:
            saved = fastest.calls[call][1] - part.calls[call][1]
            if saved > SMALL:
                prices.add((part.calls[call][0] - fastest.calls[call][0] + 1) / saved)
    found = []
    for price in prices:
        picks = {
            call: min(parts, key=lambda part: (part.calls[call][0] + price * part.calls[call][1], part.calls[call]))
            for call, parts in serving.items()
        }
        if len(set(map(id, picks.values()))) < len(present):  # a kernel that serves nothing: the smaller set says it
            continue
        total = sum(part.bytes for part in present) + sum(part.calls[call][1] for call, part in picks.items())
        found.append(
            Expected(
                total,
                sum(part.calls[call][0] for call, part in picks.items()),
                _union(part.shared for part in present),
                {call: part.kernel for call, part in picks.items()},
                {part.kernel: part.level for part in present},
            )
        )
    return found


def beaten(trials: Sequence[Trial], family: Sequence[int], scratch: Sequence[Mapping[str, int]]) -> set[str]:
    """The kernels of a family that need not be tried at more levels.

    Another one serves all their calls, with no more instructions, code and scratch memory (`scratch`: bytes by call and
    kernel), and stays.
    """
    allowed = {call: list(scratch[call]) for call in family}
    found = {kernel: levels[0] for kernel, levels in _parts(trials, family, allowed).items() if levels}
    lost: set[str] = set()
    for kernel, part in found.items():
        rivals = (rival for name, rival in found.items() if name != kernel and name not in lost)
        if any(_beats(rival, part, scratch) for rival in rivals):
            lost.add(kernel)
    return lost


def _beats(rival: Part, part: Part, scratch: Sequence[Mapping[str, int]]) -> bool:
    return rival.code <= part.code and all(
        call in rival.calls
        and rival.calls[call][0] <= instructions
        and scratch[call][rival.kernel] <= scratch[call][part.kernel]
        for call, (instructions, _) in part.calls.items()
    )


def _parts(
    trials: Sequence[Trial], family: Sequence[int], allowed: Mapping[int, Sequence[str]]
) -> dict[str, list[Part]]:
    """By kernel what the trials say of it at each level; of several trials that which it is largest in."""
    found: dict[str, dict[str, Part]] = {}
    for trial in trials:
        if trial.choice.optimize != "size":
            continue
        for kernel in dict.fromkeys(trial.choice.kernels[call] for call in family):
            level = trial.choice.levels.get(kernel, "size")
            calls = {
                call: (trial.call_instructions[call], trial.call_bytes[call])
                for call in family
                if trial.choice.kernels[call] == kernel and kernel in allowed[call]
            }
            before = found.setdefault(kernel, {}).get(level)
            size, shared = trial.kernel_bytes.get(kernel, 0), trial.shared.get(kernel, {})
            made = Part(kernel, level, size, shared, calls)
            if before:
                larger = max(before, made, key=lambda part: part.code)
                made = replace(larger, calls={**calls, **before.calls})
            found[kernel][level] = made
    return {kernel: [part for part in levels.values() if part.calls] for kernel, levels in found.items()}


def _added(found: list[Expected], new: Sequence[Expected]) -> list[Expected]:
    """`found` and what is new and better."""
    kept = [each for each in new if not any(_covers(other, each) for other in found)]
    return [other for other in found if not any(_covers(each, other) for each in kept)] + kept


def _covers(one: Expected, other: Expected) -> bool:
    """Whether a choice is as good whatever else is chosen: it shares no function that the other does not need too."""
    return (
        one.bytes <= other.bytes and one.instructions <= other.instructions and one.shared.keys() <= other.shared.keys()
    )


def _pairs(some: Sequence[Expected], others: Sequence[Expected]) -> Iterator[tuple[Expected, Expected]]:
    """One of each, but those pairs alone that no pair with the same shared functions beats."""
    groups: dict[frozenset[str], list[tuple[int, int, int, int]]] = {}
    for at, one in enumerate(some):
        for by, other in enumerate(others):
            costs = (one.bytes + other.bytes, one.instructions + other.instructions, at, by)
            groups.setdefault(frozenset((*one.shared, *other.shared)), []).append(costs)
    for group in groups.values():
        fewest = None
        for _, instructions, at, by in sorted(group):
            if fewest is None or instructions < fewest:
                fewest = instructions
                yield some[at], others[by]


def _best(found: Iterable[Expected]) -> list[Expected]:
    """Those that none with the same shared functions beats; thinned where they are very many."""
    groups: dict[tuple[str, ...], list[Expected]] = {}
    for each in found:
        groups.setdefault(tuple(sorted(each.shared)), []).append(each)
    kept: list[Expected] = []
    for group in groups.values():
        front = unbeaten(group)
        step = max(1.0, (len(front) - 1) / (KEPT - 1))
        kept += [front[round(at * step)] for at in range(min(len(front), KEPT))]
    return kept


_Costs = TypeVar("_Costs", Expected, Trial)


def unbeaten(found: Iterable[_Costs]) -> list[_Costs]:
    """Those that no other beats in both flash and instructions, the smallest first."""
    kept: list[_Costs] = []
    for each in sorted(found, key=lambda one: (one.flash, one.instructions)):
        if not kept or each.instructions < kept[-1].instructions:
            kept.append(each)
    return kept
