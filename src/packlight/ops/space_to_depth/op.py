# SPDX-License-Identifier: Apache-2.0
"""SPACE_TO_DEPTH and DEPTH_TO_SPACE: blocks of block_size x block_size positions become channels, and back.

Channel (y * block_size + x) * channels + c of a position [N, H, W] is channel c of row y and column x of its block.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy.typing as npt

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def _prepare(of: Callable[[Node], tuple[Tensor, Tensor]]) -> Callable[[Node], tuple[Step, ...]]:
    """The function that prepares a node, where `of` tells which tensor is wide and which is deep."""

    def prepare(node: Node) -> tuple[Step, ...]:
        input_, output = node.input, node.output
        node.check(output.type == input_.type, "output has the type of input", output)
        both = len(input_.shape) == len(output.shape) == 4
        node.check(both, "input and output have 4 dimensions: batches, rows, columns, channels")
        block = node.options.block_size
        node.check(block >= 1, "block_size is at least 1")
        wide, deep = of(node)
        batches, rows, columns, channels = wide.shape
        fits = deep.shape == (batches, rows // block, columns // block, channels * block * block)
        node.check(fits and rows % block == columns % block == 0, "blocks of positions and channels fit each other")
        blocks = walk.whole(wide).reshape(batches, rows // block, block, columns // block, block, channels)
        views: dict[int, npt.NDArray[Any]] = {
            wide.index: blocks.swapaxes(2, 3),
            deep.index: walk.whole(deep).reshape(batches, rows // block, columns // block, block, block, channels),
        }
        return walk.copy(node, input_, views[input_.index], output, views[output.index])

    return prepare


SPACE_TO_DEPTH = Operator(
    "SPACE_TO_DEPTH",
    inputs=("input",),
    outputs=("output",),
    kernels=walk.MOVE,
    options="SpaceToDepthOptions",
    max_version=2,
    prepare=_prepare(lambda node: (node.input, node.output)),
)
DEPTH_TO_SPACE = Operator(
    "DEPTH_TO_SPACE",
    inputs=("input",),
    outputs=("output",),
    kernels=walk.MOVE,
    options="DepthToSpaceOptions",
    max_version=2,
    prepare=_prepare(lambda node: (node.output, node.input)),
)
