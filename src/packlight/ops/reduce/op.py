# SPDX-License-Identifier: Apache-2.0
"""MEAN: the mean of all elements that differ in the dimensions of `axis` only.

`axis` names dimensions in any order, from the last one where negative, doubly or not; with none of them every element
is its own mean. int8: the sum is exact, division and change of scale are one multiplication.
"""

from __future__ import annotations

from math import prod
from typing import Any

from packlight import arithmetic, walk
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    axes = _axes(node)
    shape = node.input.shape
    count = prod(shape[axis] for axis in axes)
    steps = walk.strides(shape)
    kept = walk.join([(shape[i], steps[i]) for i in range(len(shape)) if i not in axes])
    reduced = walk.join([(shape[axis], steps[axis]) for axis in axes])
    table = walk.table(node, [*kept, *reduced])
    params = {"walk": {"dims": len(kept) + len(reduced), "reduced": len(reduced)}}
    if node.types == "FLOAT32":
        return node.call({**params, "divisor": float(count)}, walk=table)
    return node.call({**params, **_mean_of_s8(node, count)}, walk=table)


def _mean_of_s8(node: Node, count: int) -> dict[str, Any]:
    """How the sum of `count` stored integers becomes the stored mean."""
    arithmetic.check_quantized(node, node.input, node.output)
    multiplier, shift = arithmetic.quantize_multiplier(node.input.scale / node.output.scale)
    bits = min(count.bit_length() - 1, 32, 31 + shift)  # kept of 1 / count
    return {
        "input_offset": -node.input.zero_point * count,
        "output_offset": node.output.zero_point,
        "multiplier": (multiplier << bits) // count,
        "shift": shift - bits,
    }


def _axes(node: Node) -> list[int]:
    """The reduced dimensions in ascending order, once every operand is checked."""
    input_, output, axis = node.input, node.output, node.axis
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(input_.elements > 0, "input is not empty", input_)
    node.check(axis.is_constant and axis.type == "INT32", "axis is constant, in int32", axis)
    rank = len(input_.shape)
    given = axis.array().flatten().tolist() if rank else []
    node.check(all(-rank <= each < rank for each in given), "axis names dimensions of the input", axis)
    axes = sorted({each % rank for each in given})
    kept = prod(size for i, size in enumerate(input_.shape) if i not in axes)
    node.check(output.elements == kept, "output has one element for each index of the dimensions that are kept", output)
    return axes


MEAN = Operator(
    "MEAN",
    inputs=("input", "axis"),
    outputs=("output",),
    kernels={"INT8": "sum_s8", "FLOAT32": "sum_f32"},
    options="ReducerOptions",
    max_version=3,
    prepare=prepare,
)
