# SPDX-License-Identifier: Apache-2.0
"""Cases of SHAPE, RANK, RANGE and WHERE."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev.case import Case, constant, tensor
from packlight.dev.elementwise import Shape, shapes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def shape(name: str, type_: str, dims: Shape, out_type: str = "INT32") -> Case:
    """The sizes of an input of the shape `dims`."""
    output = tensor(out_type, len(dims))
    name = f"{type_.lower()}_{name}"
    return Case(name, "SHAPE", [tensor(type_, *dims)], [output], {"out_type": out_type}, "ShapeOptions")


def rank(name: str, type_: str, dims: Shape) -> Case:
    """How many dimensions an input has."""
    return Case(f"{type_.lower()}_{name}", "RANK", [tensor(type_, *dims)], [tensor("INT32")], {}, "RankOptions")


def range_(name: str, type_: str, start: float, limit: float, delta: float) -> Case:
    """Numbers from `start` to before `limit`."""
    inputs = [constant(type_, values=value) for value in (start, limit, delta)]
    first, last, step = (np.array(value, type_.lower()) for value in (start, limit, delta))
    output = tensor(type_, int(np.ceil(np.abs((last - first) / step))))
    return Case(f"{type_.lower()}_{name}", "RANGE", inputs, [output], {}, "RangeOptions")


def where(name: str, type_: str, condition: list[object]) -> Case:
    """The positions of what is not 0."""
    values = np.array(condition, type_.lower())
    output = tensor("INT64", int(np.count_nonzero(values)), values.ndim)
    inputs = [constant(type_, *values.shape, values=values)]
    return Case(f"{type_.lower()}_{name}", "WHERE", inputs, [output], {}, "WhereOptions", 1 if type_ == "BOOL" else 2)


CASES = (
    *(shape("of_three", type_, (2, 3, 4)) for type_ in ("INT8", "FLOAT32", "INT64", "BOOL")),
    shape("int64", "INT8", (2, 1), "INT64"),
    shape("of_one", "INT8", (7,)),
    rank("of_three", "INT8", (2, 3, 4)),
    *(range_("up", type_, 2, 11, 3) for type_ in ("INT32", "INT64", "FLOAT32")),
    range_("down", "INT32", 5, -3, -2),
    range_("tenths", "FLOAT32", 0, 1, 0.1),
    where("matrix", "BOOL", [[1, 0, 1], [0, 1, 0]]),
    where("vector", "INT32", [0, 3, -1, 0]),
    where("float", "FLOAT32", [[0.5, 0.0], [0.0, -2.0]]),
)


def strategy() -> SearchStrategy[Case]:
    """Random shapes of inputs; RANGE up and down."""
    from hypothesis import strategies as st

    types = st.sampled_from(["INT8", "FLOAT32", "INT16", "INT32", "INT64", "BOOL", "UINT8"])
    down = st.builds(
        lambda start, size, delta, sign: range_("drawn", "FLOAT32", start, start + sign * size, sign * delta),
        st.floats(-5, 5, width=32),
        st.floats(0.5, 9, width=32),
        st.floats(0.25, 4, width=32),
        st.sampled_from([1, -1]),
    )
    whole = st.builds(
        lambda type_, start, size, delta, sign: range_("drawn", type_, start, start + sign * size, sign * delta),
        st.sampled_from(["INT32", "INT64"]),
        st.integers(-50, 50),
        st.integers(1, 30),
        st.integers(1, 7),
        st.sampled_from([1, -1]),
    )
    given = st.builds(shape, st.just("drawn"), types, shapes(), st.sampled_from(["INT32", "INT64"]))
    return given | st.builds(rank, st.just("drawn"), types, shapes()) | whole | down
