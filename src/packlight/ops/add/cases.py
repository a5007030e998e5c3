# SPDX-License-Identifier: Apache-2.0
"""Cases of ADD."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import BROADCASTS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

INT8, FLOAT32 = (partial(elementwise.binary, operator="ADD", type_=type_) for type_ in ("INT8", "FLOAT32"))

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
)


def strategy() -> SearchStrategy[Case]:
    """Random sums."""
    from hypothesis import strategies as st

    return st.builds(
        elementwise.binary,
        st.just("drawn"),
        st.just("ADD"),
        type_=st.sampled_from(["INT8", "FLOAT32"]),
        shapes=elementwise.broadcasts(),
        scales=st.tuples(elementwise.scales(), elementwise.scales(), elementwise.scales(0.0005)),
        activation=st.sampled_from(["NONE", "RELU", "RELU6", "RELU_N1_TO_1"]),
        constants=st.sampled_from([(False, False), (True, False), (False, True)]),
    )
