# SPDX-License-Identifier: Apache-2.0
"""ABS: output = |input|.

8 and 16 bits: from the input's scale to the output's, as in TFLM; int16 without a scale, and int32, as plain integers
modulo 2^bits.
"""

from __future__ import annotations

from packlight import arithmetic, elementwise, overlap, slopes
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    if node.types in ("FLOAT32", "INT32"):
        return node.call({"size": elementwise.size(node)})
    if node.types == "INT16" and node.input.quantization is None:
        # the kernel keeps the lowest bits of 32768
        return slopes.call(node, slopes.Slope(before=-1), slopes.Slope(), {"min": 0, "max": 1 << 15}, (0, 0))
    elementwise.check_scales(node, node.input, node.output)
    if node.types == "INT16":
        elementwise.check_symmetric(node, node.input, node.output)
    below, above = (slopes.of_ratio(node, slopes.ratio(node), before=sign) for sign in (-1, 1))
    limits = arithmetic.quantized_activation(node, "NONE", node.output)
    return slopes.call(node, below, above, limits, (node.input.zero_point, node.output.zero_point))


ABS = Operator(
    "ABS",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "lut/8", "INT16": "relu/slopes_s16", "INT32": "unary/abs_32", "FLOAT32": "unary/abs_f32"},
    options="AbsOptions",
    max_version=5,
    prepare=prepare,
    overlap=overlap.elements,
)
