# SPDX-License-Identifier: Apache-2.0
"""Cases of MIRROR_PAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


Pairs = tuple[tuple[int, int], ...]


def case(name: str, type_: str, shape: Shape, paddings: Pairs, mode: str = "REFLECT", index: str = "INT32") -> Case:
    """An input of `shape` with as many elements as `paddings` says mirrored before and after it."""
    padded = tuple(before + size + after for size, (before, after) in zip(shape, paddings, strict=True))
    input_, output = (operand(type_, each, SCALES.get(type_)) for each in (shape, padded))
    inputs = [input_, constant(index, len(shape), 2, values=paddings)]
    return Case(f"{type_.lower()}_{name}", "MIRROR_PAD", inputs, [output], {"mode": mode}, "MirrorPadOptions", 2)


CASES = (
    *(case("image", type_, (1, 3, 4, 2), ((0, 0), (1, 2), (2, 1), (0, 0))) for type_ in TYPES),
    case("image_symmetric", "INT8", (1, 3, 4, 2), ((0, 0), (1, 2), (2, 1), (0, 0)), "SYMMETRIC"),
    case("vector", "INT8", (4,), ((3, 2),)),
    case("vector_symmetric", "INT8", (4,), ((4, 4),), "SYMMETRIC", "INT64"),
    case("all_sides", "INT8", (2, 3, 2), ((1, 1), (2, 1), (0, 1))),
    case("all_sides_symmetric", "INT8", (2, 3, 2), ((2, 1), (0, 3), (1, 2)), "SYMMETRIC"),
    case("nothing", "INT8", (2, 3), ((0, 0), (0, 0))),
    case("one_side", "INT8", (2, 3), ((0, 1), (0, 0))),
)


def strategy() -> SearchStrategy[Case]:
    """Paddings up to what there is to mirror, in both modes, around up to four dimensions."""
    from hypothesis import strategies as st

    def padded(size: int, mode: str) -> SearchStrategy[tuple[int, int]]:
        most = size - (mode == "REFLECT")
        return st.tuples(st.integers(0, most), st.integers(0, most))

    def of(shape: list[int], mode: str) -> SearchStrategy[Case]:
        pairs = st.tuples(*(padded(size, mode) for size in shape))
        index = st.sampled_from(["INT32", "INT64"])
        return st.builds(
            case, st.just("drawn"), st.sampled_from(TYPES), st.just(tuple(shape)), pairs, st.just(mode), index
        )

    shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4)
    return st.tuples(shapes, st.sampled_from(["REFLECT", "SYMMETRIC"])).flatmap(lambda drawn: of(*drawn))
