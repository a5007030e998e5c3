# SPDX-License-Identifier: Apache-2.0
"""MUL: output = act(input1 * input2), the inputs broadcast to a common shape.

8 and 16 bits: the product of the stored integers less their zero points is brought to the output's scale. int32 and
int64 wrap around and are then clamped to the activation; uint32 wraps around.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    activation = node.options.fused_activation_function
    if node.types == "FLOAT32":
        return node.call({"rows": rows, "activation": arithmetic.float_activation(node, activation)}, dims=dims)
    if node.types in ("INT32", "INT64", "UINT32"):
        node.check(node.types != "UINT32" or activation == "NONE", "no activation is fused into a MUL of uint32")
        limits = elementwise.integer_activation(node, activation)
        if node.types == "UINT32":  # its kernel, that of int32, clamps nothing then
            limits = {"min": -(1 << 31), "max": (1 << 31) - 1}
        return node.call({"rows": rows, "activation": limits}, dims=dims)
    params = {"rows": rows, **_scale(node)}
    params["activation"] = arithmetic.quantized_activation(node, activation, node.output)
    if node.operator.kernels[node.types] == "q":
        params["type"] = elementwise.ELEMENT_TYPES[node.types]
    return node.call(params, dims=dims)


def _scale(node: Node) -> dict[str, Any]:
    """Offsets, and the scale of the product: 255 * 255 * 2^14 (int16: 2^30) and a zero point stay within 31 bits."""
    elementwise.check_scales(node, node.input1, node.input2, node.output)
    multiplier, shift = arithmetic.quantize_multiplier(node.input1.scale * node.input2.scale / node.output.scale)
    if node.types == "INT16":
        points = {node.input1.zero_point, node.input2.zero_point, node.output.zero_point}
        node.check(points == {0}, "int16 has the zero point 0")
        node.check(shift <= 0, "the product of the input scales is less than an int16 output's scale", node.output)
    node.check(shift <= 14, "the product of the input scales is less than 2^14 output scales", node.output)
    return {
        "input1_offset": -node.input1.zero_point,
        "input2_offset": -node.input2.zero_point,
        "output_offset": node.output.zero_point,
        **{"multiplier": multiplier, "shift": shift},
    }


def _pack_dsp(call: Call) -> Call | str:
    right = -call.params["shift"]
    if not 1 <= right <= 22:
        return "the product is not scaled by 2^-23 to 1/2"
    kernel = call.node.find_kernel(call.node.operator.kernel_file("s8_dsp"))
    return replace(call, kernel=kernel, params={**call.params, "shift": right})


MUL = Operator(
    "MUL",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={
        **{"INT8": "s8", "UINT8": "q", "INT16": "q"},
        **{"INT32": "s32", "UINT32": "s32", "INT64": "s64", "FLOAT32": "f32"},
    },
    options="MulOptions",
    max_version=7,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
    variants=(Variant("s8_dsp", "s8", ("dsp",), _pack_dsp, overlap=overlap.elements),),
)
