# SPDX-License-Identifier: Apache-2.0
"""POW: output = input1 to the power of input2, the inputs broadcast to a common shape.

float32: as C's powf, special values included, to some two units in the last place. int32 wraps around; a negative
exponent, which LiteRT refuses when it runs, leaves the whole part.
"""

from __future__ import annotations

from packlight import elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    return node.call({"rows": rows}, dims=dims)


POW = Operator(
    "POW",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={"INT32": "s32", "FLOAT32": "f32"},
    options="PowOptions",
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
)
