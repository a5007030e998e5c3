# SPDX-License-Identifier: Apache-2.0
"""The shortcuts of the Thumb cores: a cheaper rescaling equals the exact one at every sum, and packed sums fit."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packlight.fixedpoint import Integers
from packlight.header import RUNTIME
from packlight.packing import quad_thumb
from packlight.packing.quad_thumb import Rescaling

_32 = 1 << 32


def computed(scale: tuple[int, int, int], exact: Rescaling, sums: Integers, signed: bool) -> Integers:
    """What the cores make of sums, as the comment on pl_quad_thumb_scale says it."""
    base, factor, rest = scale
    shift, halving = rest & 255, base % 32
    high, low = factor >> shift, factor % (1 << shift)
    most = ((rest >> 8 & 2047) << halving) % _32 >> 1
    at = np.clip(sums + (base >> 5), 0, most)
    assert (at * low).max() < _32  # the products that are shifted do not wrap
    assert (rest >> 19) * (high >> 4) < _32
    u: Integers = at * high + (at * low >> shift) + ((exact.low + 1) << 24) - ((rest >> 19) * (high >> 4) >> 9)
    u = (u + _32 // 2) % _32 - _32 // 2
    if signed:
        u = np.where(u < (exact.zero_point + 1) << 24, u - ((1 << 24) >> halving), u)
    made: Integers = (u + _32 // 2) % _32 - _32 // 2 >> 24
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


@settings(deadline=None, max_examples=150)
@given(
    multiplier=st.integers(1 << 30, (1 << 31) - 1) | st.sampled_from([0, 1 << 30, (1 << 31) - 1]),
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
    scale = quad_thumb.scale(exact, -reach, reach, signed)
    if scale is not None:
        sums = sums_to_try(exact, -reach, reach)
        assert (computed(scale, exact, sums, signed) == exact.of(sums) + exact.low).all()


@pytest.mark.parametrize("zero_point", [-128, -20, 4, 127])
@pytest.mark.parametrize("shift", [-3, -6, -9])
def test_usual_rescalings_have_a_scale(zero_point: int, shift: int) -> None:
    for multiplier in range((1 << 30) + 12345, 1 << 31, 23456789):
        exact = Rescaling(-1234, multiplier, shift, zero_point, -128, 127)
        assert quad_thumb.scale(exact, -400_000, 400_000, signed=True) is not None


def test_rises_are_where_the_output_rises() -> None:
    exact = Rescaling(777, 1_500_000_000, -6, -5, -128, 127)
    sums = np.arange(-40_000, 40_000)
    outputs = exact.of(sums)
    assert exact.rises(-40_000, 39_999).tolist() == (sums[1:][np.diff(outputs) > 0]).tolist()


def test_parts_keep_every_sum_within_its_field() -> None:
    weights = np.full((1, 300), 127)
    count, first, length = quad_thumb.parts(weights) or (0, 0, 0)
    assert count > 1
    assert first + (count - 1) * length == 300
    assert length % quad_thumb.STEPS == 0
    assert max(first, length) * 127 * 128 <= quad_thumb.LIMIT
    assert quad_thumb.parts(weights, most=1) is None


def test_three_sums_come_back_from_two_words() -> None:
    random = np.random.default_rng(1)
    ends = np.array([-quad_thumb.LIMIT, quad_thumb.LIMIT - 1, 0, -1, 1])
    cube = np.stack(np.meshgrid(ends, ends, ends)).reshape(3, -1)
    s0, s1, s2 = np.concatenate([cube, random.integers(-quad_thumb.LIMIT, quad_thumb.LIMIT, (3, 5000))], axis=1)
    word0, word1 = (s0 + (s1 << 21)) % _32, (s2 + (s1 << 10)) % _32

    def signed(value: Integers, bits: int) -> Integers:
        return (value + (1 << bits - 1)) % (1 << bits) - (1 << bits - 1)

    first = signed(word0, 21)
    rest = word1 - ((word0 - first) % _32 >> 11)
    third = signed(rest, 21)
    second = signed((word1 - third) % _32, 32) >> 10
    assert (first == s0).all()
    assert (second == s1).all()
    assert (third == s2).all()


def test_the_cores_have_the_steps_that_are_laid_out_for() -> None:
    text = (RUNTIME / "pl_quad_thumb.S").read_text(encoding="utf-8")
    steps = {name: int(value) for name, value in re.findall(r"\.set (STEPS|ROW_STEPS), (\d+)", text)}
    assert steps == {"STEPS": quad_thumb.STEPS, "ROW_STEPS": quad_thumb.ROW_STEPS}
