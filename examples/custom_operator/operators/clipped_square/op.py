# SPDX-License-Identifier: Apache-2.0
"""ClippedSquare, int8: output = min(input^2, limit). An int8 has 256 values, so that a table made here says it all, and
packlight's own kernel `lut/8` looks it up: the operator has no C. `limit` is an option of the operator.
"""

from __future__ import annotations

import numpy as np

from packlight import custom_options, elementwise
from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    input_, output = node.input, node.output
    node.check(output.shape == input_.shape, "output has the shape of input", output)
    node.check(output.type == "INT8", "output is int8", output)
    elementwise.check_scales(node, input_, output)
    limit = custom_options.number(node, "limit")

    def square(stored: Integers) -> Integers:
        """Stored integers of the output for those of the input; what int8 does not hold is clamped."""
        real = np.minimum(((stored - input_.zero_point) * input_.scale) ** 2, limit)
        return np.rint(real / output.scale).astype(np.int64) + output.zero_point

    return elementwise.look_up(node, square)


CLIPPED_SQUARE = Operator(
    "ClippedSquare", inputs=("input",), outputs=("output",), kernels={"INT8": "lut/8"}, prepare=prepare, custom=True
)
