# SPDX-License-Identifier: Apache-2.0
"""SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: every n-th position of space becomes a batch of its own, and back.

wide [N, S1, S2, ..., rest] and batched [block1 * block2 * ... * N, T1, T2, ..., rest] hold the same element at
wide[n, t1 * block1 + b1 - before1, ...] and batched[(b1 * block2 + b2) * N + n, t1, ...], where `before` comes from
`paddings` or `crops`, [dimensions of space, 2]. What lies outside of wide is what stands for 0: TFLM leaves it unset,
here it is the zero point in 8 bits, as in TFLite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from math import prod

from packlight import walk
from packlight.nouns.call import Call, Place
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


@dataclass(frozen=True)
class Part:
    """Neighbouring offsets in a block, along one dimension, that have the same positions within wide."""

    offset: int  # the first
    offsets: int
    position: int  # the first
    positions: int


def prepare_space_to_batch(node: Node) -> tuple[Call, ...]:
    input_, output = node.input, node.output
    blocks, before = _blocks(node, input_, output, node.paddings)
    filled = walk.fill(node, walk.zero(output), output) if output.elements > input_.elements else ()
    return filled + tuple(_copies(node, input_, output, blocks, before))


def prepare_batch_to_space(node: Node) -> tuple[Call, ...]:
    input_, output = node.input, node.output
    blocks, before = _blocks(node, output, input_, node.crops)
    return tuple(_copies(node, output, input_, blocks, before))


def _blocks(node: Node, wide: Tensor, batched: Tensor, around: Tensor) -> tuple[list[int], list[int]]:
    """Along each dimension of space: the size of a block, and what lies before wide."""
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    known = walk.are_known(node.block_shape) and walk.are_known(around)
    node.check(known, "block_shape and paddings or crops are constant, in int32 or int64", around)
    blocks, pairs = walk.integers(node.block_shape), walk.integers(around)
    space = len(blocks)
    node.check(all(block >= 1 for block in blocks), "blocks have at least one position", node.block_shape)
    node.check(len(pairs) == 2 * space, "paddings or crops have two numbers for each block", around)
    node.check(all(count >= 0 for count in pairs), "paddings and crops are not negative", around)
    both = len(wide.shape) == len(batched.shape) > space
    node.check(both, "input and output have batches and the dimensions of space", node.block_shape)
    padded = [size + pairs[2 * i] + pairs[2 * i + 1] for i, size in enumerate(wide.shape[1 : space + 1])]
    fits = padded == [count * block for count, block in zip(batched.shape[1 : space + 1], blocks, strict=True)]
    rest = wide.shape[space + 1 :] == batched.shape[space + 1 :] and batched.shape[0] == wide.shape[0] * prod(blocks)
    node.check(fits and rest, "input and output fit the blocks, and paddings or crops", node.output)
    return blocks, pairs[::2]


def _copies(node: Node, wide: Tensor, batched: Tensor, blocks: list[int], before: list[int]) -> Iterator[Call]:
    element = walk.whole(wide).itemsize
    here, there = walk.strides(wide.shape, element), walk.strides(batched.shape, element)
    space = range(1, len(blocks) + 1)
    jumps = [there[0] * step * wide.shape[0] for step in walk.strides(blocks)]  # between offsets, in batched
    sizes = zip(wide.shape[1:], batched.shape[1:], blocks, before, strict=False)
    for parts in product(*(list(_parts(*each)) for each in sizes)):
        each = list(zip(parts, space, blocks, before, jumps, strict=True))
        at = sum((p.position * block + p.offset - first) * here[i] for p, i, block, first, _ in each)
        to = sum(p.position * there[i] + p.offset * jump for p, i, _, _, jump in each)
        dimensions = [
            *((p.offsets, here[i], jump) for p, i, _, _, jump in each),
            (wide.shape[0], here[0], there[0]),
            *((p.positions, block * here[i], there[i]) for p, i, block, _, _ in each),
            *((wide.shape[i], here[i], there[i]) for i in range(len(blocks) + 1, len(wide.shape))),
        ]
        if wide is node.input:
            yield from walk.move(node, Place(wide, at), Place(batched, to), element, dimensions)
        else:
            turned = [(extent, step, back) for extent, back, step in dimensions]
            yield from walk.move(node, Place(batched, to), Place(wide, at), element, turned)


def _parts(size: int, positions: int, block: int, before: int) -> Iterator[Part]:
    """The offsets in a block that have a position within wide, of `size` elements, in as few parts as possible."""

    def within(offset: int) -> tuple[int, int]:
        return max(0, -((offset - before) // block)), min(positions, -((offset - before - size) // block))

    for (first, end), offsets in groupby(range(block), within):
        group = list(offsets)
        if first < end:
            yield Part(group[0], len(group), first, end - first)


SPACE_TO_BATCH_ND = Operator(
    "SPACE_TO_BATCH_ND",
    inputs=("input", "block_shape", "paddings"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="SpaceToBatchNDOptions",
    max_version=4,
    prepare=prepare_space_to_batch,
)
BATCH_TO_SPACE_ND = Operator(
    "BATCH_TO_SPACE_ND",
    inputs=("input", "block_shape", "crops"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="BatchToSpaceNDOptions",
    max_version=4,
    prepare=prepare_batch_to_space,
)
