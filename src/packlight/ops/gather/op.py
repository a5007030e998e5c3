# SPDX-License-Identifier: Apache-2.0
"""GATHER, GATHER_ND: slices of the input at positions that are data.

GATHER: output[b, o, p, i] = input[b, o, positions[b, p], i], where b stands for the first `batch_dims` dimensions, o
for those before `axis`, i for those behind it. GATHER_ND: output[p] = params[indices[p, 0], indices[p, 1], ...], which
is a slice if the last dimension of `indices` is smaller than the rank of params. A position that is out of range is the
nearest within.
"""

from __future__ import annotations

from math import prod

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare_gather(node: Node) -> tuple[Step, ...]:
    input_, positions, output = node.input, node.positions, node.output
    node.check(output.type == input_.type, "output has the type of input", output)
    shape, where = input_.shape, positions.shape
    axis, batch = node.options.axis, node.options.batch_dims
    axis += len(shape) * (axis < 0)
    batch += len(where) * (batch < 0)
    node.check(0 <= axis < len(shape), "axis is a dimension of input")
    node.check(0 <= batch <= min(axis, len(where)), "batch_dims are dimensions of positions and before axis")
    node.check(shape[:batch] == where[:batch], "input and positions have the same batches", positions)
    expected = (*shape[:axis], *where[batch:], *shape[axis + 1 :])
    node.check(output.shape == expected, "output has the shape of what is gathered", output)
    node.check(shape[axis] > 0 or not output.elements, "there is something to gather from", input_)
    batches, outer, count = prod(shape[:batch]), prod(shape[batch:axis]), prod(where[batch:])
    run = prod(shape[axis + 1 :]) * walk.whole(input_).itemsize
    here, there = run * shape[axis], run * count
    dimensions = [(batches, outer * here, outer * there, count), (outer, here, there, 0), (count, 0, run, 1)]
    axes = [walk.Axis(shape[axis] - 1, input=run)]
    return walk.move_at(node, input_, output, positions, axes, run, dimensions)


def prepare_gather_nd(node: Node) -> tuple[Step, ...]:
    params, indices, output = node.params, node.indices, node.output
    node.check(output.type == params.type, "output has the type of params", output)
    shape = params.shape
    node.check(len(indices.shape) >= 1, "indices has at least one dimension", indices)
    depth = indices.shape[-1]
    node.check(depth <= len(shape), "an index has no more positions than params has dimensions", indices)
    node.check(
        output.shape == (*indices.shape[:-1], *shape[depth:]), "output has the shape of what is gathered", output
    )
    node.check(params.elements > 0 or not output.elements, "there is something to gather from", params)
    everything = walk.whole(params)
    run = prod(shape[depth:]) * everything.itemsize
    axes = [walk.Axis(size - 1, input=step) for size, step in zip(shape[:depth], everything.strides, strict=False)]
    return walk.move_at(node, params, output, indices, axes, run, [(prod(indices.shape[:-1]), 0, run, depth)])


GATHER = Operator(
    "GATHER",
    inputs=("input", "positions"),
    outputs=("output",),
    kernels=walk.LOOK_UP,
    options="GatherOptions",
    max_version=7,
    prepare=prepare_gather,
)
GATHER_ND = Operator(
    "GATHER_ND",
    inputs=("params", "indices"),
    outputs=("output",),
    kernels=walk.LOOK_UP,
    options="GatherNdOptions",
    max_version=5,
    typed_by=("params",),
    prepare=prepare_gather_nd,
)
