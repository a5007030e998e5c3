# SPDX-License-Identifier: Apache-2.0
"""Cases of BROADCAST_ARGS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, tensor
from packlight.dev.elementwise import Shape, broadcasts

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, type_: str, shapes: tuple[Shape, Shape]) -> Case:
    """Two shapes as data."""
    inputs = [tensor(type_, len(shape), values=shape) for shape in shapes]
    output = tensor(type_, max(map(len, shapes)))
    return Case(f"{type_.lower()}_{name}", "BROADCAST_ARGS", inputs, [output], {})


CASES = tuple(
    made
    for type_ in ("INT32", "INT64")
    for made in (
        case("both", type_, ((1, 3, 4), (2, 3, 1))),
        case("first_shorter", type_, ((3,), (2, 257, 1))),
        case("second_shorter", type_, ((5, 1, 256), (1, 256))),
        case("alike", type_, ((2, 3), (2, 3))),
        case("huge", type_, ((1 << 24, 1), (1, (1 << 24) + 1))),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Shapes that broadcast with each other."""
    from hypothesis import strategies as st

    return st.builds(case, st.just("drawn"), st.sampled_from(["INT32", "INT64"]), broadcasts())
