# SPDX-License-Identifier: Apache-2.0
"""Cases of MAXIMUM, MINIMUM, LOGICAL_AND and LOGICAL_OR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev import pairs
from packlight.dev.case import Case
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32")

CASES = (
    *(case for name in ("MAXIMUM", "MINIMUM") for case in pairs.few(name, TYPES)),
    *(case for name in ("LOGICAL_AND", "LOGICAL_OR") for case in pairs.few(name, ["BOOL"])),
    *(
        pair(
            "not_a_number", name, "FLOAT32", shapes=((4,), (4,)), second={"values": [float("nan"), 1, -1, float("inf")]}
        )
        for name in ("MAXIMUM", "MINIMUM")
    ),
    pair("constant", "MINIMUM", "INT8", shapes=((2, 3), ()), constants=(False, True)),
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs of each type."""
    numbers = {"MAXIMUM": TYPES, "MINIMUM": TYPES}
    return pairs.draws({**numbers, "LOGICAL_AND": ["BOOL"], "LOGICAL_OR": ["BOOL"]})
