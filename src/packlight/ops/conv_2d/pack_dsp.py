# SPDX-License-Identifier: Apache-2.0
"""Lays out a CONV_2D for cores with the DSP extension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import overlap
from packlight.nouns.call import Call, Overlap
from packlight.packing import dense_dsp

#: Output pixels whose inputs `s8_dsp_bytes.c` copies at once.
_BAND = 32

#: Tiles of 2x2 outputs that `s8_dsp_winograd.c` transforms at once: the more, the less often the weights are.
_TILES = 24


#: Four pixels, of one row or of all, then one by one.
FOUR_OF_ROW = partial(overlap.windows, run="row", block=4, rest=1)
FOUR = partial(overlap.windows, run="image", block=4, rest=1)


def tiled(call: Call) -> tuple[Overlap, ...]:
    """`s8_dsp_tile.c`: four times `span` pixels of a row."""
    return overlap.windows(call, run="row", block=4 * call.params["span"])


def grouped(call: Call) -> tuple[Overlap, ...]:
    """`s8_dsp_plain.c`: one pixel; one group after the other."""
    geometry = call.params["geometry"]
    return overlap.windows(call, again=geometry["output_c"] - geometry["group_c"])


def transformed(call: Call) -> tuple[Overlap, ...]:
    """`s8_dsp_winograd.c`: a band of tiles of 2x2 outputs."""
    geometry, span = call.params["geometry"], call.params["span"]
    first, _, out = overlap.first_bytes(call, geometry)
    shape = (geometry["batches"], geometry["output_h"], geometry["output_w"])
    needed = first.reshape(shape)[:, ::2, ::2].ravel()
    below, right = (np.minimum(np.arange(0, size, 2) + 1, size - 1) for size in shape[1:])
    last = np.arange(shape[0])[:, None, None] * shape[1] * shape[2] + below[:, None] * shape[2] + right
    written = np.maximum.accumulate((last.ravel() + 1) * out)
    starts = np.arange(0, needed.size, span)
    before = np.append(0, written[starts[1:] - 1])
    return (Overlap("input", overlap.lag(before, np.minimum.reduceat(needed, starts))),)


def pack_1x1(call: Call) -> Call | str:
    """The call for `s8_dsp_1x1.c`, or why it cannot be had. Without a stride, all pixels are one long row."""
    geometry = dict(call.params["geometry"])
    if (geometry["filter_h"], geometry["filter_w"]) != (1, 1):
        return "the window is larger than a pixel"
    if geometry["filter_c"] % 4:
        return "the input channels are no multiple of 4"
    if geometry["stride"] == {"h": 1, "w": 1}:
        pixels = geometry["batches"] * geometry["input_h"] * geometry["input_w"]
        geometry |= {"batches": 1, "input_h": 1, "input_w": pixels, "output_h": 1, "output_w": pixels}
    return _call(call, "s8_dsp_1x1", geometry, scratch=8 * geometry["filter_c"])


def pack_tile(call: Call) -> Call | str:
    """The call for `s8_dsp_tile.c`, or why it cannot be had."""
    geometry = call.params["geometry"]
    if geometry["filter_c"] % 4:
        return "the input channels are no multiple of 4"
    if geometry["output_w"] % 4:
        return "the output's rows are no multiple of 4 pixels"
    if geometry["dilation"]["w"] > 1:
        return "the window is dilated in width"
    span = _span(geometry)
    column = geometry["filter_h"] * geometry["filter_c"]
    scratch = 8 * _columns(geometry, span) * column + geometry["filter_c"]
    return _call(call, "s8_dsp_tile", geometry, scratch, span, order=(0, 2, 1, 3))


def pack_winograd(call: Call) -> Call | str:
    """The call for `s8_dsp_winograd.c`, or why it cannot be had."""
    geometry = call.params["geometry"]
    depth, outputs = geometry["filter_c"], geometry["output_c"]
    if (geometry["filter_h"], geometry["filter_w"]) != (3, 3) or geometry["dilation"] != {"h": 1, "w": 1}:
        return "the window is not 3x3"
    if geometry["stride"] != {"h": 1, "w": 1}:
        return "the window moves by more than a pixel"
    if depth != geometry["input_c"] or depth % 4:
        return "the input channels are no multiple of 4, or grouped"
    given = _layer(call)
    if isinstance(given, str):
        return given
    columns = given.weights.reshape(outputs, 3, 3, depth // 4, 4)[:, :, ::-1].transpose(0, 3, 2, 1, 4)
    made = dense_dsp.pack_bytes(replace(given, weights=columns.reshape(outputs, -1)))
    if isinstance(made, str):
        return made
    tiles = geometry["batches"] * -(-geometry["output_h"] // 2) * -(-geometry["output_w"] // 2)
    span = min(_TILES, -(-tiles // 4) * 4)
    scratch = 32 * depth * (span + 2) + 512 + 16 * span + depth + outputs
    dense = {**made.params, "quads": depth // 4}
    return _made(call, "s8_dsp_winograd", geometry, scratch, span, replace(made, params=dense))


def pack_bytes(call: Call) -> Call | str:
    """The call for `s8_dsp_bytes.c`, or why it cannot be had."""
    geometry = call.params["geometry"]
    if geometry["filter_c"] % 4 == 0:
        return "the input channels are a multiple of 4"
    depth = geometry["filter_h"] * geometry["filter_w"] * geometry["filter_c"]
    span = min(_BAND, geometry["output_w"])
    columns = (span - 1) * geometry["stride"]["w"] + (geometry["filter_w"] - 1) * geometry["dilation"]["w"] + 1
    scratch = -(-depth // 4) * 48 + 4 + geometry["filter_h"] * columns * geometry["filter_c"] + 3
    return _call(call, "s8_dsp_bytes", geometry, scratch, span)


def pack(call: Call) -> Call | str:
    """The call for `s8_dsp.c`, or why it cannot be had."""
    geometry = call.params["geometry"]
    if geometry["filter_c"] % 4:
        return "the input channels are no multiple of 4"
    scratch = (8 * geometry["filter_h"] * geometry["filter_w"] + 1) * geometry["filter_c"]
    return _call(call, "s8_dsp", geometry, scratch)


def pack_plain(call: Call) -> Call | str:
    """The call for `s8_dsp_plain.c`, which serves every convolution of constant weights, or why it cannot be had."""
    geometry = call.params["geometry"]
    made = _layer(call)
    if isinstance(made, str):
        return made
    groups = geometry["input_c"] // geometry["filter_c"]
    channels = geometry["output_c"] // groups
    if groups > 1 and channels % 2:
        return "groups of an odd number of channels need more memory for their weights"
    each = [made.part(slice(at, at + channels)) for at in range(0, geometry["output_c"], channels)]
    packed = [dense_dsp.pack_plain(part) for part in each]
    operands = {name: call.operands[name] for name in ("input", "multiplier", "shift", "output")}
    operands |= {name: np.concatenate([part[i] for part in packed]) for i, name in enumerate(("filter", "bias"))}
    depth = made.weights.shape[1]
    row = {"depth": depth, "channels": channels, "per_channel": 1, "activation": call.params["activation"]}
    row |= {"output_offset": call.params["output_offset"]}
    params = {"geometry": geometry, "input_offset": call.params["input_offset"], "row": row}
    found = call.node.find_kernel(call.node.operator.kernel_file("s8_dsp_plain"))
    return replace(call, kernel=found, params=params, operands=operands, scratch=-(-depth // 4) * 4)


def _span(geometry: Mapping[str, Any]) -> int:
    """How far apart the four pixels are: the more, the less is widened twice; but a band is at most two windows."""
    fours = geometry["output_w"] // 4
    spans = [span for span in range(1, fours + 1) if fours % span == 0]
    return max((s for s in spans if s == 1 or _columns(geometry, s) <= 2 * geometry["filter_w"]), default=1)


def _columns(geometry: Mapping[str, Any], span: int) -> int:
    return int((span - 1) * geometry["stride"]["w"] + geometry["filter_w"])


def _call(
    call: Call,
    kernel: str,
    geometry: Mapping[str, Any],
    scratch: int,
    span: int = 0,
    order: tuple[int, int, int, int] = (0, 1, 2, 3),
) -> Call | str:
    """The call of a kernel whose windows are gathered in `order` of the filter's dimensions."""
    if geometry["filter_c"] != geometry["input_c"]:
        return "the convolution is grouped"
    given = _layer(call, order)
    made = given if isinstance(given, str) else dense_dsp.pack(given)
    return made if isinstance(made, str) else _made(call, kernel, geometry, scratch, span, made)


def _made(call: Call, kernel: str, geometry: Mapping[str, Any], scratch: int, span: int, made: dense_dsp.Dense) -> Call:
    kept = {name: call.params[name] for name in ("input_offset", "activation")}
    operands = {
        "input": call.operands["input"],
        "filter": made.filter,
        "output": call.operands["output"],
    }
    found = call.node.find_kernel(call.node.operator.kernel_file(kernel))
    params = {"geometry": geometry, **kept, "span": span, "dense": made.params}
    return replace(call, kernel=found, params=params, operands=operands, scratch=scratch)


def _layer(call: Call, order: tuple[int, int, int, int] = (0, 1, 2, 3)) -> dense_dsp.Layer | str:
    node, bias = call.node, call.node.optional("bias")
    if node.filter.data is None or (bias is not None and bias.data is None):
        return "filter or bias is not constant"
    weights: npt.NDArray[Any] = node.filter.array().transpose(order)
    multiplier, shift = (np.asarray(call.operands[name]) for name in ("multiplier", "shift"))
    return dense_dsp.layer(weights, bias.array() if bias else None, multiplier, shift, call.params)
