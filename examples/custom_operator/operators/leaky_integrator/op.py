# SPDX-License-Identifier: Apache-2.0
"""LeakyIntegrator: level = leak * level + input; output = level. The level lasts from invoke to invoke, each element's
own, and is 0 after a reset. `leak` is an option of the operator.
"""

from __future__ import annotations

from packlight import custom_options
from packlight.nouns.call import Call, State
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    node.check(node.output.shape == node.input.shape, "output has the shape of input", node.output)
    node.check(node.output.type == "FLOAT32", "output is float32", node.output)
    leak = custom_options.number(node, "leak")
    node.check(0 <= leak < 1, "leak is at least 0 and less than 1")
    level = State("level", bytes(node.input.bytes))
    return node.call({"size": node.input.elements, "leak": leak}, level=level)


LEAKY_INTEGRATOR = Operator(
    "LeakyIntegrator", inputs=("input",), outputs=("output",), kernels={"FLOAT32": "f32"}, prepare=prepare, custom=True
)
