# SPDX-License-Identifier: Apache-2.0
"""Lays out the constants of int8 layers for the MVE cores, and proves that their shortcuts give the same bits.

The input's zero point is folded into the bias, which shares a word with the shift: it must fit 24 bits. A channel that
no input can change becomes one of that constant. The cores take one from negative products before they round the shift,
so that halves go away from zero: exact for shifts of a bit or more, and where the activation hides what is below the
zero point. They saturate to int8; a tighter activation is clamped afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import arithmetic
from packlight.nouns.call import Call, Operand, Place
from packlight.packing.dense_dsp import Layer, layer

Ints = npt.NDArray[np.int64]
#: The order in which the cores take each four channels.
_ORDER = (0, 2, 1, 3)


def layer_of(call: Call, channels_first: npt.NDArray[Any]) -> Layer | str:
    """The layer of a call whose weights are `channels_first`, or why the cores cannot serve it."""
    if call.node.output.elements == 0:
        return "there is no output"
    bias = call.node.optional("bias")
    if bias is not None and bias.data is None:
        return "bias is not constant"
    multiplier, shift = (np.asarray(call.operands[name]) for name in ("multiplier", "shift"))
    return settled(layer(channels_first, bias.array() if bias else None, multiplier, shift, call.params))


def settled(given: Layer) -> Layer | str:
    """The layer as the cores can serve it, or why they cannot.

    A channel whose bias or shift does not fit gets others that give the same output for every input, if there are any.
    """
    low, high = given.bounds
    if max(-low.min(), high.max()) >= 1 << 31:
        return "a sum may exceed 32 bits"
    unfit = ~_fits(given)
    if not unfit.any():
        return given
    made = _each_channel(given)
    for c in map(int, np.flatnonzero(unfit)):
        one = _channel(made, c)
        other = _refitted(one)
        if other is None:
            large = abs(folded_bias(one)[0]) >= 1 << 23
            return "a bias exceeds 24 bits" if large else "a channel is scaled by 1/2 or more"
        for name in ("weights", "bias", "multiplier", "shift"):
            getattr(made, name)[c] = getattr(other, name)[0]
    return made


def _each_channel(given: Layer) -> Layer:
    """A copy with a multiplier and a shift for each channel."""
    scales = {name: np.broadcast_to(getattr(given, name), len(given.bias)).copy() for name in ("multiplier", "shift")}
    return replace(given, weights=given.weights.copy(), bias=given.bias.copy(), **scales)


def _channel(given: Layer, c: int) -> Layer:
    """A channel alone."""
    parts = {name: getattr(given, name)[c : c + 1].copy() for name in ("weights", "bias", "multiplier", "shift")}
    return replace(given, **parts)


def _fits(given: Layer) -> npt.NDArray[np.bool_]:
    """By channel: whether bias and shift are such that the cores are exact."""
    most = 0 if given.activation["min"] >= given.output_zero else -1
    fits: npt.NDArray[np.bool_] = (abs(folded_bias(given)) < 1 << 23) & (given.shift <= most)
    return fits


def _refitted(one: Layer) -> Layer | None:
    """A channel that fits and gives the output of `one` for every input.

    There is one where that output is a constant, or one of two neighbours: then all that counts is the sum where the
    upper one begins.
    """
    low, high = (int(ends[0]) for ends in one.bounds)
    if max(-low, high) << max(int(one.shift[0]), 0) >= 1 << 31:
        return None
    least, greatest = (int(one.outputs(np.array([end]))[0]) for end in (low, high))
    if least == greatest:
        steps = np.array([4 * (least - one.output_zero)])
        return replace(one, weights=0 * one.weights, bias=steps, multiplier=np.array([1 << 30]), shift=np.array([-1]))
    if greatest > least + 1:
        return None
    first = bisect_left(range(low, high + 1), greatest, key=lambda sum_: int(one.outputs(np.array([sum_]))[0])) + low
    half = greatest - one.output_zero - 0.5  # the unrounded result at the step
    place = (1 << 22) if half > 0 else -(1 << 22)  # the sum that is to be the first one
    around, moved = np.array([low, first - 1, first, high]), place - first
    for nudge in (0.25, 0, 0.5, -0.5):  # the first rounding moves the step by up to a sum
        multiplier, shift = arithmetic.quantize_multiplier(half / (place + nudge))
        other = replace(one, bias=one.bias + moved, multiplier=np.array([multiplier]), shift=np.array([shift]))
        if _fits(other).all() and np.array_equal(one.outputs(around), other.outputs(around + moved)):
            return other
    return None


def folded_bias(given: Layer) -> Ints:
    folded: Ints = given.bias - given.input_zero * given.weights.sum(axis=1)
    return folded


def channel_words(given: Layer) -> tuple[Ints, Ints]:
    """Of each channel its folded bias with the shift in the lowest byte, and its multiplier (one if all share it)."""
    return (folded_bias(given) << 8) + (given.shift & 0xFF), given.multiplier


def weight_stream(weights: Ints) -> npt.NDArray[np.int8]:
    """Weights [channels, depth] in the order of `runtime/pl_dense_mve.h`."""
    channels, depth = weights.shape
    fours, deep = channels // 4, depth // 16 * 16
    pairs = in_order(weights)[: 4 * fours].reshape(2 * fours, 2, depth)
    blocks = pairs[:, :, :deep].reshape(2 * fours, 2, deep // 16, 16).transpose(0, 2, 1, 3).reshape(2 * fours, 2 * deep)
    stream = np.concatenate([blocks, pairs[:, :, deep:].reshape(2 * fours, 2 * (depth - deep))], axis=1)
    return np.concatenate([stream.ravel(), weights[4 * fours :].ravel()]).astype(np.int8)


def in_order(values: Ints) -> Ints:
    """By channel: whole fours in the order of the cores."""
    fours = len(values) // 4
    taken = (4 * np.arange(fours)[:, None] + _ORDER).ravel()
    return np.concatenate([values[taken], values[4 * fours :]])


def dense(given: Layer, *, is_shared: bool = True) -> dict[str, Operand]:
    """The operands `filter`, `bias` and, where channels share it, `multiplier`; else it follows each bias.

    Without `is_shared` it always does.
    """
    stream = weight_stream(given.weights)
    if len(given.multiplier) == 1 and is_shared:
        bias, multiplier = channel_words(given)
        return {"filter": stream, "bias": int32(in_order(bias)), "multiplier": int32(multiplier)}
    return {"filter": stream, "bias": channel_stream(given, in_order)}


def channel_stream(given: Layer, order: Callable[[Ints], Ints] = np.asarray) -> npt.NDArray[np.int32]:
    """Each channel's two words, one after the other, the channels in an order."""
    bias, multiplier = channel_words(given)
    both = np.stack([order(bias), order(np.broadcast_to(multiplier, len(bias)))], axis=1)
    return int32(both.ravel())


def int32(values: Ints) -> npt.NDArray[np.int32]:
    return (values & 0xFFFFFFFF).astype(np.uint32).view(np.int32)


def is_aligned(operand: Operand) -> bool:
    """Whether an operand of the arena begins at a whole word."""
    return not isinstance(operand, Place) or operand.offset % 4 == 0


def served(call: Call, kernel: str, params: dict[str, Any], operands: dict[str, Operand], scratch: int = 0) -> Call:
    """The call of a variant, whose operands other than the constants are the portable call's own."""
    found = call.node.find_kernel(call.node.operator.kernel_file(kernel))
    given = {name: call.operands[name] for name in ("input", "output")}
    return replace(call, kernel=found, params=params, operands={**given, **operands}, scratch=scratch)
