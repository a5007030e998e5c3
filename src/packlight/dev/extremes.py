# SPDX-License-Identifier: Apache-2.0
"""Cases at the limits: constants and inputs that are as low or as high as they can be, scales that are far apart."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from packlight.dev.case import Array, Case, Operand
from packlight.nouns.model import NUMPY_NAMES

_BIAS_BITS = 30  # at most: with the products of any case that is drawn it stays within 32 bits


def extreme(case: Case, chance: random.Random) -> Case:
    """The case with quantized constants at their limits, large biases, and scales of channels that are far apart."""
    if not case.stretches:
        return case
    pick, bits = chance.choice(((), (), (), (0,), (1,), (0, 1))), chance.randint(8, _BIAS_BITS)
    spread = chance.choice((0, 0, 6, 20))
    factors: dict[int, list[float]] = {}  # by number of channels: weights and bias have them in common

    def changed(operand: Operand | None) -> Operand | None:
        if operand is None or not operand.constant or operand.values is not None or operand.scale is None:
            return operand
        scales = [operand.scale] if isinstance(operand.scale, (int, float)) else list(operand.scale)
        if len(scales) not in factors:
            factors[len(scales)] = [2.0 ** chance.uniform(-spread, spread / 4) for _ in scales]
        scales = [scale * factor for scale, factor in zip(scales, factors[len(scales)], strict=True)]
        operand = replace(operand, scale=scales if len(scales) > 1 else scales[0])
        if operand.type == "INT32":
            return replace(operand, low=-(1 << bits), high=1 << bits)
        if operand.type != "INT8" or not pick:
            return operand
        limits = operand.limits
        chosen = [limits[chance.choice(pick)] for _ in range(int(np.prod(operand.shape)))]
        return replace(operand, values=np.array(chosen, np.int8).reshape(operand.shape))

    return replace(case, inputs=[changed(operand) for operand in case.inputs])


def inputs_of(case: Case) -> list[list[Array]]:
    """Inputs of successive invokes: random ones, then for integers the lowest, the highest, and both by turns."""
    return case.draw_inputs(3) + _at_limits(case.filled)


def inputs_of_type(operands: Sequence[Operand], name: str) -> list[list[Array]]:
    """The same for a model's inputs; `name` decides the random ones."""
    drawer = np.random.default_rng(zlib.crc32(name.encode()))
    return [[operand.draw(drawer) for operand in operands] for _ in range(2)] + _at_limits(operands)


def _at_limits(operands: Sequence[Operand]) -> list[list[Array]]:
    if any(np.dtype(NUMPY_NAMES[each.type]).kind not in "iu" or each.values is not None for each in operands):
        return []
    return [[_pattern(operand, pick) for operand in operands] for pick in ((0, 0), (1, 1), (0, 1)) if operands]


def _pattern(operand: Operand, pick: tuple[int, int]) -> Array:
    limits = operand.limits
    values = np.array([limits[pick[0]], limits[pick[1]]], NUMPY_NAMES[operand.type])
    made: Array = values[np.arange(int(np.prod(operand.shape))) % 2].reshape(operand.shape)
    return made
