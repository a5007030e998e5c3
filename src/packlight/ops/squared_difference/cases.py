# SPDX-License-Identifier: Apache-2.0
"""Cases of SQUARED_DIFFERENCE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev import pairs
from packlight.dev.case import Case
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "INT16", "INT32", "FLOAT32")
NAME = "SQUARED_DIFFERENCE"

CASES = (
    *pairs.few(NAME, TYPES),
    pair("constant", NAME, "INT8", shapes=((3, 4), (4,)), constants=(False, True)),
    pair("coarse", NAME, "INT8", scales=((0.02, -128), (0.02, 127), (4.0, -128))),
    pair("fine", NAME, "INT8", scales=((0.3, 5), (0.001, -3), (0.02, 127))),
    pair("coarse", NAME, "INT16", scales=((0.001, 0), (0.0001, 0), (0.3, 0))),
)


def strategy() -> SearchStrategy[Case]:
    """Random differences."""
    return pairs.draws({NAME: TYPES}, output_scale=(0.05, 5.0))
