# SPDX-License-Identifier: Apache-2.0
"""Cases of RESHAPE."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, ...] = (2, 3, 4),
    new_shape: tuple[int, ...] = (6, 4),
    by_operand: bool = True,
    by_option: bool = True,
) -> Case:
    """`shape` becomes `new_shape`, in which one -1 is what remains; said by operand, option, both or neither."""
    scale: dict[str, Any] = {"scale": 0.05, "zero_point": -7} if type_ == "INT8" else {}
    known = prod(size for size in new_shape if size >= 0)
    result = tuple(prod(shape) // known if size < 0 else size for size in new_shape)
    inputs = [tensor(type_, *shape, **scale)]
    if by_operand:
        inputs.append(constant("INT32", len(new_shape), values=list(new_shape)))
    options = {"new_shape": new_shape} if by_option else {}
    options_type = "ReshapeOptions" if by_option else "NONE"
    return Case(f"{type_.lower()}_{name}", "RESHAPE", inputs, [tensor(type_, *result, **scale)], options, options_type)


CASES = tuple(
    made
    for type_ in ("INT8", "FLOAT32", "INT16", "INT32", "INT64", "BOOL")
    for made in (
        case("flatten", type_=type_, new_shape=(24,)),
        case("remainder", type_=type_, new_shape=(2, -1)),
        case("operand_only", type_=type_, by_option=False),
        case("option_only", type_=type_, by_operand=False),
        case("neither", type_=type_, by_operand=False, by_option=False),
        case("single_element", type_=type_, shape=(1, 1), new_shape=(1,)),
        case("six_dimensions", type_=type_, shape=(4, 6), new_shape=(2, 1, 2, 3, 1, 2)),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes of up to four dimensions, flattened or turned around."""
    from hypothesis import strategies as st

    def of_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        return st.builds(
            case,
            st.just("drawn"),
            type_=st.sampled_from(["INT8", "FLOAT32", "INT16", "INT32", "INT64", "BOOL"]),
            shape=st.just(shape),
            new_shape=st.sampled_from([(-1,), shape[::-1], (1, *shape), (*shape[1:], -1), (prod(shape), 1)]),
            by_operand=st.booleans(),
            by_option=st.booleans(),
        )

    return st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple).flatmap(of_shape)
