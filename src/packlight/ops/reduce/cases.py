# SPDX-License-Identifier: Apache-2.0
"""Cases of MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL and REDUCE_ANY."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

QUANTIZED = ("INT8", "UINT8", "INT16")
TYPES = {
    "MEAN": (*QUANTIZED, "INT32", "INT64", "FLOAT32"),
    "SUM": (*QUANTIZED, "INT32", "INT64", "FLOAT32", "BOOL"),
    "REDUCE_MAX": (*QUANTIZED, "INT32", "INT64", "FLOAT32", "BOOL"),
    "REDUCE_MIN": (*QUANTIZED, "INT32", "INT64", "FLOAT32", "BOOL"),
    "REDUCE_PROD": ("INT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"),
    "REDUCE_ALL": ("BOOL",),
    "REDUCE_ANY": ("BOOL",),
}
#: Operators that need input and output to have one scale.
ALIKE = ("REDUCE_MAX", "REDUCE_MIN")


def case(
    name: str,
    *,
    operator: str = "MEAN",
    type_: str = "INT8",
    shape: tuple[int, ...] = (2, 4, 5, 3),
    axes: Sequence[int] = (1, 2),
    scalar_axis: bool = False,
    keep_dims: bool = False,
    scales: tuple[float, float] = (0.05, 0.03),
    zero_points: tuple[int, int] = (-7, 11),
) -> Case:
    """A reduction of `shape` along `axes`, one of which may be given as a scalar."""
    reduced = {axis % len(shape) for axis in axes}
    kept = tuple(1 if i in reduced else n for i, n in enumerate(shape) if keep_dims or i not in reduced)
    pairs: list[dict[str, Any]] = [
        {"scale": scale, "zero_point": 0 if type_ == "INT16" else point + 128 * (type_ == "UINT8")}
        if type_ in QUANTIZED
        else {}
        for scale, point in zip(scales, zero_points, strict=True)
    ]
    axis = constant("INT32", values=axes[0]) if scalar_axis else constant("INT32", len(axes), values=list(axes))
    return Case(
        f"{type_.lower()}_{name}",
        operator,
        [tensor(type_, *shape, **pairs[0]), axis],
        [tensor(type_, *kept, **pairs[0 if operator in ALIKE else 1])],
        {"keep_dims": keep_dims},
        "ReducerOptions",
        1 if operator == "REDUCE_ANY" else 2,
    )


CASES = (
    *(
        made
        for type_ in ("INT8", "FLOAT32")
        for made in (
            case("image_keep_dims", type_=type_, keep_dims=True),
            case("image_axes_reversed", type_=type_, axes=(2, 1), keep_dims=True),
            case("single_element", type_=type_, shape=(1,), axes=(0,)),
            case("first_axis", type_=type_, shape=(6, 7), axes=(0,)),
            case("last_axis", type_=type_, shape=(6, 7), axes=(-1,), keep_dims=True),
            case("scalar_axis", type_=type_, axes=(1,), scalar_axis=True),
            case("no_axes", type_=type_, axes=()),
            case("apart", type_=type_, axes=(0, 2)),
            case("first_and_last", type_=type_, axes=(-1, 0), keep_dims=True),
            case("doubled_axes", type_=type_, axes=(1, -3, 2, 1)),
            case("everything", type_=type_, axes=(0, 1, 2, 3)),
            case("dimensions_of_one", type_=type_, shape=(1, 4, 1, 3), axes=(0, 2)),
            case("five_dimensions", type_=type_, shape=(2, 3, 2, 4, 3), axes=(0, 2, 4)),
            case("six_dimensions", type_=type_, shape=(2, 3, 2, 2, 3, 2), axes=(1, 3, 5), keep_dims=True),
            case("eight_dimensions", type_=type_, shape=(2, 2, 2, 3, 2, 2, 2, 2), axes=(0, 2, 4, 6)),
            case("coarser_scale", type_=type_, scales=(0.003, 0.9)),
            case("finer_scale", type_=type_, scales=(0.9, 0.004), zero_points=(-128, 127)),
            case("same_scale", type_=type_, shape=(1, 8, 8, 5), scales=(0.05, 0.05), zero_points=(3, 3)),
        )
    ),
    *(
        made
        for operator, types in TYPES.items()
        for type_ in types
        for made in (
            case("image", operator=operator, type_=type_),
            case("two_apart", operator=operator, type_=type_, shape=(3, 2, 4), axes=(0, -1), keep_dims=True),
        )
    ),
    *(case("wide", operator="SUM", type_=type_, scales=(0.02, 0.4)) for type_ in QUANTIZED),
    *(
        case("small", operator="REDUCE_PROD", type_=type_, shape=(4, 3), axes=(1,), scales=scales)
        for type_, scales in (("INT8", (0.3, 4.0)), ("INT16", (0.001, 0.3)))
    ),
    case("all_or_any", operator="REDUCE_ALL", type_="BOOL", shape=(30, 2), axes=(1,)),
    case("all_or_any", operator="REDUCE_ANY", type_="BOOL", shape=(30, 2), axes=(1,)),
)


def strategy() -> SearchStrategy[Case]:
    """Random operators, types, shapes of up to six dimensions and axes, also negative and doubled ones."""
    from hypothesis import strategies as st

    def drawn(kind: tuple[str, str], shape: tuple[int, ...]) -> SearchStrategy[Case]:
        rank = len(shape)
        return st.builds(
            partial(case, "drawn", operator=kind[0], type_=kind[1], shape=shape),
            axes=st.lists(st.integers(-rank, rank - 1), min_size=0, max_size=rank).map(tuple),
            keep_dims=st.booleans(),
            scales=st.tuples(st.sampled_from([0.001, 0.05, 0.3]), st.sampled_from([0.002, 0.03, 0.3])),
            zero_points=st.tuples(st.integers(-128, 127), st.integers(-128, 127)),
        )

    kinds = st.sampled_from([(operator, type_) for operator, types in TYPES.items() for type_ in types])
    shapes = st.lists(st.integers(1, 5), min_size=1, max_size=6).map(tuple)
    return st.tuples(kinds, shapes).flatmap(lambda pair: drawn(*pair))
