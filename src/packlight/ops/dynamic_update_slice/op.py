# SPDX-License-Identifier: Apache-2.0
"""DYNAMIC_UPDATE_SLICE: `operand` with the block `update` put into it at `start_indices`, moved to where it fits."""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Step, ...]:
    operand, update, output, start = node.operand, node.update, node.output, node.start_indices
    node.check(operand.type == update.type == output.type, "operand, update and output have the same type", update)
    node.check(operand.shape == output.shape, "output has the shape of operand", output)
    rank = len(operand.shape)
    node.check(len(update.shape) == start.elements == rank, "update and start_indices fit operand's dimensions", start)
    slack = [total - count for total, count in zip(operand.shape, update.shape, strict=True)]
    node.check(all(count >= 0 for count in slack), "update is no larger than operand", update)
    everything = walk.whole(output)
    corner = everything[tuple(slice(count) for count in update.shape)]
    axes = [walk.Axis(last, output=step) for last, step in zip(slack, everything.strides, strict=True)]
    copied = walk.copy_at(node, operand, walk.whole(operand), output, everything, start, []) if any(slack) else ()
    return copied + walk.copy_at(node, update, walk.whole(update), output, corner, start, axes)


DYNAMIC_UPDATE_SLICE = Operator(
    "DYNAMIC_UPDATE_SLICE",
    inputs=("operand", "update", "start_indices"),
    outputs=("output",),
    kernels=walk.LOOK_UP,
    options="DynamicUpdateSliceOptions",
    max_version=4,
    typed_by=("operand",),
    prepare=prepare,
)
