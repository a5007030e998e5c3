# SPDX-License-Identifier: Apache-2.0
"""Cases of DEPTHWISE_CONV_2D."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from packlight.dev.case import WEIGHTED, Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: All but int16 with a bias of int32, which TFLM reads wrongly and LiteRT refuses.
TYPES = ("INT8", "FLOAT32", "INT8_INT4", "INT16", "FLOAT32_INT8", "UINT8")


def case(
    name: str,
    *,
    type_: str = "INT8",
    size: tuple[int, int, int, int] = (1, 6, 5, 4),
    window: tuple[int, int] = (3, 3),
    ch_mult: int = 1,
    padding: str = "SAME",
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
    activation: str = "NONE",
    per_channel: bool = True,
    bias: bool = True,
    zero_points: tuple[int, int] = (-7, 11),
    bias_reach: int = 9000,
    least_weight: int = -127,
    scale: float = 1.0,
) -> Case:
    """Each channel of an input of `size` [batches, h, w, c] convolved with `ch_mult` filters of `window` (h, w).

    Floats times integers: LiteRT, the oracle, needs a bias and as many scales as outputs. uint8 has one scale, and
    counts zero points and `least_weight` from 128.
    """
    of_input, of_filter, of_bias = WEIGHTED[type_]
    zero_points = (0, 0) if of_input == "INT16" else zero_points
    if type_ == "FLOAT32_INT8":
        bias = per_channel = True
    if type_ == "UINT8":
        per_channel, zero_points = False, (zero_points[0] + 128, zero_points[1] + 128)
    batches, height, width, depth = size
    outputs = depth * ch_mult
    spans = [(height, window[0], stride[0], dilation[0]), (width, window[1], stride[1], dilation[1])]
    out_h, out_w = (-(-n // s) if padding == "SAME" else (n - (k - 1) * d - 1) // s + 1 for n, k, s, d in spans)
    quantized = of_input != "FLOAT32"
    scales = [scale * (0.002 + 0.0007 * channel) for channel in range(outputs)] if per_channel else [0.004 * scale]
    weights: dict[str, Any] = {"scale": scales, "quantized_dimension": 3, "low": least_weight}
    weights = weights if of_filter != "FLOAT32" else {}
    weights = {**weights, "low": least_weight + 128, "zero_point": 120} if type_ == "UINT8" else weights
    limits: dict[str, Any] = {"scale": [0.05 * s for s in scales], "low": -bias_reach, "high": bias_reach}
    limits = limits if quantized else {}
    first: dict[str, Any] = {"scale": 0.05, "zero_point": zero_points[0]} if quantized else {}
    last: dict[str, Any] = {"scale": 0.03, "zero_point": zero_points[1]} if quantized else {}
    inputs: list[Operand | None] = [
        tensor(of_input, *size, **first),
        constant(of_filter, 1, *window, outputs, **weights),
    ]
    if bias:
        inputs.append(constant(of_bias, outputs, **limits))
    options = {
        "padding": padding,
        "depth_multiplier": ch_mult,
        **{"stride_h": stride[0], "stride_w": stride[1]},
        **{"dilation_h_factor": dilation[0], "dilation_w_factor": dilation[1]},
        "fused_activation_function": activation,
    }
    output = tensor(of_input, batches, out_h, out_w, outputs, **last)
    name = f"{type_.lower()}_{name}"
    return Case(name, "DEPTHWISE_CONV_2D", inputs, [output], options, "DepthwiseConv2DOptions", 3)


CASES = tuple(
    made
    for type_ in ("INT8", "FLOAT32")
    for made in (
        case("3x3_same", type_=type_),
        case("single_element", type_=type_, size=(1, 1, 1, 1), window=(1, 1)),
        case("multiplier_3_valid", type_=type_, size=(1, 5, 6, 2), window=(2, 3), ch_mult=3, padding="VALID"),
        case("one_channel_multiplier_8", type_=type_, size=(1, 9, 7, 1), window=(10, 8), ch_mult=8, stride=(2, 2)),
        case("valid_stride_2_relu", type_=type_, size=(2, 7, 9, 3), padding="VALID", stride=(2, 2), activation="RELU"),
        case("same_stride_2x3_relu6", type_=type_, size=(3, 8, 8, 2), window=(5, 4), stride=(2, 3), activation="RELU6"),
        case("dilated", type_=type_, size=(1, 9, 9, 2), dilation=(2, 3), activation="RELU_N1_TO_1"),
        case("dilated_valid", type_=type_, size=(1, 9, 8, 2), ch_mult=2, dilation=(3, 2), padding="VALID"),
        case("no_bias_per_tensor", type_=type_, bias=False, per_channel=False),
        case("per_tensor_multiplier_2", type_=type_, size=(1, 4, 4, 3), ch_mult=2, per_channel=False),
        case("window_larger_than_input", type_=type_, size=(1, 2, 3, 2), window=(5, 5)),
        case("3x3_twenty_channels", type_=type_, size=(1, 5, 3, 20)),
        case("3x3_low_and_wide", type_=type_, size=(2, 3, 8, 17), zero_points=(-128, -128), activation="RELU"),
        case("2x3_stride_2", type_=type_, size=(1, 9, 11, 9), window=(2, 3), stride=(2, 2), zero_points=(5, -128)),
        case("7x7", type_=type_, size=(1, 9, 8, 9), window=(7, 7)),
        case("1x9_dilated", type_=type_, size=(1, 1, 40, 3), window=(1, 9), dilation=(1, 4), ch_mult=2),
        case("extreme_zero_points", type_=type_, zero_points=(-128, 127)),
    )
)

#: What the faster kernels tell apart: signs that a clamp hides or not, odd sizes, one long axis, few outputs.
SHAPES: dict[str, dict[str, Any]] = {
    "3x3_relu": {"size": (1, 12, 10, 6)},
    "3x3_relu_odd": {"size": (2, 13, 7, 7), "zero_points": (127, -128)},
    "3x3_relu_wide": {"size": (1, 7, 21, 4), "padding": "VALID", "least_weight": -128},
    "3x3_relu_6": {"size": (1, 8, 11, 5), "activation": "RELU6", "zero_points": (3, -128)},
    "3x3_relu_above": {"size": (1, 10, 10, 4), "zero_points": (-128, -20)},
    "3x3_signed": {"size": (1, 11, 12, 5), "activation": "NONE", "zero_points": (-128, -3), "least_weight": -128},
    "3x3_constant_channels": {"size": (1, 8, 8, 8), "bias_reach": 1 << 28},
    "3x3_stride_2_relu": {"size": (1, 16, 12, 5), "stride": (2, 2)},
    "3x3_stride_2_relu_odd": {"size": (2, 13, 15, 3), "stride": (2, 2), "zero_points": (127, -128)},
    "3x3_stride_2_valid": {
        "size": (1, 17, 11, 4),
        "stride": (2, 2),
        "padding": "VALID",
        "activation": "NONE",
        "zero_points": (-128, 4),
    },
    "3x3_stride_2_multiplier_8": {"size": (1, 15, 14, 1), "stride": (2, 2), "ch_mult": 8},
    "3x3_multiplier_3": {"size": (1, 9, 9, 3), "ch_mult": 3},
    "3x3_in_bands": {"size": (1, 24, 130, 2), "activation": "NONE"},
    "5x1": {"size": (1, 28, 1, 10), "window": (5, 1), "padding": "VALID", "activation": "NONE"},
    "10x1": {"size": (1, 24, 1, 7), "window": (10, 1), "padding": "VALID", "zero_points": (12, -9)},
    "1x23": {"size": (1, 1, 30, 5), "window": (1, 23), "activation": "NONE", "least_weight": -128},
    "15x1_one_output": {"size": (1, 15, 1, 9), "window": (15, 1), "padding": "VALID", "activation": "NONE"},
    "5x5": {"size": (1, 12, 13, 5), "window": (5, 5), "zero_points": (-128, 5)},
    "5x5_stride_2": {"size": (1, 12, 13, 4), "window": (5, 5), "stride": (2, 2)},
    "7x7_stride_2x1": {"size": (2, 11, 9, 3), "window": (7, 7), "stride": (2, 1)},
    "3x3_few_outputs": {"size": (2, 3, 3, 18), "zero_points": (3, -128)},
    "3x3_few_outputs_signed": {"size": (1, 3, 3, 7), "activation": "NONE", "least_weight": -128},
    "stride_3": {"size": (1, 9, 9, 6), "stride": (3, 3)},
    "one_channel_multiplier_8_relu": {"size": (1, 25, 20, 1), "window": (10, 8), "ch_mult": 8, "stride": (2, 2)},
    "multiplier_4_stride_2": {"size": (1, 11, 14, 3), "window": (4, 5), "ch_mult": 4, "stride": (2, 2)},
    "dilated_1d": {"size": (1, 30, 1, 5), "window": (4, 1), "dilation": (3, 1), "padding": "VALID"},
}
CASES += tuple(
    case(name, **{"activation": "RELU", "zero_points": (-128, -128), **given}) for name, given in SHAPES.items()
)

CASES += tuple(
    made
    for type_ in TYPES[2:]
    for made in (
        case("3x3_same", type_=type_),
        case("multiplier_3_relu", type_=type_, size=(2, 4, 5, 2), ch_mult=3, window=(2, 3), activation="RELU"),
        case("strided_valid", type_=type_, size=(1, 7, 6, 3), padding="VALID", stride=(2, 1)),
        case("dilated_per_tensor", type_=type_, dilation=(2, 1), per_channel=False, bias=False),
        case("scaled_up", type_=type_, size=(1, 3, 3, 2), scale=300.0),
    )
)

CASES += (
    case("two_images", type_="FLOAT32_INT8", size=(2, 4, 5, 3)),
    case("multiplier_2_relu6", type_="FLOAT32_INT8", ch_mult=2, padding="VALID", activation="RELU6"),
    case("strided_dilated", type_="FLOAT32_INT8", size=(1, 7, 6, 2), stride=(1, 2), dilation=(2, 1)),
)


def strategy() -> SearchStrategy[Case]:
    """Random depthwise convolutions, small enough for an emulator."""
    from hypothesis import strategies as st

    small, any_stride = st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(1, 3))
    large = st.tuples(st.integers(1, 10), st.integers(1, 8))
    windows = st.one_of(st.just((3, 3)), st.just((3, 3)), st.tuples(small, small), large)
    point = st.one_of(st.sampled_from([-128, 0, 127]), st.integers(-128, 127))
    drawn = st.builds(
        case,
        st.just("drawn"),
        type_=st.sampled_from(["INT8", "INT8", *TYPES]),
        size=st.tuples(st.integers(1, 2), st.integers(1, 17), st.integers(1, 17), st.integers(1, 19)),
        window=windows,
        ch_mult=st.sampled_from([1, 1, 1, 2, 3, 4, 8]),
        padding=st.sampled_from(["SAME", "VALID"]),
        stride=st.one_of(st.just((1, 1)), st.just((2, 2)), any_stride),
        dilation=st.sampled_from([(1, 1), (1, 1), (2, 1), (1, 2), (2, 2)]),
        activation=st.sampled_from(["NONE", "RELU", "RELU", "RELU6", "RELU_N1_TO_1"]),
        per_channel=st.booleans(),
        bias=st.booleans(),
        zero_points=st.tuples(point, st.one_of(st.just(-128), point)),
        least_weight=st.sampled_from([-127, -128]),
        scale=st.sampled_from([0.001, 0.02, 0.3, 1.0, 1.0, 1.0, 20.0, 700.0]),
    )
    return drawn.filter(_is_possible)


def _is_possible(given: Case) -> bool:
    """Whether the window fits into the input, and an emulator is done with it in a second."""
    shape, window = given.outputs[0].shape, given.inputs[1].shape[1:3] if given.inputs[1] else ()
    return min(shape) > 0 and prod(shape) * prod(window) < 300_000
