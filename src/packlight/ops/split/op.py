# SPDX-License-Identifier: Apache-2.0
"""SPLIT, SPLIT_V and UNPACK: the parts of the input along an axis, which may count from the last dimension (-1).

SPLIT gives equal parts, SPLIT_V parts of the sizes that its outputs have (`size_splits` says the same), UNPACK one part
for each index, without the axis.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare_split(node: Node) -> tuple[Step, ...]:
    axis = node.axis
    node.check(walk.are_known(axis) and axis.elements == 1, "axis is one constant, in int32 or int64", axis)
    rank, (along,) = len(node.input.shape), walk.integers(axis)
    node.check(-rank <= along < rank, "axis is a dimension of the input", axis)
    outputs = node.many("outputs")
    node.check(all(len(output.shape) == rank for output in outputs), "outputs have as many dimensions as the input")
    return _parts(node, along % rank, [output.shape[along] for output in outputs], keep=True)


def prepare_unpack(node: Node) -> tuple[Step, ...]:
    rank, axis = len(node.input.shape), node.options.axis
    node.check(-rank <= axis < rank, "axis is a dimension of the input")
    return _parts(node, axis % rank, [1] * len(node.many("outputs")), keep=False)


def _parts(node: Node, axis: int, sizes: list[int], *, keep: bool) -> tuple[Step, ...]:
    """Consecutive parts of `sizes` along `axis`, to the outputs; the axis is there unless `keep` is false."""
    input_ = node.input
    node.check(sum(sizes) == input_.shape[axis], "the outputs take all of the input along the axis")
    steps: list[Step] = []
    for output, size, end in zip(node.many("outputs"), sizes, accumulate(sizes), strict=True):
        node.check(output.type == input_.type, "outputs have the type of input", output)
        part = walk.whole(input_).swapaxes(0, axis)[end - size : end].swapaxes(0, axis)
        part = part if keep else np.squeeze(part, axis)
        node.check(part.shape == output.shape, "outputs have the shape of their part of the input", output)
        steps += walk.copy(node, input_, part, output, walk.whole(output))
    return tuple(steps)


SPLIT = Operator(
    "SPLIT",
    inputs=("axis", "input"),
    outputs=("outputs*",),
    kernels=walk.MOVE,
    options="SplitOptions",
    max_version=4,
    prepare=prepare_split,
)
SPLIT_V = Operator(
    "SPLIT_V",
    inputs=("input", "size_splits", "axis"),
    outputs=("outputs*",),
    kernels=walk.MOVE,
    options="SplitVOptions",
    max_version=2,
    prepare=prepare_split,
)
UNPACK = Operator(
    "UNPACK",
    inputs=("input",),
    outputs=("outputs*",),
    kernels=walk.MOVE,
    options="UnpackOptions",
    max_version=4,
    prepare=prepare_unpack,
)
