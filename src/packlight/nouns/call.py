# SPDX-License-Identifier: Apache-2.0
"""What `prepare` makes of a node: a `Call` of one kernel, or one of its siblings, most of which cost nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from packlight.nouns.kernel import Kernel, align
from packlight.nouns.model import Tensor

if TYPE_CHECKING:
    import numpy as np

    from packlight.nouns.operator import Node
    from packlight.nouns.program import Reference


@dataclass(frozen=True)
class Place:
    """A part of a tensor, by its distance from the first byte: one of the inputs of CONCATENATION in its output."""

    tensor: Tensor
    offset: int  # bytes


@dataclass(frozen=True)
class State:
    """Bytes that a node keeps from invoke to invoke, and that no tensor of the model names."""

    name: str  # tells the states of one node apart
    initial: bytes  # what a reset puts there; as long as the state


@dataclass(frozen=True)
class Resource:
    """The variable that a tensor of the type RESOURCE stands for (see `Handle`)."""

    handle: Tensor
    value: Tensor  # any tensor with the variable's type and size


#: What an operand of a call may be; an array becomes a constant of the program, a reference is a place already.
Operand: TypeAlias = "Tensor | Place | State | Resource | Reference | np.ndarray[Any, Any] | None"


@dataclass(frozen=True)
class Overlap:
    """A call may write its output over the memory of an operand that nobody reads afterwards.

    It gives the same bytes if the output begins `lag` bytes before the operand, or `lag` and any multiple of `step`
    bytes: no byte is then written that is still to be read. Both begin where the call's operands point to, and both
    together take max(output, distance + operand) bytes. Whatever else the call reads or writes lies elsewhere, but for
    other operands that it says this of: that holds for all of them at once. It is of this call alone: an output that
    another call has begun to write must not overlap what is still to be read.
    """

    operand: str  # its name
    lag: int  # bytes, at least 0
    step: int = 1  # bytes; lag is a multiple of it

    def distance(self, alignment: int) -> int:
        """The least distance in bytes, operand's first byte less output's, at which both can be aligned alike."""
        return align(self.lag, math.lcm(self.step, alignment))


@dataclass(frozen=True)
class Call:
    """One kernel with its params filled and its operands named, before any of them has an address."""

    node: Node
    kernel: Kernel
    params: Mapping[str, Any]
    operands: Mapping[str, Operand]
    scratch: int = 0  # bytes of working memory that live during this call only
    passed_over: tuple[str, ...] = ()  # faster kernels that were not taken, each with the reason
    overlaps: tuple[Overlap, ...] = ()  # the operands that the output may overlap; empty: none


@dataclass(frozen=True)
class Alias:
    """RESHAPE and its like: the output is the input's memory under another shape."""

    node: Node
    input: Tensor
    output: Tensor


@dataclass(frozen=True)
class Constant:
    """The output is known at build time: no code; its bytes are a constant of the program, if anybody reads them."""

    node: Node
    output: Tensor
    value: np.ndarray[Any, Any]


@dataclass(frozen=True)
class Handle:
    """VAR_HANDLE: `output` stands for the variable `key` from here on."""

    node: Node
    output: Tensor
    key: str  # the same key, the same variable, wherever in the model


@dataclass(frozen=True)
class If:
    """One of two subgraphs runs, as the first byte of `condition` says."""

    node: Node
    condition: Tensor
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    then_subgraph: int
    else_subgraph: int


@dataclass(frozen=True)
class While:
    """A subgraph runs as long as another, on the same values, answers true."""

    node: Node
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    cond_subgraph: int
    body_subgraph: int


@dataclass(frozen=True)
class Once:
    """A subgraph runs in the first invoke after a reset, and then no more."""

    node: Node
    subgraph: int


@dataclass(frozen=True)
class Stop:
    """The invoke ends here, unless a byte is true: the operators that follow do not run."""

    node: Node
    unless: State


Step: TypeAlias = Call | Alias | Constant | Handle | If | While | Once | Stop
