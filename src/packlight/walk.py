# SPDX-License-Identifier: Apache-2.0
"""Walks: how a kernel steps through a block of several dimensions (runtime/pl_walk.h), and the copies made of them.

PAD, CONCATENATION and whatever else only moves elements is one or more copies of a block, each by strides of its own in
the input and in the output: the kernel `move/bytes`. A stride of 0 repeats, a negative one goes backwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

from packlight.nouns.call import Call, Place
from packlight.nouns.model import ELEMENT_BYTES, Tensor
from packlight.nouns.operator import Node

if TYPE_CHECKING:
    import numpy as np

#: PL_WALK_DIMS of runtime/pl_walk.h: the most dimensions of a walk, once neighbours are joined.
DIMENSIONS = 8

#: The kernel that copies bytes, in one run or many.
COPY = "move/bytes"

#: `Operator.kernels` of what only moves elements: one kernel for all types whose elements have whole bytes.
MOVE: Mapping[str, str] = {type_: COPY for type_, size in ELEMENT_BYTES.items() if size >= 1}

#: An extent, and the stride of each pointer that walks along.
Dimension: TypeAlias = tuple[int, ...]


def strides(shape: Sequence[int], element: int = 1) -> tuple[int, ...]:
    """The stride of each dimension of a tensor of `shape`, in units of which an element has `element`."""
    return tuple(accumulate((element, *reversed(shape[1:])), int.__mul__))[::-1] if shape else ()


def join(dimensions: Sequence[Dimension]) -> list[Dimension]:
    """The same elements in the same order by as few dimensions as possible; outermost first, extents at least 1."""
    joined: list[Dimension] = []
    for extent, *steps in dimensions:
        if joined and all(outer == inner * extent for outer, inner in zip(joined[-1][1:], steps, strict=True)):
            joined[-1] = (joined[-1][0] * extent, *steps)
        elif extent != 1:
            joined.append((extent, *steps))
    return joined


def table(node: Node, dimensions: Sequence[Dimension]) -> np.ndarray[Any, Any] | None:
    """The walk of `pl_walk.h` through `dimensions`, outermost first; None where there is but one element."""
    import numpy as np

    node.check(len(dimensions) <= DIMENSIONS, f"at most {DIMENSIONS} dimensions remain when neighbours are joined")
    if not dimensions:
        return None
    fastest_first = dimensions[::-1]
    rows = [[extent for extent, *_ in fastest_first]]
    for pointer in range(1, len(dimensions[0])):
        covered = accumulate(((each[0] - 1) * each[pointer] for each in fastest_first), initial=0)
        rows.append([each[pointer] - behind for each, behind in zip(fastest_first, covered, strict=False)])
    return np.array(rows, np.int32)


def move(
    node: Node,
    input_: Tensor | Place | np.ndarray[Any, Any],
    output: Tensor | Place,
    element: int,
    dimensions: Sequence[Dimension],
) -> tuple[Call, ...]:
    """The call that copies a block of elements of `element` bytes; none where the block is empty.

    Each dimension, outermost first, is (extent, stride in the input, stride in the output), strides in bytes.
    """
    if not prod(extent for extent, *_ in dimensions):
        return ()
    outer = join([*dimensions, (element, 1, 1)])
    run = outer.pop()[0] if outer and outer[-1][1:] == (1, 1) else 1
    params = {"bytes": run, "dims": len(outer)}
    return (node.call(params, kernel="move/bytes", input=input_, output=output, walk=table(node, outer)),)
