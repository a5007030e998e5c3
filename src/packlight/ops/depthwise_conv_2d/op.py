# SPDX-License-Identifier: Apache-2.0
"""DEPTHWISE_CONV_2D: every input channel is convolved alone, with `ch_mult` filters that each make an output channel.

output[b, y, x, o] = act(bias[o] + sum over ky, kx of filter[0, ky, kx, o] * input[b, y*stride + ky*dilation - padding,
..., o // ch_mult]); what lies outside the input counts as zero. Integers: weights are symmetric, one scale a channel or
one for all; uint8: they have a zero point and one scale. int16: sums have 64 bits, also with a bias of 32, for which no
other implementation has a meaning: TFLM reads it as 64, LiteRT refuses it. float32 with int8 weights: as in CONV_2D,
asymmetrically.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from packlight import arithmetic, overlap
from packlight.nouns.call import Call, Overlap
from packlight.nouns.operator import Node, Operator, Variant
from packlight.ops.depthwise_conv_2d import pack_host, pack_rv32, pack_thumb


def prepare(node: Node) -> Call:
    geometry = _geometry(node)
    activation = node.options.fused_activation_function
    arithmetic.check_weights(node, node.filter, geometry["output_c"], dimension=3)
    if node.types == "FLOAT32":
        return node.call({"geometry": geometry, "activation": arithmetic.float_activation(node, activation)})
    if node.input.type == "FLOAT32":
        rows = geometry["batches"]
        return arithmetic.hybrid(node, {"geometry": geometry}, activation, rows=rows, asymmetric=True)
    return arithmetic.weighted(node, geometry, activation, geometry["output_c"])


def macs(node: Node) -> int:
    _, height, width, _ = node.filter.shape
    return node.output.elements * height * width


def _geometry(node: Node) -> dict[str, Any]:
    options = node.options
    node.check(len(node.input.shape) == 4, "input has 4 dimensions [batches, height, width, channels]", node.input)
    node.check(len(node.filter.shape) == 4, "filter has 4 dimensions [1, height, width, outputs]", node.filter)
    batches, input_h, input_w, input_c = node.input.shape
    one, filter_h, filter_w, output_c = node.filter.shape
    node.check(one == 1, "the first dimension of filter is 1", node.filter)
    node.check(input_c > 0 and output_c % input_c == 0, "output channels are a multiple of input channels", node.filter)
    ch_mult = output_c // input_c
    node.check(options.depth_multiplier in (0, ch_mult), "depth_multiplier is output channels over input channels")
    stride_h, stride_w = options.stride_h, options.stride_w
    dilation_h, dilation_w = options.dilation_h_factor, options.dilation_w_factor
    height, pad_h = arithmetic.window(node, input_h, filter_h, stride_h, dilation_h, options.padding)
    width, pad_w = arithmetic.window(node, input_w, filter_w, stride_w, dilation_w, options.padding)
    node.check(node.output.shape == (batches, height, width, output_c), "output has the shape that the window gives")
    return {
        **{"batches": batches, "input_h": input_h, "input_w": input_w, "input_c": input_c},
        **{"filter_h": filter_h, "filter_w": filter_w, "ch_mult": ch_mult},
        **{"output_h": height, "output_w": width, "output_c": output_c},
        "stride": {"h": stride_h, "w": stride_w},
        "padding": {"h": pad_h, "w": pad_w},
        "dilation": {"h": dilation_h, "w": dilation_w},
    }


def _variant(kernel: str, feature: str, pack: str, **given: Any) -> Variant:
    """A kernel for cores with a feature, and the function of pack_FEATURE.py that lays a call out for it."""

    def module() -> Any:
        return import_module(f"packlight.ops.depthwise_conv_2d.pack_{feature}")

    def packed(call: Call) -> Call | str:
        made: Call | str = getattr(module(), pack)(call, **given)
        return made

    def overlaps(call: Call) -> tuple[Overlap, ...]:
        found: tuple[Overlap, ...] = module().overlaps(call)
        return found

    return Variant(kernel, "s8", (feature,), packed, overlap=overlaps)


VARIANTS = (
    _variant("s8_mve_3x3", "mve", "pack_3x3"),
    _variant("conv_2d/s8_mve", "mve", "pack_one_channel"),
    _variant("s8_mve", "mve", "pack_any"),
    _variant("s8_dsp_direct", "dsp", "pack_direct"),
    *pack_host.VARIANTS,
    _variant("s8_dsp_3x3", "dsp", "pack_3x3", stride=1, exact=False),
    _variant("s8_dsp_3x3_exact", "dsp", "pack_3x3", stride=1, exact=True),
    _variant("s8_dsp_3x3_s2", "dsp", "pack_3x3", stride=2, exact=False),
    _variant("s8_dsp_3x3_s2_exact", "dsp", "pack_3x3", stride=2, exact=True),
    _variant("s8_dsp_multi", "dsp", "pack_multi", exact=False),
    _variant("s8_dsp_multi_exact", "dsp", "pack_multi", exact=True),
    _variant("s8_dsp", "dsp", "pack_any", stride=1),
    _variant("s8_dsp_s2", "dsp", "pack_any", stride=2),
    *pack_thumb.VARIANTS,
    *pack_rv32.VARIANTS,
)

DEPTHWISE_CONV_2D = Operator(
    "DEPTHWISE_CONV_2D",
    inputs=("input", "filter", "bias?"),
    outputs=("output",),
    kernels={
        **{"INT8": "s8", "INT8_INT4": "s4", "INT16_INT8": "s16", "UINT8": "u8"},
        **{"FLOAT32": "f32", "FLOAT32_INT8": "hybrid"},
    },
    typed_by=("input", "filter"),
    options="DepthwiseConv2DOptions",
    max_version=7,
    prepare=prepare,
    macs=macs,
    overlap=overlap.each_channel,
    variants=VARIANTS,
)
