# SPDX-License-Identifier: Apache-2.0
"""Cases of LOGISTIC and TANH."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES, Scale

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

OUTPUT = (1 / 256, -128)
#: Scale and zero point of the output, by operator and type.
OUTPUTS: dict[tuple[str, str], Scale] = {
    **{("LOGISTIC", "INT8"): OUTPUT, ("LOGISTIC", "UINT8"): (1 / 256, 0)},
    **{("TANH", "INT8"): (1 / 128, 0), ("TANH", "UINT8"): (1 / 128, 128)},
    **dict.fromkeys([("LOGISTIC", "INT16"), ("TANH", "INT16")], (1 / 32768, 0)),
    **dict.fromkeys([("LOGISTIC", "FLOAT32"), ("TANH", "FLOAT32")], (0.0, 0)),
}
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

#: int16: the powers of 2 have a path of their own.
SCALES16 = {"q3": 2**-12, "q4": 2**-11, "q2": 2**-13, "any": 3e-4, "fine": 1e-7, "steep": 0.3}
ENDS = [-32768, -32767, -30000, -21845, -21760, -257, -1, 0, 1, 255, 256, 257, 511, 512, 513, 10000, 21760, 32767]


def case(name: str, operator: str, type_: str, shape: elementwise.Shape = (2, 7), scale: Scale = (0.05, 7)) -> Case:
    """With the output's scale as the operator has it."""
    scale = (scale[0] / 256, 0) if type_ == "INT16" else scale
    scales = (scale, OUTPUTS[operator, type_])
    return elementwise.unary(name, operator, types=(type_, type_), shape=shape, scales=scales, version=3)


CASES = (
    *(case(name, shape=shape) for case in (INT8, FLOAT32) for name, shape in SHAPES.items()),
    *(INT8(name, shape=(256,), scales=(scale, OUTPUT), values=np.arange(-128, 128)) for name, scale in SCALES.items()),
    FLOAT32("wide", shape=(401,), values=np.linspace(-100, 100, 401)),
    *(case("rank_3", "TANH", type_, (3, 1, 5)) for type_ in ("INT8", "UINT8", "FLOAT32")),
    case("rank_3", "LOGISTIC", "UINT8", (3, 1, 5)),
    FLOAT32("wide", operator="TANH", shape=(101,), values=np.linspace(-12, 12, 101)),
    FLOAT32("tiny", operator="TANH", shape=(6,), values=[0.0, 1e-30, -1e-5, 2e-4, -3e-4, 0.2]),
    *(
        INT8(name, operator="TANH", shape=(256,), scales=(scale, (1 / 128, 0)), values=np.arange(-128, 128))
        for name, scale in SCALES.items()
    ),
    *(
        elementwise.unary(
            name,
            operator,
            types=("INT16", "INT16"),
            shape=(18,),
            scales=((scale, 0), OUTPUTS[operator, "INT16"]),
            values=ENDS,
            version=3,
        )
        for operator in ("LOGISTIC", "TANH")
        for name, scale in SCALES16.items()
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs."""
    from hypothesis import strategies as st

    return st.sampled_from(sorted(OUTPUTS)).flatmap(
        lambda pair: st.builds(
            case,
            st.just("drawn"),
            st.just(pair[0]),
            st.just(pair[1]),
            elementwise.shapes(),
            elementwise.scales(2**-10, 2, "UINT8" if pair[1] == "UINT8" else "INT8"),
        )
    )
