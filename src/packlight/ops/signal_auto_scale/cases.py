# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalFftAutoScale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, values: Sequence[int] | None = None, *, size: int = 21, most: int = 32767) -> Case:
    """Random values between plus and minus `most`, unless `values` are given."""
    size = size if values is None else len(values)
    input_ = tensor("INT16", size, values=values, low=-most, high=most)
    return Case(name, "SignalFftAutoScale", [input_], [tensor("INT16", size), tensor("INT32")])


CASES = (
    case("loud"),
    case("quiet", most=100),
    case("zeros", [0] * 4),
    case("ones", [1, -1, 0]),
    case("power_of_two", [-16384, 5]),
    case("below_a_power_of_two", [3, -16383]),
    case("least", [5, -32768]),
    case("least_first", [-32768, -32768, -3, -7, 5, -6]),
    case("least_with_negative_ones", [-32768, -5, -9]),
)


def strategy() -> SearchStrategy[Case]:
    """Random values, now and then the least of all."""
    from hypothesis import strategies as st

    def of_most(most: int) -> SearchStrategy[Case]:
        value = st.integers(-most, most) | st.sampled_from([0, -32768])
        return st.builds(case, st.just("drawn"), st.lists(value, min_size=1, max_size=12))

    return st.integers(0, 32767).flatmap(of_most)
