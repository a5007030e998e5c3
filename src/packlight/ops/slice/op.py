# SPDX-License-Identifier: Apache-2.0
"""SLICE: a block of the input from `begin` on. `begin` may be data: the shape of the block is that of the output.

A block from a begin that is data stays within the input: what lies outside, TFLM reads and TFLite refuses.
"""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Step, ...]:
    input_, output, begin = node.input, node.output, node.begin
    _check(node)
    if walk.are_known(begin):
        starts = walk.integers(begin)
        pairs = list(zip(starts, output.shape, strict=True))
        inside = all(0 <= at <= total - count for (at, count), total in zip(pairs, input_.shape, strict=True))
        node.check(inside, "the block lies within the input", begin)
        block = tuple(slice(at, at + count) for at, count in pairs)
        return walk.copy(node, input_, walk.whole(input_)[block], output, walk.whole(output))
    fixed = walk.are_known(node.size) or walk.is_fixed(output)
    node.check(fixed, "size is constant, or the model fixes the output's shape", node.size)
    corner = walk.whole(input_)[tuple(slice(count) for count in output.shape)]
    slack = [total - count for total, count in zip(input_.shape, output.shape, strict=True)]
    axes = [walk.Axis(last, input=step) for last, step in zip(slack, corner.strides, strict=True)]
    return walk.copy_at(node, input_, corner, output, walk.whole(output), begin, axes)


def _check(node: Node) -> None:
    input_, output, begin, size = node.input, node.output, node.begin, node.size
    node.check(output.type == input_.type, "output has the type of input", output)
    rank = len(input_.shape)
    node.check(len(output.shape) == rank, "output has as many dimensions as input", output)
    node.check(begin.elements == size.elements == rank, "begin and size have one element for each dimension", begin)
    fits = all(count <= total for count, total in zip(output.shape, input_.shape, strict=True))
    node.check(fits, "output is no larger than input", output)
    sizes = zip(walk.integers(size), output.shape, strict=True) if walk.are_known(size) else ()
    node.check(all(given in (-1, count) for given, count in sizes), "output has the given size", size)


SLICE = Operator(
    "SLICE",
    inputs=("input", "begin", "size"),
    outputs=("output",),
    kernels=walk.MOVE_OR_LOOK_UP,
    options="SliceOptions",
    max_version=6,
    prepare=prepare,
)
