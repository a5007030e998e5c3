# SPDX-License-Identifier: Apache-2.0
"""SOFTMAX: each row of the last dimension becomes probabilities.

output[r, c] = e^(beta * input[r, c]) / sum over d of e^(beta * input[r, d]). int8 inputs give int8 (scale 1/256, zero
point -128) or int16 (scale 1/65536, zero point -32768), by exponentials in fixed point.
"""

from __future__ import annotations

import math

from packlight import arithmetic, elementwise
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Integer bits of the exponential's argument: differences down to -31 count, less is 0.
INTEGER_BITS = 5


def prepare(node: Node) -> Call:
    shape = node.input.shape
    node.check(node.output.shape == shape, "output has the shape of input", node.output)
    node.check(len(shape) >= 1 and shape[-1] >= 1, "input has at least 1 element in its last dimension", node.input)
    sizes = {"rows": node.input.elements // shape[-1], "depth": shape[-1]}
    beta = node.options.beta
    node.check(math.isfinite(beta), "beta is finite")
    if node.types == "FLOAT32":
        return node.call({**sizes, "beta": beta})
    node.check(shape[-1] < 1 << 13, "the last dimension of an int8 input has at most 8191 elements", node.input)
    elementwise.check_scales(node, node.input, node.output)
    bits = 8 if node.output.type == "INT8" else 16
    node.check(node.output.zero_point == -1 << (bits - 1), "output's zero point is its type's least value", node.output)
    near = abs(node.output.scale * (1 << bits) - 1) <= (0 if bits == 8 else 1e-3)
    node.check(near, "output's scale is 1/256 (int8) or 1/65536 (int16)", node.output)
    real = min(beta * node.input.scale * (1 << (31 - INTEGER_BITS)), (1 << 31) - 1.0)
    node.check(real > 1, "beta * input scale is more than 2^-26", node.input)
    multiplier, shift = arithmetic.quantize_multiplier(real)
    diff_min = -math.floor(((1 << INTEGER_BITS) - 1) * (1 << (31 - INTEGER_BITS)) / (1 << shift))
    return node.call({**sizes, "multiplier": multiplier, "shift": shift, "diff_min": diff_min})


SOFTMAX = Operator(
    "SOFTMAX",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "s8", "INT8_INT16": "s8_s16", "FLOAT32": "f32"},
    options="SoftmaxOptions",
    max_version=3,
    prepare=prepare,
    typed_by=("input", "output"),
)
