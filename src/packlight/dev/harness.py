# SPDX-License-Identifier: Apache-2.0
"""The one test harness: every case of every operator runs on every executor, and all must agree with the oracle.

An executor takes jobs (a program and its inputs) and answers outcomes (outputs, or what went wrong). It knows neither
operators nor oracles, so that whole models run on it as well. Executors: the host library (here), the same under
sanitizers (sanitized.py), and firmware of both forms on emulated cores (firmware.py).
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Protocol

import numpy as np

from packlight import ops
from packlight.dev.case import Array, Case
from packlight.nouns.call import Call
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES, Model
from packlight.nouns.operator import Variant
from packlight.nouns.program import PlacedCall, Program, Value
from packlight.verbs.plan import plan
from packlight.verbs.prepare import prepare
from packlight.verbs.resolve import resolve
from packlight.verbs.run import Machine

#: Bytes around every buffer that nobody may write; no multiple of 8, so that no buffer is aligned better than it asks.
GUARD = 20


@dataclass(frozen=True)
class Job:
    """A program and the inputs of successive invokes."""

    name: str  # for messages: "CONV_2D/int8_1x1"
    program: Program
    inputs: Sequence[Sequence[Array]]


@dataclass(frozen=True)
class Outcome:
    """The outputs of each invoke; or, in `finding`, why there are none or why they must not be trusted."""

    outputs: Sequence[Sequence[Array]] = ()
    finding: str | None = None


class Executor(Protocol):
    """Something that runs programs."""

    @property
    def name(self) -> str:
        """As tests are named: "host", "cortex-m4-zig-unicorn-compiled"."""

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        """An outcome for each job. State of variables begins anew in each, and goes on from invoke to invoke."""

    def close(self) -> None:
        """Gives back what the executor holds."""


class HostExecutor:
    """The host library, in the plan that users get. What strays a little from the arena is seen, and harms nobody."""

    name = "host"

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        return [self._run(job) for job in jobs]

    def close(self) -> None:
        """There is nothing to give back."""

    def _run(self, job: Job) -> Outcome:
        program, size, margin = job.program, job.program.plan.arena_bytes, 4096
        room = np.frombuffer(bytearray(pattern(size + 2 * margin)), np.uint8)
        start = margin // 2 + -(room.ctypes.data + margin // 2) % 64
        outside = np.r_[room[:start], room[start + size :]]
        machine = Machine(program, room[start : start + size])
        outputs: list[list[Array]] = []
        for given in job.inputs:
            for value, array in zip(program.inputs, given, strict=True):
                machine.view(value)[...] = array
            machine.invoke()
            found = [(value, machine.bytes_at(value.reference, value.tensor.bytes)) for value in program.outputs]
            outputs.append([elements(value, data) for value, data in found])
        if (np.r_[room[:start], room[start + size :]] != outside).any():
            return Outcome(finding=f"{job.name}: wrote outside of the arena")
        return Outcome(outputs)


def operator_modules() -> dict[str, ModuleType]:
    """The `cases.py` of each operator folder that has one, by the folder's name."""
    files = sorted(ops.FOLDER.glob("*/cases.py"))
    return {file.parent.name: importlib.import_module(f"packlight.ops.{file.parent.name}.cases") for file in files}


def all_cases() -> tuple[Case, ...]:
    """Every case of every operator."""
    return tuple(case for module in operator_modules().values() for case in module.CASES)


def faster_programs(model: Model, features: Collection[str]) -> dict[str, Program]:
    """The model's programs with each faster kernel that a core with `features` runs and a call can have, by name."""
    nodes = resolve(model)
    portable = prepare(model, nodes)
    found: dict[str, Program] = {}
    for node in nodes:
        for variant in node.operator.variants:
            if set(variant.features) <= set(features):
                schedule = prepare(model, nodes, choose=partial(_use, variant))
                if {call.kernel for call in schedule.calls} != {call.kernel for call in portable.calls}:
                    found[variant.kernel] = Program(schedule, plan(schedule))
    return found


def _use(variant: Variant, call: Call) -> Call:
    """The call with the variant's kernel, if it can have that."""
    if call.node.operator.kernel_file(variant.of) != call.kernel.source:
        return call
    packed = variant.serve(call)
    return packed if isinstance(packed, Call) else call


def elements(value: Value, data: bytes | Array) -> Array:
    """The bytes of an input or output as a copy with its type and shape (packed types: flat bytes)."""
    flat = np.frombuffer(bytes(data), NUMPY_NAMES[value.tensor.type])
    return flat if ELEMENT_BYTES[value.tensor.type] < 1 else flat.reshape(value.tensor.shape)


def stored_bytes(value: Value, array: Array) -> bytes:
    """An array as it lies in memory."""
    return np.ascontiguousarray(array, NUMPY_NAMES[value.tensor.type]).tobytes()


def guarded(program: Program) -> Program:
    """The same program, in a plan with `GUARD` free bytes around every buffer."""
    return replace(program, plan=plan(program.schedule, guard=GUARD))


def pattern(size: int) -> bytes:
    """What memory is filled with before it is used: no two neighbours alike, and no zeros for long."""
    return bytes((37 * at + 0xA7) & 0xFF for at in range(size))


def writable(program: Program, calls: Sequence[PlacedCall]) -> Array:
    """By byte of the arena: whether one of the calls may write there."""
    mask = np.zeros(program.plan.arena_bytes, bool)
    for index in {index for call in calls for index in call.writes}:
        start = program.plan.offsets[index]
        mask[start : start + program.buffers[index].size] = True
    return mask


def trespass(program: Program, calls: Sequence[PlacedCall], before: bytes, after: bytes) -> str | None:
    """None if the calls changed only bytes of the arena that they may write; else where they did not keep to it."""
    if before == after:
        return None
    changed = np.frombuffer(before, np.uint8) != np.frombuffer(after, np.uint8)
    wrong = np.flatnonzero(changed & ~writable(program, calls))
    return _where(program, int(wrong[0]), len(wrong)) if len(wrong) else None


def _where(program: Program, at: int, count: int) -> str:
    """A byte of the arena by the buffer that it lies in or nearest to."""
    plan_, distances = program.plan, []
    for buffer in program.buffers:
        if buffer.area != "constant":
            start = plan_.offsets[buffer.index]
            end = start + buffer.size
            far = start - at if at < start else at - end + 1 if at >= end else 0
            place = f"{far} bytes {'before' if at < start else 'behind the end of'}" if far else f"byte {at - start} of"
            distances.append((far, f'{place} "{buffer.name}" ({buffer.role}, {buffer.size} bytes)'))
    return f"wrote {count} bytes that it must not write, the first {min(distances)[1] if distances else at}"
