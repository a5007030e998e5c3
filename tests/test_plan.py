# SPDX-License-Identifier: Apache-2.0
"""The planner, proved without its own ideas of lifetimes, and the validator, proved with planted faults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packlight.nouns.kernel import Field, Kernel, Struct
from packlight.nouns.model import Tensor
from packlight.nouns.program import Buffer, Lifetime, MemoryPlan, PlacedCall, Program, Reference, Schedule, Value
from packlight.validator import PlanError, validate
from packlight.verbs.pack import pack
from packlight.verbs.plan import Request, live_buffers, place, plan
from small_models import chain, pair, stateful


def request(index: int, size: int, first: int, last: int, alignment: int = 4) -> Request:
    return Request(index, size, alignment, Lifetime(first, last))


def largest_live_set(requests: Sequence[Request]) -> int:
    """Bytes alive at once, moment by moment."""
    moments = range(max((each.lifetime.last for each in requests), default=0) + 1)
    alive = (sum(r.size for r in requests if r.lifetime.first <= moment <= r.lifetime.last) for moment in moments)
    return max(alive, default=0)


def check(requests: Sequence[Request], start: int = 0) -> int:
    """Places the requests, proves the result byte by byte, and gives the end."""
    offsets, end = place(requests, start)
    assert offsets.keys() == {each.index for each in requests}
    for each in requests:
        assert offsets[each.index] >= start
        assert offsets[each.index] % each.alignment == 0
    for one, other in combinations(requests, 2):
        moments, places = (
            [{*range(*span(each))} for each in (one, other)]
            for span in (
                lambda r: (r.lifetime.first, r.lifetime.last + 1),
                lambda r: (offsets[r.index], offsets[r.index] + r.size),
            )
        )
        assert not (moments[0] & moments[1] and places[0] & places[1]), (one, other)
    assert end == max([start, *(offsets[each.index] + each.size for each in requests)])
    assert end - start >= largest_live_set(requests)
    assert place(requests, start) == (offsets, end)
    return end


@st.composite
def requests(draw: st.DrawFn, alignments: Sequence[int] = (1, 2, 4, 8, 16)) -> list[Request]:
    """Up to 12 buffers of up to 90 bytes over 8 calls."""
    made = []
    for index in range(draw(st.integers(0, 12))):
        first = draw(st.integers(0, 7))
        size, last = draw(st.integers(0, 90)), draw(st.integers(first, 7))
        made.append(request(index, size, first, last, draw(st.sampled_from(list(alignments)))))
    return made


@settings(max_examples=30, deadline=None)
@given(requests(), st.integers(0, 40))
def test_random_buffers_never_overlap(drawn: list[Request], start: int) -> None:
    check(drawn, start)


@settings(max_examples=20, deadline=None)
@given(requests(alignments=(4,)))
def test_with_one_alignment_little_is_lost(drawn: list[Request]) -> None:
    """Random lifetimes, harder than those of models: at most a quarter more than the largest live set."""
    sizes = [replace(each, size=each.size * 4) for each in drawn]
    assert check(sizes) <= 1.25 * largest_live_set(sizes)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 60).map(lambda size: 4 * size), min_size=1, max_size=20))
def test_a_chain_needs_its_largest_pair(sizes: list[int]) -> None:
    """A chain of operators, each with one input and one output: the optimum is known, and found."""
    chain_ = [request(index, size, max(0, index - 1), index) for index, size in enumerate(sizes)]
    assert check(chain_) == max([sizes[0], *map(sum, pairwise(sizes))])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(1, 30))
def test_residual_blocks_need_three_buffers(inner: list[int], width: int) -> None:
    """x, a = f(x), b = g(a), ADD(x, b) in every block: x lives beside a and b, then beside b and the sum."""
    made = [request(0, 4 * width, 0, 2)]
    for block, size in enumerate(inner):
        index, call = len(made), 3 * block
        made += [request(index, 4 * size, call, call + 1), request(index + 1, 4 * width, call + 1, call + 2)]
        made.append(request(index + 2, 4 * width, call + 2, call + 5))
    assert check(made) == 4 * width + max(4 * (size + width) for size in [*inner, width])


def test_odd_sizes_do_not_start_a_long_search() -> None:
    """The least that alignment allows is known, so that nobody looks for less."""
    odd = [request(index, 4 * index + 1, index % 7, index % 7 + 2) for index in range(60)]
    assert check(odd) - largest_live_set(odd) < 4 * len(odd)


def kernel(reads: int, writes: int) -> Kernel:
    """A kernel that exists for the planner alone."""
    inputs = [Field(f"in{i}", "const int8_t *") for i in range(reads)]
    outputs = [Field(f"out{i}", "int8_t *") for i in range(writes)]
    return Kernel("made", Path("made.c"), None, Struct("made_args", (*inputs, *outputs)))


def program(
    sizes: Sequence[int],
    calls: Sequence[tuple[Sequence[int], Sequence[int]]],
    inputs: Sequence[int],
    outputs: Sequence[int],
    persistent: Sequence[int] = (),
    **options: Any,
) -> Program:
    """Buffers of these sizes, and calls that read and write them."""
    buffers = tuple(
        Buffer(index, f"b{index}", "persistent" if index in persistent else "arena", size, 4)
        for index, size in enumerate(sizes)
    )
    tensors = [Tensor(index, f"b{index}", "INT8", (size,)) for index, size in enumerate(sizes)]
    values = {tensor.index: Value(tensor, Reference(tensor.index)) for tensor in tensors}
    placed = []
    for index, (reads, writes) in enumerate(calls):
        operands = {f"in{i}": Reference(each) for i, each in enumerate(reads)}
        operands |= {f"out{i}": Reference(each) for i, each in enumerate(writes)}
        placed.append(
            PlacedCall(index, index, "MADE", "INT8", f"b{writes[0]}", kernel(len(reads), len(writes)), {}, operands)
        )
    schedule = Schedule(
        "made", tuple(placed), buffers, tuple(values[i] for i in inputs), tuple(values[i] for i in outputs), values, ()
    )
    return Program(schedule, plan(schedule, **options))


@st.composite
def programs(draw: st.DrawFn) -> dict[str, Any]:
    """Up to 8 calls, each of which reads what is there and writes something new."""
    sizes = [draw(st.integers(1, 50)) for _ in range(draw(st.integers(1, 3)))]
    inputs, calls = list(range(len(sizes))), []
    persistent = [0] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 8))):
        reads = draw(st.lists(st.sampled_from(range(len(sizes))), min_size=1, max_size=3, unique=True))
        writes = [len(sizes)]
        sizes.append(draw(st.integers(0, 50)))
        calls.append((reads, writes))
    written = range(len(inputs), len(sizes))
    outputs = draw(st.lists(st.sampled_from(written), min_size=1, max_size=2, unique=True))
    inputs = [index for index in inputs if index not in persistent]
    return {"sizes": sizes, "calls": calls, "inputs": inputs, "outputs": outputs, "persistent": persistent}


@settings(max_examples=30, deadline=None)
@given(programs(), st.booleans(), st.sampled_from([0, 8, 13]))
def test_random_programs_are_valid(drawn: dict[str, Any], keep_all: bool, guard: int) -> None:
    made = program(**drawn, keep_all=keep_all, guard=guard)
    validate(made)
    assert made.plan == program(**drawn, keep_all=keep_all, guard=guard).plan
    assert made.plan.arena_bytes >= made.plan.largest_live_set - 4
    spans = sorted((made.plan.offsets[b.index], b.size) for b in made.buffers)
    if keep_all:
        assert all(a + size + guard <= b for (a, size), (b, _) in pairwise(spans))
    if guard:
        assert spans[0][0] >= guard
        assert max(a + size for a, size in spans) + guard <= made.plan.arena_bytes


def with_plan(made: Program, **changes: Any) -> Program:
    return replace(made, plan=replace(made.plan, **changes))


@settings(max_examples=30, deadline=None)
@given(programs(), st.data())
def test_the_validator_finds_buffers_on_top_of_each_other(drawn: dict[str, Any], data: st.DataObject) -> None:
    """Of two buffers of one call, one is moved onto the other."""
    made = program(**drawn)
    reads, writes = data.draw(st.sampled_from(drawn["calls"]))
    one, other = data.draw(st.sampled_from([*combinations([*reads, *writes], 2)]))
    if not (made.buffers[one].size and made.buffers[other].size):
        return
    with pytest.raises(PlanError):
        validate(with_plan(made, offsets={**made.plan.offsets, one: made.plan.offsets[other]}))


@pytest.mark.parametrize("model", [chain(), chain("FLOAT32"), pair(), stateful()], ids=range(4))
def test_models_are_valid_and_optimal(model: Any) -> None:
    for options in ({}, {"keep_all": True}, {"guard": 8}, {"keep_all": True, "guard": 5}):
        made = pack(model, **options)
        validate(made)
        assert pack(model, **options).plan == made.plan
    made = pack(model)
    assert made.plan.arena_bytes <= made.plan.largest_live_set + 3 * len(made.buffers)


def test_the_chain_reuses_its_memory() -> None:
    """[1, 6, 6, 4] and the larger of its neighbours, [1, 6, 6, 3]; RESHAPE costs nothing."""
    made = pack(chain())
    assert made.plan.arena_bytes == made.plan.largest_live_set == 144 + 108
    assert pack(chain(), keep_all=True).plan.arena_bytes == 72 + 144 + 108 + 5
    names = [{b.name for b in live_buffers(made.buffers, made.plan.lifetimes, moment)} for moment in range(3)]
    assert names == [{"t0", "t3"}, {"t3", "t6"}, {"t6", "t10"}]


def shift(made: Program, index: int, by: int) -> MemoryPlan:
    return replace(made.plan, offsets={**made.plan.offsets, index: made.plan.offsets[index] + by})


#: Two inputs; b2 = f(b0, b1); b3 = f(b2); b4 = f(b0, b3), the output; b5 is a variable that the first call reads.
FAULTS: dict[str, Callable[[Program], MemoryPlan]] = {
    "input in the output's place": lambda p: replace(p.plan, offsets={**p.plan.offsets, 0: p.plan.offsets[4]}),
    "shifted by one element": lambda p: shift(p, 3, 4 if p.plan.offsets[3] < p.plan.offsets[0] else -4),
    "not aligned": lambda p: replace(shift(p, 4, p.plan.arena_bytes + 1), arena_bytes=2 * p.plan.arena_bytes + 64),
    "before the arena": lambda p: shift(p, 0, -4 - p.plan.offsets[0]),
    "behind the arena": lambda p: shift(p, 2, p.plan.arena_bytes),
    "arena cut": lambda p: replace(p.plan, arena_bytes=p.plan.arena_bytes - 1),
    "variable overwritten": lambda p: replace(p.plan, offsets={**p.plan.offsets, 3: p.plan.offsets[5]}),
    "inputs on each other": lambda p: replace(p.plan, offsets={**p.plan.offsets, 0: p.plan.offsets[1]}),
}


def diamond(**options: Any) -> Program:
    """The program that FAULTS are planted in: every buffer of 20 bytes."""
    calls = [((0, 1, 5), (2,)), ((2,), (3,)), ((0, 3), (4,))]
    return program([20] * 6, calls, [0, 1], [4], [5], **options)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_validator_finds(fault: str) -> None:
    made = diamond()
    validate(made)
    with pytest.raises(PlanError):
        validate(replace(made, plan=FAULTS[fault](made)))


def test_the_validator_finds_a_lifetime_that_is_too_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """b0 is read by the first and the last call; a planner that ends it early gives its memory to b3."""
    from packlight.verbs import plan as module

    right = module._lifetimes

    def wrong(schedule: Schedule, keep_all: bool) -> dict[int, Lifetime]:
        return {**right(schedule, keep_all), 0: Lifetime(0, 0)}

    monkeypatch.setattr(module, "_lifetimes", wrong)
    with pytest.raises(PlanError, match="call 2 MADE reads b0, overwritten by b3"):
        validate(diamond())


def test_the_diamond_by_hand() -> None:
    made = diamond()
    assert made.plan.persistent_bytes == 20
    assert made.plan.offsets[5] == 0
    assert made.plan.largest_live_set == made.plan.arena_bytes == 20 + 60
    assert diamond(keep_all=True).plan.arena_bytes == 120
    assert made.plan.lifetimes[0] == Lifetime(0, 2)
    assert made.plan.lifetimes[4] == Lifetime(2, 3)
    assert made.plan.lifetimes[5] == Lifetime(0, 3)
