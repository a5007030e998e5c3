# SPDX-License-Identifier: Apache-2.0
"""ARG_MAX and ARG_MIN: the index along `axis` of the largest or smallest element, of the first where several are equal.

`axis` may count from the last dimension (-1). output has the other dimensions, in int32 or int64.
"""

from __future__ import annotations

from functools import partial
from math import prod

from packlight import walk
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node, largest: bool) -> Call:
    input_, output, axis = node.input, node.output, node.axis
    node.check(output.type in ("INT32", "INT64"), "output is int32 or int64", output)
    node.check(input_.elements > 0, "input is not empty", input_)
    constant = axis.is_constant and axis.type in ("INT32", "INT64") and axis.elements == 1
    node.check(constant, "axis is one constant integer", axis)
    rank, along = len(input_.shape), int(axis.array().flat[0])
    node.check(-rank <= along < rank, "axis is a dimension of input", axis)
    along %= rank
    others = prod(size for i, size in enumerate(input_.shape) if i != along)
    node.check(output.elements == others, "output has one element for each index of the other dimensions", output)
    fields, table = walk.reduction(node, input_.shape, [along])
    params = {"reduction": fields, "words": 1 if output.type == "INT32" else 2}
    if input_.type == "FLOAT32":
        return node.call({**params, "sign": 1.0 if largest else -1.0}, walk=table)
    return node.call({**params, "flip": (0 if largest else -1) ^ (128 if input_.type == "UINT8" else 0)}, walk=table)


_arg = partial(
    Operator,
    inputs=("input", "axis"),
    outputs=("output",),
    kernels={"BOOL": "8", "INT8": "8", "UINT8": "8", "INT32": "32", "FLOAT32": "f32"},
    max_version=3,
)

ARG_MAX = _arg("ARG_MAX", options="ArgMaxOptions", prepare=partial(prepare, largest=True))
ARG_MIN = _arg("ARG_MIN", options="ArgMinOptions", prepare=partial(prepare, largest=False))
