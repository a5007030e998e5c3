# SPDX-License-Identifier: Apache-2.0
"""Cases of CUMSUM."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "INT32", "INT64", "FLOAT32")


def case(
    name: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, ...] = (2, 4, 3),
    axis: int = 1,
    exclusive: bool = False,
    reverse: bool = False,
    scales: tuple[float, float] = (0.05, 0.2),
    zero_points: tuple[int, int] = (-7, 11),
) -> Case:
    """Sums of `shape` along `axis`."""
    pairs: list[dict[str, Any]] = [
        {"scale": scale, "zero_point": point} if type_ == "INT8" else {}
        for scale, point in zip(scales, zero_points, strict=True)
    ]
    operands = tensor(type_, *shape, **pairs[0]), tensor(type_, *shape, **pairs[1])
    options = {"exclusive": exclusive, "reverse": reverse}
    name, along = f"{type_.lower()}_{name}", constant("INT32", values=axis)
    return Case(name, "CUMSUM", [operands[0], along], [operands[1]], options, "CumsumOptions")


CASES = (
    *(
        made
        for type_ in TYPES
        for made in (
            case("middle", type_=type_),
            case("last_exclusive", type_=type_, axis=-1, exclusive=True),
            case("reverse", type_=type_, reverse=True),
            case("reverse_exclusive", type_=type_, axis=0, reverse=True, exclusive=True),
        )
    ),
    case("row", shape=(5,), axis=0),
    case("wraps", shape=(2, 60), scales=(0.5, 40.0), zero_points=(-128, 0)),
    case("one_element", shape=(2, 1, 3)),
    case("five_dimensions", shape=(2, 3, 2, 2, 3), axis=-3),
)


def strategy() -> SearchStrategy[Case]:
    """Random types, shapes, axes and options."""
    from hypothesis import strategies as st

    def drawn(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        return st.builds(
            partial(case, "drawn", shape=shape),
            type_=st.sampled_from(TYPES),
            axis=st.integers(-len(shape), len(shape) - 1),
            exclusive=st.booleans(),
            reverse=st.booleans(),
            scales=st.tuples(st.floats(0.001, 1), st.floats(0.001, 1)),
            zero_points=st.tuples(st.integers(-128, 127), st.integers(-128, 127)),
        )

    return st.lists(st.integers(1, 6), min_size=1, max_size=5).map(tuple).flatmap(drawn)
