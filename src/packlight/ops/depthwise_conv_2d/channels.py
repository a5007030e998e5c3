# SPDX-License-Identifier: Apache-2.0
"""The sums of a depthwise convolution's output channels, and shorter ways to scale them, proved on their range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.nouns.call import Call
from packlight.nouns.model import Tensor

Integers: TypeAlias = npt.NDArray[np.int64]

#: Bits below the result in a sum that kernels without signs shift by a constant: see `rounding_up`. Windows of more
#: weights scale their sums by less.
FRACTION_BITS, FRACTION_BITS_MULTI = 10, 13


@dataclass(frozen=True)
class Channels:
    """The output channels of a call: result = f(bias + sum of filter * raw input); outside lies the zero point."""

    filter: Integers  # [output_c, filter_h, filter_w]
    bias: Integers  # the input's zero point folded in
    multiplier: Integers
    shift: Integers  # as pl_requantize takes it
    low: Integers  # least and largest sum that any input gives
    high: Integers
    offset: int  # the output's zero point
    least: int  # the fused activation
    most: int

    def result(self, sums: Integers) -> Integers:
        """What the portable kernel makes of sums [output_c, n]."""
        multiplier, right = self.multiplier[:, None], np.maximum(-self.shift, 0)[:, None]
        value = sums << np.maximum(self.shift, 0)[:, None]
        value = (value * multiplier + (1 << 30)) >> 31
        mask = (np.int64(1) << right) - 1
        value = (value >> right) + ((value & mask) > (mask >> 1) + (value < 0)) + self.offset
        clamped: Integers = np.clip(value, self.least, self.most)
        return clamped


@dataclass(frozen=True)
class Scaled:
    """Constants of the output channels for a kernel, one way to round."""

    filter: Integers
    bias: Integers
    multiplier: Integers
    shift: Integers


def channels_of(call: Call) -> Channels | str:
    """The output channels, or why their sums are not bounded by int32."""
    params, operands = call.params, call.operands
    filter_, given = operands["filter"], operands["bias"]
    if not isinstance(filter_, Tensor) or filter_.data is None:
        return "the filter is not constant"
    weights = np.moveaxis(filter_.array()[0].astype(np.int64), -1, 0)
    bias = np.zeros(len(weights), np.int64)
    if isinstance(given, Tensor):
        if given.data is None:
            return "the bias is not constant"
        bias = given.array().astype(np.int64).reshape(-1)
    first, last = (extreme + params["input_offset"] for extreme in (-128, 127))
    products = weights * first, weights * last
    low = bias + np.minimum(*products).sum((1, 2))
    high = bias + np.maximum(*products).sum((1, 2))
    if low.min() < -(1 << 31) or high.max() >= 1 << 31:
        return "a sum may leave int32"
    multiplier, shift = (np.asarray(operands[name], np.int64) for name in ("multiplier", "shift"))
    if ((high << np.maximum(shift, 0)) >= 1 << 31).any() or ((low << np.maximum(shift, 0)) < -(1 << 31)).any():
        return "a scaled sum may leave int32"
    bias = bias + params["input_offset"] * weights.sum((1, 2))
    activation = params["activation"]
    channels = Channels(
        weights, bias, multiplier, shift, low, high, params["output_offset"], activation["min"], activation["max"]
    )
    return _without_constants(channels)


def _without_constants(channels: Channels) -> Channels:
    """Channels whose result no input changes lose their weights; the bias becomes the sum that is nearest to zero."""
    ends = channels.result(np.stack([channels.low, channels.high], 1))
    constant = ends[:, 0] == ends[:, 1]
    value = ends[:, :1]
    near = np.where(channels.low > 0, 0, -1)  # the sign of the bound to move
    start = np.where(channels.low > 0, channels.low, np.where(channels.high < 0, channels.high, 0))
    for bits in range(31):
        smaller = np.where(near == 0, np.int64(1) << bits, -(np.int64(1) << bits))
        fits = (channels.result(smaller[:, None]) == value)[:, 0] & (abs(smaller) < abs(start))
        start = np.where(fits & constant, smaller, start)
    zero = (channels.result(np.zeros_like(value)) == value)[:, 0]
    start = np.where(zero, 0, start)
    return replace(
        channels,
        filter=np.where(constant[:, None, None], 0, channels.filter),
        bias=np.where(constant, start, channels.bias),
        low=np.where(constant, start, channels.low),
        high=np.where(constant, start, channels.high),
    )


def rounding_up(channels: Channels, bits: int = FRACTION_BITS) -> Scaled | str:
    """Constants for: (sum * multiplier >> 32) + rounding, >> bits, sums times 2^shift.

    The shift is chosen so that the fraction bits are the same for all channels. Halves go up, so negative results need
    not be right: that they are never seen, and that a multiplier which had to lose bits changes nothing, is proved on
    every value of the sum where the result steps.
    """
    right = -channels.shift
    scale = np.clip(bits + 1 - right, 2, 8)
    lost = right + scale - (bits + 1)
    live = channels.multiplier > 0
    if (lost[live] < 0).any():
        return f"a channel is scaled by more than 2^{7 - bits}"
    lost = np.clip(lost, 0, 31)
    multiplier = np.minimum((channels.multiplier + ((np.int64(1) << lost) >> 1)) >> lost, (1 << 31) - 1)
    scaled = Scaled(channels.filter, channels.bias << scale, multiplier, scale)
    if not _fits(scaled, scale):
        return "a scaled sum may leave int32"
    rounding = (channels.offset << bits) + (1 << (bits - 1)) + (np.int64(1) << (scale - 2))

    def result(sums: Integers) -> Integers:
        high = ((sums << scale[:, None]) * multiplier[:, None] >> 32) + rounding[:, None]
        clamped: Integers = np.clip(high >> bits, channels.least, channels.most)
        return clamped

    return scaled if equal(channels, result) else "a result may be rounded from a negative sum"


def rounding_to_nearest(channels: Channels) -> Scaled | str:
    """Constants for: (2 * sum * multiplier, rounded, >> 32) + rounding + sign, >> shift: what pl_requantize does."""
    dead = channels.multiplier == 0
    right = np.where(dead, 1, -channels.shift)
    if right.min() < 1:
        return "a channel is scaled by 1/2 or more"
    if right.max() > 22:
        return "a channel is scaled by less than 2^-23"
    scaled = Scaled(channels.filter, channels.bias << 1, channels.multiplier, right)
    return scaled if _fits(scaled, np.ones_like(right)) else "a scaled sum may leave int32"


def _fits(scaled: Scaled, scale: Integers) -> bool:
    """Whether sums of raw inputs stay within int32 at every step."""
    reach = abs(scaled.bias) + ((128 * abs(scaled.filter).sum((1, 2))) << scale)
    return bool(reach.max() < 1 << 31)


def equal(channels: Channels, result: Callable[[Integers], Integers]) -> bool:
    """Whether `result` is the portable kernel's on every possible sum.

    Both rise with the sum: they are equal if they are so at the ends and on both sides of every step of the portable.
    """
    levels = np.arange(channels.least + 1, channels.most + 1)[None, :]
    low = np.broadcast_to(channels.low[:, None], (len(channels.low), levels.size)).copy()
    high = np.broadcast_to(channels.high[:, None], low.shape).copy()
    for _ in range(int(channels.high.max() - channels.low.min()).bit_length() + 1):
        middle = (low + high) >> 1
        above = channels.result(middle) >= levels
        high = np.where(above, middle, high)
        low = np.where(above, low, np.minimum(middle + 1, high))
    probes = np.concatenate(
        [channels.low[:, None], channels.high[:, None], low, np.maximum(low - 1, channels.low[:, None])], axis=1
    )
    return bool((result(probes) == channels.result(probes)).all())
