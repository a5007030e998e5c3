# SPDX-License-Identifier: Apache-2.0
"""What operators that work element by element share when they prepare: sizes, look-up tables, broadcasting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from packlight import arithmetic, tables, walk
from packlight.fixedpoint import Integers, requantize
from packlight.nouns.call import Call
from packlight.nouns.model import NUMPY_NAMES, Tensor
from packlight.nouns.operator import Node
from packlight.tables import Function

#: The most dimensions outside of the rows that pl_broadcast.h walks.
BROADCAST_DIMS = 7

#: The types of runtime/pl_element.h, as C knows them.
ELEMENT_TYPES = {"INT8": 0, "UINT8": 1, "INT16": 2, "INT32": 3}

#: The fields of C's pl_broadcast, and the operand `dims`.
Walk: TypeAlias = tuple[dict[str, int], npt.NDArray[np.int32] | None]


def size(node: Node) -> int:
    """Elements of the one input, of which there are as many as of the one output."""
    node.check(node.input.elements == node.output.elements, "input and output have the same number of elements")
    return node.input.elements


def check_scales(node: Node, *tensors: Tensor) -> None:
    """That each tensor has one scale for all of its elements."""
    for tensor in tensors:
        scales = tensor.quantization.scale if tensor.quantization else ()
        node.check(len(scales) == 1, "every quantised tensor has one scale and one zero point", tensor)


def integer_activation(node: Node, activation: str) -> dict[str, int]:
    """min and max of a fused activation for integers that are not quantised, within the range of the output's type."""
    limits = np.iinfo(NUMPY_NAMES[node.output.type])
    low, high = arithmetic.activation_bounds(node, activation)
    # infinities and the limits of int64 are compared exactly, by Python
    return {
        "min": int(max(low, int(limits.min))),
        "max": int(min(high, int(limits.max))),
    }


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


def look_up_float(node: Node, function: Function) -> Call:
    """A call of "lut/8" or "lut/s16" with a table of a float function, made as in `packlight.tables`."""
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    check_scales(node, node.input, node.output)
    if node.input.type != "INT16":
        return look_up(node, tables.by_float(node.input, node.output, function))
    check_symmetric(node, node.input, node.output)
    table = tables.sampled((node.input.scale, node.output.scale), (0, 0), function)
    return node.call({"size": size(node)}, kernel="lut/s16", table=table)


def check_symmetric(node: Node, *tensors: Tensor) -> None:
    """That each int16 tensor has the zero point 0."""
    for tensor in tensors:
        node.check(tensor.zero_point == 0, "int16 has the zero point 0", tensor)


def broadcast(node: Node, output_type: str | None = None) -> Walk:
    """How `input1` and `input2` are walked to give `output`, which has their type or the given one."""
    node.check(node.input2.type == node.input1.type, "input1 and input2 have the same type", node.input2)
    if output_type:
        node.check(node.output.type == output_type, f"output has the type {output_type.lower()}", node.output)
    else:
        node.check(node.output.type == node.input1.type, "output has the type of input1", node.output)
    return broadcast_pair(node, node.input1, node.input2)


def broadcast_pair(node: Node, first: Tensor, second: Tensor) -> Walk:
    """How two inputs of any types are walked to give `output`."""
    dimensions = broadcast_dimensions(node, first, second)
    if node.output.elements == 0:
        return {"rank": 0, "length": 0, "step1": 0, "step2": 0}, None
    *outer, inner = dimensions or [(1, 1, 1)]
    alike = f"at most {1 + BROADCAST_DIMS} dimensions are left when neighbours that are broadcast alike are joined"
    node.check(len(outer) <= BROADCAST_DIMS, alike)
    rows = {"rank": len(outer), "length": inner[0], "step1": inner[1], "step2": inner[2]}
    back = np.zeros(2, np.int64)  # from where the last inner row starts to where the first does
    dims = []
    for extent, *strides in reversed(outer):
        dims.append([extent, *(strides + back)])
        back -= (extent - 1) * np.array(strides)
    return rows, np.array(dims, np.int32) if dims else None


def broadcast_dimensions(node: Node, *inputs: Tensor) -> list[walk.Dimension]:
    """The output's dimensions, outermost first, neighbours joined that are broadcast alike; strides in elements."""
    rank = max(len(tensor.shape) for tensor in (*inputs, node.output))
    *shapes, result = ((1,) * (rank - len(each.shape)) + each.shape for each in (*inputs, node.output))
    names = " and ".join(name for name, tensor in node.tensors if tensor in inputs)
    for extent, *sizes in zip(result, *shapes, strict=True):
        fits = extent in sizes and {1, extent} >= set(sizes)
        node.check(fits, f"output has the shape to which {names} broadcast")
    steps = [walk.strides(shape) for shape in shapes]
    strides = [[0 if n == 1 else s for n, s in zip(*pair, strict=True)] for pair in zip(shapes, steps, strict=True)]
    return walk.join([tuple(each) for each in zip(result, *strides, strict=True)])
