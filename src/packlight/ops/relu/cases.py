# SPDX-License-Identifier: Apache-2.0
"""Cases of RELU, RELU6, RELU_N1_TO_1, RELU_0_TO_1 and LEAKY_RELU."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES, Scale, unary

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

SIX = tuple(
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


#: Scales of input and output, int16.
SCALES16 = {"same_scale": (1e-3, 1e-3), "coarser": (1e-4, 0.01), "finer": (0.1, 1e-3)}
WIDE = [-32768, -12345, -100, -1, 0, 1, 100, 599, 600, 601, 6000, 30000, 32767]
#: Operators by what stands for their alpha.
ALPHAS = {"RELU": None, "RELU6": None, "RELU_N1_TO_1": None, "RELU_0_TO_1": None, "LEAKY_RELU": 0.1}


def case(name: str, operator: str, type_: str, *, alpha: float | None = None, **more: Any) -> Case:
    """As `unary`, with an alpha for LEAKY_RELU; LiteRT knows version 1 of the operators that TFLM lacks."""
    made = unary(name, operator, types=(type_, type_), version=1 if "1" in operator else 2, **more)
    return made if alpha is None else replace(made, options={"alpha": alpha}, options_type="LeakyReluOptions")


def of_uint8(scales: tuple[Scale, Scale]) -> tuple[Scale, Scale]:
    """Zero points 128 higher."""
    (first, zero1), (second, zero2) = scales
    return (first, zero1 + 128), (second, zero2 + 128)


def int16(operator: str, **more: Any) -> list[Case]:
    pairs = {name: ((first, 0), (second, 0)) for name, (first, second) in SCALES16.items()}
    given = {"shape": (13,), "values": WIDE, **more}
    return [case(name, operator, "INT16", scales=scales, **given) for name, scales in pairs.items()]


CASES = (
    *SIX,
    *(made for operator, alpha in ALPHAS.items() if "1" not in operator for made in int16(operator, alpha=alpha)),
    *(
        case(name, operator, type_, alpha=alpha, shape=(256,), scales=scales, values=values)
        for operator, alpha in ALPHAS.items()
        for type_, values, pairs in (
            ("INT8", ALL, SCALES if operator not in ("RELU", "RELU6") else {}),
            ("UINT8", ALL + 128, {"finer": of_uint8(SCALES["finer"]), "full_range": of_uint8(SCALES["full_range"])}),
        )
        for name, scales in pairs.items()
    ),
    *(
        case("wide", operator, "FLOAT32", alpha=alpha, shape=(81,), values=np.linspace(-10, 10, 81))
        for operator, alpha in list(ALPHAS.items())[2:]
    ),
    case("negative", "LEAKY_RELU", "INT8", alpha=-0.3, shape=(256,), values=ALL),
    case("steep", "LEAKY_RELU", "INT8", alpha=1.7, shape=(256,), values=ALL),
    case("negative", "LEAKY_RELU", "INT16", alpha=-0.3, scales=((1e-3, 0), (2e-3, 0)), shape=(13,), values=WIDE),
    case("negative", "LEAKY_RELU", "FLOAT32", alpha=-0.3),
)


def strategy() -> SearchStrategy[Case]:
    """Random operators, types, shapes and scales."""
    from hypothesis import strategies as st

    symmetric = st.tuples(st.floats(1e-5, 1e-2), st.just(0))
    by_type = {t: elementwise.scales(type_=t) for t in ("INT8", "UINT8")} | {"INT16": symmetric, "FLOAT32": symmetric}

    def drawn(pair: tuple[str, str]) -> SearchStrategy[Case]:
        operator, type_ = pair
        alpha = st.floats(-2, 2, width=32) if operator == "LEAKY_RELU" else st.none()
        scales, shape = st.tuples(by_type[type_], by_type[type_]), elementwise.shapes()
        names = (st.just("drawn"), st.just(operator), st.just(type_))
        return st.builds(case, *names, alpha=alpha, shape=shape, scales=scales)

    pairs = [(operator, type_) for operator in ALPHAS for type_ in by_type if type_ != "INT16" or "1" not in operator]
    return st.sampled_from(pairs).flatmap(drawn)
