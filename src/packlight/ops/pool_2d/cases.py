# SPDX-License-Identifier: Apache-2.0
"""Cases of AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    *,
    operator: str = "AVERAGE_POOL_2D",
    type_: str = "INT8",
    size: tuple[int, int, int, int] = (1, 6, 5, 3),
    window: tuple[int, int] = (2, 2),
    padding: str = "VALID",
    stride: tuple[int, int] = (2, 2),
    activation: str = "NONE",
    zero_point: int = -3,
) -> Case:
    """Windows of (h, w) over an input of `size` [batches, h, w, c]."""
    batches, height, width, depth = size
    spans = [(height, window[0], stride[0]), (width, window[1], stride[1])]
    out_h, out_w = (-(-n // s) if padding == "SAME" else (n - k) // s + 1 for n, k, s in spans)
    point = {"INT8": zero_point, "UINT8": zero_point + 128}.get(type_, 0)
    scale: dict[str, Any] = {"scale": 0.07, "zero_point": point} if type_ != "FLOAT32" else {}
    options = {
        "padding": padding,
        **{"stride_h": stride[0], "stride_w": stride[1]},
        **{"filter_height": window[0], "filter_width": window[1]},
        "fused_activation_function": activation,
    }
    output = tensor(type_, batches, out_h, out_w, depth, **scale)
    name = f"{type_.lower()}_{name}"
    return Case(name, operator, [tensor(type_, *size, **scale)], [output], options, "Pool2DOptions", 2)


TYPES = {
    "AVERAGE_POOL_2D": ("INT8", "FLOAT32", "UINT8", "INT16"),
    "MAX_POOL_2D": ("INT8", "FLOAT32", "UINT8", "INT16"),
    "L2_POOL_2D": ("FLOAT32",),
}

CASES = (
    *(
        made
        for operator in TYPES
        for type_ in TYPES[operator][:2]
        for made in (
            case("2x2", operator=operator, type_=type_),
            case("single_element", operator=operator, type_=type_, size=(1, 1, 1, 1), window=(1, 1), stride=(1, 1)),
            case("whole_input", operator=operator, type_=type_, size=(2, 5, 4, 7), window=(5, 4), stride=(1, 1)),
            case("same_odd", operator=operator, type_=type_, size=(1, 7, 5, 2), window=(3, 2), padding="SAME"),
            case("same_dense", operator=operator, type_=type_, window=(3, 3), padding="SAME", stride=(1, 1)),
            case("stride_over_window", operator=operator, type_=type_, size=(1, 9, 8, 2), window=(2, 1), stride=(3, 4)),
            case("relu", operator=operator, type_=type_, padding="SAME", activation="RELU", zero_point=20),
            case("relu6", operator=operator, type_=type_, stride=(1, 2), activation="RELU6", zero_point=-100),
            case("relu_n1_to_1", operator=operator, type_=type_, size=(3, 4, 4, 1), activation="RELU_N1_TO_1"),
            case("larger_than_input", operator=operator, type_=type_, size=(1, 2, 3, 4), window=(7, 9), padding="SAME"),
        )
    ),
    *(
        made
        for operator in TYPES
        for type_ in TYPES[operator][2:]
        for made in (
            case("same_odd", operator=operator, type_=type_, size=(1, 7, 5, 2), window=(3, 2), padding="SAME"),
            case("stride_over_window", operator=operator, type_=type_, size=(1, 9, 8, 2), window=(2, 1), stride=(3, 4)),
            case("relu6", operator=operator, type_=type_, stride=(1, 2), activation="RELU6", zero_point=-100),
        )
    ),
)


def strategy() -> SearchStrategy[Case]:
    """Random windows, small enough for an emulator."""
    from hypothesis import strategies as st

    kinds = st.sampled_from([(operator, type_) for operator, types in TYPES.items() for type_ in types])
    drawn = st.builds(
        lambda kind, **more: case("drawn", operator=kind[0], type_=kind[1], **more),
        kinds,
        size=st.tuples(st.integers(1, 2), st.integers(1, 9), st.integers(1, 9), st.integers(1, 11)),
        window=st.one_of(st.tuples(*[st.integers(1, 4)] * 2), st.tuples(*[st.integers(1, 20)] * 2)),
        padding=st.sampled_from(["SAME", "VALID"]),
        stride=st.tuples(st.integers(1, 4), st.integers(1, 4)),
        activation=st.sampled_from(["NONE", "RELU", "RELU6", "RELU_N1_TO_1"]),
        zero_point=st.integers(-128, 127),
    )
    return drawn.filter(lambda each: min(each.outputs[0].shape) > 0)
