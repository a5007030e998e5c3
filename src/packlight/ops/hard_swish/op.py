# SPDX-License-Identifier: Apache-2.0
"""HARD_SWISH: output = input * min(6, max(0, input + 3)) / 6.

8 bits: by a table, computed in 16-bit fixed point as TFLM's kernel does.
"""

from __future__ import annotations

import numpy as np

from packlight import arithmetic, elementwise, overlap
from packlight.fixedpoint import Integers, rounding_shift
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

INT16 = arithmetic.INTEGER_RANGE["INT16"]


def prepare(node: Node) -> Call:
    input_, output = node.input, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node)})
    elementwise.check_scales(node, input_, output)
    output_multiplier, output_shift = _multiplier(input_.scale / 128 / output.scale)
    gate_multiplier, gate_shift = _multiplier(input_.scale / 128 / (3 / (1 << 15)))
    node.check(output_shift <= 0, "the input's scale is at most 128 times the output's", output)

    def swished(stored: Integers) -> Integers:
        value = (stored - input_.zero_point) << 7
        gate = np.clip(value << max(gate_shift - 1, 0), *INT16)
        gate = np.clip(_high_mul(gate, gate_multiplier) << (gate_shift > 0), *INT16)
        gate = (rounding_shift(gate, max(-gate_shift, 0)) + (1 << 15)) >> 1  # from [-1, 1] to [0, 1] in 15 bits
        product = gate * _high_mul(value, output_multiplier)
        product = np.sign(product) * (np.abs(product) >> 15)
        return rounding_shift(product, -output_shift) + output.zero_point

    return elementwise.look_up(node, swished)


def _multiplier(real: float) -> tuple[int, int]:
    """`real` = multiplier * 2**(shift - 15), the multiplier in 16 bits."""
    multiplier, shift = arithmetic.quantize_multiplier(real)
    return min((multiplier + (1 << 15)) >> 16, INT16[1]), shift


def _high_mul(a: Integers, b: int) -> Integers:
    """round(a * b / 2**15), halves up."""
    return (a * b + (1 << 14)) >> 15


HARD_SWISH = Operator(
    "HARD_SWISH",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "lut/8", "UINT8": "lut/8", "FLOAT32": "unary/hard_swish_f32"},
    options="HardSwishOptions",
    prepare=prepare,
    overlap=overlap.elements,
)
