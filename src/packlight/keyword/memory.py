# SPDX-License-Identifier: Apache-2.0
"""Several programs in one arena, of which one runs at a time: what each keeps lies apart, all else is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from packlight.nouns.kernel import align
from packlight.nouns.program import Buffer, Program, Schedule
from packlight.verbs.plan import plan

_ALIGNMENT = 8  # bytes, of what a program keeps: no activation asks for more


def share(programs: Sequence[Program]) -> tuple[Program, ...]:
    """The programs, planned anew for one arena, of the size of the largest one.

    Every program keeps its variables and its inputs, which an invoke of none of them touches. In the plan of each, what
    the others keep is a buffer that nobody may write to, so that the validator proves it as well.
    """
    kept = [replace(program, schedule=_keep_inputs(program.schedule), portable=None) for program in programs]
    sizes = [align(_kept_bytes(program.schedule), _ALIGNMENT) for program in kept]
    starts = accumulate(sizes[:-1], initial=0)
    return tuple(_placed(program, start, sum(sizes)) for program, start in zip(kept, starts, strict=True))


def _keep_inputs(schedule: Schedule) -> Schedule:
    inputs = {value.reference.buffer for value in schedule.inputs}
    buffers = (replace(each, area="persistent") if each.index in inputs else each for each in schedule.buffers)
    return replace(schedule, buffers=tuple(buffers))


def _kept_bytes(schedule: Schedule) -> int:
    found = plan(schedule)
    kept = (each for each in schedule.buffers if each.area == "persistent")
    return max((found.offsets[each.index] + each.size for each in kept), default=0)


def _placed(program: Program, start: int, total: int) -> Program:
    """The program with what it keeps at `start`, and with its activations behind the `total` bytes that all keep."""
    schedule = program.schedule
    own, count = _kept_bytes(schedule), len(schedule.buffers)
    sizes = (start, total - start - own)  # of what lies before and behind
    others = (Buffer(count + i, "kept by others", "persistent", size, 1) for i, size in enumerate(sizes))
    whole = replace(schedule, buffers=(*schedule.buffers, *others))
    found = plan(whole)
    kept = (each.index for each in schedule.buffers if each.area == "persistent")
    moved = {index: found.offsets[index] + start for index in kept} | {count: 0, count + 1: start + own}
    return replace(program, schedule=whole, plan=replace(found, offsets={**found.offsets, **moved}))
