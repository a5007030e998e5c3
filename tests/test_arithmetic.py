# SPDX-License-Identifier: Apache-2.0
"""What prepare computes, against exact rational arithmetic and brute force."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from packlight import arithmetic
from packlight.errors import UnsupportedError
from packlight.nouns.kernel import Kernel
from packlight.nouns.model import OperatorCode, Quantization, StoredOperator, Tensor
from packlight.nouns.operator import Node, Operator


def no_kernel(file: Path) -> Kernel:
    raise AssertionError(file)


def node(**operands: Tensor) -> Node:
    """A node that can refuse, with these operands."""
    operator = Operator("MADE", tuple(operands), (), {}, lambda node: ())
    return Node(operator, StoredOperator(0, OperatorCode("MADE"), (), ()), operands, "made", no_kernel)


def quantized(scale: float, zero_point: int, type_: str = "INT8") -> Tensor:
    return Tensor(0, "t", type_, (1,), None, Quantization((float(np.float32(scale)),), (zero_point,)))


def exact_round(value: Fraction) -> int:
    """Halves away from zero."""
    return int(math.copysign(math.floor(abs(value) + Fraction(1, 2)), value))


@given(st.floats(-1e15, 1e15))
@example(0.5)
@example(-0.5)
@example(1.5)
@example(2.5)
@example(-2.5)
@example(0.49999999999999994)  # plus 0.5 is 1.0 in doubles
@example(-0.49999999999999994)
@example(4503599627370497.5)
@example(4503599627370497.0)  # plus 0.5 rounds to the even neighbour
@example(9007199254740993.0)
@example(0.0)
@example(-0.0)
def test_round_half_away(value: float) -> None:
    assert arithmetic.round_half_away(value) == exact_round(Fraction(value))
    assert isinstance(arithmetic.round_half_away(value), int)


def exact_multiplier(real: float) -> tuple[int, int]:
    """The one pair with 2**30 <= |multiplier| < 2**31 that is nearest to `real`, or a smaller one at the ends."""
    value, shift = Fraction(real), 0
    if not value:
        return 0, 0
    while abs(value) >= 1:
        value, shift = value / 2, shift + 1
    while abs(value) < Fraction(1, 2):
        value, shift = value * 2, shift - 1
    multiplier = exact_round(value * (1 << 31))
    return (multiplier, shift) if abs(multiplier) < 1 << 31 else (multiplier // 2, shift + 1)


@given(st.floats(2.0**-31, 2.0**29))
@example(1.0)
@example(0.5)
@example(2.0)
@example(2.0**-31)
@example(2.0**29)
@example(math.nextafter(1.0, 0.0))  # rounds up to the next power of two
@example(math.nextafter(0.5, 0.0))
@example(math.nextafter(1.0, 2.0))
@example(1 - 2.0**-32)  # a half, in the last place of the multiplier
@example(1 - 3 * 2.0**-33)
def test_multipliers_are_the_nearest(real: float) -> None:
    multiplier, shift = arithmetic.quantize_multiplier(real)
    assert (multiplier, shift) == exact_multiplier(real)
    assert 1 << 30 <= multiplier < 1 << 31
    assert -31 <= shift <= 30
    assert abs(Fraction(multiplier) * Fraction(2) ** (shift - 31) / Fraction(real) - 1) <= Fraction(1, 1 << 31)


@given(st.floats(2.0**-31, 2.0**29))
def test_negative_multipliers(real: float) -> None:
    multiplier, shift = arithmetic.quantize_multiplier(real)
    if real != 2.0 ** math.frexp(real)[1] and multiplier != 1 << 30:
        assert arithmetic.quantize_multiplier(-real) == (-multiplier, shift)


@pytest.mark.parametrize("exponent", range(-31, 30))
def test_powers_of_two_are_exact(exponent: int) -> None:
    assert arithmetic.quantize_multiplier(2.0**exponent) == (1 << 30, exponent + 1)


def test_multipliers_at_the_ends() -> None:
    assert arithmetic.quantize_multiplier(0.0) == (0, 0)
    assert arithmetic.quantize_multiplier(-0.0) == (0, 0)
    assert arithmetic.quantize_multiplier(2.0**-32) == (1 << 30, -31)
    assert arithmetic.quantize_multiplier(math.nextafter(2.0**-32, 1)) == (1 << 30, -31)
    assert arithmetic.quantize_multiplier(2.0**-32 * (1 - 2.0**-30)) == (0, 0)
    assert arithmetic.quantize_multiplier(math.nextafter(2.0**-32, 0)) == (1 << 30, -31)  # rounds up to 2**-32
    for tiny in (2.0**-33, 1e-30, 5e-324):
        assert arithmetic.quantize_multiplier(tiny) == (0, 0)
    for huge in (2.0**30, 1e30, 1e300):
        assert arithmetic.quantize_multiplier(huge) == ((1 << 31) - 1, 30)


def test_many_multipliers() -> None:
    multipliers, shifts = arithmetic.quantize_multipliers([0.0, 0.25, 1.0, 3.0])
    assert (multipliers.dtype, shifts.dtype) == (np.dtype(np.int32), np.dtype(np.int8))
    assert multipliers.tolist() == [0, 1 << 30, 1 << 30, 3 << 29]
    assert shifts.tolist() == [0, -1, 1, 2]


def test_channel_multipliers_are_products_in_float64() -> None:
    scales = tuple(float(np.float32(each)) for each in (0.1, 0.2, 0.3))
    filter_ = Tensor(1, "f", "INT8", (3, 2), None, Quantization(scales, (0, 0, 0)))
    input_, output = quantized(0.7, 0), quantized(0.9, 0)
    assert arithmetic.channel_multipliers(input_, filter_, output, 3) == [
        input_.scale * scale / output.scale for scale in scales
    ]
    one = Tensor(1, "f", "INT8", (3, 2), None, Quantization(scales[:1], (0,)))
    assert arithmetic.channel_multipliers(input_, one, output, 3) == [input_.scale * scales[0] / output.scale] * 3


@given(st.floats(-1000, 1000, width=32), st.floats(2.0**-20, 1000, width=32), st.integers(-128, 127))
def test_quantize_float32(value: float, scale: float, zero_point: int) -> None:
    """The division is that of float32, which may round up to a half; what comes after is exact."""
    quotient = Fraction(float(np.float32(value) / np.float32(scale)))
    assert arithmetic.quantize_float32(value, scale, zero_point) == exact_round(quotient) + zero_point


def test_quantize_float32_stays_within_int32() -> None:
    for value in (6.0, -1.0):
        stored = arithmetic.quantize_float32(value, float(np.float32(1e-45)), 0)
        assert abs(abs(stored) - (1 << 31)) <= 1


@pytest.mark.parametrize(
    ("activation", "scale", "zero_point", "expected"),
    [
        ("NONE", 0.1, 3, (-128, 127)),
        ("RELU", 0.1, 3, (3, 127)),
        ("RELU", 0.1, -128, (-128, 127)),
        ("RELU6", 0.1, -10, (-10, 50)),
        ("RELU6", 1.0, 0, (0, 6)),
        ("RELU6", 0.01, -128, (-128, 127)),
        ("RELU6", 1e-45, -128, (-128, 127)),
        ("RELU_N1_TO_1", 0.1, 5, (-5, 15)),
        ("RELU_N1_TO_1", 0.4, 0, (-3, 3)),  # 2.5 goes away from zero
        ("RELU_N1_TO_1", 0.001, 0, (-128, 127)),
    ],
)
def test_quantized_activation(activation: str, scale: float, zero_point: int, expected: tuple[int, int]) -> None:
    output = quantized(scale, zero_point)
    found = arithmetic.quantized_activation(node(output=output), activation, output)
    assert (found["min"], found["max"]) == expected


def test_other_types_have_their_own_range() -> None:
    for type_, limits in (("INT16", (-32768, 32767)), ("UINT8", (0, 255))):
        output = quantized(0.1, 0, type_)
        assert tuple(arithmetic.quantized_activation(node(output=output), "NONE", output).values()) == limits


def test_float_activation() -> None:
    biggest = float(np.finfo(np.float32).max)
    assert arithmetic.float_activation(node(), "NONE") == {"min": -biggest, "max": biggest}
    assert arithmetic.float_activation(node(), "RELU") == {"min": 0.0, "max": biggest}
    assert arithmetic.float_activation(node(), "RELU6") == {"min": 0.0, "max": 6.0}
    assert arithmetic.float_activation(node(), "RELU_N1_TO_1") == {"min": -1.0, "max": 1.0}


sizes, small = st.integers(1, 30), st.integers(1, 6)


@given(sizes, small, small, small)
def test_valid_windows_are_those_that_fit(size: int, filter_size: int, stride: int, dilation: int) -> None:
    count, padding = arithmetic.window(node(), size, filter_size, stride, dilation, "VALID")
    last = (filter_size - 1) * dilation  # of a window's elements, from its first
    assert count == sum(start + last < size for start in range(0, size, stride))
    assert padding == 0 or count == 0


@given(sizes, small, small, small)
def test_same_windows_cover_the_input_evenly(size: int, filter_size: int, stride: int, dilation: int) -> None:
    """As many positions as strides in the input; the padding that they need is halved, the odd element comes last."""
    count, padding = arithmetic.window(node(), size, filter_size, stride, dilation, "SAME")
    assert count == len(range(0, size, stride))
    reached = max(start + tap * dilation for start in range(0, count * stride, stride) for tap in range(filter_size))
    needed = max(0, reached + 1 - size)
    assert padding == needed // 2


@pytest.mark.parametrize(
    ("stride", "dilation", "filter_size"), [(0, 1, 3), (1, 0, 3), (-1, 1, 3), (1, 1, 0), (1, 1 << 30, 3)]
)
def test_windows_without_sense_are_refused(stride: int, dilation: int, filter_size: int) -> None:
    with pytest.raises(UnsupportedError):
        arithmetic.window(node(), 8, filter_size, stride, dilation, "SAME")


def weights(**changes: Tensor) -> Node:
    """A node that `check_weights` accepts, but for the changes."""
    filter_ = Tensor(1, "filter", "INT8", (2, 3), None, Quantization((0.1, 0.2), (0, 0), 0))
    bias = Tensor(2, "bias", "INT32", (2,), None, None)
    made = {"input": quantized(0.5, 3), "filter": filter_, "bias": bias, "output": quantized(0.25, -1), **changes}
    return node(**made)


def test_check_weights() -> None:
    arithmetic.check_weights(weights(), weights().filter, 2, 0)
    per_tensor = Tensor(1, "filter", "INT8", (2, 3), None, Quantization((0.1,), (0,), 1))
    arithmetic.check_weights(weights(), per_tensor, 2, 0)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"output": Tensor(3, "o", "INT16", (1,))}, "output has the type of input"),
        ({"bias": Tensor(2, "b", "INT8", (2,))}, "int32 with an int8"),
        ({"bias": Tensor(2, "b", "INT32", (3,))}, "bias has one value for each output channel"),
        ({"input": Tensor(0, "i", "INT8", (1,))}, "every int8 tensor has a scale"),
        (
            {"filter": Tensor(1, "f", "INT8", (2, 3), None, Quantization((0.1,) * 3, (0,) * 3, 0))},
            "filter has one scale",
        ),
        ({"filter": Tensor(1, "f", "INT8", (2, 2), None, Quantization((0.1,) * 2, (0,) * 2, 1))}, "along its output"),
        ({"filter": Tensor(1, "f", "INT8", (2, 2), None, Quantization((0.1,), (4,)))}, "symmetrically"),
        ({"input": Tensor(0, "i", "FLOAT32", (1,))}, "output has the type of input"),
        (
            {
                **{
                    name: Tensor(0, name, "UINT8", (1,), None, Quantization((0.5,), (3,)))
                    for name in ("input", "output")
                },
                "filter": Tensor(1, "f", "UINT8", (2, 2), None, Quantization((0.1,) * 2, (9,) * 2, 0)),
            },
            "uint8 weights have one scale",
        ),
        ({"input": Tensor(0, "i", "INT32", (1,))}, "filter is float32, int8 or int4 with a float32 input"),
    ],
)
def test_weights_that_are_refused(changes: dict[str, Tensor], sentence: str) -> None:
    with pytest.raises(UnsupportedError, match=sentence):
        arithmetic.check_weights(weights(**changes), weights(**changes).filter, 2, 0)
