# SPDX-License-Identifier: Apache-2.0
"""Cases of CONV_3D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Box = tuple[int, int, int]


def case(
    name: str,
    *,
    batches: int = 1,
    size: Box = (4, 5, 3),
    window: Box = (2, 3, 2),
    channels: tuple[int, int] = (2, 3),
    padding: str = "SAME",
    stride: Box = (1, 1, 1),
    dilation: Box = (1, 1, 1),
    activation: str = "NONE",
    bias: bool = True,
) -> Case:
    """A convolution of an input of `size` (depth, height, width) with channels (inputs, outputs)."""
    spans = zip(size, window, stride, dilation, strict=True)
    out = [-(-n // s) if padding == "SAME" else (n - (k - 1) * d - 1) // s + 1 for n, k, s, d in spans]
    inputs: list[Operand | None] = [
        tensor("FLOAT32", batches, *size, channels[0]),
        constant("FLOAT32", *window, *channels),
    ]
    if bias:
        inputs.append(constant("FLOAT32", channels[1]))
    options = {
        **{"padding": padding, "fused_activation_function": activation},
        **{f"stride_{side}": step for side, step in zip("dhw", stride, strict=True)},
        **{f"dilation_{side}_factor": step for side, step in zip("dhw", dilation, strict=True)},
    }
    outputs = [tensor("FLOAT32", batches, *out, channels[1])]
    return Case(name, "CONV_3D", inputs, outputs, options, "Conv3DOptions")


CASES = (
    case("same"),
    case("valid_strided_relu", batches=2, padding="VALID", stride=(2, 1, 1), activation="RELU"),
    case("dilated_no_bias", size=(5, 6, 4), dilation=(2, 1, 3), bias=False),
    case("one_voxel", size=(2, 2, 2), window=(1, 1, 1), channels=(5, 2), stride=(2, 2, 1), activation="RELU6"),
)


def strategy() -> SearchStrategy[Case]:
    """Random convolutions of small volumes."""
    from hypothesis import strategies as st

    small = st.integers(1, 3)
    box, large = st.tuples(small, small, small), st.tuples(*[st.integers(1, 6)] * 3)
    drawn = st.builds(
        case,
        st.just("drawn"),
        batches=st.integers(1, 2),
        size=large,
        window=box,
        channels=st.tuples(small, small),
        padding=st.sampled_from(["SAME", "VALID"]),
        stride=box,
        dilation=st.one_of(st.just((1, 1, 1)), box),
        activation=st.sampled_from(["NONE", "RELU", "RELU6", "RELU_N1_TO_1"]),
        bias=st.booleans(),
    )
    return drawn.filter(lambda case: min(case.outputs[0].shape) > 0)
