# SPDX-License-Identifier: Apache-2.0
"""TOPK_V2: the k largest elements of each row of the last dimension, in descending order, and where they were.

Of equal elements the first comes first. Floats are ordered like their bits: NaN beyond the infinity of its sign.
"""

from __future__ import annotations

from math import prod

from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call | tuple[()]:
    input_, values, indices, k = node.input, node.values, node.indices, node.k
    node.check(values.type == input_.type, "values have the type of input", values)
    node.check(indices.type in ("INT16", "INT32"), "indices are int16 or int32", indices)
    node.check(k.is_constant and k.type in ("INT16", "INT32") and k.elements == 1, "k is one constant integer", k)
    node.check(len(input_.shape) >= 1, "input has at least one dimension", input_)
    *outer, length = input_.shape
    taken = int(k.array().flat[0])
    node.check(0 <= taken <= length, "k is at most the last dimension of input", k)
    node.check(indices.type == "INT32" or length <= 1 << 15, "int16 holds every index", indices)
    node.check(
        values.shape == indices.shape == (*outer, taken), "values and indices have k elements in each row", values
    )
    if not values.elements:
        return ()
    sizes = {"rows": prod(outer), "length": length, "k": taken}
    flip = 128 if input_.type == "UINT8" else 0
    return node.call({**sizes, "index_bytes": 4 if indices.type == "INT32" else 2, "flip": flip})


TOPK_V2 = Operator(
    "TOPK_V2",
    inputs=("input", "k"),
    outputs=("values", "indices"),
    kernels={"INT8": "8", "UINT8": "8", "INT16": "16", "INT32": "32", "INT64": "64", "FLOAT32": "f32"},
    options="TopKV2Options",
    max_version=3,
    prepare=prepare,
)
