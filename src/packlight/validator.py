# SPDX-License-Identifier: Apache-2.0
"""Proves a memory plan, without any code or idea of the planner: it replays the calls and watches every byte.

Each byte of the arena has an owner, the buffer last written there. A call must find all bytes of what it reads owned by
that buffer, and then owns what it writes. At the end the outputs must be whole. What the planner thinks of lifetimes
plays no part, so that a wrong lifetime is found as well as a wrong offset.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from packlight.nouns.program import PlacedCall, Program, Reference


Owners: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"
#: The owner of a byte that nobody wrote, or one buffer on one way and another on the other.
NOBODY = -1


class PlanError(AssertionError):
    """The plan would let one buffer destroy another, or leave the arena."""


def validate(program: Program) -> None:
    """Raises `PlanError` unless every byte that a call or the user reads is the one that was meant."""
    plan, buffers = program.plan, program.buffers
    owner = np.full(plan.arena_bytes, NOBODY, np.int32)

    def span(index: int) -> slice:
        start = plan.offsets[index]
        if start < 0 or start + buffers[index].size > plan.arena_bytes:
            raise PlanError(f"{buffers[index].name} lies outside the arena of {plan.arena_bytes} bytes")
        if start % buffers[index].alignment:
            raise PlanError(f"{buffers[index].name} at {start} is not aligned to {buffers[index].alignment}")
        return slice(start, start + buffers[index].size)

    def write(reference: Reference | None) -> None:
        if reference and buffers[reference.buffer].area != "constant":
            owner[span(reference.buffer)] = reference.buffer

    def read(reference: Reference | None, reader: str) -> None:
        if reference and buffers[reference.buffer].area != "constant":
            place = owner[span(reference.buffer)]
            if (place != reference.buffer).any():
                thief = buffers[int(place[place != reference.buffer][0])].name
                raise PlanError(f"{reader} reads {buffers[reference.buffer].name}, overwritten by {thief}")

    for buffer in buffers:
        if buffer.area == "persistent":
            write(Reference(buffer.index))
    for value in program.inputs:
        write(value.reference)

    def do(call: PlacedCall) -> None:
        who = f"call {call.index} {call.operator}"
        written = [call.operands[field.name] for field in call.kernel.operands if field.is_written]
        reads = [call.operands[field.name] for field in call.kernel.operands if not field.is_written]
        for reference in reads:
            read(reference, who)
        for reference in written:
            write(reference)
        for reference in (*reads, *written):
            read(reference, who)

    # Owners when a step is reached by a jump; where several ways meet, a byte that they disagree about has none.
    arrivals: dict[int, Owners] = {}
    at, reached = 0, True
    while at <= len(program.steps):
        arrived = arrivals.get(at)
        if arrived is not None:
            owner[:] = np.where(arrived == owner, owner, NOBODY) if reached else arrived
        reached = reached or arrived is not None
        step = program.steps[at] if at < len(program.steps) else None
        at += 1
        if step is None or not reached:
            continue
        if isinstance(step, PlacedCall):
            do(step)
            continue
        read(step.unless, "a jump")
        known = arrivals.get(step.target)
        merged = owner.copy() if known is None else np.where(known == owner, owner, NOBODY)
        arrivals[step.target] = merged
        if step.target < at and (known is None or (merged != known).any()):
            at, reached = step.target, False  # one more turn, with what this one leaves
        else:
            reached = step.unless is not None
    for value in program.outputs:
        read(value.reference, "the user")
    for buffer in buffers:
        if buffer.area == "persistent":
            read(Reference(buffer.index), "the next invoke")
