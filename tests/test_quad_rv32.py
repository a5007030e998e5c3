# SPDX-License-Identifier: Apache-2.0
"""The shortcuts of the RV32 cores: a rescaling by one multiplication is exact, packed sums fit. Who serves."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packlight.dev.harness import operator_modules
from packlight.fixedpoint import Integers
from packlight.header import RUNTIME
from packlight.packing import quad_rv32, quad_thumb
from packlight.packing.quad_thumb import Rescaling
from packlight.targets import load_target
from packlight.verbs.pack import pack

_32 = 1 << 32


def word(values: Integers) -> Integers:
    """As a register holds them, signed."""
    made: Integers = (values + _32 // 2) % _32 - _32 // 2
    return made


def computed(scale: tuple[int, int, int], exact: Rescaling, sums: Integers, signed: bool) -> Integers:
    """What the cores make of sums, register by register."""
    factor, addend, below = scale
    zero = quad_rv32.zero_of(exact.zero_point, quad_rv32.SIGNED if signed else quad_rv32.SHORT)
    u = word(((sums << 11) * factor >> 32) + addend)  # mulhsu, add
    if signed:
        u = np.where(u < 0, word(u - below), u)
    made: Integers = np.clip(u >> (factor & 31), exact.low - zero, exact.high - zero) + zero
    return made


def sums_to_try(exact: Rescaling, least: int, most: int) -> Integers:
    """All sums of a short range; of a long one the ends, both sides of every rise, around zero, and many others."""
    if most - least < 1 << 14:
        return np.arange(least, most + 1)
    rises = exact.rises(least, most)
    near_zero = np.arange(-2000, 2000) - exact.bias
    spread = np.linspace(least, most, 4000).astype(np.int64)
    found: Integers = np.clip(np.concatenate([rises - 1, rises, near_zero, spread]), least, most)
    return found


@settings(deadline=None, max_examples=250)
@given(
    multiplier=st.integers(1 << 30, (1 << 31) - 1) | st.sampled_from([0, 1 << 30, 1789569714, (1 << 31) - 1]),
    shift=st.integers(-16, 2),
    bias=st.integers(-300_000, 300_000) | st.sampled_from([0, 1 << 24, -(1 << 24)]),
    zero_point=st.integers(-128, 127),
    limits=st.sampled_from([(-128, 127), (-128, 0), (0, 127), (-3, 5), (11, 11)]),
    reach=st.sampled_from([50, 5_000, 200_000, 1_000_000]),
    signed=st.booleans(),
)
def test_scale_is_the_exact_rescaling(
    multiplier: int, shift: int, bias: int, zero_point: int, limits: tuple[int, int], reach: int, signed: bool
) -> None:
    exact = Rescaling(bias, multiplier, shift, zero_point, *limits)
    scale = quad_rv32.scale(exact, -reach, reach, signed)
    if scale is not None:
        sums = sums_to_try(exact, -reach, reach)
        assert (computed(scale, exact, sums, signed) == exact.of(sums) + exact.low).all()


# 5/6 * 2^31 puts a fifth of all steps on whole sums.
@pytest.mark.parametrize("multiplier", [1789569714, *range((1 << 30) + 12345, 1 << 31, 23456789)])
@pytest.mark.parametrize("zero_point", [-128, -20, 4, 127])
@pytest.mark.parametrize("shift", [-3, -6, -9])
def test_usual_rescalings_have_a_scale(multiplier: int, zero_point: int, shift: int) -> None:
    exact = Rescaling(-1234, multiplier, shift, zero_point, -128, 127)
    scale = quad_rv32.scale(exact, -400_000, 400_000, signed=True)
    assert scale is not None
    sums = sums_to_try(exact, -400_000, 400_000)
    assert (computed(scale, exact, sums, signed=True) == exact.of(sums) - 128).all()


def test_halves_below_zero_are_not_rounded_up() -> None:
    exact = Rescaling(0, 1 << 30, -3, 0, -128, 127)
    assert quad_rv32.scale(exact, -4_000, 4_000, signed=False) is None
    assert quad_rv32.scale(exact, -4_000, 4_000, signed=True) is not None


@pytest.mark.parametrize(("bias", "shift", "is_short"), [(0, -8, True), (1 << 30, 0, True), (1 << 30, 2, False)])
def test_exact_rescaling_is_refused_where_it_exceeds_32_bits(bias: int, shift: int, is_short: bool) -> None:
    exact = Rescaling(bias, (1 << 31) - 1, shift, 0, -128, 127)
    assert quad_rv32.are_short([exact], np.array([-1000]), np.array([1000])) == is_short


def test_three_sums_come_back_from_two_words() -> None:
    random = np.random.default_rng(1)
    ends = np.array([-quad_thumb.LIMIT, quad_thumb.LIMIT - 1, 0, -1, 1])
    cube = np.stack(np.meshgrid(ends, ends, ends)).reshape(3, -1)
    s0, s1, s2 = np.concatenate([cube, random.integers(-quad_thumb.LIMIT, quad_thumb.LIMIT, (3, 5000))], axis=1)
    word0, word1 = word(s0 + (s1 << 21)), word(s2 + (s1 << 11))
    low1 = ((word0 + (1 << 20)) % _32 >> 21) << 11
    third = word(word1 - low1 << 11)
    assert (word(word0 << 11) == s0 << 11).all()
    assert (third == s2 << 11).all()
    assert (word(word1 - (third >> 11)) == s1 << 11).all()


def test_the_cores_have_the_steps_that_are_laid_out_for() -> None:
    text = (RUNTIME / "pl_quad_rv32.S").read_text(encoding="utf-8")
    steps = {name: int(value) for name, value in re.findall(r"\.set (ROW_STEPS|FOUR_STEPS), (\d+)", text)}
    assert steps == {"ROW_STEPS": quad_rv32.ROW_STEPS, "FOUR_STEPS": quad_rv32.FOUR_STEPS}


SERVED = {
    ("CONV_2D", "int8_few_pixels"): "fully_connected_s8_rv32",
    ("CONV_2D", "int8_3x3_odd"): "conv_2d_s8_rv32",
    ("CONV_2D", "int8_1x1"): "conv_2d_s8_rv32_signed",
    ("CONV_2D", "int8_deep_3x3"): "conv_2d_s8_rv32_long",
    ("CONV_2D", "int8_groups"): "conv_2d_s8",
    ("DEPTHWISE_CONV_2D", "int8_single_element"): "conv_2d_s8_rv32",
    ("DEPTHWISE_CONV_2D", "int8_one_channel_multiplier_8"): "depthwise_conv_2d_s8_rv32_four_signed",
    ("DEPTHWISE_CONV_2D", "int8_3x3_relu_odd"): "depthwise_conv_2d_s8_rv32_3x3",
    ("DEPTHWISE_CONV_2D", "int8_3x3_in_bands"): "depthwise_conv_2d_s8_rv32_3x3",
    ("DEPTHWISE_CONV_2D", "int8_7x7"): "depthwise_conv_2d_s8_rv32_signed",
    ("DEPTHWISE_CONV_2D", "int8_dilated_1d"): "depthwise_conv_2d_s8_rv32",
    ("DEPTHWISE_CONV_2D", "int8_dilated"): "depthwise_conv_2d_s8",
    ("FULLY_CONNECTED", "int8_many_units"): "fully_connected_s8_rv32",
    ("FULLY_CONNECTED", "int8_five_rows_relu"): "conv_2d_s8_rv32",
}


@pytest.mark.parametrize(("operator", "name"), SERVED)
def test_who_serves(operator: str, name: str) -> None:
    found = [each for module in operator_modules().values() for each in module.CASES if each.name == name]
    (case,) = (each for each in found if each.operator == operator)
    program = pack(case.model(), target=load_target("rv32imc"), optimize="speed")
    assert [kernel.name for kernel in program.kernels] == [SERVED[operator, name]]
    (call,) = program.calls
    assert all(": " in why for why in call.passed_over)
