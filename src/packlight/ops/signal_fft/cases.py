# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalRfft and SignalIrfft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, tensor
from packlight.schema import enum

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT16", "INT32", "FLOAT32")

#: Lengths by the radices of the FFT of half of them.
LENGTHS = {"4": 8, "4_2": 16, "2_3_5": 60, "4_4_3": 96}


def case(name: str, operator: str, type_: str, length: int, *, rows: tuple[int, ...] = (), given: int = 0) -> Case:
    """Rows of `length` real numbers; Rfft has only the first `given` of them, if that is not 0."""
    options = bytes(flexbuffers.Dumps({"T": enum("TensorType").codes[type_], "fft_length": length}))
    shapes = [(*rows, min(given or length, length)), (*rows, length + 2)]
    if operator == "SignalIrfft":
        shapes = [(*rows, length + 2), (*rows, length)]
    input_, output = (tensor(type_, *shape) for shape in shapes)
    return Case(f"{type_.lower()}_{name}", operator, [input_], [output], custom_options=options)


CASES = tuple(
    made
    for type_ in TYPES
    for made in (
        *(case(name, operator, type_, length) for operator in ("SignalRfft", "SignalIrfft")
          for name, length in LENGTHS.items()),
        case("shortest", "SignalRfft", type_, 4),
        case("shorter_input", "SignalRfft", type_, 32, given=19),
        case("rows", "SignalRfft", type_, 16, rows=(2,), given=5),
        case("rows", "SignalIrfft", type_, 10, rows=(1, 2)),
    )
)  # fmt: skip


def strategy() -> SearchStrategy[Case]:
    """Lengths with any factors that the butterflies have."""
    from hypothesis import strategies as st

    factors = st.lists(st.sampled_from([2, 2, 3, 4, 4, 5]), min_size=1, max_size=4)

    def of_factors(drawn: list[int]) -> SearchStrategy[Case]:
        length = 2
        for factor in drawn:
            length *= factor
        return st.builds(
            case,
            st.just("drawn"),
            st.sampled_from(["SignalRfft", "SignalIrfft"]),
            st.sampled_from(TYPES),
            st.just(length),
            rows=st.lists(st.integers(1, 2), max_size=2).map(tuple),
            given=st.integers(1, length),
        )

    return factors.flatmap(of_factors)
