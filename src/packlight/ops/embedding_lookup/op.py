# SPDX-License-Identifier: Apache-2.0
"""EMBEDDING_LOOKUP: row lookup[i] of `value`, whatever a row is, for each i.

Rows of int8 may become float32: scale * stored, with one scale for the table or one for each row, as in TFLite (TFLM
takes the first for all). The zero point is 0. There uint8 means int8: a table from before that type was.
"""

from __future__ import annotations

from math import prod

import numpy as np

from packlight import walk
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call, ...]:
    lookup, value, output = node.lookup, node.value, node.output
    node.check(lookup.type == "INT32" and len(lookup.shape) == 1, "lookup is one row of int32", lookup)
    node.check(len(value.shape) >= 1, "value has rows", value)
    node.check(output.shape == lookup.shape + value.shape[1:], "output has the shape of what is looked up", output)
    rows, columns = value.shape[0], prod(value.shape[1:])
    node.check(rows > 0 or not output.elements, "there is something to look up", value)
    if value.type == output.type:
        run = columns * walk.whole(value).itemsize
        axes = [walk.Axis(rows - 1, input=run)]
        return walk.move_at(node, value, output, lookup, axes, run, [(lookup.elements, 0, run, 1)])
    quantization = value.quantization
    scales = np.array(quantization.scale if quantization else (), np.float32)
    node.check(scales.size in (1, rows), "value has one scale, or one for each row", value)
    node.check(quantization is not None and not any(quantization.zero_point), "value has the zero point 0", value)
    params = {"count": lookup.elements, "rows": rows, "columns": columns, "scale_step": int(scales.size == rows > 1)}
    return (node.call(params, scale=scales),)


EMBEDDING_LOOKUP = Operator(
    "EMBEDDING_LOOKUP",
    inputs=("lookup", "value"),
    outputs=("output",),
    kernels={**walk.LOOK_UP, "INT8_FLOAT32": "s8_f32", "UINT8_FLOAT32": "s8_f32"},
    max_version=4,
    typed_by=("value", "output"),
    prepare=prepare,
)
