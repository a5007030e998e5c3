# SPDX-License-Identifier: Apache-2.0
"""CONCATENATION: the inputs one behind the other along `axis`, which may count from the last dimension (-1)."""

from __future__ import annotations

from math import prod

from packlight import arithmetic, walk
from packlight.nouns.call import Call, Place
from packlight.nouns.model import ELEMENT_BYTES, Tensor
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call, ...]:
    inputs, output = node.many("inputs"), node.output
    rank, axis = len(output.shape), node.options.axis
    node.check(node.options.fused_activation_function == "NONE", "no activation is fused into it")
    node.check(-rank <= axis < rank, "axis is a dimension of the output")
    axis %= rank
    for input_ in inputs:
        _check(node, input_, axis)
    total = sum(input_.shape[axis] for input_ in inputs)
    node.check(total == output.shape[axis], "the inputs fill the output along the axis", output)
    element = int(ELEMENT_BYTES[output.type])
    rows = prod(output.shape[:axis])
    row = prod(output.shape[axis:]) * element
    calls: list[Call] = []
    offset = 0
    for input_ in inputs:
        run = prod(input_.shape[axis:]) * element
        calls += walk.move(node, input_, Place(output, offset), 1, [(rows, run, row), (run, 1, 1)])
        offset += run
    return tuple(calls)


def _check(node: Node, input_: Tensor, axis: int) -> None:
    output = node.output
    node.check(input_.type == output.type, "all inputs have the type of the output", input_)
    node.check(len(input_.shape) == len(output.shape), "all inputs have as many dimensions as the output", input_)
    others = [i for i in range(len(output.shape)) if i != axis]
    same = all(input_.shape[i] == output.shape[i] for i in others)
    node.check(same, "inputs and output differ in size along the axis only", input_)
    if output.type in ("INT8", "UINT8"):
        arithmetic.check_quantized_alike(node, input_, output)
    if output.type == "INT16":
        node.check(input_.zero_point == output.zero_point == 0, "int16 has the zero point 0", input_)


CONCATENATION = Operator(
    "CONCATENATION",
    inputs=("inputs*",),
    outputs=("output",),
    kernels=walk.MOVE,
    options="ConcatenationOptions",
    max_version=4,
    typed_by=("output",),
    prepare=prepare,
)
