# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalEnergy. TFLM leaves elements outside of the indices as they are, so that there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, size: int, spare: int = 0) -> Case:
    """`size` complex numbers, and `spare` more that nobody reads."""
    options = bytes(flexbuffers.Dumps({"start_index": 0, "end_index": size}))
    inputs = [tensor("INT16", 2 * (size + spare))]
    return Case(name, "SignalEnergy", inputs, [tensor("UINT32", size)], custom_options=options)


CASES = (case("one", 1), case("spectrum", 17), case("longer_input", 9, 3))


def strategy() -> SearchStrategy[Case]:
    """Any size."""
    from hypothesis import strategies as st

    return st.builds(case, st.just("drawn"), st.integers(1, 40), st.integers(0, 3))
