# SPDX-License-Identifier: Apache-2.0
"""What `prepare` makes of a node: a `Call` of one kernel, or an `Alias` that costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from packlight.nouns.kernel import Kernel
from packlight.nouns.model import Tensor

if TYPE_CHECKING:
    import numpy as np

    from packlight.nouns.operator import Node


@dataclass(frozen=True)
class Place:
    """A part of a tensor, by its distance from the first byte: one of the inputs of CONCATENATION in its output."""

    tensor: Tensor
    offset: int  # bytes


#: What an operand of a call may be; an array becomes a constant of the program.
Operand: TypeAlias = "Tensor | Place | np.ndarray[Any, Any] | None"


@dataclass(frozen=True)
class Call:
    """One kernel with its params filled and its operands named, before any of them has an address."""

    node: Node
    kernel: Kernel
    params: Mapping[str, Any]
    operands: Mapping[str, Operand]
    scratch: int = 0  # bytes of working memory that live during this call only
    passed_over: tuple[str, ...] = ()  # faster kernels that were not taken, each with the reason


@dataclass(frozen=True)
class Alias:
    """RESHAPE and its like: the output is the input's memory under another shape."""

    node: Node
    input: Tensor
    output: Tensor


Step: TypeAlias = Call | Alias
