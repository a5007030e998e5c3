# SPDX-License-Identifier: Apache-2.0
"""ZEROS_LIKE: as many zeros as input has elements; stored zeros, whatever the zero point is."""

from __future__ import annotations

import numpy as np

from packlight import elementwise, walk
from packlight.nouns.call import Call
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call, ...]:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    element = int(ELEMENT_BYTES[node.output.type])
    zero = np.zeros(element, np.uint8)
    return walk.move(node, zero, node.output, element, [(elementwise.size(node), 0, element)])


ZEROS_LIKE = Operator(
    "ZEROS_LIKE",
    inputs=("input",),
    outputs=("output",),
    kernels=walk.MOVE,
    options="ZerosLikeOptions",
    prepare=prepare,
)
