# SPDX-License-Identifier: Apache-2.0
"""LOGISTIC: output = 1 / (1 + e^-input).

int8: by a table, computed in fixed point with 4 integer bits as the int8 kernel of TFLM does; the output's scale counts
as 1/256.
"""

from __future__ import annotations

import math

import numpy as np

from packlight import arithmetic, elementwise, fixedpoint
from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Integer bits of the fixed-point argument: from -15 and 15 on the result is the end of the range.
INTEGER_BITS = 4


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node)})
    elementwise.check_scales(node, node.input, node.output)
    node.check(node.output.zero_point == -128, "output's zero point is -128", node.output)
    real = node.input.scale * (1 << (31 - INTEGER_BITS))
    multiplier, shift = arithmetic.quantize_multiplier(real)
    radius = min(256, math.floor(((1 << INTEGER_BITS) - 1) * 2.0 ** (31 - INTEGER_BITS - math.frexp(real)[1])))

    def logistic(stored: Integers) -> Integers:
        centered = stored - node.input.zero_point
        inside = np.where(np.abs(centered) < radius, centered, 0)
        argument = fixedpoint.requantize(inside, multiplier, shift)
        result = fixedpoint.rounding_shift(fixedpoint.logistic(argument, INTEGER_BITS), 31 - 8) - 128
        return np.where(centered <= -radius, -128, np.where(centered >= radius, 127, result))

    return elementwise.look_up(node, logistic)


LOGISTIC = Operator(
    "LOGISTIC",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "lut/8", "FLOAT32": "f32"},
    max_version=3,
    prepare=prepare,
)
