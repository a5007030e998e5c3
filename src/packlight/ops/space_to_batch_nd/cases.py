# SPDX-License-Identifier: Apache-2.0
"""Cases of SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


Pairs = tuple[tuple[int, int], ...]


def case(name: str, type_: str, back: bool, shape: Shape, blocks: Shape, around: Pairs) -> Case:
    """Batches, space and the rest of `shape`: the size of space in batches; `around` is cut off or added in wide.

    BATCH_TO_SPACE_ND where `back`.
    """
    batches, space, rest = shape[0], shape[1 : 1 + len(blocks)], shape[1 + len(blocks) :]
    sizes = zip(space, blocks, around, strict=True)
    wide = (batches, *(size * block - sum(pair) for size, block, pair in sizes), *rest)
    input_, output = (
        operand(type_, each, SCALES.get(type_)) for each in (wide, (batches * prod(blocks), *space, *rest))
    )
    table = constant("INT32", len(blocks), 2, values=around)
    block_shape = constant("INT32", len(blocks), values=blocks)
    # TFLM leaves the elements around the input unset for 8 bits.
    names = ("BATCH_TO_SPACE_ND", "BatchToSpaceNDOptions") if back else ("SPACE_TO_BATCH_ND", "SpaceToBatchNDOptions")
    ends = (output, input_) if back else (input_, output)
    name = f"{type_.lower()}_{name}"
    return Case(name, names[0], [ends[0], block_shape, table], [ends[1]], {}, names[1], 3, oracle="litert")


CASES = tuple(
    made
    for back in (False, True)
    for made in (
        *(case("image", type_, back, (1, 2, 3, 2), (2, 2), ((0, 0), (1, 1))) for type_ in TYPES),
        case("plain", "INT8", back, (2, 2, 1, 3), (2, 3), ((0, 0), (0, 0))),
        case("dilated", "INT8", back, (1, 3, 3, 1), (3, 3), ((2, 2), (1, 3))),
        case("one_dimension", "INT8", back, (2, 3, 2), (2,), ((1, 0),)),
        case("whole_blocks", "INT8", back, (1, 3, 3, 2), (2, 2), ((2, 1), (3, 0))),
        case("blocks_of_one", "INT8", back, (1, 4, 2, 1), (1, 2), ((1, 1), (0, 1))),
    )
)


def strategy() -> SearchStrategy[Case]:
    """One or two dimensions of space, as TFLM and TFLite take them."""
    from hypothesis import strategies as st

    def of(space: list[tuple[int, int]], batches: int, channels: int) -> SearchStrategy[Case]:
        def around(size: int, block: int) -> SearchStrategy[tuple[int, int]]:
            most = size * block - 1
            return st.integers(0, most).flatmap(lambda first: st.tuples(st.just(first), st.integers(0, most - first)))

        shape = (batches, *(size for size, _ in space), channels)
        pairs = st.tuples(*(around(size, block) for size, block in space))
        blocks = tuple(block for _, block in space)
        return st.builds(
            case, st.just("drawn"), st.sampled_from(TYPES), st.booleans(), st.just(shape), st.just(blocks), pairs
        )

    dimension = st.tuples(st.integers(1, 4), st.integers(1, 4))
    spaces = st.lists(dimension, min_size=1, max_size=2)
    return st.tuples(spaces, st.integers(1, 2), st.integers(1, 3)).flatmap(lambda drawn: of(*drawn))
