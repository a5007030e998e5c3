# SPDX-License-Identifier: Apache-2.0
"""Cases of DEQUANTIZE."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "INT16")

unary = partial(elementwise.unary, operator="DEQUANTIZE")

CASES = tuple(
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
)


def strategy() -> SearchStrategy[Case]:
    """Random scales and values."""
    from hypothesis import strategies as st

    def drawn(type_: str) -> SearchStrategy[Case]:
        pair = st.tuples(elementwise.scales(type_=type_), st.just((0.0, 0)))
        types = st.just((type_, "FLOAT32"))
        return st.builds(unary, st.just("drawn"), types=types, shape=elementwise.shapes(), scales=pair)

    return st.sampled_from(TYPES).flatmap(drawn)
