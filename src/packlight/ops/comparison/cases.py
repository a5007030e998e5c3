# SPDX-License-Identifier: Apache-2.0
"""Cases of the comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev import pairs
from packlight.dev.case import Case
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

NUMBERS = ("INT8", "UINT8", "INT32", "INT64", "FLOAT32")
ORDERS = ("GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL")
EQUALITIES = ("EQUAL", "NOT_EQUAL")
#: Few values, so that some are equal.
NEAR = {"low": -2, "high": 2}
SAME = ((0.05, 3), (0.05, 3), (1.0, 0))


def like(name: str, operator: str, type_: str, **more: Any) -> Case:
    """A comparison with a second input of few values."""
    near = {"low": 120, "high": 123} if type_ == "UINT8" else {} if type_ == "BOOL" else NEAR
    more = {"oracle": "litert", **more} if (operator, type_) == ("GREATER", "INT16") else more
    return pair(name, operator, type_, second=near, output="BOOL", **more)


CASES = (
    *(like("same", name, type_) for name in (*ORDERS, *EQUALITIES) for type_ in (*NUMBERS, "INT16")),
    *(like("both_sides", name, "INT8", shapes=((4, 1, 3), (1, 5, 1))) for name in (*ORDERS, *EQUALITIES)),
    *(like("one_scale", name, "INT8", scales=SAME) for name in (*ORDERS, *EQUALITIES)),
    *(like("same", name, "BOOL") for name in EQUALITIES),
    *(
        pair(
            "special",
            name,
            "FLOAT32",
            shapes=((2, 1), (4,)),
            output="BOOL",
            second={"values": [float("nan"), 0, 1, -1]},
        )
        for name in (*ORDERS, *EQUALITIES)
    ),
    like("constant", "LESS", "INT16", shapes=((2, 3), ()), constants=(False, True)),
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs of each type. Scales stay below 1: from there on the oracles shift by a negative number of bits."""
    types: dict[str, tuple[str, ...]] = dict.fromkeys((*ORDERS, *EQUALITIES), (*NUMBERS, "INT16"))
    types["GREATER"] = NUMBERS
    greater = pairs.draws({"GREATER": ("INT16",)}, output="BOOL", oracle="litert", stretches=False)
    bools = pairs.draws(dict.fromkeys(EQUALITIES, ("BOOL",)), output="BOOL")
    return pairs.draws(types, output="BOOL", stretches=False) | greater | bools
