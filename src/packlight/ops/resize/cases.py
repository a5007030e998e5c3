# SPDX-License-Identifier: Apache-2.0
"""Cases of RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    operator: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, int, int, int] = (1, 4, 3, 2),
    to: tuple[int, int] = (8, 6),
    align_corners: bool = False,
    half_pixel_centers: bool = False,
) -> Case:
    """Images [batches, h, w, c] of another height and width."""
    quantized = type_ in ("INT8", "UINT8", "INT16")
    scale: dict[str, Any] = {"scale": 0.05, "zero_point": 0 if type_ == "INT16" else 3} if quantized else {}
    inputs = [tensor(type_, *shape, **scale), constant("INT32", 2, values=list(to))]
    output = tensor(type_, shape[0], *to, shape[3], **scale)
    options = {"align_corners": align_corners, "half_pixel_centers": half_pixel_centers}
    table = "".join(word.capitalize() for word in operator.split("_")) + "Options"
    return Case(f"{type_.lower()}_{name}", operator, inputs, [output], options, table, 3)


VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "twice": {},
    "twice_centers": {"half_pixel_centers": True},
    "twice_corners": {"align_corners": True},
    "half": {"shape": (2, 6, 4, 3), "to": (3, 2)},
    "half_centers": {"shape": (1, 6, 4, 3), "to": (3, 2), "half_pixel_centers": True},
    "irregular": {"shape": (2, 5, 4, 3), "to": (7, 3)},
    "irregular_centers": {"shape": (1, 3, 7, 1), "to": (5, 4), "half_pixel_centers": True},
    "irregular_corners": {"shape": (1, 3, 7, 1), "to": (7, 4), "align_corners": True},
    "one_pixel": {"shape": (1, 1, 1, 5), "to": (3, 2), "half_pixel_centers": True},
    "to_one_pixel": {"shape": (2, 5, 3, 2), "to": (1, 1), "align_corners": True},
    "same": {"to": (4, 3)},
}


TYPES = {
    "RESIZE_BILINEAR": ("INT8", "UINT8", "INT16", "FLOAT32"),
    "RESIZE_NEAREST_NEIGHBOR": ("INT8", "UINT8", "INT16", "INT32", "FLOAT32", "BOOL"),
}
CASES = (
    *(
        case(name, operator, type_=type_, **how)
        for operator, types in TYPES.items()
        for type_ in (types if operator == "RESIZE_BILINEAR" else ("INT8", "FLOAT32"))
        for name, how in VARIANTS.items()
    ),
    *(
        case("irregular", "RESIZE_NEAREST_NEIGHBOR", type_=type_, to=(5, 7))
        for type_ in ("UINT8", "INT16", "INT32", "BOOL")
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random sizes."""
    from hypothesis import strategies as st

    size = st.integers(1, 12)
    shapes = st.tuples(st.integers(1, 2), size, size, st.integers(1, 3))

    def drawn(operator: str) -> SearchStrategy[Case]:
        both = [(True, True)] if operator == "RESIZE_NEAREST_NEIGHBOR" else []
        options = st.sampled_from([(False, False), (True, False), (False, True), *both])
        return st.builds(
            lambda type_, shape, to, how: case(
                "drawn", operator, type_=type_, shape=shape, to=to, align_corners=how[0], half_pixel_centers=how[1]
            ),
            *(st.sampled_from(TYPES[operator]), shapes, st.tuples(size, size), options),
        )

    return st.sampled_from(sorted(TYPES)).flatmap(drawn)
