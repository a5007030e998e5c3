# SPDX-License-Identifier: Apache-2.0
"""Cases that operators which work element by element have in common: shapes, patterns of broadcasting, scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from packlight.dev.case import Case, Operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Shape: TypeAlias = tuple[int, ...]
Scale: TypeAlias = tuple[float, int]  # scale, zero point

SHAPES: Mapping[str, Shape] = {
    "one_element": (1,),
    "rank_1": (29,),
    "rank_2": (2, 7),
    "rank_3": (3, 1, 5),
    "rank_4": (1, 5, 4, 3),
    "rank_5": (2, 1, 3, 2, 2),
}

BROADCASTS: Mapping[str, tuple[Shape, Shape]] = {
    "same": ((1, 3, 4, 5), (1, 3, 4, 5)),
    "one_element": ((1,), (1,)),
    "bias": ((2, 3, 4, 5), (5,)),
    "bias_first": ((5,), (2, 3, 4, 5)),
    "scalar": ((3, 4), (1,)),
    "scalar_first": ((1, 1, 1), (4, 3, 2)),
    "rank_0": ((3, 4), ()),
    "both_sides": ((4, 1, 3), (1, 5, 1)),
    "middle": ((2, 3, 1, 4), (2, 3, 5, 4)),
    "channel_mask": ((2, 4, 4, 3), (2, 1, 1, 3)),
    "rank_5": ((2, 1, 3, 1, 2), (3, 3, 4, 1)),
    "rank_6": ((2, 1, 3, 1, 2, 1), (1, 2, 1, 3, 1, 2)),
}


def operand(type_: str, shape: Shape, scale: Scale | None, **more: Any) -> Operand:
    """An operand with a scale and a zero point, which floats do not have."""
    given: dict[str, Any] = (
        {"scale": scale[0], "zero_point": scale[1]} if scale and not type_.startswith("FLOAT") else {}
    )
    return Operand(type_, shape, **given, **more)


def unary(
    name: str,
    operator: str,
    *,
    types: tuple[str, str],
    shape: Shape = (2, 7),
    scales: tuple[Scale, Scale] = ((0.05, -7), (0.09, 11)),
    version: int = 2,
    **more: Any,
) -> Case:
    """One input and one output of `shape`; `more` is said of the input, as in Operand."""
    inputs, outputs = [operand(types[0], shape, scales[0], **more)], [operand(types[1], shape, scales[1])]
    prefix = "_".join(dict.fromkeys(types)).lower()
    return Case(f"{prefix}_{name}", operator, inputs, outputs, version=version)


def binary(
    name: str,
    operator: str,
    *,
    type_: str,
    shapes: tuple[Shape, Shape] = ((1, 3, 4, 5), (1, 3, 4, 5)),
    scales: tuple[Scale, Scale, Scale] = ((0.05, -7), (0.03, 11), (0.06, 3)),
    activation: str = "NONE",
    constants: tuple[bool, bool] = (False, False),
) -> Case:
    """Two inputs that are broadcast to the output's shape; an operator of arithmetic with a fused activation."""
    inputs = [operand(type_, shapes[at], scales[at], constant=constants[at]) for at in (0, 1)]
    output = operand(type_, np.broadcast_shapes(*shapes), scales[2])
    options = {"fused_activation_function": activation}
    version = 1 if type_ == "FLOAT32" else 2
    return Case(f"{type_.lower()}_{name}", operator, inputs, [output], options, f"{operator.title()}Options", version)


def scales(low: float = 0.002, high: float = 0.5, type_: str = "INT8") -> SearchStrategy[Scale]:
    """A scale between `low` and `high`, with any zero point of the type."""
    from hypothesis import strategies as st

    limits = np.iinfo(type_.lower())
    return st.tuples(st.floats(low, high), st.integers(int(limits.min), int(limits.max)))


def shapes() -> SearchStrategy[Shape]:
    """A shape of rank 1 to 5 with few elements, but in the last dimension."""
    from hypothesis import strategies as st

    before = st.lists(st.integers(1, 4), max_size=4).map(tuple)
    return st.builds(lambda first, last: (*first, last), before, st.integers(1, 23))


def broadcasts() -> SearchStrategy[tuple[Shape, Shape]]:
    """Two shapes of rank 1 to 5 that broadcast with each other."""
    from hypothesis import strategies as st

    def masked(shape: Shape) -> SearchStrategy[tuple[Shape, Shape]]:
        def one(keep: list[bool], skip: int) -> Shape:
            return tuple(n if k else 1 for n, k in zip(shape, keep, strict=True))[min(skip, len(shape) - 1) :]

        keeps = st.lists(st.booleans(), min_size=len(shape), max_size=len(shape))
        side = st.builds(one, keeps, st.integers(0, 2))
        return st.tuples(side, side | st.just(shape))

    return shapes().flatmap(masked)
