# SPDX-License-Identifier: Apache-2.0
"""Cases of ADD_N."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case
from packlight.dev.elementwise import Scale, Shape, operand, shapes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str, type_: str, count: int, *, shape: Shape = (2, 3, 4), scales: tuple[Scale, Scale] = ((0.05, -7), (0.2, 3))
) -> Case:
    """A sum of `count` inputs of one scale, the second of them constant where there are more than three."""
    given = scales if type_ == "INT8" else (None, None)
    inputs = [operand(type_, shape, given[0], constant=at == 1 and count > 3) for at in range(count)]
    output = operand(type_, shape, given[1])
    return Case(f"{type_.lower()}_{name}", "ADD_N", inputs, [output], options_type="AddNOptions")


CASES = (
    *(case(f"of_{count}", type_, count) for type_ in ("INT8", "INT32", "FLOAT32") for count in (2, 3, 5)),
    case("of_8", "INT8", 8, scales=((0.1, 127), (0.3, -128))),
    case("of_11", "FLOAT32", 11, shape=(3,)),
)


def strategy() -> SearchStrategy[Case]:
    """Random sums of two to eight inputs."""
    from hypothesis import strategies as st

    scale = st.tuples(st.floats(0.002, 0.5), st.integers(-128, 127))
    types, counts = st.sampled_from(["INT8", "INT32", "FLOAT32"]), st.integers(2, 8)
    return st.builds(case, st.just("drawn"), types, counts, shape=shapes(), scales=st.tuples(scale, scale))
