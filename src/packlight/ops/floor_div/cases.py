# SPDX-License-Identifier: Apache-2.0
"""Cases of FLOOR_DIV and FLOOR_MOD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev import pairs
from packlight.dev.case import Case
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = {
    "FLOOR_DIV": ("INT8", "INT16", "INT32", "FLOAT32"),
    "FLOOR_MOD": ("INT8", "INT16", "INT32", "INT64", "FLOAT32"),
}
#: No divisor is 0, which the oracles refuse, or -1: the least integer over it overflows as the oracle was compiled.
DIVISORS = ({"low": 1, "high": 17}, {"low": -17, "high": -2})

CASES = (
    *(
        each
        for name, types in TYPES.items()
        for type_ in types
        for each in pairs.few(name, [type_], second=DIVISORS[0])
    ),
    *(pair("negative", name, type_, second=DIVISORS[1]) for name, types in TYPES.items() for type_ in types),
    *(
        pair("whole", name, "FLOAT32", shapes=((6,), (6,)), second={"values": [0.1, -0.1, 3, -3, 1e20, 0.7]})
        for name in TYPES
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random quotients and remainders."""
    return pairs.draws(TYPES, second=DIVISORS[0]) | pairs.draws(TYPES, second=DIVISORS[1])
