# SPDX-License-Identifier: Apache-2.0
"""MIRROR_PAD: the input with its own elements in reverse order before and after it along each dimension.

paddings [rank, 2] holds (before, after) for each dimension. The mode SYMMETRIC repeats the elements at the border,
REFLECT does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Step, ...]:
    input_, output = node.input, node.output
    pairs = _paddings(node)
    area = [slice(first, first + size) for size, (first, _) in zip(input_.shape, pairs, strict=True)]
    steps = list(walk.copy(node, input_, walk.whole(input_), output, walk.whole(output)[tuple(area)]))
    for axis, (first, last) in enumerate(pairs):
        # Dimension by dimension, what is there already is mirrored.
        end = first + input_.shape[axis]
        border = int(node.options.mode == "REFLECT")
        for start, count, source in ((0, first, first + border), (end, last, end - border - last)):
            taken, put = ([*area[:axis], slice(at, at + count), *area[axis + 1 :]] for at in (source, start))
            mirrored = np.flip(walk.whole(output)[tuple(taken)], axis)
            steps += walk.copy(node, output, mirrored, output, walk.whole(output)[tuple(put)])
        area[axis] = slice(None)
    return tuple(steps)


def _paddings(node: Node) -> Sequence[tuple[int, int]]:
    """Elements before and after the input along each dimension, once every operand is checked."""
    input_, output, paddings = node.input, node.output, node.paddings
    rank = len(input_.shape)
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(walk.are_known(paddings), "paddings are constant integers", paddings)
    node.check(paddings.elements == 2 * rank, "paddings have two numbers for each dimension of the input", paddings)
    given = walk.integers(paddings)
    pairs = list(zip(given[::2], given[1::2], strict=True))
    most = [size - (node.options.mode == "REFLECT") for size in input_.shape]
    inside = all(0 <= count <= limit for pair, limit in zip(pairs, most, strict=True) for count in pair)
    node.check(inside, "paddings are not negative, and no larger than what there is to mirror", paddings)
    padded = tuple(first + size + last for size, (first, last) in zip(input_.shape, pairs, strict=True))
    node.check(output.shape == padded, "output has the padded shape", output)
    return pairs


MIRROR_PAD = Operator(
    "MIRROR_PAD",
    inputs=("input", "paddings"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="MirrorPadOptions",
    max_version=3,
    prepare=prepare,
)
