# SPDX-License-Identifier: Apache-2.0
"""DIV: output = act(input1 / input2), the inputs broadcast to a common shape.

8 and 16 bits: the reciprocal of the stored divisor less its zero point by Newton's method, times the dividend, brought
to the output's scale. Where that takes a shift by 32 bits or more (a dividend near zero), the result is what TFLM gives
on a PC, whose shifts count modulo 32: it is wrong, but it is the same. int32 rounds towards zero. A division by zero,
which TFLM leaves undefined, gives 0 in int32, and the end of the range in 8 and 16 bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    activation = node.options.fused_activation_function
    if node.types == "FLOAT32":
        limits: dict[str, Any] = arithmetic.float_activation(node, activation)
    elif node.types == "INT32":
        limits = elementwise.integer_activation(node, activation)
    else:
        limits = arithmetic.quantized_activation(node, activation, node.output)
        return node.call({"rows": rows, "activation": limits, **_scale(node)}, dims=dims)
    return node.call({"rows": rows, "activation": limits}, dims=dims)


def _scale(node: Node) -> dict[str, int]:
    """The numbers of quantised types. TFLM computes the ratio of the scales in float64, LiteRT in float32."""
    elementwise.check_scales(node, node.input1, node.input2, node.output)
    real = np.float64 if node.types == "INT8" else np.float32
    first, second, last = (real(tensor.scale) for tensor in (node.input1, node.input2, node.output))
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        multiplier, shift = arithmetic.quantize_multiplier(float(first / (second * last)))
    # so that quotients are shifted to the right, by 63 bits at most
    bounded = "the ratio of the input scales is 2^-17 to 2^22 output scales (int16: to 2^15)"
    node.check(-16 <= shift <= (15 if node.types == "INT16" else 22), bounded, node.output)
    return {
        "type": elementwise.ELEMENT_TYPES[node.types],
        "input1_offset": -node.input1.zero_point,
        "input2_offset": -node.input2.zero_point,
        "output_offset": node.output.zero_point,
        **{"multiplier": multiplier, "shift": shift},
    }


DIV = Operator(
    "DIV",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={"INT8": "q", "UINT8": "q", "INT16": "q", "INT32": "s32", "FLOAT32": "f32"},
    options="DivOptions",
    max_version=2,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
)
