# SPDX-License-Identifier: Apache-2.0
"""Lays out a dense int8 layer's constants for `runtime/pl_dense_dsp.h`, and proves that its shortcuts keep the bits.

The cores compute 256 times the sum in 32 bits, and requantise it by one product in 64 bits. Both are exact if the sum
stays within 24 bits and the product with its addend within 64: checked here for each channel, on the interval of all
sums that any input can give. A channel whose output no input can change (a dead filter with a huge bias) becomes one
with that constant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Dense:
    """A dense layer's constants as the cores want them."""

    filter: npt.NDArray[np.int32]
    multiplier: npt.NDArray[np.int32] | None  # two words for all channels; None where each pair's are in the filter
    params: Mapping[str, int]  # of the struct pl_dense


@dataclass(frozen=True)
class Layer:
    """A dense layer as `prepare` made it: output = clamp(requantise(bias + weights * (input - zero point)))."""

    weights: Ints  # [channels, depth]
    bias: Ints  # [channels]
    multiplier: Ints  # [channels], or [1]
    shift: Ints
    input_zero: int
    output_zero: int
    activation: Mapping[str, int]

    def part(self, channels: slice) -> Layer:
        """The layer that some of the channels make."""
        names = ("weights", "bias", "multiplier", "shift")
        return replace(self, **{name: getattr(self, name)[channels] for name in names})

    @property
    def folded_bias(self) -> Ints:
        """The bias with the input's zero point in it, and with the 127 by which every second input is lowered."""
        zero: Ints = self.bias - self.input_zero * self.weights.sum(axis=1) + 127 * self.weights[:, 1::2].sum(axis=1)
        return zero

    @property
    def bounds(self) -> tuple[Ints, Ints]:
        """The least and the greatest sum of each channel over all inputs of -128 to 127."""
        fixed = self.bias - self.input_zero * self.weights.sum(axis=1)
        ends = self.weights * -128, self.weights * 127
        return fixed + np.minimum(*ends).sum(axis=1), fixed + np.maximum(*ends).sum(axis=1)

    def outputs(self, sums: Ints) -> Ints:
        """The output of each channel for a sum, exactly as the portable kernel computes it."""
        left = np.maximum(self.shift, 0)
        high = ((sums << left) * self.multiplier + (1 << 30)) >> 31
        right = left - self.shift
        mask = (1 << right) - 1
        rounded = (high >> right) + ((high & mask) > (mask >> 1) + (high < 0))
        clamped: Ints = np.clip(rounded + self.output_zero, self.activation["min"], self.activation["max"])
        return clamped


def layer(
    weights: npt.NDArray[Any],
    bias: npt.NDArray[Any] | None,
    multiplier: npt.NDArray[Any],
    shift: npt.NDArray[Any],
    params: Mapping[str, Any],
) -> Layer:
    """A layer from a call's arrays and params."""
    flat = weights.reshape(weights.shape[0], -1).astype(np.int64)
    return Layer(
        flat,
        np.zeros(len(flat), np.int64) if bias is None else bias.astype(np.int64),
        multiplier.astype(np.int64),
        shift.astype(np.int64),
        -params["input_offset"],
        params["output_offset"],
        params["activation"],
    )


def pack(given: Layer, share: bool = False) -> Dense | str:
    """The constants, or a sentence that says why the cores cannot serve the layer.

    With `share`, a multiplier that all channels have in common is kept once: only the core for one pixel takes that.
    """
    made = proved(given)
    if isinstance(made, str):
        return made
    if why := _why_no_words(made.weights):
        return why
    channels = len(made.weights)
    words = _words(made.weights)
    first = _even(256 * made.folded_bias + np.broadcast_to(6 - made.shift, channels))
    multiplier = np.broadcast_to(made.multiplier, channels)
    shared = share and len(set(multiplier.tolist())) == 1
    last = [] if shared else [_even(multiplier)[:, None]]
    filter_ = _pairs(np.concatenate([first[:, None], words, *last], axis=1))
    params = _params(made, 4 * len(filter_) - channels % 2)
    return Dense(filter_, _int32(multiplier[[0, 0]]) if shared else None, params)


def pack_bytes(given: Layer) -> Dense | str:
    """For a core with the same requantisation but other products.

    First 256 * bias + shift and multiplier of each channel, then all weights, four in a word, in the given order.
    """
    made = proved(given)
    if isinstance(made, str):
        return made
    channels = len(made.weights)
    fixed = 256 * (made.bias - made.input_zero * made.weights.sum(axis=1))
    constants = np.stack([fixed + 6 - made.shift, np.broadcast_to(made.multiplier, channels)], axis=1)
    words = made.weights.astype(np.int8).reshape(-1, 4).view("<i4")
    filter_ = np.concatenate([_int32(constants).ravel(), words.ravel()])
    return Dense(filter_, None, _params(made, 4 * len(filter_)))


def _params(made: Layer, filter_bytes: int) -> dict[str, int]:
    return {
        "filter_bytes": filter_bytes,
        "quads": -(-made.weights.shape[1] // 4),
        "zero": 2 * made.output_zero + 1,
        "negative": int(made.activation["min"] < made.output_zero),
    }


def pack_sums(given: Layer) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]] | str:
    """Weights and bias as `runtime/pl_dense_sums_dsp.h` wants them, or why not."""
    why = _why_no_words(given.weights)
    return why or (_pairs(_words(given.weights)), _int32(given.folded_bias))


def pack_plain(given: Layer) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Weights and bias as `runtime/pl_dense_plain_dsp.h` wants them: any weights, sums and scales."""
    words = (_padded(given.weights) & 0xFF).astype(np.uint8).view("<u4").astype(np.int64)
    return _pairs(words), _int32(given.bias - given.input_zero * given.weights.sum(axis=1))


def proved(given: Layer) -> Layer | str:
    """The layer as the cores compute it, constant channels without weights; or why sums or scales are beyond them."""
    made = _without_constants(given)
    return made if isinstance(made, str) else _why_not(made) or made


def _without_constants(given: Layer) -> Layer | str:
    """The layer with every channel that any input leaves alone as weights of zero and a small bias."""
    low, high = given.bounds
    if max(-low.min(), high.max()) >= 1 << 31:
        return "a sum may exceed 32 bits"
    scaled = np.stack([low, high]) << np.maximum(given.shift, 0)
    if abs(scaled).max() >= 1 << 31:
        return "a sum may exceed 32 bits"
    ends = given.outputs(low), given.outputs(high)
    constant = ends[0] == ends[1]
    if not constant.any():
        return given
    channels = len(given.weights)
    return Layer(
        np.where(constant[:, None], 0, given.weights),
        np.where(constant, (ends[0] - given.output_zero) * 4, given.bias),
        np.where(constant, 1 << 30, np.broadcast_to(given.multiplier, channels)),
        np.where(constant, -1, np.broadcast_to(given.shift, channels)),
        given.input_zero,
        given.output_zero,
        given.activation,
    )


def _why_not(made: Layer) -> str | None:
    low, high = made.bounds
    if made.shift.max() > -1:
        return "a channel is scaled by 1/2 or more"
    if low.min() < -(1 << 23) or high.max() >= 1 << 23:
        return "a sum may exceed 24 bits"
    addend = 64 + ((2 * made.output_zero + 1) << (6 - made.shift))
    ends = [((256 * sums * made.multiplier) >> 32) + addend for sums in (low, high)]
    if min(ends[0].min(), addend.min()) - 128 < -(1 << 31) or max(ends[1].max(), addend.max()) >= 1 << 31:
        return "a channel is scaled by too little"
    return None


def _why_no_words(weights: Ints) -> str | None:
    even, odd = weights[:, 0::2], weights[:, 1::2]
    fits = (256 * odd + even[:, : odd.shape[1]]).min(initial=0) >= -(1 << 15)
    return None if fits else "a weight of -128 follows a negative one"


def _padded(weights: Ints) -> Ints:
    """An even number of channels of a multiple of 4 weights: what is missing is zero."""
    channels, depth = weights.shape
    padded = np.zeros((channels + channels % 2, -(-depth // 4) * 4), np.int64)
    padded[:channels, :depth] = weights
    return padded


def _words(weights: Ints) -> Ints:
    """The words of each channel's weights."""
    padded = _padded(weights)
    halves = padded[:, 1::2] * 256 + padded[:, 0::2]
    words: Ints = (halves[:, 0::2] & 0xFFFF) + (halves[:, 1::2] << 16)
    return words


def _pairs(words: Ints) -> npt.NDArray[np.int32]:
    """The words of each two channels by turns."""
    channels, length = words.shape
    return _int32(words.reshape(channels // 2, 2, length).transpose(0, 2, 1).ravel())


def _even(values: Ints) -> Ints:
    """With one more element where their number is odd."""
    return np.append(values, values[-1:]) if len(values) % 2 else values


def _int32(values: Ints) -> npt.NDArray[np.int32]:
    return (values & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
