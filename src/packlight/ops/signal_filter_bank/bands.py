# SPDX-License-Identifier: Apache-2.0
"""The bands of SignalFilterBank: where they lie, and their weights without what is zero anyway."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from packlight.nouns.operator import Node

Shorts = npt.NDArray[np.int16]


def gather(node: Node, channels: int) -> tuple[Shorts, Shorts]:
    """(first frequency and width of each band, pairs of a weight and an unweight of all bands), zeros at ends left out.

    Refuses a node whose bands reach beyond the input or the weights.
    """
    given = (node.weights, node.unweights, node.frequency_starts, node.weight_starts, node.widths)
    for tensor in given:
        node.check(tensor.type == "INT16" and tensor.is_constant, "the description of the bands is constant", tensor)
    for tensor in given[2:]:
        node.check(tensor.elements > channels, "there is one band more than channels", tensor)
    both = [tensor.array().flatten() for tensor in given[:2]]
    rows = zip(*(tensor.array().flatten()[: channels + 1].tolist() for tensor in given[2:]), strict=True)
    places: list[tuple[int, int]] = []
    pairs = [np.zeros((0, 2), np.int16)]
    for start, position, width in rows:
        end = position + max(width, 0)
        inside = 0 <= start <= min(node.input.elements, 1 << 15) - max(width, 0)
        node.check(inside, "every band lies within the input and its first 32,768 elements")
        inside = position >= 0 and end <= min(each.size for each in both)
        node.check(inside, "every band has weights and unweights")
        band = np.stack([each[position:end] for each in both], axis=1)
        used = np.flatnonzero(band.any(axis=1))
        first, last = (int(used[0]), int(used[-1]) + 1) if used.size else (0, 0)
        places.append((start + first, last - first))
        pairs.append(band[first:last])
    return np.array(places, np.int16), np.concatenate(pairs)


def weights(pairs: Shorts) -> tuple[int, Shorts]:
    """`sum` of C's pl_signal_filter_bank_params, and the table of weights that goes with it."""
    each, other = pairs.astype(np.int64).T
    total = int((each + other).max(initial=1))
    less = total - each - other
    if total < 1 << 15 and (less <= 1).all() and (abs(each) < 1 << 14).all():
        table = 2 * each + less
        return total, (table if table.size else np.zeros(1)).astype(np.int16)
    return 0, pairs
