# SPDX-License-Identifier: Apache-2.0
"""Cases of DEQUANTIZE."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packlight.dev import elementwise
from packlight.dev.case import Case, tensor
from packlight.dev.elementwise import SHAPES

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "INT16")

#: Zeros, subnormal numbers, ends of exponents, infinities.
HALVES = (0.0, -0.0, 2**-24, -(2**-15), 2**-14, 1.0, -1.5, 65504, -65504, float("inf"), float("-inf"))

unary = partial(elementwise.unary, operator="DEQUANTIZE")


def channels(name: str, type_: str, shape: tuple[int, ...], dimension: int) -> Case:
    """A scale and a zero point for each index of a dimension, which TFLM does not read."""
    count = shape[dimension]
    points = [5 + i for i in range(count)]
    scales = [0.01 * (i + 1) for i in range(count)]
    input_ = tensor(type_, *shape, scale=scales, zero_point=points, quantized_dimension=dimension)
    name = f"{type_.lower()}_{name}"
    return Case(name, "DEQUANTIZE", [input_], [tensor("FLOAT32", *shape)], version=5, oracle="litert")


CASES = (
    *(
        made
        for type_ in TYPES
        for made in (
            *(
                unary(name, types=(type_, "FLOAT32"), shape=shape, scales=((0.05, 7), (0, 0)))
                for name, shape in SHAPES.items()
            ),
            unary("tiny_scale", types=(type_, "FLOAT32"), scales=((1e-30, 100), (0, 0))),
            unary("huge_scale", types=(type_, "FLOAT32"), scales=((1e30, 0), (0, 0))),
        )
    ),
    unary("any", types=("FLOAT16", "FLOAT32"), shape=(3, 7)),
    unary("ends", types=("FLOAT16", "FLOAT32"), shape=(len(HALVES),), values=HALVES),
    unary("constant", types=("FLOAT16", "FLOAT32"), shape=(3, 7), constant=True),
    channels("first", "INT8", (3, 4), 0),
    channels("last", "INT8", (2, 3, 4), 2),
    channels("middle", "UINT8", (2, 5, 2, 2), 1),
)


def strategy() -> SearchStrategy[Case]:
    """Random scales and values."""
    from hypothesis import strategies as st

    def drawn(type_: str) -> SearchStrategy[Case]:
        pair = st.tuples(elementwise.scales(type_=type_), st.just((0.0, 0)))
        types = st.just((type_, "FLOAT32"))
        return st.builds(unary, st.just("drawn"), types=types, shape=elementwise.shapes(), scales=pair)

    return st.sampled_from(TYPES).flatmap(drawn)
