# SPDX-License-Identifier: Apache-2.0
"""Cases of LOGISTIC."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

OUTPUT = (1 / 256, -128)
INT8 = partial(elementwise.unary, operator="LOGISTIC", types=("INT8", "INT8"), scales=((0.05, -7), OUTPUT))
FLOAT32 = partial(elementwise.unary, operator="LOGISTIC", types=("FLOAT32", "FLOAT32"), version=1)

SCALES = {
    "flat": (1e-8, 0),
    "fine": (0.003, 127),
    "middle": (0.05, 0),
    "power_of_2": (0.125, -128),
    "steep": (1.0, 3),
    "one_step_inside": (7.9, 0),
    "no_step_inside": (8.0, 0),
    "huge_scale": (1e9, 9),
}

CASES = (
    *(case(name, shape=shape) for case in (INT8, FLOAT32) for name, shape in SHAPES.items()),
    *(INT8(name, shape=(256,), scales=(scale, OUTPUT), values=np.arange(-128, 128)) for name, scale in SCALES.items()),
    FLOAT32("wide", shape=(401,), values=np.linspace(-100, 100, 401)),
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs."""
    from hypothesis import strategies as st

    return st.builds(
        elementwise.unary,
        st.just("drawn"),
        st.just("LOGISTIC"),
        types=st.sampled_from([("INT8", "INT8"), ("FLOAT32", "FLOAT32")]),
        shape=elementwise.shapes(),
        scales=st.tuples(elementwise.scales(2**-10, 2), st.just(OUTPUT)),
    )
