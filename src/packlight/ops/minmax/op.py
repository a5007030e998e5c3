# SPDX-License-Identifier: Apache-2.0
"""MAXIMUM, MINIMUM: the greater, or the less, of input1 and input2, which are broadcast to a common shape.

Integers are taken as stored, whatever their scales, as in TFLM. Where one of two floats is NaN, the output is input2.
LOGICAL_AND and LOGICAL_OR are the minimum and the maximum of bools, which are bytes of 0 and 1.
"""

from __future__ import annotations

from dataclasses import replace

from packlight import elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    return node.call({"rows": rows, "greatest": int(node.operator.name in ("MAXIMUM", "LOGICAL_OR"))}, dims=dims)


MAXIMUM = Operator(
    "MAXIMUM",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={"INT8": "s8", "UINT8": "u8", "INT16": "s16", "INT32": "s32", "INT64": "s64", "FLOAT32": "f32"},
    options="MaximumMinimumOptions",
    max_version=4,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
)
MINIMUM = replace(MAXIMUM, name="MINIMUM")
LOGICAL_AND = replace(MAXIMUM, name="LOGICAL_AND", kernels={"BOOL": "u8"}, options="LogicalAndOptions", max_version=1)
LOGICAL_OR = replace(LOGICAL_AND, name="LOGICAL_OR", options="LogicalOrOptions")
