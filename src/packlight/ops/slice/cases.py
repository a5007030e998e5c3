# SPDX-License-Identifier: Apache-2.0
"""Cases of SLICE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant, tensor
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def case(
    name: str,
    type_: str,
    shape: Shape,
    begin: Shape,
    size: Shape,
    *,
    index_type: str = "INT32",
    data: bool = False,
) -> Case:
    """The block of `size` at `begin`, which is an input with `data`; -1 is all that remains."""
    rank = len(shape)
    result = tuple(n - b if s < 0 else s for n, b, s in zip(shape, begin, size, strict=True))
    where = (tensor if data else constant)(index_type, rank, values=begin)
    inputs = [operand(type_, shape, SCALES.get(type_)), where, constant(index_type, rank, values=size)]
    outputs = [operand(type_, result, SCALES.get(type_))]
    return Case(f"{type_.lower()}_{name}", "SLICE", inputs, outputs, {}, "SliceOptions", 2)


CASES = (
    *(case("block", type_, (3, 4, 5), (1, 0, 2), (2, 3, 2)) for type_ in TYPES),
    *(case("from_data", type_, (3, 4, 5), (1, 1, 2), (2, 3, 2), data=True) for type_ in TYPES),
    case("all", "INT8", (3, 4), (0, 0), (-1, -1)),
    case("rest", "INT8", (3, 4), (1, 2), (-1, -1), index_type="INT64"),
    case("rows", "INT8", (2, 3, 4), (0, 1, 0), (2, 1, 4)),
    case("vector", "INT8", (7,), (2,), (3,)),
    case("one_element", "INT8", (2, 2, 2, 2), (1, 0, 1, 1), (1, 1, 1, 1)),
    case("five_dimensions", "INT8", (2, 3, 2, 3, 2), (0, 1, 1, 0, 1), (2, 2, 1, 2, 1)),
    case("from_data_int64", "INT8", (3, 4), (2, 1), (1, 2), index_type="INT64", data=True),
    case("vector_from_data", "INT8", (7,), (4,), (3,), data=True),
)


def strategy() -> SearchStrategy[Case]:
    """Blocks of up to five dimensions, where they are constant or not."""
    from hypothesis import strategies as st

    def of(triples: list[tuple[int, int, int]]) -> SearchStrategy[Case]:
        begin, size, behind = zip(*triples, strict=True)
        shape = tuple(map(sum, triples))
        rest = st.just(size) | st.just(tuple(-1 if not b else s for s, b in zip(size, behind, strict=True)))
        index = st.sampled_from(["INT32", "INT64"])
        return st.builds(
            case,
            st.just("drawn"),
            st.sampled_from(TYPES),
            st.just(shape),
            st.just(begin),
            rest,
            index_type=index,
            data=st.booleans(),
        )

    triple = st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(0, 2))
    return st.lists(triple, min_size=1, max_size=5).flatmap(of)
