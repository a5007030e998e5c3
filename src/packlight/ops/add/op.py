# SPDX-License-Identifier: Apache-2.0
"""ADD and SUB: output = act(input1 ± input2), the inputs broadcast to a common shape.

8 and 16 bits: both inputs are brought to twice the larger input scale with 20 more bits (int16: 15), added or
subtracted, and brought to the output's scale. `pot_scale_int16` changes nothing, as in TFLM. int32 and int64 wrap
around and are then clamped to the activation (which TFLM forgets in an int32 ADD).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant
from packlight.ops.add import pack_host

#: Bits that inputs gain before they are added.
LEFT_SHIFT = {"INT8": 20, "UINT8": 20, "INT16": 15}
#: What the rounding of the MVE kernel adds.
HALF_STEP = 1 << 21


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    activation = node.options.fused_activation_function
    sign = -1 if node.operator.name == "SUB" else 1
    if node.types == "FLOAT32":
        params: dict[str, Any] = {
            "rows": rows,
            "activation": arithmetic.float_activation(node, activation),
            "sign": sign,
        }
    elif node.types in ("INT32", "INT64"):
        params = {"rows": rows, "activation": elementwise.integer_activation(node, activation), "sign": sign}
    else:
        limits = arithmetic.quantized_activation(node, activation, node.output)
        params = {"rows": rows, "activation": limits, **_scales(node)}
        if node.operator.kernels[node.types] == "q":
            type_ = node.types
            params |= {"type": elementwise.ELEMENT_TYPES[type_], "left_shift": LEFT_SHIFT[type_], "sign": sign}
            if sign < 0 and type_ == "UINT8":  # LiteRT subtracts by a negative multiplier, which rounds otherwise
                second = params["input2"]
                params |= {"input2": {**second, "multiplier": -second["multiplier"]}, "sign": 1}
    return node.call(params, dims=dims)


def _scales(node: Node) -> dict[str, Any]:
    """The C struct pl_add_scale of each operand."""
    inputs = {"input1": node.input1, "input2": node.input2}
    elementwise.check_scales(node, *inputs.values(), node.output)
    common = 2 * max(node.input1.scale, node.input2.scale)
    multiplier, shift = arithmetic.quantize_multiplier(common / ((1 << LEFT_SHIFT[node.types]) * node.output.scale))
    node.check(shift <= 0, "twice the larger input scale is less than 2^20 output scales (int16: 2^15)", node.output)
    scales = {"output": {"offset": node.output.zero_point, "multiplier": multiplier, "shift": shift}}
    for name, tensor in inputs.items():
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
    kernels={"INT8": "s8", "UINT8": "q", "INT16": "q", "INT32": "s32", "INT64": "s64", "FLOAT32": "f32"},
    options="AddOptions",
    max_version=5,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
    variants=(
        Variant("s8_mve", "s8", ("mve",), _pack_mve, overlap=overlap.elements),
        Variant("s8_avx2", "s8", ("avx2",), pack_host.pack),
        Variant("s8_dsp", "s8", ("dsp",), _pack_dsp, overlap=overlap.elements),
        Variant("s8_dsp_exact", "s8", ("dsp",), _pack_dsp_exact, overlap=overlap.elements),
        Variant("s8_thumb", "s8", ("thumb",), _pack_thumb, overlap=overlap.elements),
    ),
)
_LINEAR = (("s8_mve", "mve", _pack_mve), ("s8_dsp", "dsp", _pack_dsp), ("s8_thumb", "thumb", _pack_thumb))
SUB = replace(
    ADD,
    name="SUB",
    kernels={**ADD.kernels, "INT8": "q"},
    options="SubOptions",
    variants=tuple(
        Variant(kernel, "q", (feature,), pack, overlap=overlap.elements) for kernel, feature, pack in _LINEAR
    ),
)
