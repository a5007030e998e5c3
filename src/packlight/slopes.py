# SPDX-License-Identifier: Apache-2.0
"""Straight lines that meet in 0, for stored integers: the RELU family and ABS (the kernel relu/slopes_s16)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from packlight import arithmetic, elementwise
from packlight.fixedpoint import Integers, requantize
from packlight.nouns.call import Call
from packlight.nouns.operator import Node


@dataclass(frozen=True)
class Slope:
    """value * before, times multiplier * 2**(shift - 31), times after: `pl_relu_slope`."""

    before: int = 1
    multiplier: int = 1 << 30
    shift: int = 1
    after: int = 1

    def __call__(self, value: Integers) -> Integers:
        return requantize(value * self.before, self.multiplier, self.shift) * self.after


def of_ratio(node: Node, ratio: float, *, before: int = 1) -> Slope:
    """The line of slope before * ratio."""
    bits = 23 if node.input.type != "INT16" else 15  # inputs have the rest of 31, with their distance to the zero point
    node.check(abs(ratio) < 1 << bits, f"the input's scale is less than 2^{bits} times the output's", node.input)
    return Slope(before, *arithmetic.quantize_multiplier(abs(ratio)), 1 if ratio >= 0 else -1)


def ratio(node: Node, alpha: float = 1.0) -> float:
    """input scale * alpha / output scale, in float64 as TFLM has it; for what it lacks in float32, as LiteRT does."""
    if node.types != "UINT8" and node.operator.name not in ("RELU_N1_TO_1", "RELU_0_TO_1"):
        return node.input.scale * alpha / node.output.scale
    with np.errstate(over="ignore", under="ignore"):
        return float(np.float32(node.input.scale) * np.float32(alpha) / np.float32(node.output.scale))


def call(node: Node, below: Slope, above: Slope, activation: dict[str, int], offsets: tuple[int, int]) -> Call:
    """The call that maps stored integers; `offsets` are the zero points of input and output."""
    if node.input.type == "INT16":
        params: dict[str, Any] = {"below": asdict(below), "above": asdict(above), "activation": activation}
        offset = {"input_offset": -offsets[0], "output_offset": offsets[1]}
        return node.call({"size": elementwise.size(node), **offset, **params}, kernel="relu/slopes_s16")

    def mapped(stored: Integers) -> Integers:
        value = stored - offsets[0]
        result = np.where(value < 0, below(value), above(value)) + offsets[1]
        clamped: Integers = np.clip(result, activation["min"], activation["max"])
        return clamped

    return elementwise.look_up(node, mapped)
