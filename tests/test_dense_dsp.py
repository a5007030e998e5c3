# SPDX-License-Identifier: Apache-2.0
"""The shortcuts of the dense cores for the DSP extension: proved on an exact model, and on the core itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from packlight import ops
from packlight.dev.case import Case, constant, tensor
from packlight.dev.firmware import CompiledExecutor
from packlight.dev.harness import HostExecutor, Job, operator_modules
from packlight.dev.write import write
from packlight.packing import dense_dsp
from packlight.targets import load_target
from packlight.verbs.pack import pack

Ints = npt.NDArray[np.int64]

#: The largest sums that the cores take.
LIMIT = (1 << 23) - 1
ALL = {"min": -128, "max": 127}


def layer(multiplier: int, shift: int, zero: int, low: int = -128, high: int = 127) -> dense_dsp.Layer:
    """A layer of one channel that passes its sum on."""
    one = np.ones(1, np.int64)
    return dense_dsp.Layer(one[None, :], 0 * one, one * multiplier, one * shift, 0, zero, {"min": low, "max": high})


def on_the_core(sums: Ints, multiplier: int, shift: int, zero: int, negative: bool) -> Ints:
    """SMMLA, ASR, SSAT as `pl_dense_dsp.S` has them, in integers without bounds."""
    addend = 64 + ((2 * zero + 1) << (6 - shift)) - (128 * (sums < 0) if negative else 0)
    product = ((256 * sums * multiplier) >> 32) + addend
    assert abs(product).max() < 1 << 31
    clamped: Ints = np.clip(product >> (7 - shift), -128, 127)
    return clamped


def interesting_sums(multiplier: int, shift: int) -> Ints:
    """Around every sum at which an output of -300 to 300 begins, around zero and the limits, and at random."""
    halves = (2 * np.arange(-300, 300) + 1) << -shift - 1
    at = np.clip((halves << 31) // multiplier, -LIMIT, LIMIT)
    near = np.concatenate([at, [0, -LIMIT, LIMIT]])[:, None] + np.arange(-3, 4)
    random = np.random.default_rng(multiplier).integers(-LIMIT, LIMIT, 2000)
    return np.unique(np.clip(np.concatenate([near.ravel(), random]), -LIMIT, LIMIT))


@pytest.mark.parametrize("shift", range(-15, 0))
def test_one_product_rounds_as_gemmlowp_does(shift: int) -> None:
    random = np.random.default_rng(-shift)
    multipliers = [1 << 30, (1 << 30) + 1, (1 << 31) - 1, *random.integers(1 << 30, 1 << 31, 12).tolist()]
    for multiplier in multipliers:
        sums = interesting_sums(multiplier, shift)
        for zero in (-128, -1, 0, 17, 127):
            exact = layer(multiplier, shift, zero).outputs(sums)
            assert (on_the_core(sums, multiplier, shift, zero, negative=True) == exact).all()
            clamped = layer(multiplier, shift, zero, low=zero).outputs(sums)
            assert (np.maximum(on_the_core(sums, multiplier, shift, zero, negative=False), zero) == clamped).all()


def test_every_sum_of_a_small_range_rounds_as_gemmlowp_does() -> None:
    sums = np.arange(-40000, 40000)
    for multiplier, shift in ((1 << 30, -1), (1518500249, -6), ((1 << 31) - 1, -8)):
        exact = layer(multiplier, shift, 3).outputs(sums)
        assert (on_the_core(sums, multiplier, shift, 3, negative=True) == exact).all()


def test_packed_products_are_256_times_the_sum() -> None:
    random = np.random.default_rng(3)
    weights = random.integers(-127, 128, (2, 40))
    weights[0, :8] = [-127, -127, 127, 127, -127, 127, 127, -127]
    weights[1, :2] = [0, -128]
    inputs = random.integers(-128, 128, 40)
    inputs[:8] = [-128, -128, 127, 127, -128, 127, 127, -128]
    made = dense_dsp.Layer(weights, np.array([5, -9]), np.array([1 << 30] * 2), np.array([-4, -4]), 7, 0, ALL)
    packed = dense_dsp.pack(made)
    assert isinstance(packed, dense_dsp.Dense)
    rows = packed.filter.reshape(-1, 2).T.astype(np.int64)
    odd = inputs[1::2] - 127
    even = 256 * inputs[0::2] - odd
    assert even.min() >= -(1 << 15) and even.max() < 1 << 15
    for row, channel, bias in zip(rows, weights, (5, -9), strict=True):
        halves = row[1:-1].astype(np.int32).view(np.int16).astype(np.int64)
        low = halves.astype(np.int8).astype(np.int64)
        total = row[0] + (halves * odd + low * even).sum()
        assert total & 0xFF == 4 + 6
        assert total >> 8 == bias + (channel * (inputs - 7)).sum()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"shift": np.array([0])}, "a channel is scaled by 1/2 or more"),
        ({"bias": np.array([(1 << 23) + (1 << 15)])}, "a sum may exceed 24 bits"),
        ({"bias": np.array([(1 << 31) - 1])}, "a sum may exceed 32 bits"),
        ({"weights": np.array([[-1, -128]]), "shift": np.array([-3])}, "a weight of -128 follows a negative one"),
    ],
)
def test_what_the_cores_cannot_have(change: dict[str, Any], why: str) -> None:
    one = {"weights": [[1, 1]], "bias": [0], "multiplier": [1 << 30], "shift": [-15]}
    given = {name: np.array(value) for name, value in one.items()} | change
    assert dense_dsp.pack(dense_dsp.Layer(**given, input_zero=0, output_zero=-100, activation=ALL)) == why


def test_a_channel_that_no_input_changes_is_a_constant() -> None:
    weights, bias = np.array([[3, -4], [3, -4]]), np.array([1 << 30, -(1 << 30)])
    made = dense_dsp.Layer(weights, bias, np.array([1 << 30] * 2), np.array([-3, -3]), 0, 5, {"min": -100, "max": 90})
    packed = dense_dsp.pack(made)
    assert isinstance(packed, dense_dsp.Dense)
    sums = packed.filter.reshape(-1, 2)[0].astype(np.int64) >> 8
    assert on_the_core(sums, 1 << 30, -1, 5, negative=True).tolist() == [90, -100]


@pytest.mark.parametrize("folder", ["conv_2d", "fully_connected"])
def test_the_cases_reach_every_kernel(folder: str) -> None:
    target = load_target("cortex-m4")
    cases = [case for case in operator_modules()[folder].CASES if case.name.startswith("int8")]
    programs = [pack(write(case.model()), target=target, optimize="speed") for case in cases]
    reached = {kernel.name for program in programs for kernel in program.kernels}
    costly = [variant for each in ops.operators().values() for variant in each.variants if variant.costly]
    reached |= {f"{folder}_{variant.kernel}" for variant in costly}  # see test_winograd.py
    assert {kernel.name for kernel in ops.all_kernels() if kernel.name.startswith(f"{folder}_s8_dsp")} <= reached


def sweep(zero: int, activation: str) -> Case:
    """A 1x1 convolution that shows each channel 256 sums in a row, around the sums where its outputs begin."""
    random = np.random.default_rng(zero + 200)
    channels, scale_in, scale_out = 241, np.float32(0.05), np.float32(0.11)
    shifts = np.arange(channels) % 15 + 1
    scales = (2.0**-shifts * random.uniform(0.5, 1, channels) * float(scale_out) / float(scale_in)).astype(np.float32)
    halves = (random.integers(-140, 140, channels) - zero + 0.5) * float(scale_out)
    bias = np.clip(np.round(halves / (float(scale_in) * scales.astype(np.float64))), -LIMIT + 4000, LIMIT - 4000)
    weights = np.zeros((channels, 1, 1, 4), np.int8)
    weights[:, 0, 0, 0] = 1
    inputs = np.zeros((1, 16, 16, 4), np.int8)
    inputs[..., 0] = np.arange(-128, 128).reshape(16, 16)
    operands = [
        tensor("INT8", 1, 16, 16, 4, scale=float(scale_in), values=inputs),
        constant("INT8", channels, 1, 1, 4, scale=scales.tolist(), values=weights),
        constant("INT32", channels, scale=1.0, values=bias.astype(np.int32)),
    ]
    options = {"padding": "VALID", "stride_h": 1, "stride_w": 1, "fused_activation_function": activation}
    options |= {"dilation_h_factor": 1, "dilation_w_factor": 1}
    output = tensor("INT8", 1, 16, 16, channels, scale=float(scale_out), zero_point=zero)
    return Case(f"sweep_{zero}_{activation}", "CONV_2D", operands, [output], options, "Conv2DOptions", 3)


@pytest.mark.parametrize("core", ["cortex-m4", "cortex-m33"])
def test_the_core_rounds_as_the_pc_does(core: str) -> None:
    pytest.importorskip("ziglang")
    pytest.importorskip("unicorn")
    cases = [sweep(zero, activation) for zero in (-128, -3, 0, 127) for activation in ("NONE", "RELU", "RELU6")]
    jobs = []
    for case in cases:
        program = pack(write(case.model()), target=load_target(core), optimize="speed")
        assert [kernel.name for kernel in program.kernels] == ["conv_2d_s8_dsp_1x1"]
        jobs.append(Job(str(case), program, case.draw_inputs(1)))
    executor = CompiledExecutor(core, "zig", "unicorn", "speed")
    try:
        outcomes = executor.run(jobs)
    finally:
        executor.close()
    for job, outcome in zip(jobs, outcomes, strict=True):
        assert outcome.finding is None, outcome.finding
        expected = HostExecutor().run([Job(job.name, job.program.for_pc, job.inputs)])[0]
        assert (outcome.outputs[0][0] == expected.outputs[0][0]).all(), job.name
        assert len(np.unique(expected.outputs[0][0])) > 40 or "RELU" in job.name
