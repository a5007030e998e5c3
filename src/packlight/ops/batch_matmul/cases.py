# SPDX-License-Identifier: Apache-2.0
"""Cases of BATCH_MATMUL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "INT16", "FLOAT32")


def case(
    name: str,
    type_: str,
    lhs: tuple[int, ...] = (),
    rhs: tuple[int, ...] = (),
    size: tuple[int, int, int] = (3, 4, 5),
    *,
    adj_x: bool = False,
    adj_y: bool = False,
    constant_rhs: bool = False,
    points: tuple[int, int, int] = (-7, 5, 11),
) -> Case:
    """Matrices of `size` (rows, depth, columns) in batches of the shapes `lhs` and `rhs`."""
    rows, depth, columns = size
    shapes = (
        (*lhs, depth, rows) if adj_x else (*lhs, rows, depth),
        (*rhs, columns, depth) if adj_y else (*rhs, depth, columns),
    )
    points = (0, 0, 0) if type_ == "INT16" else points
    quantized: list[dict[str, Any]] = [
        {"scale": scale, "zero_point": point} if type_ != "FLOAT32" else {}
        for scale, point in zip((0.02, 0.03, 0.09), points, strict=True)
    ]
    inputs = [
        tensor(type_, *shapes[0], **quantized[0]),
        (constant if constant_rhs else tensor)(type_, *shapes[1], **quantized[1]),
    ]
    output = tensor(type_, *np.broadcast_shapes(lhs, rhs), rows, columns, **quantized[2])
    options = {"adj_x": adj_x, "adj_y": adj_y}
    return Case(f"{type_.lower()}_{name}", "BATCH_MATMUL", inputs, [output], options, "BatchMatMulOptions", 2)


CASES = tuple(
    made
    for type_ in TYPES
    for made in (
        case("plain", type_),
        case("adj_x", type_, (2,), (2,), adj_x=True),
        case("adj_y_constant", type_, (2,), (2,), adj_y=True, constant_rhs=True),
        case("broadcast", type_, (2, 1), (1, 3), (2, 3, 2), adj_x=True, adj_y=True, points=(-128, 127, 0)),
        case("broadcast_rank", type_, (3,), (2, 1), (1, 5, 2)),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Random sizes, batches and transpositions."""
    from hypothesis import strategies as st

    small, point = st.integers(1, 4), st.integers(-128, 127)
    batches = st.lists(small, max_size=3)
    kept = st.lists(st.booleans(), min_size=3, max_size=3)

    def shapes(shape: list[int], left: list[bool], right: list[bool]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        one, other = (tuple(n if keep else 1 for n, keep in zip(shape, each, strict=False)) for each in (left, right))
        return one, other

    def made(type_: str, pair: tuple[tuple[int, ...], tuple[int, ...]], **more: Any) -> Case:
        return case("drawn", type_, *pair, **more)

    return st.builds(
        made,
        st.sampled_from(TYPES),
        st.builds(shapes, batches, kept, kept),
        size=st.tuples(small, st.integers(1, 9), small),
        adj_x=st.booleans(),
        adj_y=st.booleans(),
        points=st.tuples(point, point, point),
    )
