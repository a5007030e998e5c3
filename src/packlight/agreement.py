# SPDX-License-Identifier: Apache-2.0
"""Whether a program and another interpreter agree, tensor by tensor, and where they first do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.nouns.model import Tensor
from packlight.nouns.program import Program
from packlight.verbs.run import Machine

Array = npt.NDArray[Any]

#: Floats agree if |ours - theirs| <= RELATIVE * |theirs| + ABSOLUTE * max(1, largest |theirs|).
RELATIVE, ABSOLUTE = 1e-4, 1e-5


@dataclass(frozen=True)
class Compared:
    """One tensor, compared in all runs."""

    tensor: Tensor
    node: int | None  # the operator that wrote it, by its index in the model; None if only the outputs are known
    operator: str
    identical: bool  # to the last bit
    agrees: bool  # identical, or floats within the tolerance
    differing: int  # elements, in all runs, that do not agree
    largest: float  # difference of an element
    run: int = 0  # of the first element that does not agree
    index: tuple[int, ...] = ()
    ours: float = 0.0
    theirs: float = 0.0


def compare_tensor(
    tensor: Tensor, node: int | None, operator: str, ours: Sequence[Array], theirs: Sequence[Array]
) -> Compared:
    """The tensor's values in each run, ours and theirs."""
    differing, largest, identical = 0, 0.0, True
    first: tuple[int, tuple[int, ...], float, float] | None = None
    for run, (mine, stored) in enumerate(zip(ours, theirs, strict=True)):
        other = stored.reshape(mine.shape)
        if mine.tobytes() == other.astype(mine.dtype, copy=False).tobytes():
            continue
        identical = False
        bad, distance = _disagreeing(mine, other)
        differing += int(bad.sum())
        largest = max(largest, distance)
        if first is None and bad.any():
            index = tuple(int(at) for at in np.argwhere(bad)[0])
            first = (run, index, float(mine[index]), float(other[index]))
    return Compared(tensor, node, operator, identical, differing == 0, differing, largest, *(first or ()))


def _disagreeing(mine: Array, other: Array) -> tuple[Array, float]:
    """Where two arrays do not agree, and the largest difference of any element."""
    a, b = mine.astype(np.float64), other.astype(np.float64)
    with np.errstate(invalid="ignore"):
        distance = np.abs(a - b)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    distance = np.where(same, 0.0, distance)
    if mine.dtype.kind == "f":
        finite = np.abs(b[np.isfinite(b)])
        allowed = RELATIVE * np.abs(b) + ABSOLUTE * max(1.0, float(finite.max(initial=0.0)))
        with np.errstate(invalid="ignore"):
            same |= (distance <= allowed) & np.isfinite(b)
    return ~same, float(np.nanmax(distance, initial=0.0))


def run_keeping(program: Program, inputs: Sequence[Sequence[Array]], wanted: Sequence[int]) -> list[dict[int, Array]]:
    """For each set of inputs, one inference: the tensors `wanted`, by index; state goes on from set to set.

    `program` must keep them: `pack(model, keep_all=True)` for tensors other than the outputs.
    """
    machine = Machine(program, np.zeros(max(1, program.plan.arena_bytes), np.uint8))
    found = []
    for arrays in inputs:
        for value, array in zip(program.inputs, arrays, strict=True):
            machine.view(value)[...] = array
        machine.invoke()
        found.append({index: machine.view(program.schedule.values[index]).copy() for index in wanted})
    return found
