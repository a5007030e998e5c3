# SPDX-License-Identifier: Apache-2.0
"""Cases of SPLIT, SPLIT_V and UNPACK."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant
from packlight.dev.elementwise import operand, shapes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32")  # of SPLIT INT64 too, of UNPACK BOOL
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def split(name: str, type_: str, shape: Shape, axis: int, sizes: Sequence[int], axis_shape: Shape = ()) -> Case:
    """An input like `shape`, cut along `axis`: SPLIT for parts of one size, else SPLIT_V."""
    axis_ = constant("INT32", *axis_shape, values=axis)

    def sized(size: int) -> Shape:
        return tuple(size if i == axis % len(shape) else n for i, n in enumerate(shape))

    input_, *outputs = (operand(type_, sized(size), SCALES.get(type_)) for size in (sum(sizes), *sizes))
    options = {"num_splits": len(sizes)}
    if len(set(sizes)) == 1:
        return Case(f"{type_.lower()}_{name}", "SPLIT", [axis_, input_], outputs, options, "SplitOptions", 2)
    inputs = [input_, constant("INT32", len(sizes), values=sizes), axis_]
    return Case(f"{type_.lower()}_{name}", "SPLIT_V", inputs, outputs, options, "SplitVOptions", 2)


def unpack(name: str, type_: str, shape: Shape, axis: int) -> Case:
    """An input of `shape` in as many parts as `axis` has indices."""
    part = shape[: axis % len(shape)] + shape[axis % len(shape) + 1 :]
    input_, output = (operand(type_, each, SCALES.get(type_)) for each in (shape, part))
    count = shape[axis]
    options = {"num": count, "axis": axis}
    return Case(f"{type_.lower()}_{name}", "UNPACK", [input_], [output] * count, options, "UnpackOptions", 2)


CASES = (
    *(split("columns", type_, (2, 3, 0), -1, (2, 2)) for type_ in (*TYPES, "INT64")),
    *(split("parts", type_, (2, 0, 3), 1, (2, 1, 3)) for type_ in (*TYPES, "INT64")),
    *(unpack("rows", type_, (2, 3, 4), 1) for type_ in (*TYPES, "BOOL")),
    split("batches", "INT8", (0, 2, 3), 0, (1, 1, 1)),
    split("vector", "INT8", (0,), 0, (2, 2), (1,)),
    split("one", "INT8", (2, 0), 1, (4,)),
    split("two_parts", "INT8", (2, 2, 0, 2), -2, (1, 4)),
    split("batch_parts", "INT8", (0, 3), 0, (3, 1), (1,)),
    unpack("vector", "INT8", (3,), 0),
    unpack("last", "INT8", (2, 2, 3), -1),
    unpack("batches", "INT8", (3, 2, 2, 2), 0),
    unpack("one", "INT8", (2, 1, 3), 1),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes, axes and sizes."""
    from hypothesis import strategies as st

    name, types = st.just("drawn"), st.sampled_from(TYPES)

    def of_shape(shape: Shape) -> SearchStrategy[Case]:
        axis = st.integers(-len(shape), len(shape) - 1)
        equal = st.builds(lambda size, count: (size,) * count, st.integers(1, 3), st.integers(1, 5))
        sizes = equal | st.lists(st.integers(1, 4), min_size=2, max_size=6)
        return st.builds(split, name, types, st.just(shape), axis, sizes) | st.builds(
            unpack, name, types, st.just(shape), axis
        )

    return shapes().flatmap(of_shape)
