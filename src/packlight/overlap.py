# SPDX-License-Identifier: Apache-2.0
"""How far the output of a call may overlap an input that dies: its order of reading and writing, turned into a lag.

A kernel is described as steps that each read, then write. Where the input begins `lag` bytes behind the output, a step
must not read a byte that a step before it has written: lag is at least what has been written (the end of its last byte,
from the output's first) less what is still to be read (the first byte of it, from the input's first). What is read too
early does no harm, so a kernel that reads ahead may be described as one that does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.nouns.call import Call, Operand, Overlap, Place
from packlight.nouns.model import ELEMENT_BYTES, Tensor

Ints = npt.NDArray[np.int64]

#: The first byte of what reads nothing.
NOTHING = 1 << 62


def lag(written: Ints, needed: Ints, during: int = 0) -> int:
    """The least safe lag of steps in their order, in bytes.

    When step k begins, the output's first `written[k]` bytes may have been written; it reads no byte of the input
    before `needed[k]`, and may write `during` bytes more while it still reads.
    """
    later = np.minimum.accumulate(needed[::-1])[::-1]
    return max(0, int((np.maximum.accumulate(written) + during - later).max(initial=0)))


def elements(call: Call) -> tuple[Overlap, ...]:
    """Of a kernel that reads elements in their order and writes each before it reads the next; rows of them that it
    reads more than once before it writes, too. An input that is broadcast is read again."""
    output = _tensor(call.operands.get("output"))
    found = []
    for field in call.kernel.operands:
        tensor = _tensor(call.operands.get(field.name))
        if output and tensor and not field.is_written:
            growth = _size(output) - _size(tensor)
            if tensor.elements == output.elements and growth == int(growth):
                found.append(Overlap(field.name, max(0, int(growth) * (output.elements - 1))))
    return tuple(found)


def moved(call: Call, run: int, dimensions: list[tuple[int, ...]]) -> tuple[Overlap, ...]:
    """Of `move/bytes`: copies of `run` bytes, each upwards; dimensions are (extent, stride in input, in output)."""
    input_ = call.operands["input"]
    if _tensor(input_.tensor if isinstance(input_, Place) else input_) is None:
        return ()
    source, target = np.zeros(1, np.int64), np.zeros(1, np.int64)
    for extent, here, there in dimensions:
        steps = np.arange(extent, dtype=np.int64)
        source, target = ((at[:, None] + steps * by).ravel() for at, by in ((source, here), (target, there)))
    before = np.append(0, np.maximum.accumulate(target[:-1] + run))
    return (Overlap("input", lag(np.maximum(before, target), source)),)


def windows(call: Call, *, block: int = 1, run: str = "all", rest: int = 0, again: int = 0) -> tuple[Overlap, ...]:
    """Of a kernel that goes through the output's pixels by blocks, of which it reads all windows, then writes all.

    The pixels of a `run` ("row", "image", "all") are cut into blocks; a last one that is not whole, into blocks of
    `rest` (0: it stays one). Of a block, `again` bytes may be written before its windows are read for the last time.
    """
    geometry = geometry_of(call)
    first, into, out = first_bytes(call, geometry)
    row = geometry["output_w"]
    together = {"row": row, "image": row * geometry["output_h"], "all": first.size}[run]
    starts = _cut(first.size, together, block, rest)
    needed = np.minimum.reduceat(first, starts) if first.size else first
    return (Overlap("input", lag(starts * out, needed, again)),) if into else ()


def by_rows(call: Call) -> tuple[Overlap, ...]:
    """Of a kernel that lays out the windows of a row of outputs before it writes the row."""
    return windows(call, run="row", block=max(1, geometry_of(call)["output_w"]))


def one_by_one(call: Call) -> tuple[Overlap, ...]:
    """Of a kernel that writes one element after the other and reads a window of all channels for each."""
    return windows(call, again=max(0, pixel_bytes(call) - int(_size(call.node.output))))


def each_channel(call: Call, together: int = 1) -> tuple[Overlap, ...]:
    """Of a kernel that goes through pixels, and in each through the channels: one reads nothing but its own window.

    It takes so many channels `together`; the last ones end with the last channel, and are partly done again.
    """
    _, into, out = first_bytes(call, geometry_of(call))
    return windows(call, again=out - into + -(into // int(_size(call.node.output))) % together)


def pixel_bytes(call: Call) -> int:
    """Bytes of an output pixel."""
    return int(geometry_of(call)["output_c"] * _size(call.node.output))


def planes(call: Call) -> tuple[Overlap, ...]:
    """Of a depthwise kernel that goes through channels, and copies all of a channel before it writes what it gives.

    With as many outputs as inputs, a channel is only written over itself, at a distance of whole pixels.
    """
    (batches, *_, channels), output = call.node.input.shape, call.node.output
    sizes = call.node.input.elements // max(1, batches), output.elements // max(1, batches)
    outputs = output.shape[3]
    batch, channel = np.arange(batches)[:, None], np.arange(channels)
    if outputs == channels:
        return (Overlap("input", lag(batch[:, 0] * sizes[1], batch[:, 0] * sizes[0]), channels),)
    behind = np.where(channel > 0, sizes[1] - outputs + channel * (outputs // channels), 0)
    written, needed = batch * sizes[1] + behind, batch * sizes[0] + channel
    return (Overlap("input", lag(written.ravel(), needed.ravel())),)


def geometry_of(call: Call) -> Mapping[str, Any]:
    """The geometry among a call's params; rows of a matrix are pixels of a 1x1 convolution."""
    if "geometry" in call.params:
        found: Mapping[str, Any] = call.params["geometry"]
        return found
    units, *_, depth = call.node.filter.shape
    units, depth = call.params.get("units", units), call.params.get("depth", depth)
    sizes = {f"{name}_{side}": 1 for name in ("input", "filter", "output") for side in ("h", "w")}
    channels = {"batches": call.node.output.elements // max(1, units), "input_c": depth, "output_c": units}
    one, none = {"h": 1, "w": 1}, {"h": 0, "w": 0}
    return {**sizes, **channels, "stride": one, "padding": none, "dilation": one}


def first_bytes(call: Call, geometry: Mapping[str, Any]) -> tuple[Ints, int, int]:
    """The first byte of the input that each output pixel's window covers, and the bytes of an input and output pixel.

    Output pixels are in their order; a window that lies outside of the input has `NOTHING`.
    """
    channels = [geometry.get(f"{end}_c", geometry.get("channels")) for end in ("input", "output")]
    into, out = (int(each * _size(t)) for each, t in zip(channels, (call.node.input, call.node.output), strict=True))
    rows, columns = (first_inside(geometry, side) for side in ("h", "w"))
    pixels = rows[:, None] * geometry["input_w"] + columns
    image = np.where((rows[:, None] < NOTHING) & (columns < NOTHING), pixels, NOTHING // max(1, into))
    apart = geometry["input_h"] * geometry["input_w"]
    first = (np.arange(geometry["batches"], dtype=np.int64)[:, None] * apart + image.ravel()) * into
    return first.ravel(), into, out


def first_inside(geometry: Mapping[str, Any], side: str) -> Ints:
    """For each output along a side, the first position of the input that its window covers, or `NOTHING`."""
    at = np.arange(geometry[f"output_{side}"], dtype=np.int64) * geometry["stride"][side] - geometry["padding"][side]
    dilation = geometry.get("dilation", {"h": 1, "w": 1})[side]
    taps = at[:, None] + np.arange(geometry[f"filter_{side}"]) * dilation
    inside = (taps >= 0) & (taps < geometry[f"input_{side}"])
    found: Ints = np.where(inside, taps, NOTHING).min(1, initial=NOTHING)
    return found


def _cut(pixels: int, run: int, block: int, rest: int) -> Ints:
    """The first pixel of each block."""
    starts = np.arange(0, run, block)
    if rest and run % block:
        starts = np.append(starts[:-1], np.arange(run - run % block, run, rest))
    return (np.arange(0, pixels, max(1, run))[:, None] + starts).ravel()


def _tensor(operand: Operand) -> Tensor | None:
    """The tensor that an operand is, if its memory is free for others once it is dead."""
    if not isinstance(operand, Tensor):
        return None
    return None if operand.is_constant or operand.is_variable else operand


def _size(tensor: Tensor) -> float:
    """Bytes of an element."""
    return ELEMENT_BYTES[tensor.type]
