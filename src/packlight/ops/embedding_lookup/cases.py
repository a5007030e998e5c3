# SPDX-License-Identifier: Apache-2.0
"""Cases of EMBEDDING_LOOKUP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SCALE = {"scale": 0.03}


def case(name: str, types: tuple[str, str], shape: tuple[int, ...], rows: Sequence[int]) -> Case:
    """`rows` of a table of `shape`; `types` are those of the table and the output."""
    lookup = tensor("INT32", len(rows), values=rows)
    of_table: dict[str, Any] = SCALE if types[0] in ("INT8", "UINT8") else {}
    of_output: dict[str, Any] = SCALE if types[1] == "INT8" else {}
    inputs = [lookup, constant(types[0], *shape, **of_table)]
    output = tensor(types[1], len(rows), *shape[1:], **of_output)
    return Case(f"{'_'.join(dict.fromkeys(types)).lower()}_{name}", "EMBEDDING_LOOKUP", inputs, [output], {}, version=3)


PAIRS = (("FLOAT32", "FLOAT32"), ("INT8", "INT8"), ("INT8", "FLOAT32"))
CASES = (
    *(case("rows", types, (5, 3), (4, 0, 2, 2)) for types in (*PAIRS, ("UINT8", "FLOAT32"))),
    *(case("blocks", types, (4, 2, 3), (1, 3)) for types in PAIRS),
    *(case("one", types, (3, 4), (1,)) for types in PAIRS),
)


def strategy() -> SearchStrategy[Case]:
    """Random tables of up to four dimensions."""
    from hypothesis import strategies as st

    def of_shape(shape: list[int]) -> SearchStrategy[Case]:
        rows = st.lists(st.integers(0, shape[0] - 1), min_size=1, max_size=6)
        return st.builds(case, st.just("drawn"), st.sampled_from(PAIRS), st.just(tuple(shape)), rows)

    return st.lists(st.integers(1, 5), min_size=2, max_size=4).flatmap(of_shape)
