# SPDX-License-Identifier: Apache-2.0
"""What operators that work element by element share when they prepare: sizes, look-up tables, broadcasting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from packlight import arithmetic
from packlight.fixedpoint import Integers, requantize
from packlight.nouns.call import Call
from packlight.nouns.model import NUMPY_NAMES, Tensor
from packlight.nouns.operator import Node

#: The most dimensions outside of the rows that pl_broadcast.h walks.
BROADCAST_DIMS = 5

#: Sizes and strides of dimensions, each (size, stride of input1, stride of input2) in elements.
Dimensions: TypeAlias = list[list[int]]


def size(node: Node) -> int:
    """Elements of the one input, of which there are as many as of the one output."""
    node.check(node.input.elements == node.output.elements, "input and output have the same number of elements")
    return node.input.elements


def check_scales(node: Node, *tensors: Tensor) -> None:
    """That each tensor has one scale for all of its elements."""
    for tensor in tensors:
        scales = tensor.quantization.scale if tensor.quantization else ()
        node.check(len(scales) == 1, "every quantised tensor has one scale and one zero point", tensor)


def rescaling(node: Node, ratio: float) -> Callable[[Integers], Integers]:
    """From stored integers of the input to those of the output, not yet clamped; `ratio` is input / output scale."""
    # 255 * 2^23 stays within 31 bits
    node.check(ratio < 1 << 23, "the input's scale is less than 2^23 times the output's", node.input)
    multiplier, shift = arithmetic.quantize_multiplier(ratio)
    before, after = node.input.zero_point, node.output.zero_point
    return lambda stored: requantize(stored - before, multiplier, shift) + after


def look_up(node: Node, function: Callable[[Integers], Integers]) -> Call:
    """A call of the kernel "lut/8" with the table of `function`, which maps stored integers to stored integers.

    Input and output have 8-bit types; results outside of the output's range are clamped to it.
    """
    inputs = np.arange(256, dtype=np.uint8).view(NUMPY_NAMES[node.input.type]).astype(np.int64)
    low, high = arithmetic.INTEGER_RANGE[node.output.type]
    table = np.clip(function(inputs), low, high).astype(np.uint8)
    return node.call({"size": size(node)}, kernel="lut/8", table=table)


def broadcast(node: Node) -> tuple[dict[str, int], npt.NDArray[np.int32] | None]:
    """How `input1` and `input2` are walked to give `output`: the fields of C's pl_broadcast, and the operand `dims`."""
    node.check(node.input2.type == node.input1.type, "input1 and input2 have the same type", node.input2)
    shapes = [node.input1.shape, node.input2.shape, node.output.shape]
    rank = max(map(len, shapes))
    first, second, result = ((1,) * (rank - len(shape)) + shape for shape in shapes)
    fits = all({1, r} >= {a, b} and r in (a, b) for a, b, r in zip(first, second, result, strict=True))
    node.check(fits, "output has the shape to which input1 and input2 broadcast")
    if node.output.elements == 0:
        return {"rank": 0, "length": 0, "step1": 0, "step2": 0}, None
    inner, *outer = _joined(first, second, result)
    alike = f"at most {1 + BROADCAST_DIMS} dimensions are left when neighbours that are broadcast alike are joined"
    node.check(len(outer) <= BROADCAST_DIMS, alike)
    rows = {"rank": len(outer), "length": inner[0], "step1": inner[1], "step2": inner[2]}
    back = np.zeros(2, np.int64)  # from where the last inner row starts to where the first does
    dims = []
    for extent, *strides in outer:
        dims.append([extent, *(strides + back)])
        back -= (extent - 1) * np.array(strides)
    return rows, np.array(dims, np.int32) if dims else None


def _joined(first: Sequence[int], second: Sequence[int], result: Sequence[int]) -> Dimensions:
    """The dimensions of a broadcast, inner first, neighbours joined that are broadcast alike; at least one."""
    found: Dimensions = []
    elements = [1, 1]
    for a, b, extent in zip(reversed(first), reversed(second), reversed(result), strict=True):
        if extent == 1:
            continue
        strides = [0 if a == 1 else elements[0], 0 if b == 1 else elements[1]]
        if found and [s == 0 for s in strides] == [s == 0 for s in found[-1][1:]]:
            found[-1][0] *= extent
        else:
            found.append([extent, *strides])
        elements = [elements[0] * a, elements[1] * b]
    return found or [[1, 1, 1]]
