# SPDX-License-Identifier: Apache-2.0
"""Cases of the operators on a filter bank's channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Squares and their neighbours, where the rounding of roots turns.
SQUARES = (0, 1, 2, 3, 6, 7, 2**32 - 1, 2**32, 2**32 - 2**16, 2**32 - 2**16 + 1, 2**64 - 1, 2**64 - 2**32, 2**63)


def bank(name: str, bands: Sequence[tuple[int, int]], *, low: int = 0, high: int = 4096, kind: str = "") -> Case:
    """Bands as (start, width), one more than channels.

    The weights of each begin and end with zeros in a "padded" bank; in one that is "whole" weights and unweights add up
    to 4095 or 4096.
    """
    positions, count = [], 0
    for _, width in bands:
        positions.append(count)
        count += width
    frequencies = max(start + width for start, width in bands)
    options = bytes(flexbuffers.Dumps({"num_channels": len(bands) - 1}))
    edges = {each for at, (_, width) in zip(positions, bands, strict=True) for each in (at, at + width - 1)}
    weights = unweights = None
    if kind == "padded":
        weights = unweights = [0 if each in edges else 7 - each for each in range(count)]
    if kind == "whole":
        weights = [each * 977 % 4096 for each in range(count)]
        unweights = [4096 - each % 2 - weight for each, weight in enumerate(weights)]
    inputs = [
        tensor("UINT32", frequencies),
        *(constant("INT16", count, low=low, high=high, values=values) for values in (weights, unweights)),
        *(
            constant("INT16", len(bands), values=values)
            for values in ([start for start, _ in bands], positions, [width for _, width in bands])
        ),
    ]
    outputs = [tensor("UINT64", len(bands) - 1)]
    return Case(f"bank_{name}", "SignalFilterBank", inputs, outputs, custom_options=options)


def square_root(name: str, bits: int, values: Sequence[int] | None = None, most: int = 2**64 - 1) -> Case:
    """Roots of the values, or of random ones up to `most`."""
    size = 16 if values is None else len(values)
    inputs = [tensor("UINT64", size, values=values, low=0, high=most), tensor("INT32", values=bits)]
    return Case(f"root_{name}", "SignalFilterBankSquareRoot", inputs, [tensor("UINT32", size)])


def subtraction(name: str, channels: int, *, clamping: bool, remaining: int, bits: int, most: int = 2**32 - 1) -> Case:
    """Factors near those of an audio front end; the noise estimate has `bits` more fractional bits."""
    given = {
        "alternate_one_minus_smoothing": 15401, "alternate_smoothing": 983, "clamping": clamping,
        "min_signal_remaining": remaining, "num_channels": channels, "one_minus_smoothing": 15975, "smoothing": 409,
        "smoothing_bits": bits, "spectral_subtraction_bits": 14,
    }  # fmt: skip
    options = bytes(flexbuffers.Dumps(given))
    inputs = [tensor("UINT32", channels, low=0, high=most)]
    outputs = [tensor("UINT32", channels), tensor("UINT32", channels)]
    return Case(f"subtraction_{name}", "SignalFilterBankSpectralSubtraction", inputs, outputs, custom_options=options)


def pcan(name: str, shift: int, *, most: int = 2**32 - 1, low: int = -32768) -> Case:
    """Signal and noise up to `most`, gains from `low`."""
    signal, noise = (tensor("UINT32", 20, low=0, high=most) for _ in range(2))
    options = bytes(flexbuffers.Dumps({"snr_shift": shift}))
    inputs: list[Operand | None] = [signal, noise, constant("INT16", 125, low=low, high=32767)]
    return Case(f"pcan_{name}", "SignalPCAN", inputs, [tensor("UINT32", 20)], custom_options=options)


def log(name: str, scale: int, bits: int, values: Sequence[int] | None = None, *, most: int = 2**32 - 1) -> Case:
    """Logarithms of the values, or of random ones up to `most`."""
    size = 24 if values is None else len(values)
    options = bytes(flexbuffers.Dumps({"input_correction_bits": bits, "output_scale": scale}))
    inputs = [tensor("UINT32", size, values=values, low=0, high=most)]
    return Case(f"log_{name}", "SignalFilterBankLog", inputs, [tensor("INT16", size)], custom_options=options)


CASES = (
    bank("contiguous", [(2, 3), (5, 4), (9, 2), (11, 1)]),
    bank("overlapping", [(0, 4), (1, 3), (9, 5)], low=-32768, high=32767),
    bank("padded", [(0, 4), (4, 8), (12, 1), (12, 5)], kind="padded"),
    bank("whole", [(1, 2), (3, 0), (3, 4), (7, 5)], kind="whole"),
    square_root("of_squares", 0, SQUARES),
    square_root("shifted", 5),
    square_root("of_32_bits", 1, most=2**32 - 1),
    subtraction("free", 6, clamping=False, remaining=819, bits=10),
    subtraction("clamped", 5, clamping=True, remaining=1000, bits=8, most=1 << 20),
    subtraction("nothing_remains", 3, clamping=True, remaining=0, bits=0),
    pcan("wide", 6),
    pcan("narrow", 2, most=200, low=0),
    pcan("far", 33),
    log("small", 1600, 3, [0, 1, 2, 3, 4, 127, 128, 129, 255, 256, 65535, 65536, 65537, 2**31, 2**32 - 1]),
    log("saturated", 2000, 0),
    log("negative_scale", -7, 2, most=1000),
)


def strategy() -> SearchStrategy[Case]:
    """Any of the operators."""
    from hypothesis import strategies as st

    drawn, most = st.just("drawn"), st.integers(0, 32).map(lambda bits: (1 << bits) - 1)
    bands = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=2, max_size=8).filter(
        lambda given: any(width for _, width in given)
    )
    bits = st.integers(0, 31)
    return (
        st.builds(bank, drawn, bands, low=st.sampled_from([0, -32768]), kind=st.sampled_from(["", "padded", "whole"]))
        | st.builds(square_root, drawn, bits, most=st.integers(0, 64).map(lambda each: (1 << each) - 1))
        | st.builds(
            subtraction,
            drawn,
            st.integers(1, 9),
            clamping=st.booleans(),
            remaining=st.integers(0, 1 << 14),
            bits=st.integers(0, 12),
            most=most,
        )
        | st.builds(pcan, drawn, st.integers(0, 40), most=most, low=st.sampled_from([0, -32768]))
        | st.builds(log, drawn, st.integers(-(1 << 31), (1 << 31) - 1) | st.integers(1, 3000), bits, most=most)
    )
