# SPDX-License-Identifier: Apache-2.0
"""Cases of CAST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("BOOL", "UINT8", "INT8", "UINT16", "INT16", "UINT32", "INT32", "INT64", "FLOAT16", "FLOAT32")
#: Ends of ranges, fractions, halves between float16 numbers, subnormal and infinite ones.
FLOATS = (
    *(0.0, -0.0, 0.5, -0.9, 1.0, -1.5, 46.7, -46.7, 127.9, 128, -128.9, -129, 255.9, 256, 300, 32767.5, 32768, -32769),
    *(2049, 2051, 65519.9, 65520, -65536, 1e-5, 6.1e-5, 2**-24, 2**-25, 3 * 2**-26, 1e-9, 1e30, -1e30),
    *(2147483520, 2147483648, -2147483648, 4294967040, 4294967296, 9.2e18, 9.3e18, -9.3e18, np.inf, -np.inf),
)


def case(name: str, before: str, after: str, shape: tuple[int, ...] = (3, 7), **more: Any) -> Case:
    """A cast from one type to another; `more` is said of the input, as in Operand."""
    options = {"in_data_type": before, "out_data_type": after}
    return Case(
        f"{before.lower()}_{after.lower()}_{name}",
        "CAST",
        [tensor(before, *shape, **more)],
        [tensor(after, *shape)],
        options,
        "CastOptions",
    )


CASES = (
    *(case("any", before, after) for before in TYPES for after in TYPES if before != after),
    *(case("ends", "FLOAT32", after, (len(FLOATS),), values=FLOATS) for after in TYPES if after != "FLOAT32"),
    *(
        case("ends", "FLOAT16", after, (len(FLOATS),), values=np.clip(FLOATS, -65504, 65504))
        for after in ("INT8", "UINT16", "FLOAT32")
    ),
    case("zeros", "INT64", "BOOL", (4,), values=[0, 256, -1, 1 << 40]),
    case("scalar", "INT8", "FLOAT32", ()),
)


def strategy() -> SearchStrategy[Case]:
    """Random pairs of types and shapes."""
    from hypothesis import strategies as st

    shapes = st.lists(st.integers(1, 5), max_size=5).map(tuple)
    return st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.sampled_from(TYPES), shapes)
