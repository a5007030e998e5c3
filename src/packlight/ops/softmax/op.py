# SPDX-License-Identifier: Apache-2.0
"""SOFTMAX: each row of the last dimension becomes probabilities.

output[r, c] = e^(beta * input[r, c]) / sum over d of e^(beta * input[r, d]). int8 inputs give int8 or int16 and uint8
inputs uint8 (scale 2**-bits, the least value the zero point), by exponentials in fixed point; int16 inputs give int16
(scale 1/32768), by tables of e^x and 1 / (1 + x).
"""

from __future__ import annotations

import math

import numpy as np

from packlight import arithmetic, elementwise, overlap, tables
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Integer bits of the exponential's argument: differences down to -31 count, less is 0.
INTEGER_BITS = 5
#: int16: differences down to -10 count, e^-10 stands for what is less.
LOWEST = 10.0


def prepare(node: Node) -> Call:
    shape = node.input.shape
    node.check(node.output.shape == shape, "output has the shape of input", node.output)
    node.check(len(shape) >= 1 and shape[-1] >= 1, "input has at least 1 element in its last dimension", node.input)
    sizes = {"rows": node.input.elements // shape[-1], "depth": shape[-1]}
    beta = node.options.beta
    node.check(math.isfinite(beta), "beta is finite")
    if node.types == "FLOAT32":
        return node.call({**sizes, "beta": beta})
    if node.types == "INT16":
        return _of_int16(node, sizes)
    node.check(shape[-1] < 1 << 13, "the last dimension of an 8-bit input has at most 8191 elements", node.input)
    elementwise.check_scales(node, node.input, node.output)
    bits = 16 if node.output.type == "INT16" else 8
    least = arithmetic.INTEGER_RANGE[node.output.type][0]
    node.check(node.output.zero_point == least, "output's zero point is its type's least value", node.output)
    near = abs(node.output.scale * (1 << bits) - 1) <= (0 if bits == 8 else 1e-3)
    node.check(near, "output's scale is 1/256 (8 bits) or 1/65536 (int16)", node.output)
    real = min(beta * node.input.scale * (1 << (31 - INTEGER_BITS)), (1 << 31) - 1.0)
    node.check(real > 1, "beta * input scale is more than 2^-26", node.input)
    multiplier, shift = arithmetic.quantize_multiplier(real)
    diff_min = -math.floor(((1 << INTEGER_BITS) - 1) * (1 << (31 - INTEGER_BITS)) / (1 << shift))
    return node.call({**sizes, "multiplier": multiplier, "shift": shift, "diff_min": diff_min})


def _of_int16(node: Node, sizes: dict[str, int]) -> Call:
    input_, output = node.input, node.output
    node.check(sizes["depth"] < 1 << 16, "the last dimension of an int16 input has at most 65535 elements", input_)
    elementwise.check_scales(node, input_, output)
    elementwise.check_symmetric(node, input_, output)
    node.check(abs(output.scale * (1 << 15) - 1) <= 1e-3, "the scale of an int16 output is 1/32768", output)
    real = input_.scale * node.options.beta / (LOWEST / 65535)
    node.check(0 <= real < 1 << 15, "beta * input scale is from 0 to 5", input_)
    multiplier, shift = arithmetic.quantize_multiplier(real)
    one = np.float32(1)
    unit = one / np.float32(65535)
    to_q15 = float(np.float32(2) * unit)
    exponentials = tables.sampled(
        (float(np.float32(LOWEST) / np.float32(65535)), to_q15), (32767, 0), tables.in_float32(np.exp)
    )
    reciprocals = tables.sampled((float(unit), to_q15), (-32768, 0), lambda x: one / (one + x))
    numbers = {**sizes, "multiplier": multiplier, "shift": shift}
    return node.call(numbers, exponentials=exponentials, reciprocals=reciprocals)


SOFTMAX = Operator(
    "SOFTMAX",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "s8", "UINT8": "u8", "INT8_INT16": "s8_s16", "INT16": "s16", "FLOAT32": "f32"},
    options="SoftmaxOptions",
    max_version=3,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input", "output"),
)
