# SPDX-License-Identifier: Apache-2.0
"""SQUARED_DIFFERENCE: output = (input1 - input2)^2, the inputs broadcast to a common shape.

int8, int16: both inputs are brought to twice the larger input scale (int8: with 7 more bits), subtracted, squared, and
brought to the output's scale. int32 wraps around.
"""

from __future__ import annotations

from typing import Any

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Bits that inputs gain before they are scaled: squares stay within 2^30.
LEFT_SHIFT = {"INT8": 7, "INT16": 0}


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    quantized = node.types in LEFT_SHIFT
    return node.call({"rows": rows, **(_scales(node) if quantized else {})}, dims=dims)


def _scales(node: Node) -> dict[str, Any]:
    """The numbers of quantised types."""
    elementwise.check_scales(node, node.input1, node.input2, node.output)
    if node.types == "INT16":
        points = {node.input1.zero_point, node.input2.zero_point, node.output.zero_point}
        node.check(points == {0}, "int16 has the zero point 0")
    left_shift = LEFT_SHIFT[node.types]
    common = 2 * max(node.input1.scale, node.input2.scale)
    real = common * common / ((1 << 2 * left_shift) * node.output.scale)
    node.check(real < 1, "4 * the larger input scale^2 is less than the output's scale (int8: 2^14 of it)", node.output)
    ratios = {"input1": node.input1.scale / common, "input2": node.input2.scale / common, "output": real}
    offsets = {
        "input1": -node.input1.zero_point,
        "input2": -node.input2.zero_point,
        "output": node.output.zero_point,
    }
    scales: dict[str, Any] = {}
    for name, ratio in ratios.items():
        multiplier, shift = arithmetic.quantize_multiplier(ratio)
        scales[name] = {"offset": offsets[name], "multiplier": multiplier, "shift": shift}
    range_ = arithmetic.quantized_activation(node, "NONE", node.output)
    return {**scales, "type": elementwise.ELEMENT_TYPES[node.types], "left_shift": left_shift, "range": range_}


SQUARED_DIFFERENCE = Operator(
    "SQUARED_DIFFERENCE",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={"INT8": "q", "INT16": "q", "INT32": "s32", "FLOAT32": "f32"},
    options="SquaredDifferenceOptions",
    max_version=2,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
)
