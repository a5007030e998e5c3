# SPDX-License-Identifier: Apache-2.0
"""Cases of ABS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case, tensor
from packlight.dev.elementwise import unary

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SCALES = {
    "same_scale": ((0.05, -7), (0.05, -128)),
    "coarser": ((0.001, 3), (0.9, -3)),
    "finer": ((3.0, 127), (0.002, -3)),
    "extreme_zero_points": ((0.05, -128), (0.07, 127)),
}
INT16 = {"same_scale": (0.01, 0.01), "coarser": (0.001, 0.9), "finer": (0.5, 0.002)}
WIDE = [-32768, -32767, -1000, -1, 0, 1, 1000, 32767]


def plain(type_: str, values: object) -> Case:
    """Integers without a scale."""
    given = np.asarray(values)
    operands = [tensor(type_, *given.shape, values=given)], [tensor(type_, *given.shape)]
    return Case(f"{type_.lower()}_plain", "ABS", *operands, version=3)


CASES = (
    *(unary("rank_3", "ABS", types=(type_, type_), shape=(3, 1, 5)) for type_ in ("INT8", "FLOAT32")),
    *(
        unary(name, "ABS", types=("INT8", "INT8"), shape=(256,), scales=scales, values=np.arange(-128, 128))
        for name, scales in SCALES.items()
    ),
    *(
        unary(
            name, "ABS", types=("INT16", "INT16"), shape=(8,), scales=((first, 0), (second, 0)), values=WIDE, version=3
        )
        for name, (first, second) in INT16.items()
    ),
    plain("INT16", WIDE),
    plain("INT32", [-(1 << 31), 1 - (1 << 31), -1, 0, 1, (1 << 31) - 1]),
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs."""
    from hypothesis import strategies as st

    symmetric = st.tuples(st.floats(1e-5, 0.1), st.just(0))
    by_type = {"INT8": elementwise.scales(), "INT16": symmetric, "FLOAT32": symmetric}
    return st.sampled_from(sorted(by_type)).flatmap(
        lambda type_: st.builds(
            unary,
            st.just("drawn"),
            st.just("ABS"),
            types=st.just((type_, type_)),
            shape=elementwise.shapes(),
            scales=st.tuples(by_type[type_], by_type[type_]),
        )
    )
