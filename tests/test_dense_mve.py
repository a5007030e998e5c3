# SPDX-License-Identifier: Apache-2.0
"""What the MVE cores rest on: their rounding, and channels that are given other constants without a change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from packlight.ops.add.op import HALF_STEP
from packlight.packing import dense_mve
from packlight.packing.dense_dsp import Layer

Ints = npt.NDArray[np.int64]
FULL = {"min": -128, "max": 127}


def layer(weights: list[int], bias: int, multiplier: int, shift: int, output_zero: int = 0) -> Layer:
    """One channel, the input's zero point 3."""
    bias_, multiplier_, shift_ = (np.array([value], np.int64) for value in (bias, multiplier, shift))
    return Layer(np.array([weights], np.int64), bias_, multiplier_, shift_, 3, output_zero, FULL)


def cores(sums: Ints, multiplier: int, shift: int, zero: int) -> Ints:
    """VQRDMLAH onto the sign, VRSHL, and the offset, saturated."""
    product = (sums >> 63) + ((sums * multiplier + (1 << 30)) >> 31)
    rounded = (product + ((1 << -shift) >> 1)) >> -shift
    saturated: Ints = np.clip(rounded + zero, -128, 127)
    return saturated


@pytest.mark.parametrize("shift", [-1, -2, -3, -7, -12, -20, -31])
@pytest.mark.parametrize("multiplier", [1 << 30, (1 << 30) + 1, 3 << 29, 1518500250, (1 << 31) - 1])
def test_rounding_is_exact_on_every_tie_and_small_sum(multiplier: int, shift: int) -> None:
    halves = ((2 * np.arange(-300, 301, dtype=np.int64) + 1) << (-shift - 1)) * (1 << 31) // multiplier
    sums = np.unique(np.concatenate([np.arange(-70_000, 70_000), *(halves + step for step in range(-3, 4))]))
    sums = sums[abs(sums) < 1 << 31]
    one = layer([1], 0, multiplier, shift, -5)
    assert np.array_equal(cores(sums, multiplier, shift, -5), one.outputs(sums))


def test_without_a_shift_rounding_is_exact_above_the_zero_point() -> None:
    sums = np.arange(-70_000, 70_000)
    one = layer([1], 0, 1234567890, 0, -128)
    assert np.array_equal(cores(sums, 1234567890, 0, -128), one.outputs(sums))


@pytest.mark.parametrize(
    ("weights", "bias", "multiplier", "shift"),
    [
        ([127, -69, -26, 95], 26_000_000, 1565063334, -20),
        ([12, -128], 1 << 29, 1 << 30, -3),
        ([12, -128], -(1 << 29), 1 << 30, -24),
        ([3, 3], -(1 << 24), 1400000000, -19),
        ([127] * 3, 13_600_000, 1300000000, -19),
    ],
)
def test_a_channel_with_a_large_bias_keeps_its_outputs(
    weights: list[int], bias: int, multiplier: int, shift: int
) -> None:
    given = layer(weights, bias, multiplier, shift)
    made = dense_mve.settled(given)
    assert not isinstance(made, str)
    assert abs(dense_mve.folded_bias(made)[0]) < 1 << 23
    inputs = np.random.default_rng(1).integers(-128, 128, (5000, len(weights)))
    before, after = ((inputs - 3) @ each.weights[0] + each.bias[0] for each in (given, made))
    assert np.array_equal(given.outputs(before), made.outputs(after))


def test_a_large_bias_with_many_outputs_is_refused() -> None:
    assert dense_mve.settled(layer([127] * 30, 1 << 24, 1 << 30, -17)) == "a bias exceeds 24 bits"


def test_a_shift_of_nothing_is_refused_where_negative_results_are_seen() -> None:
    given = layer([1], 0, 1 << 30, 0)
    assert dense_mve.settled(given) == "a channel is scaled by 1/2 or more"
    assert dense_mve.settled(replace(given, activation={"min": 0, "max": 127})) is not None


def test_the_stream_holds_every_weight_once() -> None:
    for channels, depth in ((1, 1), (4, 16), (9, 40), (12, 3), (6, 33)):
        weights = np.arange(channels * depth).reshape(channels, depth) % 251 - 125
        stream = dense_mve.weight_stream(weights)
        assert sorted(stream) == sorted(weights.ravel())


def test_the_stream_interleaves_pairs() -> None:
    weights = np.arange(4)[:, None] * 32 + np.arange(20) % 32
    stream = dense_mve.weight_stream(weights).reshape(2, 40)
    assert stream[0].tolist() == [*range(16), *range(64, 80), *range(16, 20), *range(80, 84)]
    assert stream[1, :16].tolist() == [*range(32, 48)]


def test_a_rounding_shift_of_less_than_the_sum_is_a_shift() -> None:
    edges = (np.arange(-300, 300)[:, None] << 22) + np.array([-(1 << 21), -65536, -1, 0, 1, 65535, 65536, 1 << 21])
    drawn = np.random.default_rng(3).integers(-(1 << 31) + (1 << 21), 1 << 31, 100_000)
    sums = np.concatenate([edges.ravel(), drawn])
    assert np.array_equal((((sums - HALF_STEP) >> 16) + 32) >> 6, sums >> 22)
