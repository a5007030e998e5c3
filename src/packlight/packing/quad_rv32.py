# SPDX-License-Identifier: Apache-2.0
"""What the cores of `runtime/pl_quad_rv32.h` are given: a rescaling by one multiplication, proved per channel.

How sums are packed is as for Cortex-M without SIMD (`quad_thumb`), and so is the way of the proof: the exact rescaling
only rises, and so does the cores'; they are the same function if they rise at the same sums.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.packing.quad_thumb import Rescaling, ranges, rescalings

ROW_STEPS, FOUR_STEPS = 16, 8  # taps that a row of the window cores may have, of one channel and of four
SHORT, SIGNED, EXACT = "short", "signed", "exact"  # how a sum is rescaled: pl_quad_rv32_six, ..._signed, ..._exact
WORDS = {SHORT: 2, SIGNED: 3, EXACT: 3}  # of a channel's scale
_FIELD = 21  # bits of a sum
_INT32 = (-(1 << 31), (1 << 31) - 1)
_NEARBY = (0, 1, -1, 2, -2, 3, -3, 4, -4)  # from the nearest factor of a fraction's length
_TRIES = 6  # lengths of the fraction


def scale(exact: Rescaling, least: int, most: int, signed: bool) -> tuple[int, int, int] | None:
    """Factor, addend and what is subtracted below zero, of a channel with sums in [least, most]; None: no such."""
    if not exact.fits(least, most):
        return None
    steps = _Steps.of(exact, least, most, zero_of(exact.zero_point, SIGNED if signed else SHORT))
    if not steps.rises.size:
        return 0, steps.first, 0
    real = exact.multiplier * 2.0 ** (exact.shift - 31)
    longest = min(math.floor(32 - _FIELD - math.log2(real)), 31)
    for bits in range(longest, max(longest - _TRIES, -1), -1):
        for nearby in _NEARBY:
            factor = (round((real * 2.0 ** (_FIELD + bits) - bits) / 32) + nearby) * 32 + bits
            addends = steps.addends(factor, signed) if 0 <= factor < 1 << 32 else None
            if addends is not None:
                return factor, addends[0], addends[0] - addends[1]
    return None


@dataclass(frozen=True)
class _Steps:
    """A channel's outputs, less what is added to clamped values: `first` at `least`, one more at each of `rises`."""

    least: int
    most: int
    rises: Integers
    first: int
    is_low: bool  # `first` is the lowest of all, so that lower ones are clamped to it
    is_high: bool  # the last is the highest of all

    @classmethod
    def of(cls, exact: Rescaling, least: int, most: int, zero: int) -> _Steps:
        first, last = (int(end) for end in exact.of(np.array([least, most])))
        rises = exact.rises(least, most)
        return cls(least, most, rises, exact.low + first - zero, first == 0, last == exact.high - exact.low)

    def addends(self, factor: int, signed: bool) -> tuple[int, int] | None:
        """An addend for values from zero on and one for those below; None if there are none for that factor."""
        last = self.first + self.rises.size
        below = self._bounds(factor, self.first, -1) if signed and self.first < 0 else None
        above = self._bounds(factor, 0 if signed else self.first, last) if last >= 0 or not signed else below
        if above is None or above[0] > above[1] or (below is not None and below[0] > below[1]):
            return None
        addend = sum(above) // 2
        return addend, min(max(addend, below[0]), below[1]) if below else addend

    def _bounds(self, factor: int, low: int, high: int) -> tuple[int, int]:
        """The least and the largest addend that gives the right outputs from `low` to `high`, and none of them else."""
        bits = factor & 31
        least, most, starts, ends = (
            sums * factor >> _FIELD for sums in (np.array(self.least), np.array(self.most), self.rises, self.rises - 1)
        )
        outputs = self.first + 1 + np.arange(self.rises.size)
        enough = ((outputs << bits) - starts)[(outputs >= low) & (outputs <= high)]
        little = ((outputs << bits) - 1 - ends)[(outputs >= low) & (outputs <= high + 1)]
        at_least, at_most = [_INT32[0] - int(least), *enough.tolist()], [_INT32[1] - int(most), *little.tolist()]
        if low <= self.first <= high and not self.is_low:
            at_least.append((self.first << bits) - int(least))
        if low <= outputs[-1] <= high and not self.is_high:
            at_most.append((int(outputs[-1] + 1) << bits) - 1 - int(most))
        return max(_INT32[0], *at_least), min(_INT32[1], *at_most)


def scales(call: Call, weights: Integers, kind: str) -> np.ndarray | None:
    """The scales of a call with [channels, n] weights, as a finish wants them; None where a channel has none."""
    exact = rescalings(call, weights.sum(1))
    least, most = ranges(weights)
    if kind == EXACT:
        if not are_short(exact, least, most):
            return None
        return np.array([(each.bias, each.multiplier, each.shift) for each in exact], np.int32)
    found = [scale(*each, kind == SIGNED) for each in zip(exact, map(int, least), map(int, most), strict=True)]
    made = [each for each in found if each is not None]
    if len(made) < len(found):
        return None
    words = np.array(made, np.int64)[:, : WORDS[kind]].reshape(-1)
    return np.append(words, [0] * (3 - WORDS[kind])).astype(np.uint32).view(np.int32)


def are_short(exact: list[Rescaling], least: Integers, most: Integers) -> bool:
    """Whether the portable kernels' roundings stay within 32 bits, half of what is shifted out added."""
    return all(map(_is_short, exact, map(int, least), map(int, most)))


def _is_short(exact: Rescaling, least: int, most: int) -> bool:
    if not exact.fits(least, most):
        return False
    largest = max(abs(end + exact.bias) << max(exact.shift, 0) for end in (least, most)) * exact.multiplier >> 31
    return largest + 1 + (1 << max(-exact.shift, 0) >> 1) <= _INT32[1]


def outputs(call: Call, kind: str) -> dict[str, int]:
    """`least`, `most` and `zero` of pl_quad_rv32_outputs."""
    activation, zero = call.params["activation"], zero_of(call.params["output_offset"], kind)
    return {"least": activation["min"] - zero, "most": activation["max"] - zero, "zero": zero}


def zero_of(zero_point: int, kind: str) -> int:
    """What is added to a clamped value."""
    return {SHORT: 0, SIGNED: zero_point + 1, EXACT: zero_point}[kind]
