# SPDX-License-Identifier: Apache-2.0
"""Cases of POW."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev import pairs
from packlight.dev.case import Case, tensor
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

BASES = [[0.0], [-0.0], [1.0], [-1.0], [2.5], [-2.5], [0.3], [float("inf")], [float("-inf")], [float("nan")], [1e-40]]
POWERS = [0.0, 1.0, -1.0, 2.0, 3.0, -3.0, 0.5, 16777217.0, float("inf"), float("-inf"), float("nan")]
SPECIAL = Case(
    "float32_special",
    "POW",
    [tensor("FLOAT32", len(BASES), 1, values=BASES), tensor("FLOAT32", len(POWERS), values=POWERS)],
    [tensor("FLOAT32", len(BASES), len(POWERS))],
    options_type="PowOptions",
)
#: What the powers of fit into 31 bits.
SMALL = tensor("INT32", 7, 1, values=[[0], [1], [-1], [2], [-2], [7], [-9]])
INTEGERS = Case(
    "int32_small",
    "POW",
    [SMALL, tensor("INT32", 5, values=[0, 1, 2, 5, 9])],
    [tensor("INT32", 7, 5)],
    options_type="PowOptions",
)

CASES = (
    SPECIAL,
    INTEGERS,
    pair("squares", "POW", "FLOAT32", shapes=((2, 9), ()), second={"values": 2.0, "constant": True}),
    pair("roots", "POW", "FLOAT32", shapes=((2, 9), ()), second={"values": 0.5, "constant": True}),
    *pairs.few("POW", ["FLOAT32"]),
)


def strategy() -> SearchStrategy[Case]:
    """Random powers of floats."""
    from hypothesis import strategies as st

    return st.floats(-9, 9, width=32).flatmap(
        lambda low: pairs.draws({"POW": ["FLOAT32"]}, second={"low": low, "high": 9.0})
    )
