# SPDX-License-Identifier: Apache-2.0
"""Cases of RESHAPE, SQUEEZE and EXPAND_DIMS."""

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


def squeeze(name: str, type_: str, shape: tuple[int, ...], dims: tuple[int, ...] = ()) -> Case:
    """`shape` without `dims`, or without all dimensions of size 1."""
    gone = {dim % len(shape) for dim in dims} or {at for at, size in enumerate(shape) if size == 1}
    result = tuple(size for at, size in enumerate(shape) if at not in gone)
    ends = [tensor(type_, *each) for each in (shape, result)]
    return Case(f"{type_.lower()}_{name}", "SQUEEZE", ends[:1], ends[1:], {"squeeze_dims": dims}, "SqueezeOptions")


def expand_dims(name: str, type_: str, shape: tuple[int, ...], axis: int) -> Case:
    """`shape` with a dimension of size 1 at `axis`."""
    at = axis % (len(shape) + 1)
    inputs = [tensor(type_, *shape), constant("INT32", values=axis)]
    output = tensor(type_, *shape[:at], 1, *shape[at:])
    return Case(f"{type_.lower()}_{name}", "EXPAND_DIMS", inputs, [output], {}, "ExpandDimsOptions")


TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
CASES = (
    *(case("flatten", type_=type_, new_shape=(24,)) for type_ in TYPES),
    *(squeeze("all", type_, (1, 3, 1, 2)) for type_ in TYPES),
    *(expand_dims("first", type_, (3, 2), 0) for type_ in TYPES),
    case("remainder", new_shape=(2, -1)),
    case("operand_only", new_shape=(6, 4), by_option=False),
    case("option_only", new_shape=(6, 4), by_operand=False),
    case("neither", new_shape=(6, 4), by_operand=False, by_option=False),
    case("single_element", shape=(1, 1), new_shape=(1,)),
    case("six_dimensions", shape=(4, 6), new_shape=(2, 1, 2, 3, 1, 2)),
    squeeze("some", "INT8", (1, 3, 1, 2), (-2,)),
    squeeze("to_a_scalar", "INT8", (1, 1)),
    expand_dims("last", "INT8", (3, 2), -1),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes of up to four dimensions, flattened or turned around."""
    from hypothesis import strategies as st

    def of_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        types = st.sampled_from(TYPES)
        axis = st.integers(-len(shape) - 1, len(shape))
        expanded = st.builds(expand_dims, st.just("drawn"), types, st.just(shape), axis)
        squeezed = st.builds(squeeze, st.just("drawn"), types, st.just((1, *shape, 1)))
        reshaped = st.builds(
            case,
            st.just("drawn"),
            type_=types,
            shape=st.just(shape),
            new_shape=st.sampled_from([(-1,), shape[::-1], (1, *shape), (*shape[1:], -1), (prod(shape), 1)]),
            by_operand=st.booleans(),
            by_option=st.booleans(),
        )
        return reshaped | expanded | squeezed

    return st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple).flatmap(of_shape)
