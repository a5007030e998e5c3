# SPDX-License-Identifier: Apache-2.0
"""Cases of SOFTMAX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case
from packlight.dev.elementwise import SHAPES, operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Scale and zero point of the output, by its type.
OUTPUTS = {"INT8": (1 / 256, -128), "INT16": (1 / 65536, -32768), "UINT8": (1 / 256, 0), "FLOAT32": (0.0, 0)}

SCALES = {"flat": 1e-6, "fine": 0.002, "coarse": 1.0, "next_to_cap": 15.9, "cap": 16.0, "beyond_cap": 200.0}

#: Times 256.
SCALES16 = {"flat": 1e-4, "fine": 0.01, "usual": 0.1, "coarse": 2.0}


def case(
    name: str,
    *,
    types: tuple[str, str] = ("INT8", "INT8"),
    shape: tuple[int, ...] = (2, 7),
    beta: float = 1.0,
    scale: tuple[float, int] = (0.08, 5),
    values: Any = None,
) -> Case:
    """Rows of the last dimension of `shape`; `values` are the input's, the same for every invoke."""
    of_int16 = types == ("INT16", "INT16")
    if of_int16:
        scale = (scale[0] / 256, 0)
    result = (1 / 32768, 0) if of_int16 else OUTPUTS[types[1]]
    inputs, outputs = [operand(types[0], shape, scale, values=values)], [operand(types[1], shape, result)]
    version = 1 if types[0] == "FLOAT32" else 2
    prefix = "_".join(dict.fromkeys(types)).lower()
    return Case(f"{prefix}_{name}", "SOFTMAX", inputs, outputs, {"beta": beta}, "SoftmaxOptions", version)


CASES = (
    *(
        made
        for types in (("INT8", "INT8"), ("INT8", "INT16"), ("FLOAT32", "FLOAT32"))
        for made in (
            *(case(name, types=types, shape=shape) for name, shape in SHAPES.items()),
            case("beta_below_1", types=types, beta=0.3),
            case("beta_above_1", types=types, beta=2.5),
            case("all_equal", types=types, shape=(1, 200), values=0),
        )
    ),
    *(
        case(name, types=types, shape=(3, 12), scale=(scale, -128))
        for types in (("INT8", "INT8"), ("INT8", "INT16"))
        for name, scale in SCALES.items()
    ),
    case("deep", shape=(1, 1001), scale=(0.1, 0)),
    case("rank_3", types=("UINT8", "UINT8"), shape=(3, 1, 5)),
    *(case(name, types=("INT16", "INT16"), shape=(3, 12), scale=(scale, 0)) for name, scale in SCALES16.items()),
    case("beta", types=("INT16", "INT16"), shape=(7,), beta=0.4),
    case("all_equal", types=("INT16", "INT16"), shape=(1, 300), values=-5),
    case("deep", types=("INT16", "INT16"), shape=(1, 1001), scale=(0.5, 0)),
    case(
        "steep", types=("FLOAT32", "FLOAT32"), shape=(2, 4), values=[[-90.0, 0.0, 90.0, 88.0], [-3e38, 3e38, 1.0, 0.0]]
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random rows."""
    from hypothesis import strategies as st

    return st.builds(
        case,
        st.just("drawn"),
        types=st.sampled_from(
            [(type_, type_) for type_ in ("INT8", "UINT8", "INT16", "FLOAT32")] + [("INT8", "INT16")]
        ),
        shape=st.tuples(st.integers(1, 3), st.integers(1, 40)),
        beta=st.floats(0.0625, 4, width=32),
        scale=st.tuples(st.floats(2**-12, 2, width=32), st.integers(0, 127)),
    )
