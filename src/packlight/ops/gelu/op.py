# SPDX-License-Identifier: Apache-2.0
"""GELU: output = input * (1 + erf(input / sqrt 2)) / 2, the share of a normal distribution below the input.

With `approximate`, input * (1 + tanh(sqrt(2 / pi) * (input + 0.044715 * input**3))) / 2. Integers by a table made in
float32, as LiteRT does.
"""

from __future__ import annotations

import math

import numpy as np

from packlight import elementwise, overlap, tables
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator
from packlight.tables import Floats

_ROOT = np.float32(math.sqrt(2 / math.pi))


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node), "approximate": int(node.options.approximate)})
    return elementwise.look_up_float(node, _approximate if node.options.approximate else _exact)


def _exact(x: Floats) -> Floats:
    rest = tables.in_float32(np.vectorize(math.erfc))(x * np.float32(-math.sqrt(0.5)))
    result: Floats = np.float32(0.5) * x * rest
    return result


def _approximate(x: Floats) -> Floats:
    argument = _ROOT * (x + np.float32(0.044715) * x * x * x)
    result: Floats = np.float32(0.5) * x * (np.float32(1) + tables.in_float32(np.tanh)(argument))
    return result


GELU = Operator(
    "GELU",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "lut/8", "UINT8": "lut/8", "INT16": "lut/s16", "FLOAT32": "f32"},
    options="GeluOptions",
    max_version=2,
    prepare=prepare,
    overlap=overlap.elements,
)
