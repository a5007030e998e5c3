# SPDX-License-Identifier: Apache-2.0
"""REVERSE_V2: the input's elements in reverse order along the dimensions of `axis`, which may be negative.

REVERSE_SEQUENCE: the first seq_lengths[b] elements along `seq_dim` in reverse order, where b is the index along
`batch_dim`; those behind them as they are.
"""

from __future__ import annotations

import numpy as np

from packlight import walk
from packlight.nouns.call import Call, Step
from packlight.nouns.operator import Node, Operator


def prepare_reverse(node: Node) -> tuple[Step, ...]:
    input_, output, axis = node.input, node.output, node.axis
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.shape == input_.shape, "output has the shape of input", output)
    node.check(walk.are_known(axis), "axis is constant, in int32 or int64", axis)
    rank = len(input_.shape)
    axes = tuple(walk.integers(axis))
    node.check(all(-rank <= each < rank for each in axes), "axis names dimensions of the input", axis)
    node.check(len({each % rank for each in axes}) == len(axes), "axis names no dimension twice", axis)
    return walk.copy(node, input_, np.flip(walk.whole(input_), axes), output, walk.whole(output))


def prepare_reverse_sequence(node: Node) -> tuple[Call, ...]:
    input_, output, lengths = node.input, node.output, node.seq_lengths
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.shape == input_.shape, "output has the shape of input", output)
    rank, along, batch = len(input_.shape), node.options.seq_dim, node.options.batch_dim
    node.check(-rank <= along < rank and -rank <= batch < rank, "seq_dim and batch_dim are dimensions of the input")
    along, batch = along % rank, batch % rank
    node.check(along != batch, "seq_dim and batch_dim are two dimensions")
    node.check(lengths.type in ("INT32", "INT64"), "seq_lengths are int32 or int64", lengths)
    node.check(lengths.shape == (input_.shape[batch],), "seq_lengths has one number for each batch", lengths)
    if not input_.elements:
        return ()
    everything = walk.whole(input_)
    sizes = enumerate(zip(input_.shape, everything.strides, strict=True))
    dimensions = [(size, step, int(axis == along), int(axis == batch)) for axis, (size, step) in sizes]
    outer = walk.join([*dimensions, (everything.itemsize, 1, 0, 0)])
    run = outer.pop()[0] if outer and outer[-1][1:] == (1, 0, 0) else 1
    params = {
        "bytes": run,
        "dims": len(outer),
        "size": input_.shape[along],
        "stride": everything.strides[along],
        "length_bytes": 8 if lengths.type == "INT64" else 4,
    }
    return (node.call(params, walk=walk.table(node, outer)),)


REVERSE_V2 = Operator(
    "REVERSE_V2",
    inputs=("input", "axis"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="ReverseV2Options",
    max_version=3,
    prepare=prepare_reverse,
)
REVERSE_SEQUENCE = Operator(
    "REVERSE_SEQUENCE",
    inputs=("input", "seq_lengths"),
    outputs=("output",),
    kernels=dict.fromkeys(walk.MOVE, "sequence"),
    options="ReverseSequenceOptions",
    max_version=1,
    prepare=prepare_reverse_sequence,
)
