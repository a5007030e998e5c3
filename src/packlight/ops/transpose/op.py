# SPDX-License-Identifier: Apache-2.0
"""TRANSPOSE: dimension i of the output is dimension perm[i] of the input, which may count from the last one (-1)."""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Step
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Step, ...]:
    input_, output, perm = node.input, node.output, node.perm
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(walk.are_known(perm), "perm is constant, in int32 or int64", perm)
    rank = len(input_.shape)
    given = walk.integers(perm)
    axes = [axis % rank for axis in given if -rank <= axis < rank]
    node.check(len(given) == rank and sorted(axes) == list(range(rank)), "perm names each dimension once", perm)
    taken = walk.whole(input_).transpose(axes)
    node.check(taken.shape == output.shape, "output has the permuted shape", output)
    return walk.copy(node, input_, taken, output, walk.whole(output))


TRANSPOSE = Operator(
    "TRANSPOSE",
    inputs=("input", "perm"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="TransposeOptions",
    max_version=6,
    prepare=prepare,
)
