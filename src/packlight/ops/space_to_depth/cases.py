# SPDX-License-Identifier: Apache-2.0
"""Cases of SPACE_TO_DEPTH and DEPTH_TO_SPACE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT32", "INT64")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def case(name: str, type_: str, back: bool, deep: Shape, block: int) -> Case:
    """Batches, rows, columns and channels; the channels of the deep tensor are block * block times as many."""
    batches, rows, columns, channels = deep
    shapes = (batches, rows * block, columns * block, channels), (batches, rows, columns, channels * block * block)
    ends = [operand(type_, shape, SCALES.get(type_)) for shape in shapes]
    names = ("DEPTH_TO_SPACE", "DepthToSpaceOptions") if back else ("SPACE_TO_DEPTH", "SpaceToDepthOptions")
    input_, output = reversed(ends) if back else ends
    name = f"{type_.lower()}_{name}"
    return Case(name, names[0], [input_], [output], {"block_size": block}, names[1], 2 if type_ == "INT8" else 1)


CASES = tuple(
    made
    for back in (False, True)
    for made in (
        *(case("image", type_, back, (1, 2, 3, 2), 2) for type_ in TYPES),
        case("batches", "INT8", back, (2, 1, 2, 1), 3),
        case("block_of_one", "INT8", back, (1, 2, 3, 2), 1),
        case("one_position", "INT8", back, (1, 1, 1, 3), 2),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Small images and blocks."""
    from hypothesis import strategies as st

    deep = st.tuples(st.integers(1, 2), st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
    return st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.booleans(), deep, st.integers(1, 4))
