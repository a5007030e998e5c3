# SPDX-License-Identifier: Apache-2.0
"""Cases of L2_NORMALIZATION."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case
from packlight.dev.elementwise import Scale, Shape, operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

OUTPUTS = {"INT8": (1 / 128, 0), "UINT8": (1 / 128, 128), "FLOAT32": (0.0, 0)}


def case(
    name: str, type_: str = "INT8", *, shape: Shape = (2, 7), scale: Scale = (0.08, 5), values: Any = None
) -> Case:
    """Rows of the last dimension of `shape`."""
    inputs, outputs = [operand(type_, shape, scale, values=values)], [operand(type_, shape, OUTPUTS[type_])]
    return Case(f"{type_.lower()}_{name}", "L2_NORMALIZATION", inputs, outputs, {}, "L2NormOptions", 2)


CASES = (
    *(case("rank_4", type_, shape=(1, 2, 3, 5)) for type_ in OUTPUTS),
    *(case("single", type_, shape=(4, 1)) for type_ in OUTPUTS),
    *(
        case(name, shape=(3,), values=values)
        for name, values in {"zero": 5, "one": [5, 6, 5], "two": [4, 6, 5]}.items()
    ),
    case("deep", shape=(2, 500), scale=(0.1, -128)),
    case("very_deep", shape=(1, 9000), values=-128, scale=(0.1, 127)),
    case("wide", "FLOAT32", shape=(3, 2), values=[[3e-7, -4e-7], [0.0, 0.0], [3e15, 4e15]]),
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
