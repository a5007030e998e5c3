# SPDX-License-Identifier: Apache-2.0
"""MUL: output = act(input1 * input2), the inputs broadcast to a common shape."""

from __future__ import annotations

from dataclasses import replace

from packlight import arithmetic, elementwise
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    node.check(node.output.type == node.input1.type, "output has the type of input1", node.output)
    activation = node.options.fused_activation_function
    if node.types == "FLOAT32":
        return node.call({"rows": rows, "activation": arithmetic.float_activation(node, activation)}, dims=dims)
    elementwise.check_scales(node, node.input1, node.input2, node.output)
    multiplier, shift = arithmetic.quantize_multiplier(node.input1.scale * node.input2.scale / node.output.scale)
    # 255 * 255 * 2^14 and a zero point stay within 31 bits
    node.check(shift <= 14, "the product of the input scales is less than 2^14 output scales", node.output)
    params = {
        "rows": rows,
        "input1_offset": -node.input1.zero_point,
        "input2_offset": -node.input2.zero_point,
        "output_offset": node.output.zero_point,
        **{"multiplier": multiplier, "shift": shift},
        "activation": arithmetic.quantized_activation(node, activation, node.output),
    }
    return node.call(params, dims=dims)


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
    kernels={"INT8": "s8", "FLOAT32": "f32"},
    options="MulOptions",
    max_version=7,
    prepare=prepare,
    typed_by=("input1",),
    variants=(Variant("s8_dsp", "s8", ("dsp",), _pack_dsp),),
)
