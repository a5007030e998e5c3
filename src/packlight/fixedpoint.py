# SPDX-License-Identifier: Apache-2.0
"""The integer arithmetic of the kernels, in numpy: what runtime/pl_requantize.c and pl_fixed.c do to one number.

Prepare uses it to compute at build time what a kernel would have computed for every element. The definitions are
gemmlowp's, which TFLM's integer kernels use. All arrays are int64 and hold int32 values. Qm.n is a number with m
integer bits and n = 31 - m fractional bits beside the sign: its integer times 2**-n.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Integers: TypeAlias = npt.NDArray[np.int64]

INT32_MAX = (1 << 31) - 1

#: e**(-2**i) as Q0.31, for i = -2 to 4.
_EXP_FACTORS = (1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242)


def high_mul(a: Integers, b: Integers | int) -> Integers:
    """round(a * b / 2**31), halves up."""
    return (a * b + (1 << 30)) >> 31


def rounding_shift(value: Integers, exponent: int) -> Integers:
    """round(value / 2**exponent), halves away from zero; exponent 0 to 31."""
    mask = (1 << exponent) - 1
    return (value >> exponent) + ((value & mask) > (mask >> 1) + (value < 0))


def requantize(value: Integers, multiplier: int, shift: int) -> Integers:
    """value * multiplier * 2**(shift - 31), rounded by the product and again by the shift; shift -31 to 30.

    The shift to the left must stay within int32.
    """
    return rounding_shift(high_mul(value << max(shift, 0), multiplier), max(-shift, 0))


def exp_negative(a: Integers, integer_bits: int) -> Integers:
    """e**a as Q0.31 (1 is INT32_MAX), for a <= 0 with so many integer bits, at most 5."""
    fraction_bits = 31 - integer_bits
    quarter = 1 << (fraction_bits - 2)
    rest = (a & (quarter - 1)) - quarter
    quarters = (rest - a) >> (fraction_bits - 2)
    result = _exp_quarter(rest << integer_bits)
    for i, factor in enumerate(_EXP_FACTORS[: integer_bits + 2]):
        result = np.where(quarters >> i & 1, high_mul(result, factor), result)
    return np.where(a == 0, INT32_MAX, result)


def _exp_quarter(a: Integers) -> Integers:
    """e**a for a in [-1/4, 0), all in Q0.31: a Taylor polynomial of degree 4 around -1/8."""
    exp_minus_eighth, third = 1895147668, 715827883
    x = a + (1 << 28)
    x2 = high_mul(x, x)
    higher = high_mul(rounding_shift(high_mul(x2, x2), 2) + high_mul(x2, x), third) + x2
    return exp_minus_eighth + high_mul(x + rounding_shift(higher, 1), exp_minus_eighth)


def one_over_one_plus(a: Integers) -> Integers:
    """1 / (1 + a) as Q0.31 for a in [0, 1] in Q0.31."""
    return np.minimum(_two_over_one_plus(a) * 2, INT32_MAX)


def _two_over_one_plus(a: Integers) -> Integers:
    """2 / (1 + a) as Q2.29: three Newton-Raphson steps from 48/17 - 32/17 * (1 + a) / 2."""
    half = (a + (1 << 31)) >> 1
    x = 1515870810 + high_mul(half, -1010580540)
    for _ in range(3):
        x = x + high_mul(x, (1 << 29) - high_mul(half, x)) * 4
    return x


def logistic(a: Integers, integer_bits: int) -> Integers:
    """1 / (1 + e**-a) as Q0.31, for a with so many integer bits, at most 5."""
    positive = one_over_one_plus(exp_negative(-np.abs(a), integer_bits))
    return np.where(a > 0, positive, np.where(a < 0, INT32_MAX - positive, 1 << 30))


def tanh(a: Integers, integer_bits: int) -> Integers:
    """(1 - e**-2a) / (1 + e**-2a) as Q0.31, for a with so many integer bits, at most 4."""
    power = exp_negative(-np.abs(a), integer_bits + 1)
    return np.sign(a) * np.minimum((_two_over_one_plus(power) - (1 << 29)) * 4, INT32_MAX)


def inverse_root(value: Integers) -> tuple[Integers, Integers]:
    """1 / sqrt(value) as multipliers and shifts for `requantize`; for whole numbers, those below 1 count as 1.

    value * 4**k in [1/4, 1) by five Newton-Raphson steps x += x / 2 * (1 - value * x**2) from 1, in Q3.28.
    """
    large = np.maximum(value, 2)
    reduced = np.where(large >= 1 << 29, large // 4, large)
    reduced = np.where(reduced >= 1 << 29, reduced // 4, reduced)
    pairs = (28 - np.floor(np.log2(reduced)).astype(np.int64)) // 2
    shift = pairs - 11 - (large >= 1 << 29) - (large >= 1 << 31)
    half = rounding_shift(reduced << (2 * pairs) >> 1, 1)
    x = np.full_like(reduced, 1 << 28)
    for _ in range(5):
        cube = np.minimum(high_mul(high_mul(x, x), x) << 6, INT32_MAX)
        x = np.minimum((high_mul(x, 3 << 27) - high_mul(half, cube)) << 3, INT32_MAX)
    root = high_mul(x, 1518500250) << np.maximum(shift, 0)
    return np.where(value <= 1, INT32_MAX, root), np.where(value <= 1, 0, np.minimum(shift, 0))
