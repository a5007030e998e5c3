# SPDX-License-Identifier: Apache-2.0
"""Cases of PAD and PADV2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Pairs = tuple[tuple[int, int], ...]


def case(
    name: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, ...] = (1, 3, 4, 2),
    paddings: Pairs = ((0, 0), (1, 2), (2, 1), (0, 0)),
    value: int | None = None,
    index_type: str = "INT32",
    zero_point: int = -7,
) -> Case:
    """An input of `shape` padded by (before, after); with `value` PADV2."""
    padded = tuple(before + size + after for size, (before, after) in zip(shape, paddings, strict=True))
    scale: dict[str, Any] = {"scale": 0.05, "zero_point": zero_point} if type_ in ("INT8", "UINT8") else {}
    inputs = [tensor(type_, *shape, **scale), constant(index_type, len(shape), 2, values=paddings)]
    if value is not None:
        inputs.append(constant(type_, values=value, **scale))
    operator, options_type = ("PAD", "PadOptions") if value is None else ("PADV2", "PadV2Options")
    return Case(f"{type_.lower()}_{name}", operator, inputs, [tensor(type_, *padded, **scale)], {}, options_type, 2)


CASES = (
    *(
        made
        for type_ in ("INT8", "FLOAT32")
        for made in (
            case("image", type_=type_),
            case("image_by_value", type_=type_, value=5),
            case("nothing", type_=type_, paddings=((0, 0),) * 4),
            case("all_sides", type_=type_, shape=(2, 1, 3, 2), paddings=((1, 1), (2, 0), (0, 3), (1, 2))),
            case("one_dimension", type_=type_, shape=(5,), paddings=((3, 2),)),
            case("single_element", type_=type_, shape=(1, 1), paddings=((0, 1), (1, 0))),
            case("channels", type_=type_, shape=(2, 3, 4), paddings=((0, 0), (0, 0), (0, 5))),
            case("five", type_=type_, shape=(2, 1, 2, 3, 2), paddings=((0, 1), (1, 0), (1, 1), (0, 2), (2, 1))),
        )
    ),
    case("lowest_zero_point", zero_point=-128),
    case("lowest_value", value=-128, zero_point=127),
    case("image", type_="INT16"),
    case("image_by_value", type_="INT32", value=5),
    case("image", type_="BOOL"),
    case("image", type_="INT64"),
    case("image", type_="UINT8", zero_point=130),
    case("int64_paddings", index_type="INT64"),
)  # TFLM takes neither of the last four


def strategy() -> SearchStrategy[Case]:
    """Random shapes of up to five dimensions and random paddings, zero ones among them."""
    from hypothesis import strategies as st

    sides = st.tuples(st.integers(1, 4), st.tuples(st.integers(0, 2), st.integers(0, 2)))

    def of_sides(drawn: list[tuple[int, tuple[int, int]]]) -> SearchStrategy[Case]:
        return st.builds(
            case,
            st.just("drawn"),
            type_=st.sampled_from(["INT8", "FLOAT32", "INT16", "INT32", "INT64", "BOOL"]),
            shape=st.just(tuple(size for size, _ in drawn)),
            paddings=st.just(tuple(pair for _, pair in drawn)),
            value=st.none() | st.integers(-128, 127),
            zero_point=st.integers(-128, 127),
        )

    return st.lists(sides, min_size=1, max_size=5).flatmap(of_sides)
