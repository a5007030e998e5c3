# SPDX-License-Identifier: Apache-2.0
"""Cases of LOG_SOFTMAX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case
from packlight.dev.elementwise import Scale, Shape, operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

OUTPUTS = {"INT8": (1 / 16, 127), "UINT8": (1 / 16, 255), "FLOAT32": (0.0, 0)}
SCALES = {"flat": 1e-6, "fine": 0.002, "coarse": 1.0, "cap": 16.0, "beyond_cap": 200.0}


def case(
    name: str, type_: str = "INT8", *, shape: Shape = (2, 7), scale: Scale = (0.08, 5), values: Any = None
) -> Case:
    """Rows of the last dimension of `shape`."""
    inputs, outputs = [operand(type_, shape, scale, values=values)], [operand(type_, shape, OUTPUTS[type_])]
    return Case(f"{type_.lower()}_{name}", "LOG_SOFTMAX", inputs, outputs, {}, "LogSoftmaxOptions", 1)


CASES = (
    *(case("rank_3", type_, shape=(3, 1, 5)) for type_ in OUTPUTS),
    *(case("single", type_, shape=(4, 1)) for type_ in OUTPUTS),
    *(case(name, shape=(3, 12), scale=(scale, -128)) for name, scale in SCALES.items()),
    case("rank_1", shape=(29,)),
    case("deep", shape=(1, 1001), scale=(0.1, 0)),
    case("all_equal", shape=(1, 200), values=0),
    case("steep", "FLOAT32", shape=(2, 4), values=[[-90.0, 0.0, 90.0, 88.0], [-1e6, 1e6, 1.0, 0.0]]),
)


def strategy() -> SearchStrategy[Case]:
    """Random rows."""
    from hypothesis import strategies as st

    return st.builds(
        case,
        st.just("drawn"),
        st.sampled_from(sorted(OUTPUTS)),
        shape=st.tuples(st.integers(1, 3), st.integers(1, 40)),
        scale=st.tuples(st.floats(2**-12, 2, width=32), st.integers(0, 127)),
    )
