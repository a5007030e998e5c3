# SPDX-License-Identifier: Apache-2.0
"""RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: output = input within an interval. LEAKY_RELU: alpha * input below 0.

8 bits: by a table. All rescale from the input's scale to the output's, but for RELU6 of int8 and int16. That one only
clamps, as in TFLM: the stored integers keep the input's scale and zero point, whatever the output's are.
"""

from __future__ import annotations

from functools import partial

from packlight import arithmetic, elementwise, overlap, slopes
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    _check(node)
    name = node.operator.name
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node), "activation": arithmetic.float_activation(node, name)})
    if name == "RELU6" and node.types != "UINT8":
        zero_point = node.input.zero_point
        limits = arithmetic.quantized_activation(node, name, node.input)
        return slopes.call(node, slopes.Slope(), slopes.Slope(), limits, (zero_point, zero_point))
    line = slopes.of_ratio(node, slopes.ratio(node))
    limits = arithmetic.quantized_activation(node, name, node.output)
    return slopes.call(node, line, line, limits, (node.input.zero_point, node.output.zero_point))


def prepare_leaky(node: Node) -> Call:
    _check(node)
    alpha = node.options.alpha
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node), "alpha": alpha}, kernel="leaky_f32")
    below = slopes.of_ratio(node, slopes.ratio(node, alpha))
    above = slopes.of_ratio(node, slopes.ratio(node))
    limits = arithmetic.quantized_activation(node, "NONE", node.output)
    return slopes.call(node, below, above, limits, (node.input.zero_point, node.output.zero_point))


def _check(node: Node) -> None:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    if node.types != "FLOAT32":
        elementwise.check_scales(node, node.input, node.output)


BYTES = {"INT8": "lut/8", "UINT8": "lut/8", "FLOAT32": "f32"}

unary = partial(Operator, inputs=("input",), outputs=("output",), max_version=3, overlap=overlap.elements)
RELU, RELU6 = (unary(name, kernels={**BYTES, "INT16": "slopes_s16"}, prepare=prepare) for name in ("RELU", "RELU6"))
RELU_N1_TO_1, RELU_0_TO_1 = (unary(name, kernels=BYTES, prepare=prepare) for name in ("RELU_N1_TO_1", "RELU_0_TO_1"))
LEAKY_RELU = unary(
    "LEAKY_RELU",
    kernels={**BYTES, "INT16": "slopes_s16", "FLOAT32": "leaky_f32"},
    options="LeakyReluOptions",
    prepare=prepare_leaky,
)
