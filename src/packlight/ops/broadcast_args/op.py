# SPDX-License-Identifier: Apache-2.0
"""BROADCAST_ARGS: the shape to which two shapes broadcast: from the last dimension, the one that is not 1.

The shapes are data; those that do not broadcast are not told from those that do. The shorter one is 1 where it ends.
"""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Call, Place
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call, ...]:
    shape1, shape2, output = node.shape1, node.shape2, node.output
    node.check(shape1.type == shape2.type == output.type, "both shapes and output have the same type", output)
    node.check(len(shape1.shape) == len(shape2.shape) == 1, "both shapes are rows of numbers", shape1)
    longer, shorter = sorted((shape1, shape2), key=lambda tensor: -tensor.elements)
    node.check(output.shape == longer.shape, "output has as many numbers as the longer shape", output)
    element = walk.whole(output).itemsize
    extra = longer.elements - shorter.elements
    rest = Place(longer, extra * element), shorter, Place(output, extra * element)
    parts = ((extra, (longer, longer, output)), (shorter.elements, rest))
    return tuple(
        node.call({"count": count, "bytes": element}, input1=first, input2=second, output=result)
        for count, (first, second, result) in parts
        if count
    )


BROADCAST_ARGS = Operator(
    "BROADCAST_ARGS",
    inputs=("shape1", "shape2"),
    outputs=("output",),
    kernels=dict.fromkeys(("INT32", "INT64"), "bytes"),
    typed_by=("output",),
    prepare=prepare,
)
