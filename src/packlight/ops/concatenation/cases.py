# SPDX-License-Identifier: Apache-2.0
"""Cases of CONCATENATION and PACK."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, ...] = (1, 3, 4, 2),
    axis: int = 3,
    sizes: Sequence[int] = (2, 3),
    constants: Sequence[int] = (),
    scales: Sequence[float] = (),
) -> Case:
    """Inputs like `shape`, but of `sizes` along `axis`; those at the positions `constants` are part of the model.

    uint8: `scales` are those of the output and of the inputs, the last for all the others.
    """
    scale: dict[str, Any] = {"scale": 0.05, "zero_point": -7} if type_ == "INT8" else {}

    def sized(size: int) -> tuple[int, ...]:
        return tuple(size if i == axis % len(shape) else n for i, n in enumerate(shape))

    makers = [constant if position in constants else tensor for position in range(len(sizes))]
    inputs = [maker(type_, *sized(size), **scale) for maker, size in zip(makers, sizes, strict=True)]
    output = tensor(type_, *sized(sum(sizes)), **scale)
    if scales:
        inputs = [
            replace(each, scale=scales[min(1 + at, len(scales) - 1)], zero_point=101 + at)
            for at, each in enumerate(inputs)
        ]
        output = replace(output, scale=scales[0], zero_point=102)
    name = f"{type_.lower()}_{name}"
    return Case(name, "CONCATENATION", inputs, [output], {"axis": axis}, "ConcatenationOptions", 2)


def pack(name: str, *, type_: str = "INT8", shape: tuple[int, ...] = (2, 3), axis: int = 0, count: int = 3) -> Case:
    """`count` inputs of `shape` along a new dimension `axis`."""
    scale: dict[str, Any] = {"scale": 0.05, "zero_point": -7} if type_ == "INT8" else {}
    at = axis % (len(shape) + 1)
    inputs = [tensor(type_, *shape, **scale) for _ in range(count)]
    output = tensor(type_, *shape[:at], count, *shape[at:], **scale)
    options = {"values_count": count, "axis": axis}
    return Case(f"{type_.lower()}_{name}", "PACK", inputs, [output], options, "PackOptions", 2)


TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
CASES = (
    *(case("channels", type_=type_) for type_ in TYPES),
    *(pack("rows", type_=type_) for type_ in TYPES[:-1]),
    *(case("with_a_constant", type_=type_, sizes=(2, 3, 1), constants=(1,)) for type_ in ("INT8", "FLOAT32", "INT64")),
    case("rows", axis=1, sizes=(1, 2, 4)),
    case("many_scales", type_="UINT8", sizes=(2, 3, 1), constants=(2,), scales=(0.05, 0.02, 0.05, 0.3)),
    case("many_scales_in_rows", type_="UINT8", axis=1, sizes=(1, 2), scales=(0.07, 0.035, 0.07)),
    case("columns_of_batches", shape=(2, 3, 4, 2), axis=-2, sizes=(3, 1)),
    case("batches", axis=0, sizes=(1, 1, 3)),
    case("one_input", sizes=(4,)),
    case("ten_inputs", shape=(3, 1), axis=1, sizes=(1, 2, 1, 3, 1, 1, 2, 1, 1, 4)),
    case("eleven_inputs", shape=(3, 1), axis=1, sizes=(1, 2, 1, 3, 1, 1, 2, 1, 1, 4, 1)),
    case("single_elements", shape=(1,), axis=-1, sizes=(1, 1)),
    case("six_dimensions", shape=(2, 1, 2, 1, 3, 2), axis=-4, sizes=(2, 3)),
    pack("last", axis=-1),
    pack("scalars", shape=()),
    pack("middle", shape=(2, 3, 2), axis=2, count=2),
    pack("one", count=1),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes of up to five dimensions, axes and numbers of inputs."""
    from hypothesis import strategies as st

    def of_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        packed = st.builds(
            pack,
            st.just("drawn"),
            type_=st.sampled_from(TYPES[:-1]),
            shape=st.just(shape[1:]),
            axis=st.integers(-len(shape), len(shape) - 1),
            count=st.integers(1, 5),
        )
        rescaled = st.builds(
            case,
            st.just("drawn"),
            type_=st.just("UINT8"),
            shape=st.just(shape),
            axis=st.integers(-len(shape), len(shape) - 1),
            sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
            scales=st.lists(st.sampled_from([0.5, 0.25, 0.013, 0.3]), min_size=2, max_size=4),
        )
        joined = st.builds(
            case,
            st.just("drawn"),
            type_=st.sampled_from(TYPES),
            shape=st.just(shape),
            axis=st.integers(-len(shape), len(shape) - 1),
            sizes=st.lists(st.integers(1, 4), min_size=1, max_size=10),
            constants=st.just(()) | st.just((1,)),
        )
        return packed | joined | rescaled

    return st.lists(st.integers(1, 4), min_size=1, max_size=5).map(tuple).flatmap(of_shape)
