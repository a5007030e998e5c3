# SPDX-License-Identifier: Apache-2.0
"""`Inspection`: what a model is made of, operator by operator, before anything is built."""

from __future__ import annotations

from dataclasses import dataclass, field

from packlight.errors import Problem
from packlight.nouns.model import Tensor


@dataclass(frozen=True)
class InspectedOperator:
    """One operator of the model: what it computes, what it needs, or why it is not supported."""

    index: int
    name: str
    custom: bool
    version: int
    types: str  # what chooses the kernel: "INT8"; of an unknown operator the type of its first input
    outputs: tuple[Tensor, ...]
    macs: int | None  # multiply-accumulates; None where the operator is not supported
    weight_bytes: int  # weights and biases that it reads; of an unsupported operator its constant inputs
    live_bytes: int | None  # bytes of the arena in use while it runs; None if the memory cannot be planned
    kernels: tuple[str, ...]  # in the order of the calls; empty: it needs no code
    problems: tuple[Problem, ...] = ()

    @property
    def supported(self) -> bool:
        return not self.problems

    @property
    def label(self) -> str:
        """How a user knows this operator: the name of its first output."""
        return self.outputs[0].name if self.outputs else self.name


@dataclass(frozen=True)
class Inspection:
    """A model's operators, memory and file. Memory is None where an operator is not supported: it cannot be planned."""

    model: str  # the model's name
    source: str  # its file, as the user gave it
    file_bytes: int
    constant_bytes: int  # weights and biases that a device needs; the rest of the file stays behind
    activation_types: tuple[str, ...]  # of the tensors that operators write, the commonest first
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    operators: tuple[InspectedOperator, ...]
    subgraphs: int
    arena_bytes: int | None
    persistent_bytes: int | None  # the part of the arena that keeps variables between invokes
    largest_live_set: int | None
    peak: int | None  # the operator that needs the largest live set

    @property
    def unsupported(self) -> tuple[InspectedOperator, ...]:
        return tuple(operator for operator in self.operators if not operator.supported)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for operator in self.operators for problem in operator.problems)

    @property
    def macs(self) -> int:
        """Multiply-accumulates of one inference, as far as the operators are supported."""
        return sum(operator.macs or 0 for operator in self.operators)


@dataclass
class Need:
    """One operator that models need, in these types, and why packlight cannot serve it, if so."""

    name: str
    custom: bool
    types: list[str] = field(default_factory=list)
    kernels: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class ResolverLines:
    """Source code that makes an op resolver: one statement for each operator, and what is missing."""

    before: tuple[str, ...]  # includes and imports
    resolver: str
    statements: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        return len(self.statements)
