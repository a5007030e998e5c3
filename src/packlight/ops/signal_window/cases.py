# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalWindow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, shape: tuple[int, ...] = (8,), shift: int = 12, *, frame: int = 8, kind: str = "") -> Case:
    """Frames of `frame` samples; a "free" window is an input as well, an "even" one the same from both ends."""
    values = [7 - 100 * min(i, frame - 1 - i) for i in range(frame)] if kind == "even" else None
    weights = (tensor if kind == "free" else constant)("INT16", frame, values=values)
    options = bytes(flexbuffers.Dumps({"shift": shift}))
    inputs = [tensor("INT16", *shape), weights]
    return Case(name, "SignalWindow", inputs, [tensor("INT16", *shape)], custom_options=options)


CASES = (
    case("one_frame"),
    case("frames", (2, 24), 15),
    case("saturated", (1, 3, 8), 0),
    case("shifted_away", (16,), 31),
    case("one_weight", (5,), 4, frame=1),
    case("free_weights", (2, 8), 10, kind="free"),
    case("even", (2, 8), 3, kind="even"),
    case("even_with_a_middle", (7,), 0, frame=7, kind="even"),
)


def strategy() -> SearchStrategy[Case]:
    """Any number of frames, any shift."""
    from hypothesis import strategies as st

    def of_frame(frame: int) -> SearchStrategy[Case]:
        shapes = st.lists(st.integers(1, 3), min_size=0, max_size=2).map(lambda outer: (*outer, frame))
        return st.builds(
            case,
            st.just("drawn"),
            shapes,
            st.integers(0, 31),
            frame=st.just(frame),
            kind=st.sampled_from(["", "free", "even"]),
        )

    return st.integers(1, 20).flatmap(of_frame)
