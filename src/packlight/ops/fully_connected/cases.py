# SPDX-License-Identifier: Apache-2.0
"""Cases of FULLY_CONNECTED."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from packlight.dev.case import WEIGHTED, Case, Operand, constant, tensor
from packlight.sparsity import of_rows

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, ...] = (2, 12),
    units: int = 5,
    depth: int = 12,
    keep_num_dims: bool = False,
    activation: str = "NONE",
    per_channel: bool = False,
    bias: bool = True,
    zero_points: tuple[int, int] = (-7, 11),
    low: int = -127,
    scale: float = 1.0,
    asymmetric: bool = False,
    bias_type: str = "FLOAT32",
    sparse_block: int = 0,
) -> Case:
    """An input of `shape`, seen as rows of `depth`, times a filter [units, depth] with weights from `low` on.

    `bias_type` is the option that an operator with int16 and without a bias heeds; `asymmetric` one of floats times
    integers. With a `sparse_block`, only every third block of so many weights is stored, which LiteRT alone reads.
    """
    of_input, of_filter, of_bias = WEIGHTED[type_]
    low = -127 if type_ == "FLOAT32_INT8" else low  # LiteRT, the oracle, sums weights of -128 wrongly
    if of_input in ("UINT8", "INT16"):
        zero_points = (0, 0) if of_input == "INT16" else (zero_points[0] + 128, zero_points[1] + 128)
    rows = 1
    for size in shape:
        rows *= size
    out = (*shape[:-1], units) if keep_num_dims else (rows // depth, units)
    quantized = of_input != "FLOAT32"
    many = per_channel and type_ != "UINT8"
    scales = [scale * (0.002 + 0.0007 * unit) for unit in range(units)] if many else [0.004 * scale]
    weights: dict[str, Any] = {"scale": scales, "low": low} if of_filter != "FLOAT32" else {}
    weights = {**weights, "low": low + 128, "zero_point": 120} if type_ == "UINT8" else weights
    if sparse_block:
        mask = [[(unit + at // sparse_block) % 3 == 1 for at in range(depth)] for unit in range(units)]
        weights["sparsity"] = of_rows(mask, sparse_block)
    limits: dict[str, Any] = {"scale": [0.05 * s for s in scales], "low": -9000, "high": 9000} if quantized else {}
    first: dict[str, Any] = {"scale": 0.05, "zero_point": zero_points[0]} if quantized else {}
    last: dict[str, Any] = {"scale": 0.06, "zero_point": zero_points[1]} if quantized else {}
    inputs: list[Operand | None] = [tensor(of_input, *shape, **first), constant(of_filter, units, depth, **weights)]
    if bias:
        inputs.append(constant(of_bias, units, **limits))
    options = {
        **{"fused_activation_function": activation, "keep_num_dims": keep_num_dims},
        **{"asymmetric_quantize_inputs": asymmetric, "quantized_bias_type": bias_type},
    }
    output = tensor(of_input, *out, **last)
    name = f"{type_.lower()}_{name}"
    made = Case(name, "FULLY_CONNECTED", inputs, [output], options, "FullyConnectedOptions", 4)
    return replace(made, oracle="litert") if sparse_block else made


CASES = tuple(
    made
    for type_ in ("INT8", "FLOAT32")
    for made in (
        case("two_rows", type_=type_),
        case("single_element", type_=type_, shape=(1, 1), units=1, depth=1),
        case("image_flattened", type_=type_, shape=(2, 3, 4, 5), units=7, depth=60, activation="RELU"),
        case("rows_of_an_image", type_=type_, shape=(2, 3, 4), units=3, depth=4),
        case("keep_num_dims", type_=type_, shape=(1, 5, 3, 6), units=4, depth=6, keep_num_dims=True),
        case("relu6", type_=type_, activation="RELU6", zero_points=(-128, -128)),
        case("relu_n1_to_1", type_=type_, activation="RELU_N1_TO_1"),
        case("no_bias", type_=type_, bias=False, zero_points=(127, -128)),
        case("per_channel", type_=type_, per_channel=True),
        case("per_channel_no_bias", type_=type_, shape=(1, 33), depth=33, units=9, per_channel=True, bias=False),
        case("long_row", type_=type_, shape=(1, 257), depth=257, units=2),
        case("few_units", type_=type_, shape=(1, 1502), depth=1502, units=3, activation="RELU"),
        case("all_weights", type_=type_, shape=(2, 200), depth=200, units=9, low=-128, activation="RELU"),
        case("scaled_up", type_=type_, shape=(1, 5), depth=5, units=3, scale=700.0, per_channel=True),
        case("many_rows", type_=type_, shape=(9, 34), depth=34, units=12, per_channel=True, low=-128),
        case("many_units", type_=type_, shape=(1, 50), depth=50, units=23, low=-128, zero_points=(-128, 7)),
        case("five_rows_relu", type_=type_, shape=(5, 21), depth=21, units=6, activation="RELU", zero_points=(5, -128)),
        case("five_rows", type_=type_, shape=(5, 16), depth=16, units=3),
    )
)

CASES += tuple(
    made
    for type_ in ("INT8_INT4", "INT16", "INT16_INT32", "UINT8", "FLOAT32_INT8", "FLOAT32_INT4")
    for made in (
        case("two_rows", type_=type_),
        case("odd_relu", type_=type_, shape=(3, 7), depth=7, units=3, activation="RELU"),
        case("many_scales", type_=type_, shape=(1, 9, 5), depth=5, units=6, per_channel=True, keep_num_dims=True),
        case("no_bias", type_=type_, shape=(1, 40), depth=40, units=4, bias=False, low=-128),
        case("scaled_up", type_=type_, shape=(2, 5), depth=5, units=3, scale=100.0),
    )
)

CASES += (
    case("sparse", type_="FLOAT32", sparse_block=1),
    case("sparse_blocks", type_="INT8", shape=(2, 64), depth=64, sparse_block=16),
    case("sparse_blocks", type_="FLOAT32_INT8", shape=(2, 64), depth=64, sparse_block=16),
    case("no_bias_of_32_bits", type_="INT16", bias=False, bias_type="INT32"),
    case("asymmetric", type_="FLOAT32_INT8", asymmetric=True, activation="RELU6"),
    case("asymmetric_many_scales", type_="FLOAT32_INT4", shape=(3, 9), depth=9, per_channel=True, asymmetric=True),
)


def strategy() -> SearchStrategy[Case]:
    """Random rows and units, small enough for an emulator."""
    from hypothesis import strategies as st

    def of_depth(depth: int) -> SearchStrategy[Case]:
        return st.builds(
            case,
            st.just("drawn"),
            type_=st.sampled_from(["INT8", "INT8", *WEIGHTED]),
            shape=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(lambda sizes: (*sizes, depth)),
            units=st.integers(1, 21),
            depth=st.just(depth),
            keep_num_dims=st.booleans(),
            activation=st.sampled_from(["NONE", "RELU", "RELU6", "RELU_N1_TO_1"]),
            per_channel=st.booleans(),
            bias=st.booleans(),
            zero_points=st.tuples(st.integers(-128, 127), st.integers(-128, 127)),
            low=st.sampled_from([-127, -128]),
            scale=st.sampled_from([0.001, 0.02, 0.3, 1.0, 1.0, 20.0, 700.0]),
            asymmetric=st.booleans(),
            bias_type=st.sampled_from(["FLOAT32", "INT32", "INT64"]),
        )

    return st.one_of(st.integers(1, 40), st.integers(41, 300)).flatmap(of_depth)
