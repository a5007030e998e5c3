# SPDX-License-Identifier: Apache-2.0
"""Cases of CONV_2D."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from packlight.dev.case import WEIGHTED, Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Floats times integers.
HYBRID = ("FLOAT32_INT8", "FLOAT32_INT4")


def case(
    name: str,
    *,
    type_: str = "INT8",
    size: tuple[int, int, int, int] = (1, 6, 5, 3),
    filter_: tuple[int, int, int] = (4, 3, 3),
    groups: int = 1,
    padding: str = "SAME",
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
    activation: str = "NONE",
    per_channel: bool = True,
    bias: bool = True,
    zero_points: tuple[int, int] = (-7, 11),
    low: int = -127,
    scale: float = 1.0,
) -> Case:
    """A convolution of an input of `size` [batches, h, w, c] with a filter of (outputs, h, w) from `low` on.

    Floats times integers: LiteRT, the oracle, needs a bias, and with groups as many scales as outputs; it sums weights
    of -128 wrongly. uint8 needs a bias as well; it has one scale, and counts zero points and `low` from 128.
    """
    of_input, of_filter, of_bias = WEIGHTED[type_]
    zero_points = (0, 0) if of_input == "INT16" else zero_points
    if type_ in HYBRID:
        bias, per_channel, low = True, per_channel or groups > 1, -127
    if type_ == "UINT8":
        bias, per_channel, zero_points = True, False, (zero_points[0] + 128, zero_points[1] + 128)
    batches, height, width, depth = size
    outputs, filter_h, filter_w = filter_
    spans = [(height, filter_h, stride[0], dilation[0]), (width, filter_w, stride[1], dilation[1])]
    out_h, out_w = (-(-n // s) if padding == "SAME" else (n - (k - 1) * d - 1) // s + 1 for n, k, s, d in spans)
    scales = [scale * (0.002 + 0.0007 * channel) for channel in range(outputs)] if per_channel else 0.004 * scale
    weights: dict[str, Any] = {} if of_filter == "FLOAT32" else {"scale": scales, "low": low}
    weights = {**weights, "low": low + 128, "zero_point": 120} if type_ == "UINT8" else weights
    bias_: dict[str, Any] = {"scale": [0.05 * s for s in scales] if isinstance(scales, list) else 0.05 * scales}
    quantized = of_input != "FLOAT32"
    first: dict[str, Any] = {"scale": 0.05, "zero_point": zero_points[0]} if quantized else {}
    last: dict[str, Any] = {"scale": 0.11, "zero_point": zero_points[1]} if quantized else {}
    inputs: list[Operand | None] = [
        tensor(of_input, *size, **first),
        constant(of_filter, outputs, filter_h, filter_w, depth // groups, **weights),
    ]
    if bias:
        limits = {"low": -9000, "high": 9000, **bias_} if quantized else {}
        inputs.append(constant(of_bias, outputs, **limits))
    options = {
        "padding": padding,
        **{"stride_h": stride[0], "stride_w": stride[1]},
        **{"dilation_h_factor": dilation[0], "dilation_w_factor": dilation[1]},
        "fused_activation_function": activation,
    }
    output = tensor(of_input, batches, out_h, out_w, outputs, **last)
    return Case(f"{type_.lower()}_{name}", "CONV_2D", inputs, [output], options, "Conv2DOptions", 3)


CASES = tuple(
    made
    for type_ in ("INT8", "FLOAT32")
    for made in (
        case("3x3_same", type_=type_),
        case("1x1", type_=type_, size=(1, 4, 4, 8), filter_=(6, 1, 1), padding="VALID"),
        case("valid_stride_2_relu", type_=type_, size=(2, 7, 9, 2), padding="VALID", stride=(2, 2), activation="RELU"),
        case(
            "same_stride_2x3_relu6",
            type_=type_,
            size=(1, 8, 8, 1),
            filter_=(3, 5, 4),
            stride=(2, 3),
            activation="RELU6",
        ),
        case("dilated", type_=type_, size=(1, 9, 9, 2), filter_=(2, 3, 3), dilation=(2, 3), activation="RELU_N1_TO_1"),
        case("groups", type_=type_, size=(1, 5, 5, 6), filter_=(4, 3, 3), groups=2),
        case("no_bias_per_tensor", type_=type_, bias=False, per_channel=False),
        case("window_larger_than_input", type_=type_, size=(1, 2, 3, 2), filter_=(3, 5, 5)),
        case("1x1_strided", type_=type_, size=(2, 5, 7, 4), filter_=(3, 1, 1), stride=(2, 3), activation="RELU"),
        case("rows_of_fours", type_=type_, size=(2, 5, 8, 4), filter_=(5, 3, 3), zero_points=(-128, -128)),
        case("rows_of_fours_strided", type_=type_, size=(1, 6, 31, 8), filter_=(4, 3, 5), stride=(2, 2)),
        case("rows_of_fours_narrow", type_=type_, size=(1, 3, 4, 4), filter_=(3, 5, 7), dilation=(2, 1)),
        case("whole_words_dilated", type_=type_, size=(2, 7, 6, 4), filter_=(3, 2, 3), dilation=(1, 2)),
        case("one_output_channel", type_=type_, size=(1, 4, 5, 1), filter_=(1, 4, 3), stride=(1, 2)),
        case("all_weights", type_=type_, size=(2, 4, 5, 5), low=-128, activation="RELU6"),
        case("scaled_up", type_=type_, size=(1, 4, 5, 4), scale=700.0, zero_points=(3, -128)),
        case("deep_1x1", type_=type_, size=(1, 3, 5, 40), filter_=(12, 1, 1), low=-128, zero_points=(-128, 5)),
        case("deep_1x1_relu", type_=type_, size=(1, 2, 5, 112), filter_=(8, 1, 1), activation="RELU"),
        case("sixteen_inputs", type_=type_, size=(1, 3, 3, 16), filter_=(20, 1, 1), low=-128),
        case("3x3_of_sixteen", type_=type_, size=(1, 4, 9, 16), filter_=(8, 3, 3), low=-128, activation="RELU"),
        case("3x3_odd", type_=type_, size=(1, 7, 9, 12), filter_=(7, 3, 3), padding="VALID", activation="RELU6"),
        case("3x3_deep_odd", type_=type_, size=(1, 3, 5, 20), filter_=(3, 3, 3), low=-128, activation="RELU"),
        case("3x3_in_bands", type_=type_, size=(2, 11, 9, 8), filter_=(3, 3, 3), zero_points=(127, -128)),
        case("deep_3x3", type_=type_, size=(1, 4, 5, 20), filter_=(8, 3, 3), stride=(2, 2)),
        case("few_pixels", type_=type_, size=(1, 1, 3, 9), filter_=(21, 1, 1), low=-128),
        case("long_rows", type_=type_, size=(1, 2, 70, 3), filter_=(2, 2, 3), padding="VALID"),
    )
)

CASES += tuple(
    made
    for type_ in ("INT8_INT4", "INT16", "INT16_INT32", "UINT8")
    for made in (
        case("3x3_same", type_=type_),
        case("1x1_relu", type_=type_, size=(1, 4, 3, 7), filter_=(5, 1, 1), activation="RELU"),
        case("strided_groups", type_=type_, size=(2, 5, 6, 4), filter_=(6, 2, 3), groups=2, stride=(2, 1)),
        case("dilated_per_tensor", type_=type_, padding="VALID", dilation=(2, 1), per_channel=False, bias=False),
        case("scaled_up", type_=type_, size=(1, 3, 3, 2), scale=300.0),
    )
)

CASES += tuple(
    made
    for type_ in HYBRID
    for made in (
        case("3x3_same", type_=type_, size=(2, 5, 4, 3)),
        case("one_scale_relu", type_=type_, size=(2, 4, 5, 3), per_channel=False, activation="RELU"),
        case("strided_groups", type_=type_, size=(1, 5, 6, 4), filter_=(6, 2, 3), groups=2, stride=(2, 1)),
    )
)


def strategy() -> SearchStrategy[Case]:
    """Random convolutions, small enough for an emulator."""
    from hypothesis import strategies as st

    small, most = st.integers(1, 3), st.integers(1, 5)
    windows = st.one_of(st.just((1, 1)), st.just((3, 3)), st.tuples(small, small), st.tuples(most, most))
    depths = st.one_of(st.integers(1, 8), st.sampled_from([4, 8, 12, 16, 20, 32]))
    point = st.one_of(st.sampled_from([-128, 0, 127]), st.integers(-128, 127))
    drawn = st.builds(
        case,
        st.just("drawn"),
        type_=st.sampled_from(["INT8", "INT8", *WEIGHTED]),
        size=st.tuples(st.integers(1, 2), st.integers(1, 12), st.integers(1, 17), depths),
        filter_=st.builds(lambda outputs, window: (outputs, *window), st.integers(1, 13), windows),
        groups=st.sampled_from([1, 1, 1, 2]),
        padding=st.sampled_from(["SAME", "VALID"]),
        stride=st.one_of(st.just((1, 1)), st.just((2, 2)), st.tuples(small, small)),
        dilation=st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (2, 3)]),
        activation=st.sampled_from(["NONE", "RELU", "RELU", "RELU6", "RELU_N1_TO_1"]),
        per_channel=st.booleans(),
        bias=st.booleans(),
        zero_points=st.tuples(point, point),
        low=st.sampled_from([-127, -128]),
        scale=st.sampled_from([0.001, 0.02, 0.3, 1.0, 1.0, 20.0, 700.0]),
    )
    return drawn.filter(_is_possible)


def _is_possible(given: Case) -> bool:
    """Whether the window fits into the input, the groups are whole, and an emulator is done with it in a second."""
    image, weights = (operand.shape if operand else () for operand in given.inputs[:2])
    groups, rest = divmod(image[3], max(weights[3], 1))
    fits = min(given.outputs[0].shape) > 0 and weights[3] > 0 and rest == 0 and weights[0] % groups == 0
    return fits and prod(given.outputs[0].shape) * prod(weights[1:]) < 300_000
