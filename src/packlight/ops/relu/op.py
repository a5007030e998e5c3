# SPDX-License-Identifier: Apache-2.0
"""RELU and RELU6: output = max(0, input), and at most 6.

int8: by a table. RELU rescales from the input's scale to the output's. RELU6 only clamps, as in TFLM: the stored
integers keep the input's scale and zero point, whatever the output's are.
"""

from __future__ import annotations

import numpy as np

from packlight import arithmetic, elementwise
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    name = node.operator.name
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node), "activation": arithmetic.float_activation(node, name)})
    elementwise.check_scales(node, node.input, node.output)
    if name == "RELU6":
        limits = arithmetic.quantized_activation(node, name, node.input)
        return elementwise.look_up(node, lambda stored: np.clip(stored, limits["min"], limits["max"]))
    limits = arithmetic.quantized_activation(node, name, node.output)
    with np.errstate(over="ignore", under="ignore"):
        ratio = float(np.float32(node.input.scale) / np.float32(node.output.scale))
    rescaled = elementwise.rescaling(node, ratio)
    return elementwise.look_up(node, lambda stored: np.clip(rescaled(stored), limits["min"], limits["max"]))


RELU, RELU6 = (
    Operator(
        name,
        inputs=("input",),
        outputs=("output",),
        kernels={"INT8": "lut/8", "FLOAT32": "f32"},
        max_version=3,
        prepare=prepare,
    )
    for name in ("RELU", "RELU6")
)
