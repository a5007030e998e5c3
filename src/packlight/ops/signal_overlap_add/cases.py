# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalOverlapAdd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, tensor
from packlight.schema import enum

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT16", "FLOAT32")


def case(name: str, type_: str, shape: tuple[int, ...], step: int) -> Case:
    """Frames of shape [..., frames, samples], each `step` after the one before."""
    options = bytes(flexbuffers.Dumps({"T": enum("TensorType").codes[type_], "frame_step": step}))
    inputs, outputs = [tensor(type_, *shape)], [tensor(type_, *shape[:-2], shape[-2] * step)]
    return Case(f"{type_.lower()}_{name}", "SignalOverlapAdd", inputs, outputs, custom_options=options)


CASES = tuple(
    made
    for type_ in TYPES
    for made in (
        case("half", type_, (1, 8), 4),
        case("rows_of_frames", type_, (2, 3, 10), 3),
        case("single_steps", type_, (4, 5), 1),
        case("no_overlap", type_, (2, 6), 6),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Any frames and steps."""
    from hypothesis import strategies as st

    def of_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        return st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.just(shape), st.integers(1, shape[-1]))

    return st.lists(st.integers(1, 9), min_size=2, max_size=4).map(tuple).flatmap(of_shape)
