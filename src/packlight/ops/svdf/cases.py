# SPDX-License-Identifier: Apache-2.0
"""Cases of SVDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packlight.dev.case import Case, Operand, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def svdf(
    name: str,
    kind: str = "FLOAT32",
    *,
    batches: int = 1,
    inputs: int = 5,
    units: int = 3,
    rank: int = 1,
    memory: int = 4,
    bias: bool = True,
    activation: str = "NONE",
    zero_points: tuple[int, int, int] = (0, 0, 0),
    scale: float = 0.05,
) -> Case:
    """`kind` is FLOAT32, or the type of an int8 operator's state; zero points of input, state and output."""
    filters, quantized = units * rank, kind != "FLOAT32"
    type_ = "INT8" if quantized else "FLOAT32"
    state_scale = 0.002 if kind == "INT16" else 0.2
    scales = [scale, 0.01, 0.004, state_scale * 0.004, state_scale, 100.0 if kind == "INT16" else 0.2]
    points = [zero_points[0], 0, 0, 0, zero_points[1] if kind == "INT8" else 0, zero_points[2]]
    shapes = [(batches, inputs), (filters, inputs), (filters, memory), (units,)]
    shapes += [(batches, filters * memory), (batches, units)]
    types = [type_, type_, kind, "INT32" if quantized else "FLOAT32", kind, type_]
    made: list[Operand | None] = []
    for at, (shape, each) in enumerate(zip(shapes, types, strict=True)):
        given = {"scale": scales[at], "zero_point": points[at]} if quantized else {}
        limits = {"low": -3000, "high": 3000} if each == "INT32" else {}
        made.append((constant if at in (1, 2, 3) else tensor)(each, *shape, variable=at == 4, **given, **limits))
    operands = [*made[:3], made[3] if bias else None, made[4]]
    options = {"rank": rank, "fused_activation_function": activation}
    assert made[5]
    case = Case(name, "SVDF", operands, [made[5]], options, "SVDFOptions", 3 if quantized else 1)
    return case if bias else replace(case, oracle="litert")  # TFLM crashes without a bias


CASES = (
    svdf("float32"),
    svdf("float32_rank_2", batches=2, rank=2, activation="RELU"),
    svdf("float32_tanh", memory=1, activation="TANH"),
    svdf("float32_without_bias", bias=False, activation="RELU6"),
    svdf("int8", "INT8", zero_points=(-7, 5, 3)),
    svdf("int8_rank_3", "INT8", batches=2, units=2, rank=3, zero_points=(-128, 127, -128)),
    svdf("int8_saturated", "INT8", scale=9.0, zero_points=(127, -128, 0)),
    svdf("int16", "INT16", zero_points=(-7, 0, 3), activation="RELU"),
    svdf("int16_rank_2", "INT16", batches=3, inputs=1, rank=2, memory=1),
    svdf("int16_saturated", "INT16", scale=9.0, memory=2),
    svdf("int16_without_bias", "INT16", bias=False, activation="RELU"),
)


def strategy() -> SearchStrategy[Case]:
    """Random sizes, zero points and scales."""
    from hypothesis import strategies as st

    small, point = st.integers(1, 6), st.integers(-128, 127)
    return st.builds(
        svdf,
        st.just("drawn"),
        st.sampled_from(("FLOAT32", "INT8", "INT16")),
        batches=st.integers(1, 3),
        inputs=small,
        units=small,
        rank=st.integers(1, 3),
        memory=small,
        activation=st.sampled_from(("NONE", "RELU", "RELU6", "RELU_N1_TO_1", "TANH")),
        zero_points=st.tuples(point, point, point),
        scale=st.sampled_from((0.001, 0.05, 1.0)),
    )
