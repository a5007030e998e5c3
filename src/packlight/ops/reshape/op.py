# SPDX-License-Identifier: Apache-2.0
"""RESHAPE, SQUEEZE and EXPAND_DIMS: the input's elements under the output's shape. No code, no bytes: one memory.

The output tensor's shape is what counts, as in TFLM: operands and options that say the same are not looked at.
"""

from __future__ import annotations

from packlight.nouns.call import Alias
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Alias:
    input_, output = node.input, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.elements == input_.elements, "output has as many elements as input", output)
    node.check(not input_.is_variable, "input is not a variable, which may change while the output is in use", input_)
    return node.alias(input_, output)


RESHAPE = Operator(
    "RESHAPE",
    inputs=("input", "shape?"),
    outputs=("output",),
    kernels=dict.fromkeys(ELEMENT_BYTES, ""),
    options="ReshapeOptions",
    max_version=1,
    prepare=prepare,
)
SQUEEZE = Operator(
    "SQUEEZE",
    inputs=("input",),
    outputs=("output",),
    kernels=dict.fromkeys(ELEMENT_BYTES, ""),
    options="SqueezeOptions",
    max_version=2,
    prepare=prepare,
)
EXPAND_DIMS = Operator(
    "EXPAND_DIMS",
    inputs=("input", "axis"),
    outputs=("output",),
    kernels=dict.fromkeys(ELEMENT_BYTES, ""),
    options="ExpandDimsOptions",
    max_version=1,
    prepare=prepare,
)
