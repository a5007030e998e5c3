# SPDX-License-Identifier: Apache-2.0
"""Radices and roots of unity of an FFT: those that kissfft takes, and tables in which its exact values are found.

For `size` complex numbers there are two sets: e**(-2 pi i k / size), k from 0, of the butterflies, and
e**(-pi i (k / size + 1/2)), k from 1, that take the spectrum of real numbers apart. An inverse FFT has the conjugates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.nouns.model import NUMPY_NAMES

#: What fixed point has for 1.
ONE = {"INT16": (1 << 15) - 1, "INT32": (1 << 31) - 1}

#: Larger than any index into a table.
NEVER = 1 << 30


@dataclass(frozen=True)
class Roots:
    """A table and how roots are found there: the members of C's pl_signal_fft_roots but `inverse`."""

    table: npt.NDArray[Any]
    quarter: int
    mirror: int
    start: int  # index of the first root of a set, less `step` where the set begins with k = 1
    step: int

    def params(self, stride: int, inverse: bool) -> dict[str, int]:
        """For every `stride`-th root of the set."""
        step = self.step * stride
        return {
            "quarter": self.quarter, "mirror": self.mirror, "start": self.start, "step": step, "inverse": int(inverse)
        }  # fmt: skip


def roots(size: int, type_: str, inverse: bool) -> tuple[Roots, Roots]:
    """The roots of the butterflies and those of the real numbers, from one quarter of sines wherever that is exact.

    It is not where a sine is 1/2, whose product with `ONE` lies half way between two integers (sizes that divide by 3).
    """
    turn = -1 if not inverse else 1
    butterflies = [_root(turn * 2 * math.pi * k / size, type_) for k in range(size)]
    reals = [_root(turn * math.pi * (k / size + 0.5), type_) for k in range(1, size // 2 + 1)]
    whole = size * (2 if size % 2 == 0 else 4)  # parts of a circle that has both sets
    quarter = whole // 4
    sines = [_root(2 * math.pi * k / whole, type_)[1] for k in range(quarter + 1)]
    table = np.array(sines, NUMPY_NAMES[type_])
    one = Roots(table, quarter, quarter, 0, whole // size)
    other = Roots(table, quarter, quarter, quarter, whole // size // 2)
    exact = all(_found(one, sines, k, inverse) == root for k, root in enumerate(butterflies))
    exact = exact and all(_found(other, sines, k, inverse) == root for k, root in enumerate(reals, 1))
    if exact or type_ not in ONE:
        return one, other
    return _listed(butterflies, type_, inverse, 0), _listed(reals, type_, inverse, -1)


def factors(size: int) -> list[int]:
    """kissfft's radices: fours, then twos, threes and so on; what has no factor up to the root of `size` is one."""
    found, radix, most = [], 4, math.isqrt(size)
    while size > 1:
        while size % radix:
            radix = {4: 2, 2: 3}.get(radix, radix + 2)
            radix = radix if radix <= most else size
        found.append(radix)
        size //= radix
    return found


def _root(angle: float, type_: str) -> tuple[float, float]:
    """Cosine and sine: integers where the type is one, halves rounded up."""
    pair = math.cos(angle), math.sin(angle)
    if type_ not in ONE:
        return pair
    real, imaginary = (math.floor(0.5 + ONE[type_] * each) for each in pair)
    return real, imaginary


def _found(found: Roots, sines: Sequence[float], k: int, inverse: bool) -> tuple[float, float]:
    """What the kernels find for root k."""
    turns, index = divmod(found.start + k * found.step, found.quarter)
    real, imaginary = sines[found.mirror - index], -sines[index]
    for _ in range(turns):
        real, imaginary = imaginary, -real
    return real, -imaginary if inverse else imaginary


def _listed(values: Sequence[tuple[float, float]], type_: str, inverse: bool, start: int) -> Roots:
    """All the values as they are."""
    sign = 1 if inverse else -1
    table = [sign * imaginary for _, imaginary in values] + [real for real, _ in reversed(values)]
    return Roots(np.array(table, NUMPY_NAMES[type_]), NEVER, len(table) - 1, start, 1)
