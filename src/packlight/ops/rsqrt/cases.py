# SPDX-License-Identifier: Apache-2.0
"""Cases of RSQRT."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import Scale

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    type_: str = "INT8",
    shape: elementwise.Shape = (17,),
    scales: tuple[Scale, Scale] = ((0.05, -7), (0.1, 3)),
) -> Case:
    """Inputs from 0 to the end of the type; TFLM refuses negative ones."""
    if type_ == "FLOAT32":
        return elementwise.unary(name, "RSQRT", types=(type_, type_), shape=shape, version=1, low=1e-3, high=9)
    if type_ == "INT16":
        scales = ((scales[0][0] / 256, 0), (scales[1][0] / 256, 0))
    low, high = (scales[0][1], 127) if type_ == "INT8" else (0, 32767)
    values = np.resize(np.linspace(low, high, 256 if type_ == "INT8" else 5000).astype(int), shape)
    return elementwise.unary(name, "RSQRT", types=(type_, type_), shape=shape, scales=scales, values=values, version=3)


SCALES: dict[str, tuple[Scale, Scale]] = {
    "fine": ((0.001, -128), (0.5, -128)),
    "coarse": ((0.9, 3), (0.01, 100)),
    "saturating": ((0.001, 0), (0.001, 0)),
    "ones": ((1.0, 0), (1.0, 0)),
}
CASES = (
    *(case("rank_3", type_, (3, 1, 5)) for type_ in ("INT8", "INT16", "FLOAT32")),
    *(case(name, type_, (256,), scales) for type_ in ("INT8", "INT16") for name, scales in SCALES.items()),
    elementwise.unary("zero", "RSQRT", types=("FLOAT32", "FLOAT32"), shape=(3,), values=[0.0, 1e30, 1e-30], version=1),
)


def strategy() -> SearchStrategy[Case]:
    """Random types, shapes and scales."""
    from hypothesis import strategies as st

    types = st.sampled_from(["INT8", "INT16", "FLOAT32"])
    scales = st.tuples(elementwise.scales(), elementwise.scales())
    return st.builds(case, st.just("drawn"), types, elementwise.shapes(), scales)
