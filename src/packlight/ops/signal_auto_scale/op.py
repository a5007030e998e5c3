# SPDX-License-Identifier: Apache-2.0
"""SignalFftAutoScale: output = input * 2**scale_bit, the largest power for which no element leaves int16.

-32768 is taken as TFLM takes it, whose largest absolute value is an int16: what comes after it counts anew.
"""

from __future__ import annotations

from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    input_, output, scale_bit = node.input, node.output, node.scale_bit
    node.check(output.type == "INT16", "output is int16", output)
    node.check(output.elements == input_.elements, "output has as many elements as input", output)
    node.check(scale_bit.type == "INT32" and scale_bit.elements == 1, "scale_bit is one int32", scale_bit)
    return node.call({"size": input_.elements})


SIGNAL_FFT_AUTO_SCALE = Operator(
    "SignalFftAutoScale",
    inputs=("input",),
    outputs=("output", "scale_bit"),
    kernels={"INT16": "s16"},
    prepare=prepare,
    custom=True,
)
