# SPDX-License-Identifier: Apache-2.0
"""Cases of BROADCAST_TO, TILE and FILL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant
from packlight.dev.elementwise import operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def broadcast_to(name: str, type_: str, shape: Shape, result: Shape, index: str = "INT32") -> Case:
    """An input of `shape` that becomes one of the shape `result`."""
    input_, output = (operand(type_, each, SCALES.get(type_)) for each in (shape, result))
    inputs = [input_, constant(index, len(result), values=result)]
    return Case(f"{type_.lower()}_{name}", "BROADCAST_TO", inputs, [output], {}, "BroadcastToOptions", 3)


def tile(name: str, type_: str, shape: Shape, multiples: Shape, index: str = "INT32") -> Case:
    """An input of `shape` `multiples` times along each dimension."""
    result = tuple(size * count for size, count in zip(shape, multiples, strict=True))
    input_, output = (operand(type_, each, SCALES.get(type_)) for each in (shape, result))
    inputs = [input_, constant(index, len(shape), values=multiples)]
    return Case(f"{type_.lower()}_{name}", "TILE", inputs, [output], {}, "TileOptions")


def fill(name: str, type_: str, shape: Shape, index: str = "INT32") -> Case:
    """A value as often as `shape` has elements."""
    inputs = [constant(index, len(shape), values=shape), operand(type_, (), SCALES.get(type_))]
    output = operand(type_, shape, SCALES.get(type_))
    return Case(f"{type_.lower()}_{name}", "FILL", inputs, [output], {}, "FillOptions", 3)


CASES = (
    *(broadcast_to("both", type_, (3, 1, 2), (2, 3, 4, 2)) for type_ in TYPES),
    *(tile("both", type_, (2, 3), (2, 3)) for type_ in TYPES),
    *(fill("both", type_, (2, 3)) for type_ in TYPES),
    broadcast_to("rows", "INT8", (1, 4), (3, 4)),
    broadcast_to("columns", "INT8", (3, 1), (3, 4), "INT64"),
    broadcast_to("element", "INT8", (1,), (2, 3)),
    broadcast_to("nothing", "INT8", (2, 3), (2, 3)),
    broadcast_to("five", "INT8", (1, 2, 1, 2, 1), (2, 2, 3, 2, 2)),
    tile("vector", "INT8", (3,), (4,), "INT64"),
    tile("nothing", "INT8", (2, 3), (1, 1)),
    tile("four", "INT8", (2, 1, 3, 2), (2, 3, 2, 2)),
    tile("five", "INT8", (2, 2, 2, 2, 2), (2, 2, 2, 2, 2)),
    tile("inner", "INT8", (2, 3), (1, 3)),
    fill("vector", "INT8", (7,), "INT64"),
    fill("four", "INT8", (2, 1, 3, 2)),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes; those to broadcast have some dimensions of size 1, or lack outer ones."""
    from hypothesis import strategies as st

    name, types, index = st.just("drawn"), st.sampled_from(TYPES), st.sampled_from(["INT32", "INT64"])
    result = st.lists(st.integers(1, 4), min_size=1, max_size=5).map(tuple)

    def to(result: Shape) -> SearchStrategy[Case]:
        kept = st.lists(st.booleans(), min_size=len(result), max_size=len(result))
        ones = kept.map(lambda keep: tuple(n if k else 1 for n, k in zip(result, keep, strict=True)))
        shape = st.builds(lambda full, skip: full[skip:] or (1,), ones, st.integers(0, len(result)))
        return st.builds(broadcast_to, name, types, shape, st.just(result), index)

    def tiled(pairs: list[tuple[int, int]]) -> SearchStrategy[Case]:
        shape, multiples = zip(*pairs, strict=True)
        return st.builds(tile, name, types, st.just(shape), st.just(multiples), index)

    pairs = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4)
    return result.flatmap(to) | pairs.flatmap(tiled) | st.builds(fill, name, types, result, index)
