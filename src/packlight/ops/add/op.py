# SPDX-License-Identifier: Apache-2.0
"""ADD: output = act(input1 + input2), the inputs broadcast to a common shape.

int8: both inputs are brought to twice the larger input scale with 20 more bits, added, and brought to the output's
scale.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from packlight import arithmetic, elementwise
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant
from packlight.ops.add import pack_host

#: Bits that int8 inputs gain before they are added.
LEFT_SHIFT = 20
#: What the rounding of the MVE kernel adds.
HALF_STEP = 1 << 21


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    node.check(node.output.type == node.input1.type, "output has the type of input1", node.output)
    activation = node.options.fused_activation_function
    if node.types == "FLOAT32":
        return node.call({"rows": rows, "activation": arithmetic.float_activation(node, activation)}, dims=dims)
    params = {
        "rows": rows,
        **_scales(node),
        "activation": arithmetic.quantized_activation(node, activation, node.output),
    }
    return node.call(params, dims=dims)


def _scales(node: Node) -> dict[str, Any]:
    """The C struct pl_add_scale of each operand."""
    elementwise.check_scales(node, node.input1, node.input2, node.output)
    common = 2 * max(node.input1.scale, node.input2.scale)
    multiplier, shift = arithmetic.quantize_multiplier(common / ((1 << LEFT_SHIFT) * node.output.scale))
    node.check(shift <= 0, f"twice the larger input scale is less than 2^{LEFT_SHIFT} output scales", node.output)
    scales = {"output": {"offset": node.output.zero_point, "multiplier": multiplier, "shift": shift}}
    for name, tensor in (("input1", node.input1), ("input2", node.input2)):
        multiplier, shift = arithmetic.quantize_multiplier(tensor.scale / common)
        scales[name] = {"offset": -tensor.zero_point, "multiplier": multiplier, "shift": shift}
    return scales


def _pack_dsp(call: Call) -> Call | str:
    from packlight.ops.add import pack_dsp

    return pack_dsp.pack(call)


def _pack_mve(call: Call) -> Call | str:
    packed = _pack_dsp(call)
    if isinstance(packed, str):
        return packed
    reach = abs(packed.params["addend"]) + 128 * (abs(packed.params["factor1"]) + abs(packed.params["factor2"]))
    if reach + HALF_STEP >= 1 << 31:
        return "a sum may exceed 32 bits"
    params = {**packed.params, "addend": packed.params["addend"] - HALF_STEP}
    return replace(packed, kernel=call.node.find_kernel(call.node.operator.kernel_file("s8_mve")), params=params)


def _pack_dsp_exact(call: Call) -> Call | str:
    from packlight.ops.add import pack_dsp

    return pack_dsp.pack_exact(call)


def _pack_thumb(call: Call) -> Call | str:
    from packlight.ops.add import pack_thumb

    return pack_thumb.pack(call)


ADD = Operator(
    "ADD",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={"INT8": "s8", "FLOAT32": "f32"},
    options="AddOptions",
    max_version=5,
    prepare=prepare,
    typed_by=("input1",),
    variants=(
        Variant("s8_mve", "s8", ("mve",), _pack_mve),
        Variant("s8_avx2", "s8", ("avx2",), pack_host.pack),
        Variant("s8_dsp", "s8", ("dsp",), _pack_dsp),
        Variant("s8_dsp_exact", "s8", ("dsp",), _pack_dsp_exact),
        Variant("s8_thumb", "s8", ("thumb",), _pack_thumb),
    ),
)
