# SPDX-License-Identifier: Apache-2.0
"""Cases of TRANSPOSE_CONV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import WEIGHTED, Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


#: int16 with a bias of int32 is read wrongly by TFLM, and refused by LiteRT.
TYPES = ("INT8", "FLOAT32", "INT16", "UINT8")


def case(
    name: str,
    *,
    type_: str = "INT8",
    size: tuple[int, int, int, int] = (1, 3, 4, 3),
    filter_: tuple[int, int, int] = (4, 3, 3),
    padding: str = "SAME",
    stride: tuple[int, int] = (2, 2),
    activation: str = "NONE",
    per_channel: bool = True,
    bias: str | bool = True,
    zero_points: tuple[int, int] = (-7, 11),
) -> Case:
    """An input of `size` [batches, h, w, c] spread by a filter of (outputs, h, w); `bias`: whether, or its type.

    uint8 has one scale, and counts zero points from 128.
    """
    of_input, of_filter, of_bias = WEIGHTED[type_]
    batches, height, width, depth = size
    outputs, filter_h, filter_w = filter_
    spans = ((height, filter_h, stride[0]), (width, filter_w, stride[1]))
    out_h, out_w = (n * s if padding == "SAME" else (n - 1) * s + k for n, k, s in spans)
    quantized = of_input != "FLOAT32"
    points = (0, 0) if of_input == "INT16" else zero_points
    if type_ == "UINT8":
        per_channel, points = False, (zero_points[0] + 128, zero_points[1] + 128)
    scales = [0.002 + 0.0007 * channel for channel in range(outputs)] if per_channel else [0.004]
    weights: dict[str, Any] = {"scale": scales, "low": -127} if quantized else {}
    weights = {"scale": scales, "zero_point": 120} if type_ == "UINT8" else weights
    first, last = (
        {"scale": s, "zero_point": p} if quantized else {} for s, p in zip((0.05, 0.11), points, strict=True)
    )
    inputs: list[Operand | None] = [
        constant("INT32", 4, values=[batches, out_h, out_w, outputs]),
        constant(of_filter, outputs, filter_h, filter_w, depth, **weights),
        tensor(of_input, *size, **first),
    ]
    if bias:
        limits = {"low": -9000, "high": 9000, "scale": [0.05 * s for s in scales]} if quantized else {}
        inputs.append(constant(bias if isinstance(bias, str) else of_bias, outputs, **limits))
    options = {
        **{"padding": padding, "stride_h": stride[0], "stride_w": stride[1]},
        "fused_activation_function": activation,
    }
    output = tensor(of_input, batches, out_h, out_w, outputs, **last)
    return Case(f"{type_.lower()}_{name}", "TRANSPOSE_CONV", inputs, [output], options, "TransposeConvOptions", 4)


CASES = (
    *(
        made
        for type_ in TYPES
        for made in (
            case("3x3_same", type_=type_),
            case("valid_relu", type_=type_, padding="VALID", activation="RELU"),
            case("2x4_stride_1x3", type_=type_, size=(2, 3, 3, 2), filter_=(3, 2, 4), stride=(1, 3)),
            case("window_below_stride", type_=type_, filter_=(2, 1, 1), stride=(2, 3), padding="VALID"),
            case("no_bias_per_tensor", type_=type_, bias=False, per_channel=False),
        )
    ),
    case("bias_of_16_bits", type_="INT16", bias="INT16"),
)


def strategy() -> SearchStrategy[Case]:
    """Random ones, small enough for an emulator."""
    from hypothesis import strategies as st

    small, strides = st.integers(1, 4), st.tuples(st.integers(1, 3), st.integers(1, 3))
    return st.builds(
        case,
        st.just("drawn"),
        type_=st.sampled_from(TYPES),
        size=st.tuples(st.integers(1, 2), small, small, small),
        filter_=st.tuples(small, small, small),
        padding=st.sampled_from(("SAME", "VALID")),
        stride=strides,
        activation=st.sampled_from(("NONE", "RELU", "RELU6")),
        per_channel=st.booleans(),
        bias=st.booleans(),
        zero_points=st.tuples(st.integers(-128, 127), st.integers(-128, 127)),
    )
