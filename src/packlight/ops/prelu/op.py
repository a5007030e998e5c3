# SPDX-License-Identifier: Apache-2.0
"""PRELU: output = input where that is not negative, alpha * input where it is; both broadcast to a common shape.

8 and 16 bits: the stored integers less their zero points, or their products, are brought to the output's scale. alpha
of an int16 input is int8. Where it claims to be int16, which TFLM refuses, its bytes are taken as int8 all the same, as
LiteRT does.
"""

from __future__ import annotations

import numpy as np

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    input_, alpha, output = node.input, node.alpha, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    rows, dims = elementwise.broadcast_pair(node, input_, alpha)
    params = {"rows": rows, **(_numbers(node) if node.operator.kernels[node.types] == "q" else {})}
    return node.call(params, input1=input_, input2=alpha, dims=dims)


def _numbers(node: Node) -> dict[str, object]:
    """The numbers of quantised types: values and products stay within 31 bits when they are scaled."""
    input_, alpha, output = node.input, node.alpha, node.output
    elementwise.check_scales(node, input_, alpha, output)
    wide = input_.type == "INT16"
    node.check(not wide or input_.zero_point == output.zero_point == 0, "int16 has the zero point 0", input_)
    real = np.float32 if node.types in ("UINT8", "INT16") else np.float64  # LiteRT's kernels, TFLM's kernels
    first, second, last = (real(tensor.scale) for tensor in (input_, alpha, output))
    multiplier, shift = arithmetic.quantize_multiplier(float(first / last))
    node.check(shift <= (14 if wide else 21), "input's scale is less than 2^21 output scales (int16: 2^14)", output)
    alpha_multiplier, alpha_shift = arithmetic.quantize_multiplier(float(first * second / last))
    bounded = "input's scale times alpha's is less than 2^14 output scales (int16: 2^6)"
    node.check(alpha_shift <= (6 if wide else 14), bounded, output)
    types = elementwise.ELEMENT_TYPES
    return {
        **{"type": types[input_.type], "alpha_type": types["INT8" if wide else alpha.type]},
        "input_offset": -input_.zero_point,
        "alpha_offset": -alpha.zero_point,
        "output_offset": output.zero_point,
        **{"multiplier": multiplier, "shift": shift},
        **{"alpha_multiplier": alpha_multiplier, "alpha_shift": alpha_shift},
        "range": arithmetic.quantized_activation(node, "NONE", output),
    }


PRELU = Operator(
    "PRELU",
    inputs=("input", "alpha"),
    outputs=("output",),
    kernels={"INT8": "q", "UINT8": "q", "INT16": "q", "INT16_INT8": "q", "FLOAT32": "f32"},
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input", "alpha"),
)
