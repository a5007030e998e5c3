# SPDX-License-Identifier: Apache-2.0
"""FLOOR_DIV and FLOOR_MOD: output = floor(input1 / input2), and input1 - input2 * that, whose sign is that of input2.

The inputs are broadcast to a common shape. Integers are taken as stored, whatever their scales. Both are exact for
floats too (a quotient of 2^23 or more: to the last bit). What TFLM and LiteRT refuse when they run is defined: an
integer division by zero gives 0, that of a float an infinity, or NaN.
"""

from __future__ import annotations

from dataclasses import replace

from packlight import elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node)
    modulo = int(node.operator.name == "FLOOR_MOD")
    return node.call({"rows": rows, "type": elementwise.ELEMENT_TYPES.get(node.types, 0), "modulo": modulo}, dims=dims)


FLOOR_DIV = Operator(
    "FLOOR_DIV",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={"INT8": "integer", "INT16": "integer", "INT32": "integer", "FLOAT32": "f32"},
    options="FloorDivOptions",
    max_version=3,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
)
FLOOR_MOD = replace(
    FLOOR_DIV,
    name="FLOOR_MOD",
    kernels={**FLOOR_DIV.kernels, "INT64": "mod_s64"},
    options="FloorModOptions",
    max_version=2,
)
