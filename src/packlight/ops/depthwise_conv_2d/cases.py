# SPDX-License-Identifier: Apache-2.0
"""Cases of DEPTHWISE_CONV_2D."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


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
) -> Case:
    """Each channel of an input of `size` [batches, h, w, c] convolved with `ch_mult` filters of `window` (h, w)."""
    batches, height, width, depth = size
    outputs = depth * ch_mult
    spans = [(height, window[0], stride[0], dilation[0]), (width, window[1], stride[1], dilation[1])]
    out_h, out_w = (-(-n // s) if padding == "SAME" else (n - (k - 1) * d - 1) // s + 1 for n, k, s, d in spans)
    quantized = type_ != "FLOAT32"
    scales = [0.002 + 0.0007 * channel for channel in range(outputs)] if per_channel else [0.004]
    weights: dict[str, Any] = {"scale": scales, "quantized_dimension": 3, "low": -127} if quantized else {}
    limits: dict[str, Any] = {"scale": [0.05 * s for s in scales], "low": -9000, "high": 9000} if quantized else {}
    first: dict[str, Any] = {"scale": 0.05, "zero_point": zero_points[0]} if quantized else {}
    last: dict[str, Any] = {"scale": 0.03, "zero_point": zero_points[1]} if quantized else {}
    inputs: list[Operand | None] = [tensor(type_, *size, **first), constant(type_, 1, *window, outputs, **weights)]
    if bias:
        inputs.append(constant("INT32" if quantized else "FLOAT32", outputs, **limits))
    options = {
        "padding": padding,
        "depth_multiplier": ch_mult,
        **{"stride_h": stride[0], "stride_w": stride[1]},
        **{"dilation_h_factor": dilation[0], "dilation_w_factor": dilation[1]},
        "fused_activation_function": activation,
    }
    output = tensor(type_, batches, out_h, out_w, outputs, **last)
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
        case("extreme_zero_points", type_=type_, zero_points=(-128, 127)),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Random depthwise convolutions, small enough for an emulator."""
    from hypothesis import strategies as st

    return st.builds(
        case,
        st.just("drawn"),
        type_=st.sampled_from(["INT8", "FLOAT32"]),
        size=st.tuples(st.integers(1, 2), st.integers(5, 9), st.integers(5, 9), st.integers(1, 5)),
        window=st.tuples(st.integers(1, 3), st.integers(1, 3)),
        ch_mult=st.integers(1, 3),
        padding=st.sampled_from(["SAME", "VALID"]),
        stride=st.tuples(st.integers(1, 3), st.integers(1, 3)),
        dilation=st.tuples(st.integers(1, 2), st.integers(1, 2)),
        activation=st.sampled_from(["NONE", "RELU", "RELU6", "RELU_N1_TO_1"]),
        per_channel=st.booleans(),
        bias=st.booleans(),
        zero_points=st.tuples(st.integers(-128, 127), st.integers(-128, 127)),
    )
