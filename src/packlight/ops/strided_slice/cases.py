# SPDX-License-Identifier: Apache-2.0
"""Cases of STRIDED_SLICE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import EllipsisType
from typing import TYPE_CHECKING

import numpy as np

from packlight.dev.case import Case, constant, tensor
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


Masks = Mapping[str, int]


def result_of(shape: Shape, begin: Sequence[int], end: Sequence[int], strides: Sequence[int], masks: Masks) -> Shape:
    """The output's shape, as numpy sees it."""
    index: list[slice | int | EllipsisType | None] = []
    whole = np.empty(shape, np.bool_)
    for at, (first, last, stride) in enumerate(zip(begin, end, strides, strict=True)):
        start = None if masks.get("begin_mask", 0) >> at & 1 else first
        stop = None if masks.get("end_mask", 0) >> at & 1 else last + first * masks.get("offset", 0)
        names = ("shrink_axis_mask", "new_axis_mask", "ellipsis_mask")
        shrinks, new, rest = (masks.get(name, 0) >> at & 1 for name in names)
        kept = (start or 0) if shrinks else slice(start, stop, stride)
        index.append(... if rest else None if new else kept)
    return whole[tuple(index)].shape


def case(
    name: str,
    type_: str,
    shape: Shape,
    begin: Sequence[int],
    end: Sequence[int],
    strides: Sequence[int] | None = None,
    data: bool = False,
    **masks: int,
) -> Case:
    """numpy's shape[begin:end:strides]; with `data` begin and end are inputs."""
    strides = strides or [1] * len(begin)
    count = len(begin)
    maker = tensor if data else constant
    given = [maker("INT32", count, values=values) for values in (begin, end)]
    inputs = [operand(type_, shape, SCALES.get(type_)), *given, constant("INT32", count, values=strides)]
    outputs = [operand(type_, result_of(shape, begin, end, strides, masks), SCALES.get(type_))]
    return Case(f"{type_.lower()}_{name}", "STRIDED_SLICE", inputs, outputs, masks, "StridedSliceOptions", 2)


CASES = (
    *(case("block", type_, (4, 5, 3), (1, 0, 1), (3, 5, 3), (1, 2, 1)) for type_ in TYPES),
    case("masks", "INT8", (4, 5, 3), (1, 2, 1), (2, 3, 2), begin_mask=1, end_mask=4),
    case("backwards", "INT8", (4, 5), (3, -1), (0, -6), (-1, -2)),
    case("backwards_all", "INT8", (4, 5), (0, 0), (0, 0), (-1, 1), begin_mask=3, end_mask=3),
    case("from_the_end", "INT8", (6, 5), (-3, -5), (-1, 5)),
    case("beyond", "INT8", (4, 5), (-9, 2), (9, 100), (2, 1)),
    case("shrunk", "INT8", (4, 5, 3), (2, 0, -1), (3, 5, 0), shrink_axis_mask=5, end_mask=2),
    case("all_shrunk", "INT8", (4, 5), (2, 3), (3, 4), shrink_axis_mask=3),
    case("fewer", "INT8", (4, 5, 3), (1,), (3,)),
    case("new_axis", "INT8", (4, 3), (0, 1, 0), (0, 3, 2), new_axis_mask=1),
    case("ellipsis", "INT8", (2, 3, 4, 2), (1, 0, 1), (2, 0, 2), ellipsis_mask=2),
    case("ellipsis_shrunk", "INT8", (2, 3, 4), (0, 1), (0, 2), ellipsis_mask=1, shrink_axis_mask=2),
    case("offset", "INT8", (6, 5), (2, 1), (3, 2), offset=1),
    case("five", "INT8", (2, 3, 2, 2, 3), (0, 0, 1, 0, 2), (2, 3, 2, 2, 0), (1, 2, 1, 1, -1)),
    *(case("from_data", type_, (4, 5, 3), (1, -4, 1), (3, 4, 3), (1, 2, 1), True) for type_ in TYPES),
    case("from_data_shrunk", "INT8", (4, 5), (2, 3), (3, 0), data=True, shrink_axis_mask=1, begin_mask=2, end_mask=2),
)


def strategy() -> SearchStrategy[Case]:
    """Positions within and outside of up to four dimensions, strides of both signs, random masks."""
    from hypothesis import strategies as st

    def of_shape(shape: list[int]) -> SearchStrategy[Case]:
        rank = len(shape)
        positions = st.tuples(*(st.integers(-size - 2, size + 2) for size in shape))
        steps = st.tuples(*(st.sampled_from([1, 1, 2, 3, -1, -2]) for _ in shape))
        masks = {name: st.integers(0, 2**rank - 1) for name in ("begin_mask", "end_mask")}
        plain = st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.just(tuple(shape)), positions, positions,
                          steps, **masks)  # fmt: skip
        inside = st.tuples(*(st.integers(-size, size - 1) for size in shape))
        forward = st.tuples(*(st.sampled_from([1, 1, 2]) for _ in shape))
        shrunk = st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.just(tuple(shape)), inside, positions,
                           forward, st.booleans(), begin_mask=masks["begin_mask"],
                           shrink_axis_mask=st.integers(0, 2**rank - 1))  # fmt: skip
        return plain | shrunk

    return st.lists(st.integers(1, 5), min_size=1, max_size=4).flatmap(of_shape)
