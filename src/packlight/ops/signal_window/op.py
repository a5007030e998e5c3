# SPDX-License-Identifier: Apache-2.0
"""SignalWindow: output = input * weights / 2**shift, rounded down and saturated, for each frame of the input.

A frame is as long as `weights`; the weights have `shift` fractional bits.
"""

from __future__ import annotations

from packlight import custom_options
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    input_, weights, output = node.input, node.weights, node.output
    node.check(weights.type == output.type == "INT16", "weights and output are int16", output)
    node.check(len(weights.shape) == 1 and weights.elements > 0, "weights has one dimension and is not empty", weights)
    node.check(len(input_.shape) >= 1, "input has a dimension", input_)
    node.check(output.elements == input_.elements, "output has as many elements as input", output)
    node.check(input_.elements % weights.elements == 0, "input holds whole frames, each as long as weights", input_)
    shift = custom_options.integer(node, "shift", 0, 31)
    return node.call({"frames": input_.elements // weights.elements, "size": weights.elements, "shift": shift})


SIGNAL_WINDOW = Operator(
    "SignalWindow",
    inputs=("input", "weights"),
    outputs=("output",),
    kernels={"INT16": "s16"},
    prepare=prepare,
    custom=True,
)
