# SPDX-License-Identifier: Apache-2.0
"""`Program`: the waist of the house. Everything before it makes it; everything after it sees nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from packlight.nouns.call import Overlap
from packlight.nouns.kernel import Kernel
from packlight.nouns.model import Tensor

Area = Literal["arena", "persistent", "constant"]


@dataclass(frozen=True)
class Buffer:
    """A run of bytes that calls read or write."""

    index: int
    name: str
    area: Area
    size: int  # bytes
    alignment: int  # bytes, a power of two
    role: str = "activation"  # activation, scratch, variable; of constants: weights, bias, table
    type: str = "UINT8"  # the element type, so that C arrays can be read
    data: bytes | None = field(default=None, repr=False)  # of constants, and initial values of variables


@dataclass(frozen=True)
class Reference:
    """A place in a buffer: what an operand points to."""

    buffer: int
    offset: int = 0  # bytes


@dataclass(frozen=True)
class PlacedCall:
    """A `Call` whose operands are places in buffers: all that later stages need, as data."""

    index: int  # among the calls
    node: int  # index of the operator in its subgraph
    operator: str  # its name: "CONV_2D"
    types: str  # the key of its types in `Operator.kernels`
    label: str  # the name of the operator's first output, to tell layers apart
    kernel: Kernel
    params: Mapping[str, Any]
    operands: Mapping[str, Reference | None]
    macs: int = 0  # multiply-accumulates
    passed_over: tuple[str, ...] = ()  # faster kernels that were not taken, each with the reason
    subgraph: int = 0
    overlaps: tuple[Overlap, ...] = ()  # the operands that the output may overlap; empty: none

    @property
    def reads(self) -> Iterator[int]:
        return (r.buffer for f in self.kernel.operands if not f.is_written and (r := self.operands[f.name]))

    @property
    def writes(self) -> Iterator[int]:
        return (r.buffer for f in self.kernel.operands if f.is_written and (r := self.operands[f.name]))


@dataclass(frozen=True)
class Jump:
    """Goes on with step `target`: always, or unless a byte is true. What IF, WHILE and CALL_ONCE are made of."""

    target: int  # index into the steps; as many as there are: the end
    unless: Reference | None = None  # of a BOOL: where it is true, the next step follows


#: What a program does, one after the other.
PlacedStep: TypeAlias = PlacedCall | Jump


@dataclass(frozen=True)
class Value:
    """An input or output of a program: a tensor and where its bytes are."""

    tensor: Tensor
    reference: Reference


@dataclass(frozen=True)
class Schedule:
    """Prepared calls in their order, with all the buffers they touch, before any has an address."""

    name: str
    steps: tuple[PlacedStep, ...]
    buffers: tuple[Buffer, ...]
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]
    values: Mapping[int, Value]  # by tensor index: every tensor of the first subgraph that has bytes, aliases included
    operators: tuple[tuple[str, str], ...]  # (operator, types) of every node, those without code included

    @cached_property
    def calls(self) -> tuple[PlacedCall, ...]:
        return tuple(step for step in self.steps if isinstance(step, PlacedCall))

    @cached_property
    def jumps(self) -> tuple[tuple[int, Jump, int], ...]:
        """Each jump: how many calls lie before it, the jump, and how many calls lie before its target."""
        before = [0]
        for step in self.steps:
            before.append(before[-1] + isinstance(step, PlacedCall))
        found = ((before[at], step) for at, step in enumerate(self.steps) if isinstance(step, Jump))
        return tuple((at, step, before[step.target]) for at, step in found)


@dataclass(frozen=True)
class Lifetime:
    """The calls during which a buffer must keep its bytes, both ends included."""

    first: int
    last: int


@dataclass(frozen=True)
class MemoryPlan:
    """Lifetimes in, offsets out. Offsets count from the arena's first byte; variables come before activations."""

    offsets: Mapping[int, int]  # buffer index -> byte offset in the arena
    lifetimes: Mapping[int, Lifetime]
    arena_bytes: int
    persistent_bytes: int  # the part at the arena's start that keeps its content between invokes
    largest_live_set: int  # bytes alive at once at the worst call, alignment apart: no plan can be smaller
    alignment: int  # the arena's own


@dataclass(frozen=True)
class Program:
    """Calls, plan, constants, inputs and outputs."""

    schedule: Schedule
    plan: MemoryPlan
    portable: Program | None = None  # the same model in portable kernels, where this one has others: what the PC runs
    levels: Mapping[str, str] = field(default_factory=dict)  # by kernel: what the compiler aims at, if not as elsewhere

    @property
    def for_pc(self) -> Program:
        """The program that runs on this computer: this one, or where its kernels are a target's, the portable one."""
        return self.portable or self

    @property
    def name(self) -> str:
        return self.schedule.name

    @property
    def steps(self) -> tuple[PlacedStep, ...]:
        return self.schedule.steps

    @property
    def calls(self) -> tuple[PlacedCall, ...]:
        return self.schedule.calls

    @property
    def buffers(self) -> tuple[Buffer, ...]:
        return self.schedule.buffers

    @property
    def inputs(self) -> tuple[Value, ...]:
        return self.schedule.inputs

    @property
    def outputs(self) -> tuple[Value, ...]:
        return self.schedule.outputs

    @property
    def constants(self) -> tuple[Buffer, ...]:
        return tuple(buffer for buffer in self.buffers if buffer.area == "constant")

    @property
    def kernels(self) -> tuple[Kernel, ...]:
        """Each kernel once, in the order of first use."""
        return tuple(dict.fromkeys(call.kernel for call in self.calls))
