# SPDX-License-Identifier: Apache-2.0
"""MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the dimensions of
`axis` only become one.

`axis` names dimensions in any order, from the last one where negative, doubly or not; with none of them every element
is its own result. Quantised sums are exact, the division of a mean and the change of scale are one multiplication;
quantised products are rescaled by input scale / (output scale)^(1/n) after each of n factors. Sums and products of
other integers wrap; their mean is cut off towards zero. The largest or smallest float lies within the finite ones; NaN
is passed over.
"""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any

from packlight import arithmetic, walk
from packlight.nouns.call import Call
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator

SUMS = {
    **{"INT8": "sum_s8", "UINT8": "sum_u8", "INT16": "sum_s16"},
    **{"INT32": "sum_s32", "INT64": "sum_s64", "FLOAT32": "sum_f32"},
}
EXTREMES = {
    **{"BOOL": "extreme_8", "INT8": "extreme_8", "UINT8": "extreme_8", "INT16": "extreme_16"},
    **{"INT32": "extreme_32", "INT64": "extreme_64", "FLOAT32": "extreme_f32"},
}
PRODUCTS = {"INT8": "prod_s8", "INT16": "prod_s16", "INT32": "prod_s32", "INT64": "prod_s64", "FLOAT32": "prod_f32"}


def prepare_sum(node: Node, is_mean: bool) -> Call:
    if node.input.type == "BOOL":
        return prepare_extreme(node, largest=True)
    axes = _axes(node)
    count = prod(node.input.shape[axis] for axis in axes)
    fields, table = walk.reduction(node, node.input.shape, axes)
    if ELEMENT_BYTES[node.input.type] < 4:
        return node.call({"reduction": fields, **_quantized_sum(node, count, is_mean)}, walk=table)
    return node.call({"reduction": fields, "divisor": count if is_mean else 1}, walk=table)


def _quantized_sum(node: Node, count: int, is_mean: bool) -> dict[str, Any]:
    """How the sum of `count` stored integers becomes the stored sum or mean."""
    arithmetic.check_quantized(node, node.input, node.output)
    multiplier, shift = arithmetic.quantize_multiplier(node.input.scale / node.output.scale)
    bits = min(count.bit_length() - 1, 32, 31 + shift) if is_mean else 0  # kept of 1 / count
    return {
        "input_offset": arithmetic.wrapped(-node.input.zero_point * count),
        "output_offset": node.output.zero_point,
        "multiplier": (multiplier << bits) // (count if is_mean else 1),
        "shift": shift - bits,
    }


def prepare_extreme(node: Node, largest: bool) -> Call:
    axes = _axes(node)
    if ELEMENT_BYTES[node.input.type] < 4:
        arithmetic.check_quantized_alike(node, node.input, node.output)
    fields, table = walk.reduction(node, node.input.shape, axes)
    if node.input.type == "FLOAT32":
        return node.call({"reduction": fields, "sign": 1.0 if largest else -1.0}, walk=table)
    flip = (0 if largest else -1) ^ (128 if node.input.type == "UINT8" else 0)
    return node.call({"reduction": fields, "flip": flip}, kernel=EXTREMES[node.input.type], walk=table)


def prepare_product(node: Node) -> Call:
    if node.input.type == "BOOL":
        return prepare_extreme(node, largest=False)
    fields, table = walk.reduction(node, node.input.shape, _axes(node))
    if ELEMENT_BYTES[node.input.type] > 2:
        return node.call({"reduction": fields}, walk=table)
    arithmetic.check_quantized(node, node.input, node.output)
    factors = node.input.elements // node.output.elements
    ratio = node.input.scale / node.output.scale ** (1.0 / factors)
    node.check(ratio < 128, "the scale of input is less than 128 times the n-th root of the scale of output")
    multiplier, shift = arithmetic.wide_multipliers([ratio])
    params = {
        "input_offset": -node.input.zero_point,
        "output_offset": node.output.zero_point,
        **{"multiplier": int(multiplier[0]), "shift": int(shift[0])},
    }
    return node.call({"reduction": fields, **params}, walk=table)


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


_reduction = partial(Operator, inputs=("input", "axis"), outputs=("output",), options="ReducerOptions", max_version=3)
ANY, ALL = partial(prepare_extreme, largest=True), partial(prepare_extreme, largest=False)

MEAN = _reduction("MEAN", kernels=SUMS, prepare=partial(prepare_sum, is_mean=True))
SUM = _reduction("SUM", kernels={**SUMS, "BOOL": "extreme_8"}, prepare=partial(prepare_sum, is_mean=False))
REDUCE_MAX = _reduction("REDUCE_MAX", kernels=EXTREMES, prepare=ANY)
REDUCE_MIN = _reduction("REDUCE_MIN", kernels=EXTREMES, prepare=ALL)
REDUCE_ANY = _reduction("REDUCE_ANY", kernels={"BOOL": "extreme_8"}, prepare=ANY)
REDUCE_ALL = _reduction("REDUCE_ALL", kernels={"BOOL": "extreme_8"}, prepare=ALL)
REDUCE_PROD = _reduction("REDUCE_PROD", kernels={**PRODUCTS, "BOOL": "extreme_8"}, prepare=prepare_product)
