# SPDX-License-Identifier: Apache-2.0
"""CONCATENATION and PACK: the inputs one behind the other along `axis`, which may count from the last dimension (-1).

CONCATENATION puts them along a dimension that they have, PACK along a new one of the output. Stored values are copied
as they are: PACK does not look at scales, as in TFLM.
"""

from __future__ import annotations

from itertools import accumulate

from packlight import arithmetic, walk
from packlight.nouns.call import Step
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def prepare_concatenation(node: Node) -> tuple[Step, ...]:
    inputs, output = node.many("inputs"), node.output
    rank, axis = len(output.shape), node.options.axis
    node.check(node.options.fused_activation_function == "NONE", "no activation is fused into it")
    node.check(-rank <= axis < rank, "axis is a dimension of the output")
    axis %= rank
    for input_ in inputs:
        _check(node, input_, axis)
    ends = list(accumulate(input_.shape[axis] for input_ in inputs))
    node.check(ends[-1:] == [output.shape[axis]], "the inputs fill the output along the axis", output)
    steps: list[Step] = []
    for input_, end in zip(inputs, ends, strict=True):
        part = walk.whole(output).swapaxes(0, axis)[end - input_.shape[axis] : end].swapaxes(0, axis)
        steps += walk.copy(node, input_, walk.whole(input_), output, part)
    return tuple(steps)


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


def prepare_pack(node: Node) -> tuple[Step, ...]:
    inputs, output = node.many("inputs"), node.output
    rank, axis = len(output.shape), node.options.axis
    node.check(-rank <= axis < rank, "axis is a dimension of the output")
    axis %= rank
    node.check(len(inputs) == output.shape[axis], "the inputs fill the output along the axis", output)
    steps: list[Step] = []
    for position, input_ in enumerate(inputs):
        node.check(input_.type == output.type, "all inputs have the type of the output", input_)
        part = walk.whole(output).swapaxes(0, axis)[position : position + 1].swapaxes(0, axis).squeeze(axis)
        node.check(input_.shape == part.shape, "all inputs have the shape of the output without the axis", input_)
        steps += walk.copy(node, input_, walk.whole(input_), output, part)
    return tuple(steps)


CONCATENATION = Operator(
    "CONCATENATION",
    inputs=("inputs*",),
    outputs=("output",),
    kernels=walk.MOVE,
    options="ConcatenationOptions",
    max_version=4,
    typed_by=("output",),
    prepare=prepare_concatenation,
)
PACK = Operator(
    "PACK",
    inputs=("inputs*",),
    outputs=("output",),
    kernels=walk.MOVE,
    options="PackOptions",
    max_version=4,
    typed_by=("output",),
    prepare=prepare_pack,
)
