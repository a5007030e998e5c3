# SPDX-License-Identifier: Apache-2.0
"""Cases of HARD_SWISH."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import Scale

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

unary = partial(elementwise.unary, operator="HARD_SWISH", version=1)
SCALES: dict[str, tuple[Scale, Scale]] = {
    "usual": ((0.05, -7), (0.04, -113)),
    "fine": ((0.001, 127), (0.002, -128)),
    "coarse": ((0.9, -128), (0.5, 3)),
    "gate_of_one": ((0.0117, 0), (0.0118, 0)),
}


def unsigned(scales: tuple[Scale, Scale]) -> tuple[Scale, Scale]:
    """The same for uint8."""
    (first, zero1), (second, zero2) = scales
    return (first, zero1 + 128), (second, zero2 + 128)


CASES = (
    unary("wide", types=("FLOAT32", "FLOAT32"), shape=(81,), values=np.linspace(-10, 10, 81)),
    unary("rank_4", types=("INT8", "INT8"), shape=(1, 5, 4, 3)),
    *(
        unary(name, types=("INT8", "INT8"), shape=(256,), scales=scales, values=np.arange(-128, 128))
        for name, scales in SCALES.items()
    ),
    unary("usual", types=("UINT8", "UINT8"), shape=(256,), scales=unsigned(SCALES["usual"]), values=np.arange(256)),
)


def strategy() -> SearchStrategy[Case]:
    """Random types, shapes and scales."""
    from hypothesis import strategies as st

    def drawn(type_: str) -> SearchStrategy[Case]:
        scales = elementwise.scales(type_=type_ if type_ != "FLOAT32" else "INT8")
        shape, types = elementwise.shapes(), st.just((type_, type_))
        return st.builds(unary, st.just("drawn"), types=types, shape=shape, scales=st.tuples(scales, scales))

    return st.sampled_from(["INT8", "UINT8", "FLOAT32"]).flatmap(drawn)
