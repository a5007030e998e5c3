# SPDX-License-Identifier: Apache-2.0
"""Cases of QUANTIZE."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from packlight.dev import elementwise
from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = (
    ("FLOAT32", "INT8"), ("FLOAT32", "UINT8"), ("FLOAT32", "INT16"),
    ("INT8", "INT8"), ("INT8", "UINT8"), ("UINT8", "INT8"), ("UINT8", "UINT8"),
)  # fmt: skip

#: By the kernel of any two integer types.
WIDE = (
    ("INT8", "INT16"), ("INT8", "INT32"), ("UINT8", "INT16"), ("INT16", "INT8"), ("INT16", "INT16"),
    ("INT16", "INT32"), ("INT32", "INT8"), ("INT32", "INT16"),
)  # fmt: skip

unary = partial(elementwise.unary, operator="QUANTIZE")
#: Every half step, and beyond both ends of 8 bits; exact in float32.
HALVES = np.arange(-300, 301) / 8
#: The largest float below a half, which must not become 1 by a sum with a half; and what lies far outside.
CLOSE = np.array([0.49999997, -0.49999997, 1.4999999, -1.4999999, 0.5, -0.5, 1e9, -1e9, 0.0, -0.0, 1e-40])
#: Scales of input and output.
RESCALINGS = {
    "moved": (0.1, 0.1),
    "finer": (0.1, 0.02),
    "coarser": (0.02, 0.1),
    "doubled": (0.5, 0.25),
    "vanishing": (1e-9, 1.0),
    "saturating": (2000.0, 0.1),
}


def all_values(type_: str) -> list[int]:
    """Every value of an 8-bit type."""
    limits = np.iinfo(type_.lower())
    return list(range(int(limits.min), int(limits.max) + 1))


def scale(type_: str, value: float, offset: int) -> elementwise.Scale:
    """A zero point `offset` from the middle of the type's range."""
    return value, offset + (128 if type_ == "UINT8" else 0)


CASES = (
    *(
        unary(name, types=types, shape=shape, scales=(scale(types[0], 0.05, -7), scale(types[1], 0.02, 11)))
        for types in TYPES
        for name, shape in SHAPES.items()
    ),
    *(
        made
        for types in TYPES[:3]
        for made in (
            unary("halves", types=types, shape=(601,), scales=((0, 0), scale(types[1], 0.25, -3)), values=HALVES),
            unary("close", types=types, shape=(11,), scales=((0, 0), scale(types[1], 1.0, 5)), values=CLOSE),
        )
    ),
    *(
        unary(
            name,
            types=types,
            shape=(256,),
            scales=(scale(types[0], first, -100), scale(types[1], second, 90)),
            values=all_values(types[0]),
        )
        for types in TYPES[3:]
        for name, (first, second) in RESCALINGS.items()
    ),
    *(
        unary("any", types=types, scales=(scale(types[0], 0.05, -7), scale(types[1], 0.02, 11)), low=low, high=high)
        for types in WIDE
        for low, high in [(-(1 << 20), 1 << 20) if types[0] == "INT32" else (None, None)]
    ),
    *(
        unary("finer", types=types, shape=(50,), scales=(scale(types[0], 0.9, 3), scale(types[1], 0.0005, 0)))
        for types in WIDE
    ),
    *(
        unary("flip", types=types, shape=(256,), scales=(scale(types[0], 0.1, 0), scale(types[1], 0.1, 0)))
        for types in TYPES[3:]
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random scales and values."""
    from hypothesis import strategies as st

    def drawn(types: tuple[str, str]) -> SearchStrategy[Case]:
        first, second = (elementwise.scales(type_=t if t != "FLOAT32" else "INT8") for t in types)
        return st.builds(
            unary, st.just("drawn"), types=st.just(types), shape=elementwise.shapes(), scales=st.tuples(first, second)
        )

    return st.sampled_from((*TYPES, *WIDE)).flatmap(drawn)
