# SPDX-License-Identifier: Apache-2.0
"""Cases of ARG_MAX and ARG_MIN."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "INT32", "FLOAT32", "BOOL")


def case(
    name: str,
    *,
    operator: str = "ARG_MAX",
    type_: str = "INT8",
    output: str = "INT32",
    shape: tuple[int, ...] = (2, 3, 5),
    axis: int = -1,
    axis_type: str = "INT32",
    low: int | None = None,
    high: int | None = None,
) -> Case:
    """The largest or smallest of `shape` along `axis`; `low` and `high` make equal elements likely."""
    scale: dict[str, Any] = {"scale": 0.05, "zero_point": 3} if type_ in ("INT8", "UINT8") else {}
    limits = {"low": low, "high": high} if type_ != "FLOAT32" else {}
    kept = [n for i, n in enumerate(shape) if i != axis % len(shape)]
    return Case(
        f"{type_.lower()}_{name}",
        operator,
        [tensor(type_, *shape, **scale, **limits), constant(axis_type, 1, values=[axis])],
        [tensor(output, *kept)],
        {"output_type": output},
        "ArgMaxOptions" if operator == "ARG_MAX" else "ArgMinOptions",
        2,
    )


CASES = (
    *(
        made
        for operator in ("ARG_MAX", "ARG_MIN")
        for type_ in TYPES
        for made in (
            case("last", operator=operator, type_=type_),
            case("middle", operator=operator, type_=type_, axis=1),
            case("equal", operator=operator, type_=type_, shape=(4, 9), low=0, high=2),
        )
    ),
    case("first", axis=0),
    case("row", shape=(7,)),
    case("one_element", shape=(3, 1, 2), axis=1),
    case("five_dimensions", shape=(2, 1, 3, 2, 4), axis=2),
    *(case("int64", type_=type_, output="INT64", axis_type="INT64", axis=1) for type_ in ("INT8", "FLOAT32")),
)


def strategy() -> SearchStrategy[Case]:
    """Random operators, types, shapes and axes; a few values, so that some are equal."""
    from hypothesis import strategies as st

    def drawn(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        return st.builds(
            partial(case, "drawn", shape=shape, low=0),
            operator=st.sampled_from(["ARG_MAX", "ARG_MIN"]),
            type_=st.sampled_from(TYPES),
            output=st.sampled_from(["INT32", "INT64"]),
            axis=st.integers(-len(shape), len(shape) - 1),
            axis_type=st.sampled_from(["INT32", "INT64"]),
            high=st.integers(1, 100),
        )

    return st.lists(st.integers(1, 6), min_size=1, max_size=5).map(tuple).flatmap(drawn)
