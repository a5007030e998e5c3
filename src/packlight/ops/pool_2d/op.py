# SPDX-License-Identifier: Apache-2.0
"""AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D: every output element is the mean, the largest or the root of the mean of
the squares of a window of one channel.

What lies outside the input does not count, neither in the sum nor in the number it is divided by. Integers: input and
output have one scale and zero point; a mean is rounded to the nearest stored integer, halves away from zero.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from packlight import arithmetic, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant


def prepare(node: Node) -> Call:
    geometry = _geometry(node)
    activation = node.options.fused_activation_function
    if node.types == "FLOAT32":
        return node.call({"geometry": geometry, "activation": arithmetic.float_activation(node, activation)})
    arithmetic.check_quantized(node, node.input, node.output)
    near = abs(node.input.scale - node.output.scale) <= 1e-6  # TFLM's tolerance
    node.check(near and node.input.zero_point == node.output.zero_point, "output has the scale and zero point of input")
    limits = arithmetic.quantized_activation(node, activation, node.output)
    covered = min(geometry["filter_h"], geometry["input_h"]) * min(geometry["filter_w"], geometry["input_w"])
    node.check(covered < 1 << 16, "a window of integers covers less than 65,536 elements")  # their sum fits 32 bits
    return node.call({"geometry": geometry, "activation": limits})


def _geometry(node: Node) -> dict[str, Any]:
    options = node.options
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    node.check(len(node.input.shape) == 4, "input has 4 dimensions [batches, height, width, channels]", node.input)
    batches, input_h, input_w, channels = node.input.shape
    filter_h, filter_w = options.filter_height, options.filter_width
    height, pad_h = arithmetic.window(node, input_h, filter_h, options.stride_h, 1, options.padding)
    width, pad_w = arithmetic.window(node, input_w, filter_w, options.stride_w, 1, options.padding)
    node.check(node.output.shape == (batches, height, width, channels), "output has the shape that the window gives")
    return {
        **{"batches": batches, "input_h": input_h, "input_w": input_w, "channels": channels},
        **{"filter_h": filter_h, "filter_w": filter_w},
        **{"output_h": height, "output_w": width},
        "stride": {"h": options.stride_h, "w": options.stride_w},
        "padding": {"h": pad_h, "w": pad_w},
    }


def _pack_dsp(call: Call) -> Call | str:
    """Channels by fours; 16 bits hold the sum of 255 elements."""
    geometry = call.params["geometry"]
    if geometry["channels"] < 4:
        return "there are fewer than 4 channels"
    if call.kernel.name.startswith("pool_2d_average") and geometry["filter_h"] * geometry["filter_w"] > 255:
        return "the window has more than 255 elements"
    kernel = call.kernel.name.removeprefix("pool_2d_") + "_dsp"
    return replace(call, kernel=call.node.find_kernel(call.node.operator.kernel_file(kernel)))


_by_fours = partial(overlap.each_channel, together=4)
_pool = partial(
    Operator,
    inputs=("input",),
    outputs=("output",),
    options="Pool2DOptions",
    max_version=3,
    prepare=prepare,
    overlap=overlap.each_channel,
)

AVERAGE_POOL_2D = _pool(
    "AVERAGE_POOL_2D",
    kernels={"INT8": "average_s8", "UINT8": "average_u8", "INT16": "average_s16", "FLOAT32": "average_f32"},
    variants=(Variant("average_s8_dsp", "average_s8", ("dsp",), _pack_dsp, overlap=_by_fours),),
)
MAX_POOL_2D = _pool(
    "MAX_POOL_2D",
    kernels={"INT8": "max_s8", "UINT8": "max_u8", "INT16": "max_s16", "FLOAT32": "max_f32"},
    variants=(Variant("max_s8_dsp", "max_s8", ("dsp",), _pack_dsp, overlap=_by_fours),),
)
L2_POOL_2D = _pool("L2_POOL_2D", kernels={"FLOAT32": "l2_f32"})
