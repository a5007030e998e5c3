# SPDX-License-Identifier: Apache-2.0
"""SignalEnergy: the square of the absolute value of complex numbers, from `start_index` up to `end_index`.

`input` holds pairs of a real and an imaginary part. What TFLM leaves unwritten, outside of the indices, is 0 here.
"""

from __future__ import annotations

from packlight import custom_options
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    size = node.output.elements
    node.check(node.output.type == "UINT32", "output is uint32", node.output)
    start = custom_options.integer(node, "start_index", 0, size)
    end = custom_options.integer(node, "end_index", 0, size)
    node.check(node.input.elements >= 2 * end, "input has a pair for each index below end_index", node.input)
    return node.call({"size": size, "start": start, "end": end})


SIGNAL_ENERGY = Operator(
    "SignalEnergy", inputs=("input",), outputs=("output",), kernels={"INT16": "s16"}, prepare=prepare, custom=True
)
