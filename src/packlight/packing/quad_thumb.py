# SPDX-License-Identifier: Apache-2.0
"""What the cores of `runtime/pl_quad_thumb.h` are given: how long sums may get, and a rescaling proved per channel.

The exact rescaling of a sum (two roundings, then the clamp) only rises, and takes at most 256 values: it is known by
the at most 255 sums at which the output rises. The cores compute another function that only rises; it is the same
function if it rises at the same sums. That is what `scales` checks, for every channel.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from packlight.fixedpoint import Integers, requantize
from packlight.nouns.call import Call

STEPS = 12  # of the dense cores' loops
ROW_STEPS = 16  # taps that a row of the window core may have
LIMIT = 1 << 20  # sums are in [-LIMIT, LIMIT)
_NEARBY = (0, 1, -1, 2, -2)  # from the nearest integer to each factor that is tried
_FAR = 1 << 26  # from every sum
_INT32 = (-(1 << 31), (1 << 31) - 1)


@dataclass(frozen=True)
class Rescaling:
    """The exact function of one output channel: clamp(requantize(sum + bias) + zero_point, low, high)."""

    bias: int
    multiplier: int  # [0, 2**31)
    shift: int
    zero_point: int
    low: int  # activation range
    high: int

    def of(self, sums: Integers) -> Integers:
        """The outputs of sums, minus `low`."""
        scaled = requantize(sums + self.bias, self.multiplier, self.shift) + self.zero_point
        return np.clip(scaled, self.low, self.high) - self.low

    def fits(self, least: int, most: int) -> bool:
        """Whether nothing in it exceeds 32 bits for sums of that range."""
        ends = [(end + self.bias) << max(self.shift, 0) for end in (least, most)]
        return self.multiplier >= 0 and all(_INT32[0] <= end <= _INT32[1] for end in ends)

    def rises(self, least: int, most: int) -> Integers:
        """By output v = of(least) + 1 to of(most): the smallest sum of [least, most] whose output is at least v."""
        first, last = (int(end) for end in self.of(np.array([least, most])))
        wanted = np.arange(first + 1, last + 1)
        low, high = np.full(wanted.size, least), np.full(wanted.size, most)  # of(low) < wanted <= of(high)
        if wanted.size:
            guess = (wanted - 0.5 + self.low - self.zero_point) * 2.0 ** (31 - self.shift) / self.multiplier - self.bias
            for bound in (np.floor(guess) - 2, np.ceil(guess) + 2):
                near = np.clip(bound, least, most).astype(np.int64)
                reached = self.of(near) >= wanted
                high = np.where(reached, np.minimum(high, near), high)
                low = np.where(reached, low, np.maximum(low, near))
        while (high - low > 1).any():
            middle = (low + high) >> 1
            reached = self.of(middle) >= wanted
            low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        return high


def ranges(weights: Integers) -> tuple[Integers, Integers]:
    """The least and the largest sum of [..., n] weights times int8 values."""
    return np.minimum(-128 * weights, 127 * weights).sum(-1), np.maximum(-128 * weights, 127 * weights).sum(-1)


def parts(weights: Integers, most: int = 1 << 16) -> tuple[int, int, int] | None:
    """(count, length of the first, length of the others) of the fewest parts of [channels, n] weights whose sums fit.

    All parts but the first have a multiple of `STEPS` weights.
    """
    total = weights.shape[1]
    for count in range(1, min(-(-total // STEPS), most) + 1):
        length = -(-total // (count * STEPS)) * STEPS
        first = total - (count - 1) * length
        if first < 1:
            continue
        starts = [0, *range(first, total, length)]
        ends = [*starts[1:], total]
        if all(_fits(weights[:, start:end]) for start, end in zip(starts, ends, strict=True)):
            return count, first, length
    return None


def _fits(weights: Integers) -> bool:
    least, most = ranges(weights)
    return bool(least.min() >= -LIMIT and most.max() < LIMIT)


def scale(exact: Rescaling, least: int, most: int, signed: bool) -> tuple[int, int, int] | None:
    """`pl_quad_thumb_scale` of a channel whose sums are in [least, most]; None where none gives the exact function."""
    if not exact.fits(least, most) or not 2 - _FAR < least <= most < _FAR:
        return None
    halving = max(-exact.shift, 0)
    rises = exact.rises(least, most)
    first = int(exact.of(np.array([least]))[0])
    if not rises.size:  # one output for every sum: `at` is always 2
        return (_FAR - 1) * 32 + 2, ((first << 24) - (1 << 23)) % (1 << 32) >> 1, 1 << 8
    rises = np.array([least, *rises])  # the first is where it is `first` already
    steps = exact.low + first + np.arange(rises.size) - exact.zero_point  # what requantize has reached at each
    real = exact.multiplier * 2.0 ** (exact.shift - 31)
    halves = 2.0**-halving / 2 if halving else 0.0
    # Where the output reaches low + 1, if zero points are below and above.
    ones = [(exact.low + 0.5 - exact.zero_point + half) / real - exact.bias for half in (-halves, halves)]
    if rises.size == 2:  # any slope that does not reach the next output will do
        halving = min(halving, (2 * (most - least)).bit_length())
        real = max(real, 2.0**-halving)
        ones = [rises[1] - 0.5 - first / real]
    if halving > 24:
        return None
    below = (steps < 1) << (24 - halving) if signed else 0 * steps
    for one in ones:
        for shift, nearby, base in itertools.product(range(31, -1, -1), _NEARBY, (math.ceil(-one), math.floor(-one))):
            factor = round(real * 2.0 ** (24 + shift)) + nearby
            if 0 <= factor < 1 << 32 and -_FAR < base < _FAR:
                made = _fit((factor, shift, base, halving), rises, first, below)
                if made is not None:
                    return base << 5 | halving, *made
    return None


def _fit(numbers: tuple[int, int, int, int], rises: Integers, first: int, below: Integers) -> tuple[int, int] | None:
    """(factor, rest) with which the output is first, first + 1, ... from `rises` on; `below` is subtracted before."""
    factor, shift, base, halving = numbers
    high, low = factor >> shift, factor & ((1 << shift) - 1)
    top = int(rises[-1]) + base
    mantissa = max(-(-(top << 1) >> halving), 1)
    most = (mantissa << halving) >> 1
    if mantissa >= 1 << 11 or mantissa << halving >= 1 << 32 or top < 0 or most * low >= 1 << 32:
        return None

    def scaled(sums: Integers) -> Integers:
        at = np.clip(sums + base, 0, most)
        return at * high + (at * low >> shift)

    wanted = first + np.arange(rises.size) << 24
    least = int(max((wanted - scaled(rises) + below)[first == 0 :]))
    last = int(wanted[-1]) + (1 << 24) - 1 - int(scaled(np.array([most - base]))[0])
    largest = min(last, int(min((wanted - 1 - scaled(rises - 1) + below)[1:])), (1 << 24) - 1)
    for part in _parts_of(high, largest, least):
        start = (1 << 24) - (part * (high >> 4) >> 9)
        if least <= start <= largest and start >= max(below):
            return factor, part << 19 | mantissa << 8 | shift
    return None


def _parts_of(high: int, largest: int, least: int) -> range:
    """The `rest >> 19` whose start may be in [least, largest]."""
    unit = high >> 4
    if not unit:
        return range(1)
    lowest, highest = ((((1 << 24) - bound) << 9) // unit for bound in (largest, least))
    return range(max(lowest - 1, 0), min(highest + 2, 1 << 13, (1 << 32) // unit))


def scales(exact: list[Rescaling], least: Integers, most: Integers, signed: bool) -> np.ndarray | None:
    """[channels, 3] int32: the `scale` of each channel, whose sums are in [least, most]; None where one has none."""
    found = [scale(*each, signed) for each in zip(exact, map(int, least), map(int, most), strict=True)]
    made = [each for each in found if each is not None]
    return np.array(made, np.int64).astype(np.uint32).view(np.int32) if len(made) == len(found) else None


def exact_scales(exact: list[Rescaling]) -> np.ndarray | None:
    """[channels, 3] int32 for the cores' exact rescaling; None where a bias with the zero point is too long."""
    if not all(_INT32[0] <= each.bias <= _INT32[1] for each in exact):
        return None
    made = [(each.bias, each.multiplier, each.high << 8 | each.shift & 255) for each in exact]
    return np.array(made, np.int64).astype(np.int32)


def rescalings(call: Call, totals: Integers) -> list[Rescaling]:
    """The exact function of each output channel, of sums of weights times stored inputs; `totals` sums the weights.

    The input's zero point is part of the bias.
    """
    bias, params = call.node.optional("bias"), call.params
    biases = bias.array().reshape(-1).astype(np.int64) if bias else np.zeros(totals.size, np.int64)
    folded = biases + params["input_offset"] * totals
    given = (np.asarray(call.operands[name]) for name in ("multiplier", "shift"))
    multiplier, shift = (np.broadcast_to(each, folded.shape) for each in given)
    activation = params["activation"]
    return [
        Rescaling(int(b), int(m), int(s), params["output_offset"], activation["min"], activation["max"])
        for b, m, s in zip(folded, multiplier, shift, strict=True)
    ]
