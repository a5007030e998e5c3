# SPDX-License-Identifier: Apache-2.0
"""Cases of DYNAMIC_UPDATE_SLICE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, tensor
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def case(name: str, type_: str, shape: Shape, update: Shape, start: Shape, index_type: str = "INT32") -> Case:
    """A block of the shape `update` put at `start` into an operand of `shape`."""
    whole, part = (operand(type_, each, SCALES.get(type_)) for each in (shape, update))
    inputs = [whole, part, tensor(index_type, len(shape), values=start)]
    return Case(f"{type_.lower()}_{name}", "DYNAMIC_UPDATE_SLICE", inputs, [whole], {}, "DynamicUpdateSliceOptions", 2)


CASES = (
    *(case("block", type_, (3, 4, 2), (2, 2, 1), (1, 1, 0)) for type_ in TYPES),
    case("beyond", "INT8", (3, 4), (2, 3), (9, 3)),
    case("negative", "INT8", (3, 4), (2, 3), (-1, -5)),
    case("all", "INT8", (3, 4), (3, 4), (2, 1)),
    case("vector_int64", "INT8", (6,), (2,), (3,), "INT64"),
    case("far_beyond", "INT8", (3, 4), (1, 1), (1 << 40, -(1 << 40)), "INT64"),
    case("rows", "INT8", (4, 3, 2), (2, 3, 2), (1, 0, 0)),
)


def strategy() -> SearchStrategy[Case]:
    """Blocks of up to four dimensions, in range or not."""
    from hypothesis import strategies as st

    def of(triples: list[tuple[int, int, int]]) -> SearchStrategy[Case]:
        update, more, start = zip(*triples, strict=True)
        shape = tuple(size + extra for size, extra in zip(update, more, strict=True))
        index = st.sampled_from(["INT32", "INT64"])
        drawn = (st.just(each) for each in (shape, update, start))
        return st.builds(case, st.just("drawn"), st.sampled_from(TYPES), *drawn, index)

    triple = st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(-2, 5))
    return st.lists(triple, min_size=1, max_size=4).flatmap(of)
