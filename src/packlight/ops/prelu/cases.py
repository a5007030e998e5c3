# SPDX-License-Identifier: Apache-2.0
"""Cases of PRELU."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev import pairs
from packlight.dev.case import Case
from packlight.dev.elementwise import BROADCASTS
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "FLOAT32")


def wide(name: str, **more: Any) -> Case:
    """int16 with an alpha of int8."""
    return pair(name, "PRELU", "INT16", second={"type_": "INT8"}, **more)


CASES = (
    *pairs.few("PRELU", ("INT8", "FLOAT32")),
    *(pair(name, "PRELU", "UINT8", shapes=BROADCASTS[name]) for name in ("same", "bias")),
    *(pair("constant", "PRELU", type_, shapes=((1, 2, 3, 4), (1, 1, 4)), constants=(False, True)) for type_ in TYPES),
    *(wide(name, shapes=BROADCASTS[name]) for name in pairs.FEW),
    pair("alpha_of_16_bits", "PRELU", "INT16", shapes=((1, 2, 3, 4), (1, 1, 4)), constants=(False, True)),
    pair("far_scales", "PRELU", "INT8", scales=((0.5, -128), (0.001, 127), (0.01, 20))),
)


def strategy() -> SearchStrategy[Case]:
    """Random inputs of each type."""
    return pairs.draws({"PRELU": TYPES}) | pairs.draws({"PRELU": ("INT16",)}, second={"type_": "INT8"})
