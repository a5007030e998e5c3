# SPDX-License-Identifier: Apache-2.0
"""Proves a memory plan, without any code or idea of the planner: it replays the calls and watches every byte.

Each byte of the arena has an owner, the buffer last written there. A call must find all bytes of what it reads owned by
that buffer, and then owns what it writes. At the end the outputs must be whole. What the planner thinks of lifetimes
plays no part, so that a wrong lifetime is found as well as a wrong offset. Where a jump may be made or not, both ways
are followed; where ways meet, a byte that they disagree about has no owner; a loop is turned until nothing new comes.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from packlight.nouns.program import Jump, PlacedCall, Program, Reference

Owners: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"
#: The owner of a byte that nobody wrote, or one buffer on one way and another on the other.
NOBODY = -1


class PlanError(AssertionError):
    """The plan would let one buffer destroy another, or leave the arena."""


def validate(program: Program) -> None:
    """Raises `PlanError` unless every byte that a call or the user reads is the one that was meant."""
    replay = _Replay(program)
    persistent = [Reference(buffer.index) for buffer in program.buffers if buffer.area == "persistent"]
    for reference in (*persistent, *(value.reference for value in program.inputs)):
        replay.write(reference)
    at: int | None = 0
    while at is not None and at < len(program.steps):
        step = program.steps[at]
        if isinstance(step, PlacedCall):
            replay.call(step)
            at = replay.arrive(at + 1, falls=True)
        else:
            at = replay.jump(at, step)
    for value in program.outputs:
        replay.read(value.reference, "the user")
    for reference in persistent:
        replay.read(reference, "the next invoke")


class _Replay:
    """The arena's owners while the steps are followed, and what they are wherever a jump leads."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.owner: Owners = np.full(program.plan.arena_bytes, NOBODY, np.int32)
        self._arrivals: dict[int, Owners] = {}

    def write(self, reference: Reference | None) -> None:
        if reference and self.program.buffers[reference.buffer].area != "constant":
            self.owner[self._span(reference.buffer)] = reference.buffer

    def read(self, reference: Reference | None, reader: str) -> None:
        buffers = self.program.buffers
        if reference and buffers[reference.buffer].area != "constant":
            place = self.owner[self._span(reference.buffer)]
            if (place != reference.buffer).any():
                thief = int(place[place != reference.buffer][0])
                by = "nothing written on every way" if thief == NOBODY else buffers[thief].name
                raise PlanError(f"{reader} reads {buffers[reference.buffer].name}, overwritten by {by}")

    def call(self, call: PlacedCall) -> None:
        who = f"call {call.index} {call.operator}"
        written = [call.operands[field.name] for field in call.kernel.operands if field.is_written]
        reads = [call.operands[field.name] for field in call.kernel.operands if not field.is_written]
        for reference in reads:
            self.read(reference, who)
        for reference in written:
            self.write(reference)
        for reference in (*reads, *written):
            self.read(reference, who)

    def jump(self, at: int, jump: Jump) -> int | None:
        """The step to go on with."""
        self.read(jump.unless, "a jump")
        known = self._arrivals.get(jump.target)
        merged = self.owner.copy() if known is None else _agreed(known, self.owner)
        self._arrivals[jump.target] = merged
        if jump.target <= at and (known is None or (merged != known).any()):
            self.owner = merged.copy()  # one more turn, with what this one leaves
            return jump.target
        return self.arrive(at + 1, falls=jump.unless is not None)

    def arrive(self, at: int, *, falls: bool) -> int | None:
        """Step `at`, or the next that is reached at all; `falls`: from the step before it, beside what jumps there."""
        while not falls and at not in self._arrivals:
            at += 1
            if at > len(self.program.steps):
                return None
        arrived = self._arrivals.get(at)
        if arrived is not None:
            self.owner = _agreed(arrived, self.owner) if falls else arrived.copy()
        return at

    def _span(self, index: int) -> slice:
        plan, buffer = self.program.plan, self.program.buffers[index]
        start = plan.offsets[index]
        if start < 0 or start + buffer.size > plan.arena_bytes:
            raise PlanError(f"{buffer.name} lies outside the arena of {plan.arena_bytes} bytes")
        if start % buffer.alignment:
            raise PlanError(f"{buffer.name} at {start} is not aligned to {buffer.alignment}")
        return slice(start, start + buffer.size)


def _agreed(one: Owners, other: Owners) -> Owners:
    return np.where(one == other, one, NOBODY)
