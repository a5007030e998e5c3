# SPDX-License-Identifier: Apache-2.0
"""Cases of MUL."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packlight.dev import elementwise, pairs
from packlight.dev.case import Case
from packlight.dev.elementwise import BROADCASTS
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

INT8, FLOAT32 = (partial(elementwise.binary, operator="MUL", type_=type_) for type_ in ("INT8", "FLOAT32"))

OTHERS = ("UINT8", "INT16", "INT32", "INT64")
FUSED = {name: {"fused_activation_function": name} for name in ("RELU6", "RELU_N1_TO_1")}

CASES = (
    *(case(name, shapes=shapes) for case in (INT8, FLOAT32) for name, shapes in BROADCASTS.items()),
    *(case(name.lower(), activation=name) for case in (INT8, FLOAT32) for name in ("RELU", "RELU6", "RELU_N1_TO_1")),
    *(case("constant", shapes=BROADCASTS["bias"], constants=(False, True)) for case in (INT8, FLOAT32)),
    INT8("constant_first", shapes=BROADCASTS["bias_first"], constants=(True, False)),
    INT8("extreme_zero_points", scales=((0.05, -128), (0.03, 127), (0.3, -128))),
    INT8("larger_than_one", scales=((4.0, 3), (5.0, -4), (0.7, 0))),
    INT8("saturating", scales=((10.0, 127), (10.0, -128), (0.01, 127))),
    INT8("vanishing", scales=((1e-6, 5), (1e-6, -5), (0.25, -5))),
    *pairs.few("MUL", ("UINT8", "INT16", "INT32", "INT64")),
    *(pair(name.lower(), "MUL", type_, options=option) for type_ in OTHERS for name, option in FUSED.items()),
    pair("same", "MUL", "UINT32"),
)


def strategy() -> SearchStrategy[Case]:
    """Random products."""
    names = ("NONE", "RELU", "RELU6", "RELU_N1_TO_1")
    drawn = pairs.draws({"MUL": ("INT8", "FLOAT32", *OTHERS)}, activations=names, output_scale=(0.0005, 0.5))
    return drawn | pairs.draws({"MUL": ("UINT32",)})
