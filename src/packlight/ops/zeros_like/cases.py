# SPDX-License-Identifier: Apache-2.0
"""Cases of ZEROS_LIKE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev import elementwise
from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "INT32", "INT64", "FLOAT32")


def case(name: str, type_: str, shape: elementwise.Shape) -> Case:
    return Case(f"{type_.lower()}_{name}", "ZEROS_LIKE", [tensor(type_, *shape)], [tensor(type_, *shape)])


CASES = (*(case("rank_3", type_, (2, 3, 5)) for type_ in TYPES), case("rank_0", "FLOAT32", ()))


def strategy() -> SearchStrategy[Case]:
    """Random types and shapes."""
    from hypothesis import strategies as st

    return st.builds(case, st.just("drawn"), st.sampled_from(TYPES), elementwise.shapes())
