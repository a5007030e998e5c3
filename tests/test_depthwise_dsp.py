# SPDX-License-Identifier: Apache-2.0
"""The proofs behind the kernels for cores with the DSP extension: depthwise convolutions, ADD."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from packlight import arithmetic, fixedpoint
from packlight.dev.elementwise import binary
from packlight.ops.add import pack_dsp as add
from packlight.ops.depthwise_conv_2d import channels as ch
from packlight.ops.depthwise_conv_2d.cases import CASES
from packlight.targets import load_target
from packlight.verbs.pack import pack
from packlight.verbs.prepare import prepare
from packlight.verbs.resolve import resolve

REACH = 1 << 15  # the sums that are tried, all of them


def channels(real: float, offset: int, least: int, most: int, reach: int = REACH) -> ch.Channels:
    """One output channel whose sums reach from -reach to reach and are scaled by `real`."""
    multiplier, shift = (np.array([number], np.int64) for number in arithmetic.quantize_multiplier(real))
    low, high = np.array([-reach], np.int64), np.array([reach], np.int64)
    weights = np.zeros((1, 1, 1), np.int64)
    return ch.Channels(weights, np.zeros(1, np.int64), multiplier, shift, low, high, offset, least, most)


def portable(given: ch.Channels, sums: ch.Integers) -> ch.Integers:
    result = fixedpoint.requantize(sums, int(given.multiplier[0]), int(given.shift[0])) + given.offset
    return np.clip(result, given.least, given.most)


REALS = [0.12, 0.0625, 0.06249, 0.031, 0.0078125, 0.00503, 0.0011, 2**-9, 2**-12 * 1.37, 2**-15]
SUMS = np.arange(-REACH, REACH + 1, dtype=np.int64)


@pytest.mark.parametrize("bits", [ch.FRACTION_BITS, ch.FRACTION_BITS_MULTI])
@pytest.mark.parametrize("real", REALS)
def test_rounding_up_is_exact_where_a_clamp_hides_negative_results(real: float, bits: int) -> None:
    given = channels(real, -128, -128, 127)
    scaled = ch.rounding_up(given, bits)
    assert isinstance(scaled, str) == (not 2.0**-bits <= real < 2.0 ** (7 - bits))
    if isinstance(scaled, str):
        return
    scale = int(scaled.shift[0])
    rounding = (-128 << bits) + (1 << (bits - 1)) + (1 << (scale - 2))
    high = ((SUMS << scale) * int(scaled.multiplier[0]) >> 32) + rounding  # smmla
    assert np.array_equal(np.clip(high >> bits, -128, 127), portable(given, SUMS))


def test_rounding_up_refuses_what_it_would_round_wrongly() -> None:
    assert isinstance(ch.rounding_up(channels(0.0078125, 0, -128, 127)), str)  # halves below zero
    assert isinstance(ch.rounding_up(channels(0.3, -128, -128, 127)), str)  # weights would leave int16


@pytest.mark.parametrize("offset", [-128, -3, 0, 127])
@pytest.mark.parametrize("real", [*REALS, 0.499, 2**-20])
def test_rounding_to_nearest_is_exact(real: float, offset: int) -> None:
    given = channels(real, offset, -128, 127)
    scaled = ch.rounding_to_nearest(given)
    assert isinstance(scaled, ch.Scaled)
    shift, multiplier = int(scaled.shift[0]), int(scaled.multiplier[0])
    rounding = (offset << shift) + (1 << (shift - 1)) + (SUMS >> 63)
    high = (2 * SUMS * multiplier + (rounding << 32) + (1 << 31)) >> 32  # smmlar
    assert np.array_equal(np.clip(high >> shift, -128, 127), portable(given, SUMS))
    assert isinstance(ch.rounding_to_nearest(channels(0.5, 0, -128, 127)), str)
    assert isinstance(ch.rounding_to_nearest(channels(2**-24, 0, -128, 127)), str)


def test_equal_finds_a_single_difference() -> None:
    given = channels(0.0101, -20, -100, 90)
    assert ch.equal(given, given.result)
    steps = SUMS[1:][np.diff(portable(given, SUMS)) > 0]
    for wrong in (steps[0], steps[len(steps) // 2], steps[-1] - 1):
        other = int(given.result(np.array([[wrong]]))[0, 0])
        late = given.result(np.array([[wrong - 1]]))[0, 0] if wrong in steps else other + 1
        assert not ch.equal(given, lambda sums, at=wrong, late=late: np.where(sums == at, late, given.result(sums)))  # type: ignore[misc]


def add_params(scales: Any, activation: str) -> Any:
    model = binary("x", "ADD", type_="INT8", shapes=((4,), (4,)), scales=scales, activation=activation).model()
    return prepare(model, resolve(model, None)).calls[0].params


@pytest.mark.parametrize("activation", ["NONE", "RELU"])
@pytest.mark.parametrize("first", [0.0317, 0.05, 0.113])
@pytest.mark.parametrize("second", [0.0213, 0.0501, 0.3])
def test_linear_add_is_exact(first: float, second: float, activation: str) -> None:
    params = add_params(((first, -7), (second, 12), (0.2103, -128)), activation)
    found = add.linear(params)
    assert found is not None
    values = np.arange(-128, 128, dtype=np.int64)
    sums = values[:, None] * found[0] + values[None, :] * found[1] + found[2]
    assert abs(sums).max() < 1 << 31
    limits = params["activation"]
    got = np.clip(np.clip(sums >> add.BITS, -128, 127), limits["min"], limits["max"])
    assert np.array_equal(got, add.results(params, values))


SERVED = {
    "int8_3x3_relu": "3x3",
    "int8_3x3_signed": "3x3_exact",
    "int8_3x3_relu_above": "3x3",
    "int8_3x3_stride_2_relu": "3x3_s2",
    "int8_3x3_stride_2_valid": "3x3_s2_exact",
    "int8_3x3_stride_2_multiplier_8": "3x3_s2",
    "int8_3x3_few_outputs": "direct",
    "int8_15x1_one_output": "direct",
    "int8_stride_3": "direct",
    "int8_5x1": "",
    "int8_5x5": "",
    "int8_5x5_stride_2": "s2",
    "int8_one_channel_multiplier_8": "multi_exact",
    "int8_one_channel_multiplier_8_relu": "multi",
}


@pytest.mark.parametrize("name", SERVED)
def test_the_kernel_that_serves_a_case(name: str) -> None:
    case = next(case for case in CASES if case.name == name)
    call = pack(case.model(), target=load_target("cortex-m4"), optimize="speed").calls[0]
    assert call.kernel.name == "_".join(["depthwise_conv_2d_s8_dsp", *filter(None, [SERVED[name]])])


def test_constant_channels_lose_their_weights() -> None:
    given = replace(channels(0.01, -128, -128, 127), low=np.array([1 << 27]), high=np.array([1 << 28]))
    freed = ch._without_constants(given)
    assert freed.low == freed.high == freed.bias and abs(int(freed.bias[0])) < 1 << 16
    assert given.result(freed.bias[:, None]) == 127
