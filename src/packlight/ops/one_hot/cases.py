# SPDX-License-Identifier: Apache-2.0
"""Cases of ONE_HOT."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev.case import Case, constant, tensor
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def case(
    name: str,
    type_: str,
    shape: Shape,
    depth: int,
    axis: int = -1,
    *,
    index_type: str = "INT32",
    known: bool = True,
    start: int = 0,
) -> Case:
    """Indices of `shape`, some of them out of range; the values are constant where `known`."""
    at = axis % (len(shape) + 1)
    indices = (np.arange(start, start + int(np.prod(shape))) % (depth + 2) - 1).reshape(shape)
    values = [operand(type_, (), SCALES.get(type_), constant=known) for _ in range(2)]
    inputs = [tensor(index_type, *shape, values=indices), constant("INT32", values=depth), *values]
    output = operand(type_, (*shape[:at], depth, *shape[at:]), SCALES.get(type_))
    return Case(f"{type_.lower()}_{name}", "ONE_HOT", inputs, [output], {"axis": axis}, "OneHotOptions", 1)


CASES = (
    *(case("last", type_, (5,), 3) for type_ in TYPES),
    case("first", "FLOAT32", (2, 3), 4, 0),
    case("middle", "FLOAT32", (2, 3), 4, 1),
    case("int64", "FLOAT32", (4,), 3, index_type="INT64"),
    case("scalar", "FLOAT32", (), 3, start=2),
    case("values_from_data", "FLOAT32", (2, 2), 3, known=False),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes, depths and axes."""
    from hypothesis import strategies as st

    def of_shape(shape: Shape) -> SearchStrategy[Case]:
        return st.builds(
            case,
            st.just("drawn"),
            st.sampled_from(TYPES),
            st.just(shape),
            st.integers(1, 5),
            st.integers(-1, len(shape)),
            index_type=st.sampled_from(["INT32", "INT64"]),
            known=st.booleans(),
            start=st.integers(0, 6),
        )

    return st.lists(st.integers(1, 3), max_size=4).map(tuple).flatmap(of_shape)
