# SPDX-License-Identifier: Apache-2.0
"""CIRCULAR_BUFFER: the output is a memory of the latest inputs, for convolutions over a stream.

In each invoke the input [1, 1, a, b] becomes the last slot of the output [1, slots, a, b], a variable tensor, and the
oldest slot leaves. Every `cycles_max` invokes one is complete, the first time after as many; the others end here: what
follows does not run, and the model's outputs stay as they were. Where the model does not give `cycles_max`, it is what
TFLM guesses: 1 where there are 5, 13 or 25 slots, else 2.
"""

from __future__ import annotations

import numpy as np

from packlight import custom_options
from packlight.nouns.call import Call, State, Stop
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call | Stop, ...]:
    input_, output = node.input, node.output
    node.check(len(output.shape) == 4 == len(input_.shape), "input and output have 4 dimensions", input_)
    slots = output.shape[1]
    fits = input_.shape == (1, 1, *output.shape[2:]) and output.shape[0] == 1
    node.check(fits, "input is [1, 1, a, b], output [1, slots, a, b]", output)
    node.check(slots > 0 and input_.elements > 0, "input and output are not empty", output)
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.is_variable, "output is a variable tensor", output)
    cycles = _cycles(node, slots)
    complete = State("complete", bytes(1))
    call = node.call(
        {"size": input_.bytes, "kept": output.bytes - input_.bytes, "cycles": cycles},
        left=State("left", np.array([cycles], "<i4").tobytes()),
        complete=complete,
    )
    return (call, Stop(node, complete)) if cycles > 1 else (call,)


def _cycles(node: Node, slots: int) -> int:
    given = getattr(node.options, "cycles_max", 0)
    if given != 0:
        return custom_options.integer(node, "cycles_max", 1, custom_options.INT32[1])
    ends_there = slots not in (5, 13, 25) and node.output.shape[2:] == (2, 96)  # TFLM: it depends on other operators
    node.check(not ends_there, "cycles_max is given, or can be told from the shape of output", node.output)
    return 1 if slots in (5, 13, 25) else 2


CIRCULAR_BUFFER = Operator(
    "CIRCULAR_BUFFER", inputs=("input",), outputs=("output",), kernels={"INT8": "8"}, prepare=prepare, custom=True
)
