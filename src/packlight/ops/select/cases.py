# SPDX-License-Identifier: Apache-2.0
"""Cases of SELECT and SELECT_V2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev.case import Case, tensor
from packlight.dev.elementwise import SHAPES, Scale, Shape, broadcasts, operand, shapes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "BOOL", "INT16", "INT32", "INT64", "FLOAT32")


def case(
    name: str,
    operator: str,
    type_: str,
    given: tuple[Shape, Shape, Shape],
    *,
    constants: tuple[bool, bool] = (False, False),
) -> Case:
    """A condition, x and y of three shapes."""
    scale: Scale | None = (0.05, 3) if type_ in ("INT8", "UINT8") else None
    both = [operand(type_, shape, scale, constant=each) for shape, each in zip(given[1:], constants, strict=True)]
    inputs = [tensor("BOOL", *given[0]), *both]
    plain = operator == "SELECT"
    output = operand(type_, given[1] if plain else np.broadcast_shapes(*given), scale)
    options = "SelectOptions" if plain else "SelectV2Options"
    return Case(f"{type_.lower()}_{name}", operator, inputs, [output], options_type=options)


CASES = (
    *(case("same", "SELECT_V2", type_, ((2, 3), (2, 3), (2, 3))) for type_ in TYPES),
    *(case("all_differ", "SELECT_V2", type_, ((1, 4, 2), (3, 1, 2), (1, 4, 1))) for type_ in TYPES),
    *(case("masked", "SELECT_V2", type_, ((3, 1), (2, 3, 4), ())) for type_ in ("INT8", "FLOAT32")),
    case("constant", "SELECT_V2", "FLOAT32", ((2, 5), (1,), (2, 5)), constants=(True, False)),
    case("rank_5", "SELECT_V2", "INT8", ((2, 1, 2, 1, 3), (1, 2, 1, 2, 1), (2, 2, 1, 1, 3))),
    case("single", "SELECT_V2", "INT8", ((1,), (), (1, 1))),
    *(case(name, "SELECT", "FLOAT32", (shape, shape, shape)) for name, shape in SHAPES.items()),
    case("of_a_scalar", "SELECT", "INT8", ((), (2, 3), (2, 3))),
    case("of_rows", "SELECT", "INT16", ((4,), (4, 2, 3), (4, 2, 3))),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes that are broadcast, and for SELECT conditions of each form."""
    from hypothesis import strategies as st

    def first(shape: Shape) -> SearchStrategy[tuple[Shape, Shape, Shape]]:
        return st.sampled_from([(form, shape, shape) for form in ((), shape[:1], shape)])

    def third(two: tuple[Shape, Shape]) -> SearchStrategy[tuple[Shape, Shape, Shape]]:
        whole: Shape = np.broadcast_shapes(*two)
        keep = st.lists(st.booleans(), min_size=len(whole), max_size=len(whole))
        return keep.map(lambda kept: (*two, tuple(n if k else 1 for n, k in zip(whole, kept, strict=True))))

    types = st.sampled_from(TYPES)
    constants = st.sampled_from([(False, False), (True, False), (False, True)])
    one = st.builds(case, st.just("drawn"), st.just("SELECT"), types, shapes().flatmap(first), constants=constants)
    two = st.builds(
        case, st.just("drawn"), st.just("SELECT_V2"), types, broadcasts().flatmap(third), constants=constants
    )
    return one | two
