# SPDX-License-Identifier: Apache-2.0
"""TRANSPOSE_CONV: every input element is spread over a window of the output, weighted by the filter.

output[b, y, x, o] = act(bias[o] + sum over ky, kx, c of filter[o, ky, kx, c] * input[b, i, j, c]) for all i, j with
i*stride + ky - padding = y and j*stride + kx - padding = x. Padding is that of the convolution which would make the
input of the output. Integers: weights are symmetric, one scale a channel or one for all (uint8: a zero point and
one scale); int16 sums have 64 bits.
"""

from __future__ import annotations

from typing import Any

from packlight import arithmetic
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    geometry = _geometry(node)
    activation = node.options.fused_activation_function
    arithmetic.check_weights(node, node.filter, geometry["output_c"], dimension=0)
    if node.input.type == "FLOAT32":
        return node.call({"geometry": geometry, "activation": arithmetic.float_activation(node, activation)})
    return arithmetic.weighted(node, geometry, activation, geometry["output_c"])


def macs(node: Node) -> int:
    output_c, height, width, _ = node.filter.shape
    return node.input.elements * height * width * output_c


def _geometry(node: Node) -> dict[str, Any]:
    options, input_, filter_, output = node.options, node.input, node.filter, node.output
    node.check(len(input_.shape) == 4, "input has 4 dimensions [batches, height, width, channels]", input_)
    node.check(len(filter_.shape) == 4, "filter has 4 dimensions [outputs, height, width, channels]", filter_)
    batches, input_h, input_w, input_c = input_.shape
    output_c, filter_h, filter_w, filter_c = filter_.shape
    node.check(filter_c == input_c, "filter has as many channels as input", filter_)
    matches = len(output.shape) == 4 and (output.shape[0], output.shape[3]) == (batches, output_c)
    node.check(matches, "output has the batches of input and the outputs of filter", output)
    _, output_h, output_w, _ = output.shape
    pads = [
        arithmetic.window(node, size, filter_size, stride, 1, options.padding)[1]
        for size, filter_size, stride in (
            (output_h, filter_h, options.stride_h),
            (output_w, filter_w, options.stride_w),
        )
    ]
    return {
        **{"batches": batches, "input_h": input_h, "input_w": input_w, "input_c": input_c},
        **{"filter_h": filter_h, "filter_w": filter_w},
        **{"output_h": output_h, "output_w": output_w, "output_c": output_c},
        "stride": {"h": options.stride_h, "w": options.stride_w},
        "padding": {"h": pads[0], "w": pads[1]},
    }


TRANSPOSE_CONV = Operator(
    "TRANSPOSE_CONV",
    inputs=("output_shape", "filter", "input", "bias?"),
    outputs=("output",),
    kernels={"INT8": "s8", "INT16_INT8": "s16", "UINT8": "u8", "FLOAT32": "f32"},
    options="TransposeConvOptions",
    max_version=5,
    prepare=prepare,
    typed_by=("input", "filter"),
    macs=macs,
)
