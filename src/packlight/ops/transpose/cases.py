# SPDX-License-Identifier: Apache-2.0
"""Cases of TRANSPOSE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def case(name: str, type_: str, shape: Shape, perm: Shape) -> Case:
    """An input of `shape`, whose dimensions `perm` names in the output's order."""
    result = tuple(shape[axis] for axis in perm)
    inputs = [operand(type_, shape, SCALES.get(type_)), constant("INT32", len(perm), values=perm)]
    outputs = [operand(type_, result, SCALES.get(type_))]
    return Case(f"{type_.lower()}_{name}", "TRANSPOSE", inputs, outputs, {}, "TransposeOptions", 2)


CASES = (
    *(case("channels_first", type_, (2, 3, 2, 4), (0, 3, 1, 2)) for type_ in TYPES),
    case("matrix", "INT8", (3, 5), (1, 0)),
    case("nothing", "INT8", (3, 5), (0, 1)),
    case("only_ones_move", "INT8", (3, 1, 5), (1, 0, 2)),
    case("batches", "INT8", (2, 3, 4), (2, 0, 1)),
    case("neighbours", "INT8", (2, 3, 4, 5), (2, 3, 0, 1)),
    case("from_the_end", "INT8", (2, 3, 4), (0, -1, -2)),
    case("vector", "INT8", (4,), (0,)),
    case("five", "INT16", (2, 1, 3, 2, 4), (4, 1, 3, 0, 2)),
    case("six", "FLOAT32", (2, 3, 1, 2, 2, 3), (5, 3, 0, 4, 1, 2)),
)


def strategy() -> SearchStrategy[Case]:
    """Permutations of up to six dimensions."""
    from hypothesis import strategies as st

    def of_shape(shape: list[int]) -> SearchStrategy[Case]:
        perm = st.permutations(range(len(shape))).map(tuple)
        return st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.just(tuple(shape)), perm)

    return st.lists(st.integers(1, 4), min_size=1, max_size=6).flatmap(of_shape)
