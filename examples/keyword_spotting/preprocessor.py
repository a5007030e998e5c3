# SPDX-License-Identifier: Apache-2.0
"""Writes the bundled front end of keyword spotting: 480 samples of sound become 40 features, in integers alone.

    python examples/keyword_spotting/preprocessor.py [OUTPUT]

One invoke takes a window of 30 ms (16 kHz, int16) and gives 40 int8 features; windows begin 20 ms after one another,
and the estimate of the noise lives on from each to the next. The features are those of TensorFlow Lite Micro's
micro_speech (its audio_preprocessor_int8), bit by bit: a Hann window, a spectrum, 40 bands on the mel scale, spectral
subtraction of the noise, per-channel energy normalisation (PCEN or PCAN: Wang et al., arXiv 1607.05666), a logarithm.
What that model does to energies outside of the bands is left out, as their weights are zero anyway.

All constants are computed here, in float32 where TFLM does so.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from flatbuffers import flexbuffers

from packlight.dev.write import write
from packlight.nouns.model import NUMPY_NAMES, Model, OperatorCode, StoredOperator, SubGraph, Tensor
from packlight.schema import enum

Array: TypeAlias = npt.NDArray[Any]

BUNDLED = Path(__file__).parents[2] / "src" / "packlight" / "models" / "keyword_preprocessor.tflite"
RATE = 16000  # samples a second
WINDOW = 480  # samples: 30 ms
FFT = 512
CHANNELS = 40
LOW, HIGH = 125.0, 7500.0  # Hz: where the bands begin and end
WEIGHT_BITS = 12  # fractional bits of the window and of the bands' weights
CORRECTION_BITS = 3  # log2(FFT) - WEIGHT_BITS / 2: what the spectrum and the bands took from the signal
LOG_SCALE = 64

NOISE_BITS = 14  # fractional bits of the factors below
SMOOTHING_BITS = 10  # fractional bits of the noise estimate
SMOOTHING = (0.025, 0.06)  # how fast the noise estimate follows, in even and odd channels
LEAST_REMAINING = 0.05  # of the signal, whatever is subtracted

GAIN_STRENGTH, GAIN_OFFSET, GAIN_BITS = 0.95, 80.0, 21
SNR_SHIFT = 6

#: feature = (log * 256 + 333) / 666 - 128: a logarithm of 666, 25.6 * 26, is the end of int8.
FEATURE_SCALE, FEATURE_DIVISOR = 256, 666


def window() -> Array:
    """The Hann window with 12 fractional bits, int16 [480]."""
    angle = 2 * np.pi / WINDOW * (np.arange(WINDOW) + 0.5)
    curve: Array = 0.5 - 0.5 * np.cos(angle)
    return np.floor(curve * (1 << WEIGHT_BITS) + 0.5).astype(np.int16)


def mel(hertz: Array | float) -> Array:
    """The mel scale, 1127 ln(1 + f / 700), in float32."""
    ratio = np.asarray(hertz, np.float32) / np.float32(700)
    scaled: Array = np.float32(1127) * np.log1p(ratio.astype(np.float64)).astype(np.float32)
    return scaled


def bands() -> tuple[Array, Array, Array, Array, Array]:
    """weights, unweights [bins]; first frequency, first weight and width of each band [41].

    Bands are triangles that overlap by half: a bin below the centre of a band belongs to it with its weight, and with
    the rest of 1, its unweight, to the band before. Hence one band more than channels, for the last one's upper half.
    """
    low, high = np.float32(mel(LOW)), np.float32(mel(HIGH))
    centres = low + (high - low) / np.float32(CHANNELS + 1) * np.arange(1, CHANNELS + 2, dtype=np.float32)
    width = RATE / FFT  # Hz
    first = round(1 + LOW / width)  # without the bins up to LOW
    positions = mel(np.arange(FFT // 2 + 1) * width)
    ends = np.searchsorted(positions, centres, side="right")
    starts = np.concatenate([[first], ends[:-1]])
    below = np.concatenate([[low], centres[:-1]])
    rising = [
        (centre - positions[start:end]) / np.float32(centre - before)
        for start, end, centre, before in zip(starts, ends, centres, below, strict=True)
    ]
    weights = np.concatenate(rising)
    one = np.float32(1 << WEIGHT_BITS)
    stored, falling = ((part * one).astype(np.int16) for part in (weights, np.float32(1) - weights))
    frequencies, firsts, widths = (part.astype(np.int16) for part in (starts, starts - first, ends - starts))
    return stored, falling, frequencies, firsts, widths


def gains() -> Array:
    """The gain of PCAN by the noise estimate, 2**21 * (noise + 80)**-0.95 at most 32767, int16 [125].

    At 0 and 1 its values; then for each power of two its value there and the two coefficients of the parabola through
    it, the middle and the next power, each group of three with a 0 behind it, but the last.
    """

    def gain(noise: int) -> int:
        base = np.float32(noise) / np.float32(1 << (SMOOTHING_BITS - CORRECTION_BITS)) + np.float32(GAIN_OFFSET)
        power = np.float32(float(base) ** -float(np.float32(GAIN_STRENGTH)))
        return int(min(float(np.float32(1 << GAIN_BITS) * power) + 0.5, 32767.0))

    table = [gain(0), gain(1)]
    for power in range(1, 32):
        start = 1 << power
        end = min(2 * start, (1 << 32) - 1)
        here, middle, there = gain(start), gain(start + start // 2), gain(end)
        slope = 4 * (middle - here) - (there - here)
        table += [here, slope, there - here - slope, 0]
    return np.array(table[:-1], np.int16)


class Graph:
    """A subgraph that grows operator by operator."""

    def __init__(self) -> None:
        self.tensors: list[Tensor] = []
        self.operators: list[StoredOperator] = []

    def tensor(self, name: str, type_: str, *shape: int, data: memoryview | None = None) -> int:
        index = len(self.tensors)
        self.tensors.append(Tensor(index, name, type_, shape, buffer=index + 1 if data else 0, data=data))
        return index

    def constant(self, name: str, values: Array) -> int:
        type_ = next(key for key, numpy in NUMPY_NAMES.items() if numpy == values.dtype.name)
        return self.tensor(name, type_, *values.shape, data=memoryview(values.tobytes()))

    def builtin(self, name: str, inputs: Sequence[int], output: int, table: str) -> int:
        return self._add(OperatorCode(name), inputs, (output,), table, b"")

    def cast(self, value: int, name: str, type_: str) -> int:
        made = self.tensor(name, type_, *self.tensors[value].shape)
        types = {"in_data_type": self.tensors[value].type, "out_data_type": type_}
        return self._add(OperatorCode("CAST"), (value,), (made,), "CastOptions", b"", types)

    def signal(self, name: str, inputs: Sequence[int], *outputs: int, **options: int) -> int:
        """One of TFLM's signal operators; its options travel as a flexbuffer."""
        return self._add(OperatorCode(name, custom=True), inputs, outputs, "NONE", bytes(flexbuffers.Dumps(options)))

    def _add(
        self,
        code: OperatorCode,
        inputs: Sequence[int],
        outputs: Sequence[int],
        table: str,
        custom: bytes,
        options: Mapping[str, Any] | None = None,
    ) -> int:
        stored = (tuple(inputs), tuple(outputs), table, options or {}, custom)
        self.operators.append(StoredOperator(len(self.operators), code, *stored))
        return outputs[0]


def spectrum(graph: Graph, samples: int) -> tuple[int, int]:
    """From samples to (energies of 257 frequencies, the bits by which the signal was scaled up)."""
    bins = FFT // 2 + 1
    hann = graph.constant("hann_window", window())
    windowed = graph.tensor("windowed", "INT16", 1, WINDOW)
    graph.signal("SignalWindow", (samples, hann), windowed, shift=WEIGHT_BITS)
    row = graph.tensor("row", "INT16", WINDOW)
    graph.builtin("RESHAPE", (windowed, graph.constant("row/shape", np.array([-1], np.int32))), row, "ReshapeOptions")
    scaled, bits = graph.tensor("scaled", "INT16", WINDOW), graph.tensor("scale_bits", "INT32")
    graph.signal("SignalFftAutoScale", (row,), scaled, bits)
    complex_ = graph.tensor("spectrum", "INT16", 2 * bins)
    graph.signal("SignalRfft", (scaled,), complex_, fft_length=FFT, T=enum("TensorType").codes["INT16"])
    _, _, starts, _, widths = bands()
    first, end = int(starts[0]), int(starts[-1] + widths[-1])
    energies = graph.tensor("energies", "UINT32", bins)
    graph.signal("SignalEnergy", (complex_,), energies, start_index=first, end_index=end)
    return energies, bits


def channels(graph: Graph, energies: int, bits: int) -> int:
    """From energies to the logarithms of the channels, with noise taken out and gain controlled, int16 [40]."""
    names = ("weights", "unweights", "band_starts", "weight_starts", "band_widths")
    tables = [graph.constant(name, table) for name, table in zip(names, bands(), strict=True)]
    sums, roots = graph.tensor("bands", "UINT64", CHANNELS), graph.tensor("roots", "UINT32", CHANNELS)
    graph.signal("SignalFilterBank", (energies, *tables), sums, num_channels=CHANNELS)
    graph.signal("SignalFilterBankSquareRoot", (sums, bits), roots)
    one = 1 << NOISE_BITS
    even, odd = (int(factor * one) for factor in SMOOTHING)
    clean, noise = graph.tensor("clean", "UINT32", CHANNELS), graph.tensor("noise", "UINT32", CHANNELS)
    graph.signal(
        "SignalFilterBankSpectralSubtraction",
        (roots,),
        clean,
        noise,
        num_channels=CHANNELS,
        smoothing=even,
        one_minus_smoothing=one - even,
        alternate_smoothing=odd,
        alternate_one_minus_smoothing=one - odd,
        smoothing_bits=SMOOTHING_BITS,
        spectral_subtraction_bits=NOISE_BITS,
        min_signal_remaining=int(LEAST_REMAINING * one),
        clamping=0,
    )
    gained = graph.tensor("gained", "UINT32", CHANNELS)
    graph.signal("SignalPCAN", (clean, noise, graph.constant("gains", gains())), gained, snr_shift=SNR_SHIFT)
    logs = graph.tensor("logs", "INT16", CHANNELS)
    return graph.signal(
        "SignalFilterBankLog", (gained,), logs, output_scale=LOG_SCALE, input_correction_bits=CORRECTION_BITS
    )


def features(graph: Graph, logs: int) -> int:
    """From logarithms to int8 [40]."""

    def step(name: str, operator: str, value: int, constant: int, table: str) -> int:
        other = graph.constant(f"{name}/y", np.array(constant, np.int32))
        return graph.builtin(operator, (value, other), graph.tensor(name, "INT32", CHANNELS), table)

    value = graph.cast(logs, "wide", "INT32")
    value = step("scaled_logs", "MUL", value, FEATURE_SCALE, "MulOptions")
    value = step("rounded", "ADD", value, FEATURE_DIVISOR // 2, "AddOptions")
    value = step("divided", "DIV", value, FEATURE_DIVISOR, "DivOptions")
    value = step("shifted", "ADD", value, -128, "AddOptions")
    value = step("limited", "MINIMUM", value, 127, "MaximumMinimumOptions")  # no logarithm is below 0
    return graph.cast(value, "features", "INT8")


def preprocessor() -> bytes:
    """The .tflite file."""
    graph = Graph()
    samples = graph.tensor("samples", "INT16", 1, WINDOW)
    output = features(graph, channels(graph, *spectrum(graph, samples)))
    subgraph = SubGraph("main", tuple(graph.tensors), (samples,), (output,), tuple(graph.operators))
    codes = tuple(dict.fromkeys(operator.code for operator in graph.operators))
    description = "30 ms of sound, 16 kHz int16, to 40 features"
    return write(Model("keyword_preprocessor", 0, 3, (subgraph,), codes, description))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", nargs="?", type=Path, default=BUNDLED)
    arguments = parser.parse_args()
    arguments.output.write_bytes(preprocessor())
    print(f"{arguments.output.name}: {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
