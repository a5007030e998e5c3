# SPDX-License-Identifier: Apache-2.0
"""STRIDED_SLICE: every stride-th element of the input from `begin` to before `end`, along each dimension.

Negative positions count from the last element; positions outside are the nearest. Bit i of a mask speaks of element i
of begin, end and strides: begin_mask and end_mask take all there is on that side, shrink_axis_mask takes one element at
begin and drops the dimension, new_axis_mask adds one of size 1, ellipsis_mask stands for all dimensions that are not
named. With `offset`, end counts from begin. begin may be data. TFLM knows no ellipsis and no new axes: as TFLite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import EllipsisType
from typing import TypeAlias

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator

Index: TypeAlias = slice | int | EllipsisType | None  # what numpy takes as one


@dataclass(frozen=True)
class Dimension:
    """A dimension of the input that element `at` of begin, end and strides speaks of; -1 for a new one, -2 for many."""

    at: int
    axis: int
    size: int = 0
    shrinks: bool = False


def prepare(node: Node) -> tuple[Step, ...]:
    input_, output, begin, end = node.input, node.output, node.begin, node.end
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(walk.are_known(node.strides), "strides are constant, in int32 or int64", node.strides)
    strides = walk.integers(node.strides)
    node.check(len(strides) == begin.elements == end.elements, "begin, end and strides have the same length", begin)
    node.check(0 not in strides, "no stride is 0", node.strides)
    dimensions = list(_dimensions(node))
    if not (walk.are_known(begin) and walk.are_known(end)):
        return _from_data(node, dimensions, strides)
    index = tuple(_index(node, each, walk.integers(begin), walk.integers(end), strides) for each in dimensions)
    taken = walk.whole(input_)[(*index, ...) if Ellipsis not in index else index]
    node.check(taken.shape == output.shape, "output has the shape of what is taken", output)
    return walk.copy(node, input_, taken, output, walk.whole(output))


def _dimensions(node: Node) -> Iterator[Dimension]:
    """What each element of begin speaks of."""
    options, shape, count = node.options, node.input.shape, node.begin.elements
    masks = (options.ellipsis_mask, options.new_axis_mask, options.shrink_axis_mask)
    ellipsis, new, shrink = ([bool(mask >> at & 1) for at in range(count)] for mask in masks)
    named = sum(not ellipsis[at] and not new[at] for at in range(count))
    node.check(named <= len(shape) and sum(ellipsis) <= 1, "begin names no more dimensions than input has", node.begin)
    axis = 0
    for at in range(count):
        if ellipsis[at]:
            yield Dimension(at, -2)
            axis += len(shape) - named
        elif new[at]:
            yield Dimension(at, -1)
        else:
            yield Dimension(at, axis, shape[axis], shrink[at])
            axis += 1


def _index(node: Node, dimension: Dimension, begin: list[int], end: list[int], strides: list[int]) -> Index:
    """numpy's index of what is taken along a dimension."""
    at, size = dimension.at, dimension.size
    if dimension.axis < 0:
        return None if dimension.axis == -1 else ...
    stride, options = strides[at], node.options
    low, high = (0, size) if stride > 0 else (-1, size - 1)

    def clamped(position: int) -> int:
        return min(max(position + size * (position < 0), low), high)

    first, last = (low, high) if stride > 0 else (high, low)
    start = first if options.begin_mask >> at & 1 else clamped(begin[at])
    if dimension.shrinks:
        node.check(0 <= start < size and stride > 0, "a dimension that is dropped has an element at begin", node.begin)
        return start
    stop = last if options.end_mask >> at & 1 else clamped(end[at] + (start if options.offset else 0))
    return slice(max(start, 0), None if stop < 0 else stop, stride) if start >= 0 else slice(0, 0)


def _from_data(node: Node, dimensions: list[Dimension], strides: list[int]) -> tuple[Step, ...]:
    """begin is read on the device; what is taken has the output's shape."""
    input_, output, begin = node.input, node.output, node.begin
    sizes, steps = iter(output.shape), walk.whole(input_).strides
    index: list[Index] = []
    axes: list[walk.Axis] = []
    fixed = walk.is_fixed(output) or all(each.axis < 0 or each.shrinks for each in dimensions)
    node.check(fixed, "the model fixes the output's shape where begin or end is data", output)
    for each in dimensions:
        node.check(each.axis != -2, "without an ellipsis where begin or end is data", begin)
        node.check(strides[each.at] > 0, "strides are positive where begin or end is data", begin)
        count = 1 if each.shrinks else next(sizes, 0)
        reach = (count - 1) * strides[each.at] + 1
        masked = each.axis == -1 or bool(node.options.begin_mask >> each.at & 1)
        node.check(each.axis == -1 or 1 <= reach <= each.size, "output has no more elements than input", output)
        index.append(None if each.axis == -1 else 0 if each.shrinks else slice(0, reach, strides[each.at]))
        axes.append(walk.Axis(0) if masked else walk.Axis(each.size - reach, steps[each.axis], wrap=each.size))
    everywhere = (*index, ...)
    taken = walk.whole(input_)[everywhere]
    node.check(taken.shape == output.shape, "output has the shape of what is taken", output)
    return walk.copy_at(node, input_, taken, output, walk.whole(output), begin, axes)


STRIDED_SLICE = Operator(
    "STRIDED_SLICE",
    inputs=("input", "begin", "end", "strides"),
    outputs=("output",),
    kernels=walk.MOVE_OR_LOOK_UP,
    options="StridedSliceOptions",
    max_version=8,
    prepare=prepare,
)
