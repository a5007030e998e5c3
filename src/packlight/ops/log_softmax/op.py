# SPDX-License-Identifier: Apache-2.0
"""LOG_SOFTMAX: output[r, c] = input[r, c] - ln(sum over d of e^input[r, d]), for each row of the last dimension.

8 bits: exponentials and the logarithm in fixed point, as TFLM has it; the output's scale is 1/16, its zero point the
largest value.
"""

from __future__ import annotations

import math

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Integer bits of the exponential's argument: differences down to -31 count, less is 0.
INTEGER_BITS = 5


def prepare(node: Node) -> Call:
    input_, output = node.input, node.output
    shape = input_.shape
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.shape == shape, "output has the shape of input", output)
    node.check(len(shape) >= 1 and shape[-1] >= 1, "input has at least 1 element in its last dimension", input_)
    sizes = {"rows": input_.elements // shape[-1], "depth": shape[-1]}
    if node.types == "FLOAT32":
        return node.call(sizes)
    node.check(shape[-1] < 1 << 12, "the last dimension of an 8-bit input has at most 4095 elements", input_)
    elementwise.check_scales(node, input_, output)
    largest = arithmetic.INTEGER_RANGE[output.type][1]
    exact = (output.scale, output.zero_point) == (1 / 16, largest)
    node.check(exact, "output's scale is 1/16, its zero point its type's largest value", output)
    real = min(input_.scale * (1 << (31 - INTEGER_BITS)), (1 << 31) - 1.0)
    node.check(real > 1, "input's scale is more than 2^-26", input_)
    multiplier, shift = arithmetic.quantize_multiplier(real)
    back, back_shift = arithmetic.quantize_multiplier((1 << (31 - shift)) / multiplier)
    numbers = {"multiplier": multiplier, "shift": shift, "reverse_multiplier": back, "reverse_shift": back_shift}
    diff_min = -math.floor(((1 << INTEGER_BITS) - 1) * (1 << (31 - INTEGER_BITS)) / (1 << shift))
    return node.call({**sizes, **numbers, "diff_min": diff_min, "flip": -128 if node.types == "UINT8" else 0})


LOG_SOFTMAX = Operator(
    "LOG_SOFTMAX",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "8", "UINT8": "8", "FLOAT32": "f32"},
    options="LogSoftmaxOptions",
    max_version=2,
    prepare=prepare,
    overlap=overlap.elements,
)
