# SPDX-License-Identifier: Apache-2.0
"""SignalWindow: output = input * weights / 2**shift, rounded down and saturated, for each frame of the input.

A frame is as long as `weights`; the weights have `shift` fractional bits. Of a window that is the same from both ends
one half is kept.
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
    size = weights.elements
    params = {"frames": input_.elements // size, "size": size, "half": size, "shift": shift}
    if weights.is_constant:
        table = weights.array().flatten()
        if (table == table[::-1]).all():
            half = -(-size // 2)
            return node.call({**params, "half": half}, weights=table[:half])
    return node.call(params)


SIGNAL_WINDOW = Operator(
    "SignalWindow",
    inputs=("input", "weights"),
    outputs=("output",),
    kernels={"INT16": "s16"},
    prepare=prepare,
    custom=True,
)
