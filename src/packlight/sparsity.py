# SPDX-License-Identifier: Apache-2.0
"""Sparse constants: which elements a file stores, and the whole tensor from them.

The schema's form is that of the TACO compiler (Kjolstad et al., "The Tensor Algebra Compiler", OOPSLA 2017): a tree
with a level for each dimension in the order of traversal, then for each blocked dimension one within its blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, Any

from packlight.nouns.model import ELEMENT_BYTES, Sparsity, Tensor

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: The most bytes that a constant is unpacked to: no device has room for more.
MOST_BYTES = 1 << 26


def is_unpackable(type_: str, shape: Sequence[int]) -> bool:
    """Whether `unpack` knows elements of the type and makes that many."""
    size = ELEMENT_BYTES.get(type_, 0)
    return size >= 1 and prod(shape) * size <= MOST_BYTES


def unpack(tensor: Tensor) -> bytes:
    """All elements of a sparse constant, from its `data` with those that are stored. Raises ValueError, a sentence."""
    import numpy as np

    width, stored = int(ELEMENT_BYTES[tensor.type]), bytes(tensor.data or b"")
    at = _positions(tensor)
    if at.size * width != len(stored):
        raise ValueError(f"it has {len(stored):,} bytes of data and indices of {at.size:,} elements")
    whole = np.zeros((tensor.elements, width), np.uint8)
    whole[at] = np.frombuffer(stored, np.uint8).reshape(-1, width)
    return whole.tobytes()


def stored(tensor: Tensor) -> bytes:
    """The inverse of `unpack`: of all elements in `data`, those that the file stores. Raises ValueError."""
    import numpy as np

    width = int(ELEMENT_BYTES[tensor.type])
    return np.frombuffer(tensor.data or b"", np.uint8).reshape(-1, width)[_positions(tensor)].tobytes()


def of_rows(mask: Sequence[Sequence[int]], block: int = 1) -> Sparsity:
    """Rows of a matrix of which each has some elements, or some blocks of so many neighbours: what converters write."""
    indices = [[at // block for at in range(0, len(row), block) if any(row[at : at + block])] for row in mask]
    ends = [sum(map(len, indices[:count])) for count in range(len(mask) + 1)]
    rows = Sparsity.Level(len(mask))
    columns = Sparsity.Level(0, tuple(ends), tuple(at for row in indices for at in row))
    if block == 1:
        return Sparsity((0, 1), (), (rows, columns))
    return Sparsity((0, 1, 2), (1,), (rows, columns, Sparsity.Level(block)))


def _positions(tensor: Tensor) -> npt.NDArray[np.int64]:
    """Where each stored element stands among all, in the order in which they are stored."""
    import numpy as np

    sparsity, shape = tensor.sparsity, tensor.shape
    assert sparsity is not None
    rank, order, blocked = len(shape), sparsity.traversal_order, sparsity.block_map
    well_formed = (
        sorted(order[:rank]) == list(range(rank))
        and sorted(order[rank:]) == list(range(rank, rank + len(blocked)))
        and len(order) == len(sparsity.levels)
        and all(0 <= dimension < rank for dimension in blocked)
    )
    if not well_formed:
        raise ValueError("its levels are not those of its dimensions and blocks")
    coordinates = _coordinates(sparsity, tensor.elements)
    along = [np.zeros(0, np.int64)] * rank
    for dimension, coordinate in zip(order[:rank], coordinates, strict=False):
        along[dimension] = coordinate
    for block, level, coordinate in zip(order[rank:], sparsity.levels[rank:], coordinates[rank:], strict=True):
        dimension = blocked[block - rank]
        along[dimension] = along[dimension] * level.size + coordinate
    if any(((each < 0) | (each >= size)).any() for each, size in zip(along, shape, strict=True)):
        raise ValueError("an index is outside of its shape")
    flat = np.zeros(1, np.int64)
    for each, size in zip(along, shape, strict=True):
        flat = flat * size + each
    return flat


def _coordinates(sparsity: Sparsity, most: int) -> list[npt.NDArray[Any]]:
    """For each level the index of each stored element there; there may be `most` of them at any level."""
    import numpy as np

    found: list[npt.NDArray[Any]] = []
    nodes = np.zeros(1, np.int64)  # of the level above: their numbers
    for level in sparsity.levels:
        starts, counts = nodes * level.size, np.full(nodes.size, level.size, np.int64)
        segments, indices = np.array(level.segments, np.int64), np.array(level.indices, np.int64)
        if level.is_sparse:
            if nodes.max(initial=-1) + 1 >= segments.size:
                raise ValueError("it has too few segments")
            starts, counts = segments[nodes], segments[nodes + 1] - segments[nodes]
            if (starts < 0).any() or (counts < 0).any() or (starts + counts > indices.size).any():
                raise ValueError("a segment is outside of its indices")
        if (counts < 0).any() or int(counts.sum()) > most:
            raise ValueError("it stores more elements than it has")
        parents = np.repeat(np.arange(nodes.size), counts)
        within = np.arange(parents.size) - np.repeat(np.cumsum(counts) - counts, counts)
        nodes = starts[parents] + within
        found = [each[parents] for each in found] + [indices[nodes] if level.is_sparse else within]
    return found
