# SPDX-License-Identifier: Apache-2.0
"""Cases of RELU and RELU6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES, unary

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ALL = np.arange(-128, 128)
SCALES = {
    "same_scale": ((0.05, -7), (0.05, -7)),
    "full_range": ((0.05, 0), (0.025, -128)),
    "extreme_zero_points": ((0.05, 127), (0.07, -128)),
    "nothing_left": ((0.05, -128), (0.07, 127)),
    "coarser": ((0.001, 3), (0.9, -3)),
    "finer": ((3.0, 3), (0.002, -3)),
    "six_out_of_range": ((0.01, 100), (0.01, 100)),
}

CASES = tuple(
    made
    for operator in ("RELU", "RELU6")
    for made in (
        *(
            unary(name, operator, types=(type_, type_), shape=shape)
            for type_ in ("INT8", "FLOAT32")
            for name, shape in SHAPES.items()
        ),
        *(
            unary(name, operator, types=("INT8", "INT8"), shape=(256,), scales=scales, values=ALL)
            for name, scales in SCALES.items()
        ),
        unary("wide", operator, types=("FLOAT32", "FLOAT32"), shape=(81,), values=np.linspace(-10, 10, 81)),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs."""
    from hypothesis import strategies as st

    return st.builds(
        unary,
        st.just("drawn"),
        st.sampled_from(["RELU", "RELU6"]),
        types=st.sampled_from([("INT8", "INT8"), ("FLOAT32", "FLOAT32")]),
        shape=elementwise.shapes(),
        scales=st.tuples(elementwise.scales(), elementwise.scales()),
    )
