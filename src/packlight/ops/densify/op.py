# SPDX-License-Identifier: Apache-2.0
"""DENSIFY: a sparse constant with all its elements, which `read` has unpacked already: nothing is left to do."""

from __future__ import annotations

from packlight.nouns.call import Constant
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Constant:
    node.check(node.input.is_constant, "input is constant", node.input)
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    return node.constant(node.output, node.input.array())


DENSIFY = Operator(
    "DENSIFY",
    inputs=("input",),
    outputs=("output",),
    kernels={type_: "" for type_, size in ELEMENT_BYTES.items() if size >= 1},
    options="DensifyOptions",
    prepare=prepare,
)
