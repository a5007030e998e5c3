# SPDX-License-Identifier: Apache-2.0
"""SHAPE, RANK, RANGE and WHERE: outputs that are known at build time, so that no code is needed.

RANGE: start, start + delta, ... before limit, added up in the output's type, as TFLite does. WHERE: the positions of
all elements that are not 0. The sizes of both depend on their inputs, which must be constant.
"""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.nouns.call import Constant
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES
from packlight.nouns.operator import Node, Operator


def prepare_shape(node: Node) -> Constant:
    node.check(node.output.type in ("INT32", "INT64"), "output is int32 or int64", node.output)
    return node.constant(node.output, np.array(node.input.shape, NUMPY_NAMES[node.output.type]))


def prepare_rank(node: Node) -> Constant:
    node.check(node.output.type == "INT32", "output is int32", node.output)
    return node.constant(node.output, np.array(len(node.input.shape), np.int32))


def prepare_range(node: Node) -> Constant:
    given = (node.start, node.limit, node.delta)
    for tensor in given:
        node.check(tensor.is_constant and tensor.elements == 1, "start, limit and delta are one constant each", tensor)
        node.check(tensor.type == node.output.type, "start, limit, delta and output have the same type", tensor)
    start, limit, delta = (tensor.array().reshape(()) for tensor in given)
    node.check(bool(delta), "delta is not 0", node.delta)
    node.check((limit >= start) == (delta > 0) or limit == start, "delta leads from start to limit", node.delta)
    count = ceil(abs((limit - start) / delta))
    values: npt.NDArray[Any] = np.full(count, delta, NUMPY_NAMES[node.output.type])
    values[:1] = start
    return node.constant(node.output, np.cumsum(values, dtype=values.dtype))


def prepare_where(node: Node) -> Constant:
    node.check(node.condition.is_constant, "condition is constant", node.condition)
    node.check(node.output.type == "INT64", "output is int64", node.output)
    return node.constant(node.output, np.argwhere(node.condition.array()).astype(np.int64))


SHAPE = Operator(
    "SHAPE",
    inputs=("input",),
    outputs=("output",),
    kernels=dict.fromkeys(ELEMENT_BYTES, ""),
    options="ShapeOptions",
    prepare=prepare_shape,
)
RANK = Operator(
    "RANK",
    inputs=("input",),
    outputs=("output",),
    kernels=dict.fromkeys(ELEMENT_BYTES, ""),
    options="RankOptions",
    prepare=prepare_rank,
)
RANGE = Operator(
    "RANGE",
    inputs=("start", "limit", "delta"),
    outputs=("output",),
    kernels=dict.fromkeys(("INT32", "INT64", "FLOAT32"), ""),
    options="RangeOptions",
    max_version=2,
    typed_by=("output",),
    prepare=prepare_range,
)
WHERE = Operator(
    "WHERE",
    inputs=("condition",),
    outputs=("output",),
    kernels=dict.fromkeys(("BOOL", "FLOAT32", "INT8", "UINT8", "INT32", "UINT32", "INT64"), ""),
    options="WhereOptions",
    max_version=2,
    typed_by=("condition",),
    prepare=prepare_where,
)
