# SPDX-License-Identifier: Apache-2.0
"""CONV_2D: every output channel is a window of the input, weighted and summed.

output[b, y, x, o] = act(bias[o] + sum over ky, kx, c of filter[o, ky, kx, c] * input[b, y*stride + ky*dilation -
padding, ..., group(o) + c]); what lies outside the input counts as zero. Integers: weights are symmetric, one scale a
channel or one for all; uint8: they have a zero point and one scale. int16: sums have 64 bits, or 32 with a bias of 32,
and are rounded otherwise. float32 with integer weights: each image is quantised as it comes, by its own range, as
LiteRT does: symmetrically if one scale serves all weights.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from packlight import arithmetic, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant
from packlight.ops.conv_2d import pack_dsp, pack_host, pack_mve, pack_rv32, pack_thumb
from packlight.packing.dense_host import AVX2, VNNI


def prepare(node: Node) -> Call:
    geometry = _geometry(node)
    activation = node.options.fused_activation_function
    arithmetic.check_weights(node, node.filter, geometry["output_c"], dimension=0)
    if node.types == "FLOAT32":
        return node.call({"geometry": geometry, "activation": arithmetic.float_activation(node, activation)})
    if node.input.type == "FLOAT32":
        scales = node.filter.quantization.scale if node.filter.quantization else ()
        asymmetric = len(set(scales)) > 1 or geometry["filter_c"] != geometry["input_c"]
        rows = geometry["batches"]
        return arithmetic.hybrid(node, {"geometry": geometry}, activation, rows=rows, asymmetric=asymmetric)
    return arithmetic.weighted(node, geometry, activation, geometry["output_c"])


def macs(node: Node) -> int:
    _, height, width, depth = node.filter.shape
    return node.output.elements * height * width * depth


def _geometry(node: Node) -> dict[str, Any]:
    options = node.options
    node.check(len(node.input.shape) == 4, "input has 4 dimensions [batches, height, width, channels]", node.input)
    node.check(len(node.filter.shape) == 4, "filter has 4 dimensions [outputs, height, width, channels]", node.filter)
    batches, input_h, input_w, input_c = node.input.shape
    output_c, filter_h, filter_w, filter_c = node.filter.shape
    node.check(
        0 < filter_c <= input_c and input_c % filter_c == 0,
        "input channels are a multiple of filter channels",
        node.filter,
    )
    node.check(output_c % (input_c // filter_c) == 0, "output channels are a multiple of the groups", node.filter)
    height, pad_h = arithmetic.window(
        node, input_h, filter_h, options.stride_h, options.dilation_h_factor, options.padding
    )
    width, pad_w = arithmetic.window(
        node, input_w, filter_w, options.stride_w, options.dilation_w_factor, options.padding
    )
    node.check(node.output.shape == (batches, height, width, output_c), "output has the shape that the window gives")
    return {
        **{"batches": batches, "input_h": input_h, "input_w": input_w, "input_c": input_c},
        **{"filter_h": filter_h, "filter_w": filter_w, "filter_c": filter_c},
        **{"output_h": height, "output_w": width, "output_c": output_c},
        "group_c": output_c // (input_c // filter_c),
        "stride": {"h": options.stride_h, "w": options.stride_w},
        "padding": {"h": pad_h, "w": pad_w},
        "dilation": {"h": options.dilation_h_factor, "w": options.dilation_w_factor},
    }


CONV_2D = Operator(
    "CONV_2D",
    inputs=("input", "filter", "bias?"),
    outputs=("output",),
    kernels={
        **{"INT8": "s8", "INT8_INT4": "s4", "INT16_INT8": ("s16", "s16_b32"), "UINT8": "u8"},
        **{"FLOAT32": "f32", "FLOAT32_INT8": "hybrid", "FLOAT32_INT4": "hybrid"},
    },
    typed_by=("input", "filter"),
    options="Conv2DOptions",
    max_version=8,
    prepare=prepare,
    macs=macs,
    overlap=overlap.one_by_one,
    variants=(
        Variant("s8_vnni", of="s8", features=("vnni",), pack=partial(pack_host.pack, layout=VNNI)),
        Variant("s8_avx2", of="s8", features=("avx2",), pack=partial(pack_host.pack, layout=AVX2)),
        Variant("s8_mve_three", of="s8", features=("mve",), pack=pack_mve.pack_three, overlap=overlap.by_rows),
        Variant("s8_mve", of="s8", features=("mve",), pack=pack_mve.pack, overlap=pack_mve.overlaps),
        Variant("s8_dsp_1x1", of="s8", features=("dsp",), pack=pack_dsp.pack_1x1, overlap=pack_dsp.FOUR_OF_ROW),
        Variant(
            "s8_dsp_winograd",
            of="s8",
            features=("dsp",),
            pack=pack_dsp.pack_winograd,
            costly=True,
            overlap=pack_dsp.transformed,
        ),
        Variant("s8_dsp_tile", of="s8", features=("dsp",), pack=pack_dsp.pack_tile, overlap=pack_dsp.tiled),
        Variant("s8_dsp", of="s8", features=("dsp",), pack=pack_dsp.pack, overlap=pack_dsp.FOUR),
        Variant("s8_dsp_bytes", of="s8", features=("dsp",), pack=pack_dsp.pack_bytes, overlap=pack_dsp.FOUR),
        Variant("s8_dsp_plain", of="s8", features=("dsp",), pack=pack_dsp.pack_plain, overlap=pack_dsp.grouped),
        *pack_thumb.VARIANTS,
        *pack_rv32.VARIANTS,
    ),
)
