# SPDX-License-Identifier: Apache-2.0
"""Cases of DIV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev import pairs
from packlight.dev.case import Case
from packlight.dev.elementwise import BROADCASTS
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "INT16", "INT32", "FLOAT32")
FUSED = {name: {"fused_activation_function": name} for name in ("RELU", "RELU6", "RELU_N1_TO_1")}
#: No divisor is zero, whose quotient the oracles leave open.
POINTS = {"INT8": (-100, 10), "UINT8": (10, 140)}
DIVISORS = {"INT8": (20, 127), "UINT8": (150, 255), "INT16": (1, 32767), "INT32": (1, 100), "FLOAT32": (0.5, 3.0)}


def of(name: str, type_: str, **more: Any) -> Case:
    """A division by random numbers of `DIVISORS`."""
    return pair(name, "DIV", type_, second=dict(zip(("low", "high"), DIVISORS[type_], strict=True)), **more)


CASES = (
    *(of(name, type_, shapes=BROADCASTS[name]) for type_ in TYPES for name in pairs.FEW),
    *(of(name.lower(), type_, options=option) for type_ in TYPES for name, option in FUSED.items()),
    of("constant", "INT8", shapes=BROADCASTS["bias"], constants=(False, True)),
    of("negative", "INT8", scales=((0.05, -128), (0.03, 19), (0.2, 0))),
    pair("negative", "DIV", "INT32", second={"low": -9, "high": -1}),
    of("small_ratio", "INT8", scales=((0.002, 3), (0.4, -5), (0.3, 7))),
    of("large_ratio", "INT8", scales=((0.5, 3), (0.004, -5), (0.01, 7))),
)


def strategy() -> SearchStrategy[Case]:
    """Random quotients."""
    from hypothesis import strategies as st

    names = ("NONE", "RELU", "RELU6", "RELU_N1_TO_1")

    def of_type(type_: str) -> SearchStrategy[Case]:
        second = dict(zip(("low", "high"), DIVISORS[type_], strict=True))
        return pairs.draws({"DIV": (type_,)}, activations=names, second=second, points=POINTS.get(type_))

    return st.one_of(*map(of_type, TYPES))
