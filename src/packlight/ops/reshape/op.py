# SPDX-License-Identifier: Apache-2.0
"""RESHAPE: the input's elements under the output's shape. No code and no bytes, but for a copy of a variable.

The output tensor's shape is what counts, as in TFLM: an operand `shape`, computed or constant, and the option
`new_shape` say the same.
"""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Step | tuple[Step, ...]:
    input_, output = node.input, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.elements == input_.elements, "output has as many elements as input", output)
    if input_.is_variable:  # which may change while the output is still in use
        return walk.move(node, input_, output, 1, [(output.bytes, 1, 1)])
    return node.alias(input_, output)


RESHAPE = Operator(
    "RESHAPE",
    inputs=("input", "shape?"),
    outputs=("output",),
    kernels=dict.fromkeys(ELEMENT_BYTES, "move/bytes"),
    options="ReshapeOptions",
    max_version=1,
    prepare=prepare,
)
