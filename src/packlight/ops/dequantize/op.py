# SPDX-License-Identifier: Apache-2.0
"""DEQUANTIZE: output = scale * (input - zero point), as float32."""

from __future__ import annotations

from packlight import elementwise
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    node.check(node.output.type == "FLOAT32", "output is float32", node.output)
    elementwise.check_scales(node, node.input)
    scale, zero_point = node.input.scale, node.input.zero_point
    return node.call({"size": elementwise.size(node), "scale": scale, "zero_point": zero_point})


DEQUANTIZE = Operator(
    "DEQUANTIZE",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "s8", "UINT8": "u8", "INT16": "s16"},
    options="DequantizeOptions",
    max_version=6,
    prepare=prepare,
)
