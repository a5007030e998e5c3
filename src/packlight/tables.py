# SPDX-License-Identifier: Apache-2.0
"""Look-up tables of float functions for stored integers, as TensorFlow Lite makes them: in float32, to the last bit.

8 bits: an entry for each stored value (`elementwise.look_up`). 16 bits: 513 samples, between which runtime/pl_table.h
interpolates. A function maps float32 to float32; `in_float32` makes one of a function of float64.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.fixedpoint import Integers
from packlight.nouns.model import Tensor

Floats: TypeAlias = npt.NDArray[np.float32]
Function: TypeAlias = Callable[[Floats], Floats]

#: Spaces between the samples of a 16-bit table.
STEPS = 512


def in_float32(function: Callable[[Any], Any]) -> Function:
    """`function`, computed in float64 and rounded once; infinities and NaN where it has none else."""

    def rounded(x: Floats) -> Floats:
        with np.errstate(all="ignore"):
            result: Floats = np.asarray(function(x.astype(np.float64)), np.float32)
        return result

    return rounded


def round_half_away(x: Floats) -> Floats:
    """C's `roundf()`."""
    whole = np.trunc(x)
    return np.where(np.abs(x - whole) >= np.float32(0.5), whole + np.sign(x), whole).astype(np.float32)


def by_float(input_: Tensor, output: Tensor, function: Function) -> Callable[[Integers], Integers]:
    """From stored integers to those of `function`, not yet clamped, for `elementwise.look_up`."""

    def stored(values: Integers) -> Integers:
        with np.errstate(all="ignore"):
            real = np.float32(input_.scale) * (values - input_.zero_point).astype(np.float32)
            steps = round_half_away(function(real) * (np.float32(1) / np.float32(output.scale)))
            shifted = np.nan_to_num(np.clip(steps + np.float32(output.zero_point), -(1 << 30), 1 << 30))
        result: Integers = shifted.astype(np.int64)
        return result

    return stored


def sampled(scales: tuple[float, float], zero_points: tuple[int, int], function: Function) -> npt.NDArray[np.int16]:
    """The 16-bit table [STEPS + 1] of `function`; scale and zero point of the input, then of the output.

    A sample lies off the function by half of what interpolation is off in the middle of the space after it.
    """
    low, high = (
        [np.float32(s) * np.float32(end - z) for s, z in zip(scales, zero_points, strict=True)] for end in ENDS
    )
    with np.errstate(all="ignore"):
        step = (high[0] - low[0]) / np.float32(STEPS)
        factor = np.float32(1 << 16) / (high[1] - low[1])
        starts = low[0] + np.arange(STEPS, dtype=np.float32) * step
        ends = low[0] + np.arange(1, STEPS + 1, dtype=np.float32) * step
        values = round_half_away(function(starts) * factor)
        between = round_half_away((function(ends) * factor + values) / np.float32(2))
        error = between - round_half_away(function(starts + step / np.float32(2)) * factor)
        last = round_half_away(function(np.array([high[0]], np.float32)) * factor)
        samples = np.concatenate([values - round_half_away(error / np.float32(2)), last])
    table: npt.NDArray[np.int16] = np.nan_to_num(np.clip(samples, *ENDS)).astype(np.int16)
    return table


#: The stored range of int16.
ENDS = (-(1 << 15), (1 << 15) - 1)
