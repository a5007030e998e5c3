# SPDX-License-Identifier: Apache-2.0
"""Cases of GATHER and GATHER_ND."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from packlight.dev.case import Case, constant, tensor
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def positions(shape: Shape, limits: Sequence[int], start: int) -> list[int]:
    """Numbers for a tensor of `shape`, below `limits`, one after the other."""
    return [(start + 7 * at) % limits[at % len(limits)] for at in range(prod(shape))] if limits else []


def gather(
    name: str,
    type_: str,
    shape: Shape,
    where: Shape,
    axis: int = 0,
    batch_dims: int = 0,
    *,
    index_type: str = "INT32",
    known: bool = False,
    start: int = 1,
) -> Case:
    """Positions of the shape `where` along `axis` of an input of `shape`; constant where `known`."""
    along = axis % len(shape)
    result = (*shape[:along], *where[batch_dims + len(where) * (batch_dims < 0) :], *shape[along + 1 :])
    maker = constant if known else tensor
    index = maker(index_type, *where, values=np.reshape(positions(where, shape[along : along + 1], start), where))
    input_, output = (operand(type_, each, SCALES.get(type_)) for each in (shape, result))
    options = {"axis": axis, "batch_dims": batch_dims}
    return Case(f"{type_.lower()}_{name}", "GATHER", [input_, index], [output], options, "GatherOptions", 5)


def gather_nd(
    name: str,
    type_: str,
    shape: Shape,
    where: Shape,
    *,
    index_type: str = "INT32",
    known: bool = False,
    start: int = 1,
) -> Case:
    """Indices of the shape `where` into params of `shape`."""
    depth = where[-1]
    maker = constant if known else tensor
    index = maker(index_type, *where, values=np.reshape(positions(where, shape[:depth], start), where))
    params, output = (operand(type_, each, SCALES.get(type_)) for each in (shape, where[:-1] + shape[depth:]))
    return Case(f"{type_.lower()}_{name}", "GATHER_ND", [params, index], [output], {}, "GatherNdOptions", 3)


CASES = (
    *(gather("columns", type_, (2, 5, 3), (2, 2), 1) for type_ in TYPES),
    *(gather_nd("rows", type_, (3, 4, 2), (3, 2)) for type_ in TYPES),
    gather("rows", "INT8", (5, 3), (4,), known=True),
    gather("last", "INT8", (2, 3, 5), (3,), -1),
    gather("batches", "INT8", (2, 5, 3), (2, 3), 1, 1),
    gather("batches_from_the_end", "INT8", (2, 3, 5, 2), (2, 4), 2, -1),
    gather("one", "INT8", (5, 3), ()),
    gather("vector_int64", "INT8", (6,), (4,), index_type="INT64"),
    gather("int16", "INT8", (6, 2), (4,), index_type="INT16"),
    gather_nd("elements", "INT8", (3, 4), (5, 2), known=True),
    gather_nd("slices", "INT8", (4, 2, 3), (2, 2, 1)),
    gather_nd("one", "INT8", (3, 4), (2,)),
    gather_nd("int64", "INT8", (3, 4, 2), (2, 3), index_type="INT64"),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes, axes and positions within range."""
    from hypothesis import strategies as st

    name, types, size = st.just("drawn"), st.sampled_from(TYPES), st.integers(1, 4)
    more = {
        "index_type": st.sampled_from(["INT32", "INT32", "INT64"]),
        "known": st.booleans(),
        "start": st.integers(0, 99),
    }

    def of_shape(shape: Shape) -> SearchStrategy[Case]:
        rank = len(shape)
        where = st.lists(size, max_size=3).map(tuple)
        plain = st.builds(gather, name, types, st.just(shape), where, st.integers(-rank, rank - 1), **more)
        depths = st.builds(lambda outer, depth: (*outer, depth), where, st.integers(1, rank))
        nd = st.builds(gather_nd, name, types, st.just(shape), depths, **more)
        if rank < 2:
            return plain | nd

        def batched(batch: int) -> SearchStrategy[Case]:
            inner = st.lists(size, max_size=2).map(lambda rest: (*shape[:batch], *rest))
            axis = st.integers(batch, rank - 1)
            return st.builds(gather, name, types, st.just(shape), inner, axis, st.just(batch), **more)

        return plain | nd | st.integers(1, rank - 1).flatmap(batched)

    return st.lists(size, min_size=1, max_size=4).map(tuple).flatmap(of_shape)
