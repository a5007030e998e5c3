# SPDX-License-Identifier: Apache-2.0
"""RESHAPE: the input's elements under the output's shape. No code and no bytes: both are the same memory.

The output tensor's shape is what counts, as in TFLM: an operand `shape`, computed or constant, and the option
`new_shape` say the same.
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
