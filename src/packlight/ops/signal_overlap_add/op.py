# SPDX-License-Identifier: Apache-2.0
"""SignalOverlapAdd: frames that overlap are added up to one signal, across invokes.

Each frame begins `frame_step` samples after the one before and gives as many samples of the output: those that no later
frame reaches. int16 saturates with every frame that is added.
"""

from __future__ import annotations

from packlight import custom_options
from packlight.nouns.call import Call, State
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    input_, output = node.input, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(len(input_.shape) >= 2 and input_.elements > 0, "input has two dimensions and is not empty", input_)
    frames, size = input_.shape[-2:]
    rows = input_.elements // (frames * size)
    step = custom_options.integer(node, "frame_step", 1, size)
    node.check(output.elements == rows * frames * step, "output has frame_step samples for each frame", output)
    rest = bytes(max(1, rows * (size - step)) * (input_.bytes // input_.elements))
    params = {"rows": rows, "frames": frames, "size": size, "step": step}
    return node.call(params, rest=State("rest", rest))


SIGNAL_OVERLAP_ADD = Operator(
    "SignalOverlapAdd",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT16": "s16", "FLOAT32": "f32"},
    prepare=prepare,
    custom=True,
)
