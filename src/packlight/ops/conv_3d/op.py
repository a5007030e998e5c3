# SPDX-License-Identifier: Apache-2.0
"""CONV_3D: every output channel is a window of the input, weighted and summed, along depth, height and width.

output[b, z, y, x, o] = act(bias[o] + sum over kz, ky, kx, c of filter[kz, ky, kx, c, o] * input[b, z*stride +
kz*dilation - padding, ..., c]); what lies outside the input counts as zero. TFLM has no such operator: LiteRT's is the
standard, which knows float32 alone.
"""

from __future__ import annotations

from math import prod

from packlight import arithmetic
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    options, input_, filter_ = node.options, node.input.shape, node.filter.shape
    node.check(len(input_) == 5, "input has 5 dimensions [batches, depth, height, width, channels]", node.input)
    node.check(len(filter_) == 5, "filter has 5 dimensions [depth, height, width, channels, outputs]", node.filter)
    node.check(filter_[3] == input_[4], "filter has the channels of input", node.filter)
    arithmetic.check_weights(node, node.filter, filter_[4], dimension=4)
    boxes: dict[str, dict[str, int]] = {name: {} for name in ("input", "window", "output", "stride", "padding")}
    boxes["dilation"] = {}
    for at, side in enumerate("dhw"):
        stride, dilation = getattr(options, f"stride_{side}"), getattr(options, f"dilation_{side}_factor")
        size, reach = input_[1 + at], filter_[at]
        count, padding = arithmetic.window(node, size, reach, stride, dilation, options.padding)
        for box, value in zip(boxes.values(), (size, reach, count, stride, padding, dilation), strict=True):
            box[side] = value
    shape = (input_[0], *boxes["output"].values(), filter_[4])
    node.check(node.output.shape == shape, "output has the shape that the window gives")
    activation = arithmetic.float_activation(node, options.fused_activation_function)
    return node.call(
        {"batches": input_[0], "input_c": input_[4], "output_c": filter_[4], **boxes, "activation": activation}
    )


def macs(node: Node) -> int:
    return node.output.elements * prod(node.filter.shape[:4])


CONV_3D = Operator(
    "CONV_3D",
    inputs=("input", "filter", "bias?"),
    outputs=("output",),
    kernels={"FLOAT32": "f32"},
    typed_by=("input", "filter"),
    options="Conv3DOptions",
    prepare=prepare,
    macs=macs,
)
