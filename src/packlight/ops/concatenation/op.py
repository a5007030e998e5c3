# SPDX-License-Identifier: Apache-2.0
"""CONCATENATION and PACK: the inputs one behind the other along `axis`, which may count from the last dimension (-1).

CONCATENATION puts them along a dimension that they have, PACK along a new one of the output. Stored values are copied
as they are: PACK does not look at scales, as in TFLM. Only uint8 inputs of CONCATENATION may have other scales than the
output; they are rescaled in float32, as LiteRT does.
"""

from __future__ import annotations

from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, Any

from packlight import arithmetic, walk
from packlight.nouns.call import Call, Place, Step
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator

if TYPE_CHECKING:
    import numpy as np


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
        if output.type == "UINT8" and (input_.scale, input_.zero_point) != (output.scale, output.zero_point):
            steps.append(_rescale(node, input_, axis, part))
        else:
            steps += walk.copy(node, input_, walk.whole(input_), output, part)
    return tuple(steps)


def _rescale(node: Node, input_: Tensor, axis: int, part: np.ndarray[Any, Any]) -> Call:
    """The call that fills `part` of the output with what the input's values are in the output's scale."""
    import numpy as np

    output = node.output
    arithmetic.check_quantized(node, input_, output)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        scale = np.float32(input_.scale) * (np.float32(1) / np.float32(output.scale))
    # 255 * 2^23 stays within 31 bits
    node.check(bool(scale < 1 << 23), "an input's scale is less than 2^23 times the output's", input_)
    real = (np.arange(256, dtype=np.float32) * scale + np.float32(-input_.zero_point) * scale).astype(np.float64)
    table = np.trunc(real + np.copysign(0.5, real)) + output.zero_point
    row, step = prod(input_.shape[axis:]), prod(output.shape[axis:])
    params = {"rows": prod(input_.shape[:axis]), "size": row, "step": step}
    place = Place(output, walk.offset(part))
    return node.call(
        params, kernel="lut/rows", input=input_, table=np.clip(table, 0, 255).astype(np.uint8), output=place
    )


def _check(node: Node, input_: Tensor, axis: int) -> None:
    output = node.output
    node.check(input_.type == output.type, "all inputs have the type of the output", input_)
    node.check(len(input_.shape) == len(output.shape), "all inputs have as many dimensions as the output", input_)
    others = [i for i in range(len(output.shape)) if i != axis]
    same = all(input_.shape[i] == output.shape[i] for i in others)
    node.check(same, "inputs and output differ in size along the axis only", input_)
    if output.type == "INT8":
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
    kernels={**walk.MOVE, "UINT8": (walk.COPY, "lut/rows")},
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
