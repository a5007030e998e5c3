# SPDX-License-Identifier: Apache-2.0
"""BROADCAST_TO, TILE and FILL: the input again and again.

BROADCAST_TO repeats dimensions of size 1 and adds outer ones until the output's shape is reached, TILE repeats all of
the input `multiples` times along each dimension, FILL repeats one value.
"""

from __future__ import annotations

import numpy as np

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def prepare_broadcast_to(node: Node) -> tuple[Step, ...]:
    input_, output, shape = node.input, node.output, node.shape
    node.check(output.type == input_.type, "output has the type of input", output)
    _check_shape(node, shape)
    extra = len(output.shape) - len(input_.shape)
    sizes = zip(input_.shape, output.shape[max(0, extra) :], strict=False)
    fits = extra >= 0 and all(size in (1, wanted) for size, wanted in sizes)
    node.check(fits, "input broadcasts to the given shape", input_)
    return walk.copy(node, input_, np.broadcast_to(walk.whole(input_), output.shape), output, walk.whole(output))


def prepare_tile(node: Node) -> tuple[Step, ...]:
    input_, output, multiples = node.input, node.output, node.multiples
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(walk.are_known(multiples), "multiples are constant, in int32 or int64", multiples)
    node.check(multiples.elements == len(input_.shape), "multiples has one number for each dimension", multiples)
    pairs = list(zip(walk.integers(multiples), input_.shape, strict=True))
    tiled = tuple(count * size for count, size in pairs)
    node.check(output.shape == tiled, "output has the tiled shape", output)
    tiles = walk.whole(output).reshape([extent for pair in pairs for extent in pair])
    once = walk.whole(input_).reshape([extent for size in input_.shape for extent in (1, size)])
    return walk.copy(node, input_, np.broadcast_to(once, tiles.shape), output, tiles)


def prepare_fill(node: Node) -> tuple[Step, ...]:
    dims, value, output = node.dims, node.value, node.output
    node.check(output.type == value.type, "output has the type of value", output)
    node.check(value.elements == 1, "value is one element", value)
    _check_shape(node, dims)
    return walk.fill(node, value, output)


def _check_shape(node: Node, given: Tensor) -> None:
    """That the output has the shape that the operand `given` tells."""
    known, output = walk.are_known(given), node.output
    node.check(known or walk.is_fixed(output), "the output's shape is constant, or the model fixes it", given)
    node.check(not known or walk.integers(given) == list(output.shape), "output has the given shape", output)


BROADCAST_TO = Operator(
    "BROADCAST_TO",
    inputs=("input", "shape"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="BroadcastToOptions",
    max_version=3,
    prepare=prepare_broadcast_to,
)
TILE = Operator(
    "TILE",
    inputs=("input", "multiples"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="TileOptions",
    max_version=3,
    prepare=prepare_tile,
)
FILL = Operator(
    "FILL",
    inputs=("dims", "value"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="FillOptions",
    max_version=4,
    typed_by=("value",),
    prepare=prepare_fill,
)
