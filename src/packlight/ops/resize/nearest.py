# SPDX-License-Identifier: Apache-2.0
"""Which element of the input is nearest to each of the output, along one axis."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.nouns.operator import Node

Indices: TypeAlias = npt.NDArray[np.uint16]


def nearest(node: Node, size: int, count: int) -> Indices:
    """Which element of an axis of `size` each of the `count` elements of the output is."""
    options = node.options
    spans = (size - 1, count - 1) if options.align_corners and count > 1 else (size, count)
    scale = np.float32(spans[0]) / np.float32(spans[1])
    at = (np.arange(count, dtype=np.float32) + np.float32(0.5 if options.half_pixel_centers else 0)) * scale
    whole = np.floor(at)
    found = whole + (at - whole >= 0.5) if options.align_corners else whole
    indices: Indices = np.minimum(found, size - 1).astype(np.uint16)
    return indices


def regular(indices: Indices, step: int) -> tuple[int, list[tuple[int, int]]] | None:
    """A copy's dimensions, outer and inner, and the bytes before its first element; None where there is no rule.

    The rule: each element, `step` bytes long, comes equally often, one after the other or with equally many left out.
    """
    count, first = len(indices), int(indices[0])
    times = int(np.count_nonzero(indices == first))
    stride = int(indices[times]) - first if times < count else 0
    if count % times or (indices != first + np.arange(count) // times * stride).any():
        return None
    return first * step, [(count // times, stride * step), (times, 0)]
