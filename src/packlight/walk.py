# SPDX-License-Identifier: Apache-2.0
"""Walks: how a kernel steps through a block of several dimensions (runtime/pl_walk.h), and the copies made of them.

PAD, CONCATENATION and whatever else only moves elements is one or more copies of a block, each by strides of its own
in the input and in the output: the kernel `move/bytes`. A stride of 0 repeats, a negative one goes backwards. numpy's
views say the same, so an operator says with them what it moves: `copy(node, input_, whole(input_)[1:], ...)`. Where a
position is known on the device only, `move/at` adds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

from packlight import overlap
from packlight.nouns.call import Alias, Call, Place
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES, Tensor
from packlight.nouns.operator import Node

if TYPE_CHECKING:
    import numpy as np

#: PL_WALK_DIMS of runtime/pl_walk.h: the most dimensions of a walk, once neighbours are joined.
DIMENSIONS = 8

#: The kernel that copies bytes, in one run or many.
COPY = "move/bytes"

#: `Operator.kernels` of what only moves elements: one kernel for all types whose elements have whole bytes.
MOVE: Mapping[str, str] = {type_: COPY for type_, size in ELEMENT_BYTES.items() if size >= 1}

#: The kernel that copies runs of bytes whose position an index tells.
COPY_AT = "move/at"

#: `Operator.kernels` of what looks positions up, and of what does so where they are no constants.
LOOK_UP: Mapping[str, str] = dict.fromkeys(MOVE, COPY_AT)
MOVE_OR_LOOK_UP: Mapping[str, tuple[str, ...]] = dict.fromkeys(MOVE, (COPY, COPY_AT))

#: Types of an index that `move/at` reads.
INDEX_TYPES = ("INT32", "INT64", "INT16")

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


def reduction(
    node: Node, shape: Sequence[int], axes: Sequence[int]
) -> tuple[dict[str, int], np.ndarray[Any, Any] | None]:
    """How the elements of `shape` that differ along `axes` only are combined: C's pl_reduction, and its walk.

    No extent is 0; a result's elements come in the order of the dimensions, whatever the order of `axes`.
    """
    steps = strides(shape)
    kept = join([(shape[i], steps[i]) for i in range(len(shape)) if i not in axes])
    reduced = join([(shape[i], steps[i]) for i in range(len(shape)) if i in axes])
    run, step = reduced.pop() if reduced else (1, 1)
    results = prod(extent for extent, _ in kept)
    fields = {"results": results, "run": run, "step": step, "dims": len(kept) + len(reduced), "reduced": len(reduced)}
    return fields, table(node, [*kept, *reduced])


def move(
    node: Node,
    input_: Tensor | Place | np.ndarray[Any, Any],
    output: Tensor | Place,
    element: int,
    dimensions: Sequence[Dimension],
) -> tuple[Call, ...]:
    """The call that copies a block of elements of `element` bytes; none where the block is empty, several where it has
    too many dimensions.

    Each dimension, outermost first, is (extent, stride in the input, stride in the output), strides in bytes.
    """
    if not prod(extent for extent, *_ in dimensions):
        return ()
    outer = join([*dimensions, (element, 1, 1)])
    run = outer.pop()[0] if outer and outer[-1][1:] == (1, 1) else 1
    if len(outer) > DIMENSIONS:
        extent, here, there = outer[0]
        rest = [*outer[1:], (run, 1, 1)]
        parts = ((_behind(input_, at * here), _behind(output, at * there)) for at in range(extent))
        return tuple(call for source, target in parts for call in move(node, source, target, 1, rest))
    params = {"bytes": run, "dims": len(outer)}
    call = node.call(params, kernel=COPY, input=input_, output=output, walk=table(node, outer))
    return (replace(call, overlaps=overlap.moved(call, run, outer)),)


def _behind(operand: Tensor | Place | np.ndarray[Any, Any], distance: int) -> Place:
    """The place so many bytes behind `operand`, which is no array."""
    assert isinstance(operand, (Tensor, Place))
    return Place(operand, distance) if isinstance(operand, Tensor) else Place(operand.tensor, operand.offset + distance)


def is_fixed(tensor: Tensor) -> bool:
    """Whether the model gives the tensor's shape, and not one that stands for what the converter left open."""
    return not any(size < 0 for size in tensor.shape_signature or ())


def are_known(tensor: Tensor) -> bool:
    """Whether the tensor holds integers that are known at build time."""
    return tensor.type in ("INT32", "INT64") and (tensor.is_constant or not tensor.elements)


def integers(tensor: Tensor) -> list[int]:
    """The elements of a tensor whose integers are known."""
    found: list[int] = tensor.array().ravel().tolist() if tensor.elements else []
    return found


def whole(tensor: Tensor) -> np.ndarray[Any, Any]:
    """An array as the tensor lies in memory, for its views: where they begin and how they step. It has no values."""
    import numpy as np

    return np.empty(tensor.shape, np.dtype((np.void, int(ELEMENT_BYTES[tensor.type]))))


def copy(
    node: Node,
    input_: Tensor,
    taken: np.ndarray[Any, Any],
    output: Tensor,
    put: np.ndarray[Any, Any],
) -> tuple[Call | Alias, ...]:
    """The step that copies `taken`, a view of `whole(input_)`, to where `put` is, a view of the same shape of
    `whole(output)`: an alias where that is all of the input in its order, and all of the output.
    """
    complete = all(
        view.flags.c_contiguous and view.nbytes == tensor.bytes for view, tensor in ((taken, input_), (put, output))
    )
    if complete and not input_.is_variable:
        return (node.alias(input_, output),)
    dimensions = list(zip(put.shape, taken.strides, put.strides, strict=True))
    source, target = Place(input_, offset(taken)), Place(output, offset(put))
    return move(node, source, target, put.itemsize, dimensions)


def fill(node: Node, value: Tensor | np.ndarray[Any, Any], output: Tensor) -> tuple[Call, ...]:
    """The call that sets every element of `output` to the one of `value`."""
    element = int(ELEMENT_BYTES[output.type])
    return move(node, value, output, element, [(output.elements, 0, element)])


def zero(tensor: Tensor) -> np.ndarray[Any, Any]:
    """One element of the tensor's type that stands for 0: the zero point in 8 bits."""
    import numpy as np

    return np.full(1, tensor.zero_point if tensor.type in ("INT8", "UINT8") else 0, NUMPY_NAMES[tensor.type])


def offset(view: np.ndarray[Any, Any]) -> int:
    """Bytes from the first byte of the array that `view` is a view of to the view's first element."""
    if not view.size:
        return 0
    owner = view
    while owner.base is not None:
        owner = owner.base
    return int(view.__array_interface__["data"][0] - owner.__array_interface__["data"][0])


@dataclass(frozen=True)
class Axis:
    """One position of an index, and what it moves."""

    last: int  # the greatest position; the least is 0
    input: int = 0  # bytes between positions in the input
    output: int = 0  # and in the output
    wrap: int = 0  # added to a negative position


def move_at(
    node: Node,
    input_: Tensor | Place,
    output: Tensor | Place,
    index: Tensor,
    axes: Sequence[Axis],
    element: int,
    dimensions: Sequence[Dimension],
    *,
    skip: bool = False,
) -> tuple[Call, ...]:
    """The call that copies a block whose position in the input, the output or both the elements of `index` tell.

    Each dimension, outermost first, is (extent, stride in the input, in the output, in the index), the last in elements
    of the index: at each step, as many elements of it are read as there are `axes`. A position that is out of range is
    the nearest within, or with `skip` nothing is copied there.
    """
    import numpy as np

    node.check(index.type in INDEX_TYPES, "positions are int16, int32 or int64", index)
    if not element * prod(extent for extent, *_ in dimensions):
        return ()
    outer = join([*dimensions, (element, 1, 1, 0)])
    run = outer.pop()[0] if outer and outer[-1][1:] == (1, 1, 0) else 1
    params = {
        "bytes": run,
        "dims": len(outer),
        "axes": len(axes),
        "index_bytes": int(ELEMENT_BYTES[index.type]),
        "skip": int(skip),
    }
    rows = np.array([(axis.wrap, axis.last, axis.input, axis.output) for axis in axes], np.int32)
    steps = table(node, outer)
    where = rows if len(axes) else None
    return (node.call(params, kernel=COPY_AT, input=input_, output=output, index=index, axes=where, walk=steps),)


def copy_at(
    node: Node,
    input_: Tensor,
    taken: np.ndarray[Any, Any],
    output: Tensor,
    put: np.ndarray[Any, Any],
    index: Tensor,
    axes: Sequence[Axis],
) -> tuple[Call, ...]:
    """The call that copies one block, moved by the elements of `index`, one for each of `axes`; see `copy`."""
    dimensions = [(*each, 0) for each in zip(put.shape, taken.strides, put.strides, strict=True)]
    source, target = Place(input_, offset(taken)), Place(output, offset(put))
    return move_at(node, source, target, index, axes, put.itemsize, dimensions)
