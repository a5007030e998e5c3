# SPDX-License-Identifier: Apache-2.0
"""ONE_HOT: `on_value` at the position along the new dimension `axis` that each element of `indices` tells.

Everywhere else is `off_value`; an index that is out of range is nowhere. The new dimension has the output's size.
"""

from __future__ import annotations

from math import prod

import numpy as np

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Step, ...]:
    indices, on, off, output = node.indices, node.on_value, node.off_value, node.output
    node.check(on.type == off.type == output.type, "on_value, off_value and output have the same type", output)
    node.check(on.elements == off.elements == 1, "on_value and off_value are one element each", on)
    rank, axis = len(output.shape), node.options.axis
    node.check(-1 <= axis < rank, "axis is a dimension of the output, or -1 for the last")
    axis %= rank
    around = output.shape[:axis] + output.shape[axis + 1 :]
    node.check(indices.shape == around, "output has the shape of indices and one dimension more", output)
    depth, inner, element = output.shape[axis], prod(around[axis:]), walk.whole(output).itemsize
    one = np.broadcast_to(walk.whole(on).reshape(()), output.shape)
    off_everywhere = walk.copy_at(node, off, one, output, walk.whole(output), indices, [])
    dimensions = [(prod(around[:axis]), 0, depth * inner * element, inner), (inner, 0, element, 1)]
    axes = [walk.Axis(depth - 1, output=inner * element)]
    return off_everywhere + walk.move_at(node, on, output, indices, axes, element, dimensions, skip=True)


ONE_HOT = Operator(
    "ONE_HOT",
    inputs=("indices", "depth", "on_value", "off_value"),
    outputs=("output",),
    kernels=walk.LOOK_UP,
    options="OneHotOptions",
    max_version=1,
    typed_by=("output",),
    prepare=prepare,
)
