# SPDX-License-Identifier: Apache-2.0
"""`plan`: gives every buffer of the arena an offset such that no two that live at once overlap.

Dynamic storage allocation is NP-hard, but the graphs of small models are kind: we place greedily by several orders
(Pisarchyk and Lee, arXiv 2001.03288, "greedy by size" first), each buffer into the lowest gap that holds it, and stop
at the first plan as small as the largest live set, below which none can be. Where no order reaches it, orders are
improved by a deterministic local search.
"""

from __future__ import annotations

import random
from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from packlight.nouns.kernel import align
from packlight.nouns.program import Buffer, Lifetime, MemoryPlan, Schedule

#: Work of the local search before the best plan found is taken: pairs of buffers compared (about a second), and orders.
SEARCH_PAIRS, SEARCH_STEPS = 20_000_000, 2000


@dataclass(frozen=True)
class Request:
    """One buffer to be placed: how many bytes, how aligned, and during which calls."""

    index: int
    size: int
    alignment: int
    lifetime: Lifetime

    def meets(self, other: Request) -> bool:
        return self.lifetime.first <= other.lifetime.last and other.lifetime.first <= self.lifetime.last


def plan(schedule: Schedule, *, keep_all: bool = False, guard: int = 0) -> MemoryPlan:
    """Offsets for all buffers in the arena.

    `keep_all` lets every tensor live to the end, so that each can be read after an invoke. `guard` leaves that many
    bytes free around every buffer, for tests that look for writes outside of it.
    """
    lifetimes = _lifetimes(schedule, keep_all)
    offsets, position = {}, guard
    for buffer in schedule.buffers:
        if buffer.area == "persistent":
            position = align(position, buffer.alignment)
            offsets[buffer.index] = position
            position += buffer.size + guard
    persistent = align(position, 4) if offsets else 0
    requests = [
        Request(buffer.index, buffer.size + guard, buffer.alignment, lifetimes[buffer.index])
        for buffer in schedule.buffers
        if buffer.area == "arena"
    ]
    start = persistent if offsets else guard
    placed, end = place(requests, start)
    offsets.update(placed)
    return MemoryPlan(
        offsets=dict(sorted(offsets.items())),
        lifetimes=lifetimes,
        arena_bytes=max(end, persistent),
        persistent_bytes=persistent,
        largest_live_set=persistent + _largest_live_set(requests),
        alignment=max((buffer.alignment for buffer in schedule.buffers if buffer.area != "constant"), default=4),
    )


def place(requests: Sequence[Request], start: int = 0) -> tuple[dict[int, int], int]:
    """Offsets from `start` on for all requests, and the end of the last byte used."""
    bound = start + _least_bytes(requests)
    orders: tuple[Callable[[Request], tuple[int, ...]], ...] = (
        lambda r: (-r.size, r.lifetime.first),
        lambda r: (r.lifetime.first, -r.size),
        lambda r: (-r.lifetime.last, -r.size),
        lambda r: (-(r.lifetime.last - r.lifetime.first + 1) * r.size, r.lifetime.first),
    )
    best_order, best, best_end = list(requests), *_pack(requests, start)
    for key in orders:
        order = sorted(requests, key=key)
        placed, end = _pack(order, start)
        if end < best_end:
            best_order, best, best_end = order, placed, end
        if best_end <= bound:
            return best, best_end
    return _search(best_order, best, best_end, bound, start)


def _search(
    order: list[Request], best: dict[int, int], best_end: int, bound: int, start: int
) -> tuple[dict[int, int], int]:
    """Moves one request to another turn, keeps what is not worse. Seeded: the same requests give the same plan."""
    chance = random.Random(len(order))
    steps = min(SEARCH_STEPS, SEARCH_PAIRS // len(order) ** 2) if len(order) > 2 else 0
    for _ in range(steps):
        candidate = order.copy()
        candidate.insert(chance.randrange(len(order)), candidate.pop(chance.randrange(len(order))))
        placed, end = _pack(candidate, start)
        if end <= best_end:
            order, best, best_end = candidate, placed, end
        if best_end <= bound:
            break
    return best, best_end


def _pack(order: Iterable[Request], start: int) -> tuple[dict[int, int], int]:
    """Each request in turn goes to the lowest place where it meets none that is placed already."""
    placed: list[tuple[int, Request]] = []
    end = start
    for request in order:
        offset = align(start, request.alignment)
        for other_offset, other in placed:
            if other.meets(request):
                if offset + request.size <= other_offset:
                    break
                offset = max(offset, align(other_offset + other.size, request.alignment))
        insort(placed, (offset, request), key=lambda pair: pair[0])
        end = max(end, offset + request.size)
    return {request.index: offset for offset, request in placed}, end


def _lifetimes(schedule: Schedule, keep_all: bool) -> dict[int, Lifetime]:
    """From the call that writes a buffer (the start, for inputs) to the last that reads it (the end, for outputs)."""
    last = len(schedule.calls)
    spans: dict[int, tuple[int, int]] = {}

    def touch(buffer: int, moment: int) -> None:
        first_seen, last_seen = spans.get(buffer, (moment, moment))
        spans[buffer] = (min(first_seen, moment), max(last_seen, moment))

    for value in schedule.inputs:
        touch(value.reference.buffer, 0)
    for call in schedule.calls:
        for reference in call.operands.values():
            if reference:
                touch(reference.buffer, call.index)
    for before, jump, _ in schedule.jumps:
        if jump.unless:
            touch(jump.unless.buffer, before)
    for value in schedule.outputs:
        touch(value.reference.buffer, last)
    _keep_through_loops(schedule, spans)
    keep = {value.reference.buffer for value in schedule.values.values()} if keep_all else set()
    for buffer in schedule.buffers:
        if buffer.area == "persistent" or buffer.index in keep:
            spans[buffer.index] = (0, last)
        spans.setdefault(buffer.index, (0, 0))
    return {index: Lifetime(*span) for index, span in sorted(spans.items())}


def _keep_through_loops(schedule: Schedule, spans: dict[int, tuple[int, int]]) -> None:
    """What lives in a loop and outside of it as well must live all through it, as its turns come again."""
    loops = [(target, before - 1) for before, _, target in schedule.jumps if target < before]
    before: Mapping[int, tuple[int, int]] = {}
    while before != spans:  # an inner loop may take a buffer out of the bounds of an outer one
        before = dict(spans)
        for start, end in loops:
            for index, (first, last) in before.items():
                if first <= end and last >= start and not start <= first <= last <= end:
                    spans[index] = (min(spans[index][0], first, start), max(spans[index][1], last, end))


def _largest_live_set(requests: Sequence[Request]) -> int:
    moments = sorted({request.lifetime.first for request in requests})
    return max((live_bytes(requests, moment) for moment in moments), default=0)


def _least_bytes(requests: Sequence[Request]) -> int:
    """What no plan can go below: of the buffers alive at once, all but one take a multiple of the least alignment."""
    step = min((request.alignment for request in requests), default=1)
    least = 0
    for moment in {request.lifetime.first for request in requests}:
        alive = [r for r in requests if r.lifetime.first <= moment <= r.lifetime.last]
        padding = [align(r.size, step) - r.size for r in alive]
        least = max(least, sum(r.size for r in alive) + sum(padding) - max(padding))
    return least


def live_bytes(requests: Iterable[Request], moment: int) -> int:
    """Bytes alive during one call."""
    return sum(r.size for r in requests if r.lifetime.first <= moment <= r.lifetime.last)


def live_buffers(buffers: Iterable[Buffer], lifetimes: Mapping[int, Lifetime], moment: int) -> list[Buffer]:
    """The buffers of the arena that are alive during one call."""
    spans = ((b, lifetimes[b.index]) for b in buffers if b.area != "constant")
    return [b for b, lifetime in spans if lifetime.first <= moment <= lifetime.last]
