# SPDX-License-Identifier: Apache-2.0
"""Cases of ADD and SUB."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packlight.dev import elementwise, pairs
from packlight.dev.case import Case
from packlight.dev.elementwise import BROADCASTS
from packlight.dev.pairs import pair

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

INT8, FLOAT32 = (partial(elementwise.binary, operator="ADD", type_=type_) for type_ in ("INT8", "FLOAT32"))

TYPES = ("INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32")
FUSED = {name: {"fused_activation_function": name} for name in ("RELU6", "RELU_N1_TO_1")}

CASES = (
    *(case(name, shapes=shapes) for case in (INT8, FLOAT32) for name, shapes in BROADCASTS.items()),
    *(case(name.lower(), activation=name) for case in (INT8, FLOAT32) for name in ("RELU", "RELU6", "RELU_N1_TO_1")),
    *(case("constant", shapes=BROADCASTS["bias"], constants=(False, True)) for case in (INT8, FLOAT32)),
    INT8("constant_first", shapes=BROADCASTS["bias_first"], constants=(True, False)),
    INT8("equal_scales", scales=((0.5, 0), (0.5, 0), (0.5, 0))),
    INT8("far_scales", scales=((4.0, -128), (0.0001, 127), (7.0, 127))),
    INT8("tiny_input", scales=((1e-12, 5), (0.25, -5), (0.25, -5))),
    INT8("tiny_output", scales=((0.05, -128), (0.03, 127), (0.0001, -128))),
    INT8("long_rows", shapes=((2, 333), (2, 333)), scales=((0.0394, -128), (0.1042, 4), (0.0509, -128))),
    INT8("huge_output", scales=((0.05, 127), (0.03, -128), (900.0, 1))),
    *pairs.few("ADD", ("UINT8", "INT16", "INT32", "INT64")),
    *(
        pair(name.lower(), "ADD", type_, options=option)
        for type_ in ("INT16", "INT64")
        for name, option in FUSED.items()
    ),
    # TFLM forgets the activation of an int32 ADD
    *(pair(name.lower(), "ADD", "INT32", options=option, oracle="litert") for name, option in FUSED.items()),
    pair("power_of_two", "ADD", "INT16", scales=((2**-11, 0), (2**-12, 0), (2**-11, 0))),
    pair("zero_points", "ADD", "INT16", scales=((2e-4, 1000), (3e-4, -200), (5e-4, -32768))),
    pair("rank_7", "ADD", "FLOAT32", shapes=((2, 1, 2, 1, 2, 1, 3), (1, 2, 1, 2, 1, 2, 1))),
    # where TFLM's shapes end
    pair("rank_8", "ADD", "INT8", shapes=((2, 1, 2, 1, 2, 1, 2, 1), (1, 2, 1, 2, 1, 2, 1, 3)), oracle="litert"),
    pair("no_elements", "ADD", "FLOAT32", shapes=((2, 0, 3), (3,))),
    *pairs.few("SUB", ("INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32")),
    *(pair(name.lower(), "SUB", type_, options=option) for type_ in TYPES for name, option in FUSED.items()),
    pair("equal_scales", "SUB", "INT8", scales=((0.5, 0), (0.5, 0), (0.5, 0))),
    pair("long_rows", "SUB", "INT8", shapes=((2, 333), (2, 333)), scales=((0.0394, -128), (0.1042, 4), (0.0509, -128))),
    pair("constant", "SUB", "INT8", shapes=BROADCASTS["bias"], constants=(False, True)),
    pair("constant_first", "SUB", "FLOAT32", shapes=BROADCASTS["bias_first"], constants=(True, False)),
)


def strategy() -> SearchStrategy[Case]:
    """Random sums and differences."""
    names = ("NONE", "RELU", "RELU6", "RELU_N1_TO_1")
    plain = pairs.draws({"ADD": [type_ for type_ in TYPES if type_ != "INT32"], "SUB": TYPES}, activations=names)
    return plain | pairs.draws({"ADD": ("INT32",)}, activations=names, oracle="litert")
