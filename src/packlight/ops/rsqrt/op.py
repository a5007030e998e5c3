# SPDX-License-Identifier: Apache-2.0
"""RSQRT: output = 1 / sqrt(input).

Integers: 1 / sqrt of the stored number with 20 more bits, then to the output's scale, both rounded, as TFLM's integer
kernel does; the largest integer where the input is 0 or less.
"""

from __future__ import annotations

import math

import numpy as np

from packlight import arithmetic, elementwise, overlap
from packlight.fixedpoint import Integers, inverse_root, requantize
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Bits that 1 / sqrt of a stored integer has more, until it is rescaled.
MORE_BITS = 20


def prepare(node: Node) -> Call:
    input_, output = node.input, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node)})
    elementwise.check_scales(node, input_, output)
    ratio = 1 / (math.sqrt(input_.scale) * output.scale)
    near = 2.0**-11 < ratio < 2.0**30
    node.check(near, "sqrt(input scale) * output scale is between 2^-30 and 2^11", output)
    multiplier, shift = arithmetic.quantize_multiplier(ratio)
    if node.types == "INT16":
        elementwise.check_symmetric(node, input_, output)
        return node.call({"size": elementwise.size(node), "multiplier": multiplier, "shift": shift - MORE_BITS})

    def root(stored: Integers) -> Integers:
        value = stored - input_.zero_point
        fine = [requantize(np.int64(1), m, s + MORE_BITS) for m, s in zip(*inverse_root(value), strict=True)]
        result = requantize(np.array(fine), multiplier, shift - MORE_BITS) + output.zero_point
        return np.where(value > 0, result, arithmetic.INTEGER_RANGE["INT8"][1])

    return elementwise.look_up(node, root)


RSQRT = Operator(
    "RSQRT",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "lut/8", "INT16": "s16", "FLOAT32": "unary/rsqrt_f32"},
    max_version=3,
    prepare=prepare,
    overlap=overlap.elements,
)
