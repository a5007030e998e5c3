# SPDX-License-Identifier: Apache-2.0
"""Cases of GELU."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import Scale

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    type_: str = "INT8",
    *,
    approximate: bool = False,
    shape: elementwise.Shape = (2, 7),
    scales: tuple[Scale, Scale] = ((0.05, 3), (0.04, 11)),
    values: Any = None,
) -> Case:
    """GELU, by the error function or approximately; int16 has zero points of 0."""
    if type_ == "INT16":
        scales = ((scales[0][0] / 256, 0), (scales[1][0] / 256, 0))
    name = f"{name}_approximate" if approximate else name
    made = elementwise.unary(name, "GELU", types=(type_, type_), shape=shape, scales=scales, values=values, version=2)
    return replace(made, options={"approximate": approximate}, options_type="GeluOptions")


CASES = tuple(
    made
    for approximate in (False, True)
    for made in (
        *(case("rank_3", type_, approximate=approximate, shape=(3, 1, 5)) for type_ in ("INT8", "UINT8", "INT16")),
        case("wide", "FLOAT32", approximate=approximate, shape=(81,), values=np.linspace(-10, 10, 81)),
        case("tiny", "FLOAT32", approximate=approximate, shape=(4,), values=[0.0, -0.0, 1e-6, -1e-6]),
        case("all", approximate=approximate, shape=(256,), values=np.arange(-128, 128)),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Random types, shapes and scales."""
    from hypothesis import strategies as st

    def drawn(type_: str) -> SearchStrategy[Case]:
        scales = elementwise.scales(type_="UINT8" if type_ == "UINT8" else "INT8")
        shape, pair = elementwise.shapes(), st.tuples(scales, scales)
        return st.builds(case, st.just("drawn"), st.just(type_), approximate=st.booleans(), shape=shape, scales=pair)

    return st.sampled_from(["INT8", "UINT8", "INT16", "FLOAT32"]).flatmap(drawn)
