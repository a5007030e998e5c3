# SPDX-License-Identifier: Apache-2.0
"""Cases of MEAN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


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
    first: dict[str, Any] = {"scale": scales[0], "zero_point": zero_points[0]} if type_ != "FLOAT32" else {}
    last: dict[str, Any] = {"scale": scales[1], "zero_point": zero_points[1]} if type_ != "FLOAT32" else {}
    axis = constant("INT32", values=axes[0]) if scalar_axis else constant("INT32", len(axes), values=list(axes))
    outputs = [tensor(type_, *kept, **last)]
    return Case(
        f"{type_.lower()}_{name}",
        operator,
        [tensor(type_, *shape, **first), axis],
        outputs,
        {"keep_dims": keep_dims},
        "ReducerOptions",
        2,
    )


CASES = tuple(
    made
    for type_ in ("INT8", "FLOAT32")
    for made in (
        case("image", type_=type_),
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
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes of up to six dimensions and random axes, also negative and doubled ones."""
    from hypothesis import strategies as st

    shapes = st.lists(st.integers(1, 5), min_size=1, max_size=6).map(tuple)

    def of_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        rank = len(shape)
        return st.builds(
            case,
            st.just("drawn"),
            type_=st.sampled_from(["INT8", "FLOAT32"]),
            shape=st.just(shape),
            axes=st.lists(st.integers(-rank, rank - 1), min_size=1, max_size=rank).map(tuple),
            keep_dims=st.booleans(),
            scales=st.tuples(st.sampled_from([0.001, 0.05, 0.3]), st.sampled_from([0.002, 0.03, 0.3])),
            zero_points=st.tuples(st.integers(-128, 127), st.integers(-128, 127)),
        )

    return shapes.flatmap(of_shape)
