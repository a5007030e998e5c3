# SPDX-License-Identifier: Apache-2.0
"""ADD_N: output = the sum of two or more inputs of one shape.

float32 and int32: by the kernels of ADD, input after input. int8: all inputs have one scale; their sum with 19 more
bits is brought to the output's scale. As in TFLM, that sum begins with the stored 0 as if it were another input.
"""

from __future__ import annotations

from typing import Any

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: PL_ADD_N_INPUTS of kernel.h.
INPUTS = 8
#: Bits that the sum gains before it is scaled.
LEFT_SHIFT = 19


def prepare(node: Node) -> Call | tuple[Call, ...]:
    first, *others = inputs = node.many("inputs")
    node.check(bool(others), "there are at least two inputs")
    for each in inputs:
        node.check(each.type == node.output.type, "all inputs have the type of the output", each)
        node.check(each.elements == node.output.elements, "all inputs have the shape of the output", each)
    if node.types == "INT8":
        return _quantized(node)
    activation = arithmetic.float_activation if node.types == "FLOAT32" else elementwise.integer_activation
    rows = {"rank": 0, "length": node.output.elements, "step1": 1, "step2": 1}
    params = {"rows": rows, "activation": activation(node, "NONE"), "sign": 1}
    sums = (first, *[node.output] * (len(others) - 1))
    return tuple(node.call(params, input1=one, input2=two, dims=None) for one, two in zip(sums, others, strict=True))


def _quantized(node: Node) -> Call:
    inputs, output = node.many("inputs"), node.output
    elementwise.check_scales(node, *inputs, output)
    node.check(len(inputs) <= INPUTS, f"at most {INPUTS} inputs of int8")
    alike = len({(each.scale, each.zero_point) for each in inputs}) == 1
    node.check(alike, "all int8 inputs have the same scale and zero point")
    real = 2 * inputs[0].scale / ((1 << LEFT_SHIFT + 1) * output.scale)
    multiplier, shift = arithmetic.quantize_multiplier(real)
    node.check(shift <= 0, f"twice the inputs' scale is less than 2^{LEFT_SHIFT + 1} output scales", output)
    params = {
        "size": output.elements,
        "offset": -inputs[0].zero_point * (len(inputs) + 1),
        **{"multiplier": multiplier, "shift": shift},
        "output_offset": output.zero_point,
        "range": arithmetic.quantized_activation(node, "NONE", output),
    }
    given: dict[str, Any] = {f"input{at}": inputs[at] if at < len(inputs) else None for at in range(INPUTS)}
    return node.call(params, **given)


ADD_N = Operator(
    "ADD_N",
    inputs=("inputs*",),
    outputs=("output",),
    kernels={"INT8": "s8", "INT32": "add/s32", "FLOAT32": "add/f32"},
    options="AddNOptions",
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("output",),
)
