# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalWindow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, shape: tuple[int, ...] = (8,), shift: int = 12, *, frame: int = 8, free: bool = False) -> Case:
    """Frames of `frame` samples; with `free`, the weights are an input as well."""
    weights = (tensor if free else constant)("INT16", frame)
    options = bytes(flexbuffers.Dumps({"shift": shift}))
    inputs = [tensor("INT16", *shape), weights]
    return Case(name, "SignalWindow", inputs, [tensor("INT16", *shape)], custom_options=options)


CASES = (
    case("one_frame"),
    case("frames", (2, 24), 15),
    case("saturated", (1, 3, 8), 0),
    case("shifted_away", (16,), 31),
    case("one_weight", (5,), 4, frame=1),
    case("free_weights", (2, 8), 10, free=True),
)


def strategy() -> SearchStrategy[Case]:
    """Any number of frames, any shift."""
    from hypothesis import strategies as st

    def of_frame(frame: int) -> SearchStrategy[Case]:
        shapes = st.lists(st.integers(1, 3), min_size=0, max_size=2).map(lambda outer: (*outer, frame))
        return st.builds(case, st.just("drawn"), shapes, st.integers(0, 31), frame=st.just(frame), free=st.booleans())

    return st.integers(1, 20).flatmap(of_frame)
