# SPDX-License-Identifier: Apache-2.0
"""Cases of CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT and SQUARE."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import Scale

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: The types of each operator.
TYPES = {
    **dict.fromkeys(("CEIL", "COS", "FLOOR", "ROUND", "SIN", "SQUARE"), ("FLOAT32",)),
    **dict.fromkeys(("EXP", "LOG", "SQRT"), ("FLOAT32", "INT8", "INT16")),
    **{"ELU": ("FLOAT32", "INT8"), "LOGICAL_NOT": ("BOOL",)},
    "NEG": ("FLOAT32", "INT8", "INT16", "INT32", "INT64"),
}
#: Not defined below 0; LiteRT refuses such inputs.
POSITIVE = ("LOG", "SQRT")

NUMBERS: dict[str, Any] = {
    "small": np.linspace(-4, 4, 33),
    "large": [1e3, -1e3, 12345.678, -98765.4, 8388607.5, -8388608.5, 4194303.5, 3e9, -3e9, 1e20, -87.4, 88.5],
    "tiny": [0.0, -0.0, 1e-40, -1e-40, 1e-5, -1e-5, 3e-4, 0.3466, -0.3466, 0.49999997, -0.49999997],
}


def case(
    name: str,
    *,
    operator: str,
    type_: str = "FLOAT32",
    shape: elementwise.Shape = (2, 7),
    scales: tuple[Scale, Scale] = ((0.05, -7), (0.09, 11)),
    values: Any = None,
) -> Case:
    """A case whose inputs the operator is defined for; int16 has zero points of 0."""
    if type_ == "INT16":
        scales = ((scales[0][0] / 256, 0), (scales[1][0] / 256, 0))
    make = partial(elementwise.unary, name, operator, types=(type_, type_), shape=shape, version=1)
    if type_ in ("INT32", "INT64", "BOOL"):
        return _without_scales(make())
    if values is None and operator in POSITIVE:
        if type_ == "FLOAT32":
            return make(low=0.001, high=9)
        low, high = (scales[0][1], 127) if type_ == "INT8" else (0, 32767)
        values = np.resize(np.linspace(low, high, 17), shape)
    return make(scales=scales, values=values)


def _without_scales(case: Case) -> Case:
    inputs = [operand and replace(operand, scale=None) for operand in case.inputs]
    return replace(case, inputs=inputs, outputs=[replace(operand, scale=None) for operand in case.outputs])


CASES = (
    *(case("rank_2", operator=name, type_=type_) for name, types in TYPES.items() for type_ in types),
    *(
        case(kind, operator=name, shape=(len(values),), values=np.abs(values) if name in POSITIVE else values)
        for name, types in TYPES.items()
        if "FLOAT32" in types
        for kind, values in NUMBERS.items()
    ),
    *(case(f"rank_{len(shape)}", operator="NEG", shape=shape) for shape in ((), (2, 1, 3, 2, 2))),
    *(
        case(name, operator=operator, type_="INT8", shape=(128,), scales=scales, values=np.arange(128))
        for operator in ("ELU", "EXP", "LOG", "NEG", "SQRT")
        for name, scales in {"fine": ((0.01, 0), (0.01, -100)), "coarse": ((0.7, 0), (0.5, 3))}.items()
    ),
    *(
        case("ends", operator=operator, type_="INT16", shape=(9,), values=[0, 1, 63, 64, 127, 128, 1000, 32704, 32767])
        for operator in ("EXP", "LOG", "NEG", "SQRT")
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random operators, types, shapes and scales."""
    from hypothesis import strategies as st

    return st.sampled_from([(name, type_) for name, types in TYPES.items() for type_ in types]).flatmap(
        lambda pair: st.builds(
            case,
            st.just("drawn"),
            operator=st.just(pair[0]),
            type_=st.just(pair[1]),
            shape=elementwise.shapes(),
            scales=st.tuples(elementwise.scales(), elementwise.scales()),
        )
    )
