# SPDX-License-Identifier: Apache-2.0
"""Lays out a DEPTHWISE_CONV_2D for cores with MVE."""

from __future__ import annotations

from typing import Any

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call, Operand, Overlap
from packlight.ops.conv_2d import pack_mve
from packlight.packing import dense_mve


def overlaps(call: Call) -> tuple[Overlap, ...]:
    """What each of the kernels lets its output overlap."""
    if "strips" in call.params:
        return _strips_overlap(call)
    geometry = overlap.geometry_of(call)
    if not call.kernel.name.startswith("depthwise"):
        return pack_mve.overlaps(call)
    if geometry["ch_mult"] > 1:  # a row's channels by eights, which are written between what is still to be read
        out = geometry["output_w"] * geometry["output_c"]
        return overlap.windows(call, run="row", block=max(1, geometry["output_w"]), again=out)
    (rows,) = overlap.by_rows(call)
    return (Overlap("input", rows.lag, geometry["input_c"]),)  # channels by eights are only written over themselves


def _strips_overlap(call: Call) -> tuple[Overlap, ...]:
    """`s8_mve_3x3.c`: of a channel, as many rows (or columns) of outputs as the strips give, then the next ones."""
    params, geometry = call.params, call.params["layer"]["geometry"]
    into, out, channels = params["input_step"], params["output_step"], geometry["input_c"]
    at = np.arange(0, geometry["output_h"], params["strips"] * (3 - geometry["stride"]["h"]))
    first = np.maximum(at * geometry["stride"]["h"] - geometry["padding"]["h"], 0) * into["h"]
    last = (at - 1) * out["h"] + (geometry["output_w"] - 1) * out["w"] + channels
    image = [geometry[f"{end}_h"] * geometry[f"{end}_w"] * channels for end in ("input", "output")]
    batch = np.arange(geometry["batches"])[:, None]
    written, needed = batch * image[1] + np.where(at > 0, last, 0), batch * image[0] + first
    return (Overlap("input", overlap.lag(written.ravel(), needed.ravel()), channels),)


def pack_one_channel(call: Call) -> Call | str:
    """The call for CONV_2D's kernel, which a depthwise convolution of one input channel is; or why it cannot be had."""
    geometry = dict(call.params["geometry"])
    if geometry["input_c"] != 1:
        return "input has several channels"
    if call.node.filter.data is None:
        return "filter is not constant"
    outputs = geometry["output_c"]
    del geometry["ch_mult"]
    geometry.update(filter_c=1, group_c=outputs)
    return pack_mve.pack_windows(call, geometry, call.node.filter.array().transpose(3, 1, 2, 0))


#: Bytes that strips may take, times the stride, if a single one is not larger: more spread the work of a channel.
_STRIPS_BYTES = 2048


def pack_3x3(call: Call) -> Call | str:
    """The call for `s8_mve_3x3.c`, or why it cannot be had."""
    geometry = dict(call.params["geometry"])
    stride = geometry["stride"]
    why = _not_3x3(geometry)
    if why:
        return why
    turned = _turned(geometry)
    is_turned = stride["h"] == 1 and _patches(turned) < _patches(geometry)
    operands = _constants(call, is_turned=is_turned)
    if isinstance(operands, str):
        return operands
    steps = {
        f"{name}_step": {"h": geometry[f"{name}_w"] * geometry[f"{name}_c"], "w": geometry[f"{name}_c"]}
        for name in ("input", "output")
    }
    if is_turned:
        geometry = turned
        steps = {name: {"h": step["w"], "w": step["h"]} for name, step in steps.items()}
    patches = -(-geometry["output_w"] // (2 if stride["h"] == 1 else 4))
    strip = 64 * (patches * (2 if stride["h"] == 1 else 8) + 2)
    strips = -(-geometry["output_h"] // (3 - stride["h"]))
    held = max(1, min(strips, _STRIPS_BYTES * stride["h"] // strip))
    params = {"layer": {**call.params, "geometry": geometry}, **steps, "strips": held}
    return dense_mve.served(call, "s8_mve_3x3", params, operands, held * strip + 16)


def _not_3x3(geometry: dict[str, Any]) -> str | None:
    stride, window = geometry["stride"], (geometry["filter_h"], geometry["filter_w"])
    limits = (
        (geometry["ch_mult"] != 1, "an input channel has several outputs"),
        (max(window) > 3, "the window is larger than 3x3"),
        (min(window) == 1, "the window is a line"),
        (geometry["dilation"] != {"h": 1, "w": 1}, "the window is dilated"),
        (stride["h"] != stride["w"] or stride["h"] > 2, "the stride is neither 1 nor 2"),
    )
    return next((why for is_broken, why in limits if is_broken), None)


def pack_any(call: Call) -> Call | str:
    """The call for `s8_mve.c`, or why it cannot be had."""
    geometry = _in_one_row(dict(call.params["geometry"]))
    window = (geometry["filter_w"] - 1) * geometry["dilation"]["w"] + 1
    columns = (geometry["output_w"] - 1) * geometry["stride"]["w"] + window
    plane = columns * geometry["filter_h"]
    if window * geometry["filter_h"] > 64:
        return "the window spans more than 64 inputs"
    if 7 * plane >= 1 << 16:
        return "a row's columns exceed 16 bits"
    operands = _constants(call)
    if isinstance(operands, str):
        return operands
    behind = 64 + 3 * geometry["stride"]["w"] * geometry["filter_h"]
    return dense_mve.served(call, "s8_mve", {**call.params, "geometry": geometry}, operands, 8 * plane + 8 + behind)


def _patches(geometry: dict[str, Any]) -> int:
    """The work of a channel: two for each patch of 2x2 outputs, one for each strip."""
    strips: int = -(-geometry["output_h"] // 2)
    patches: int = -(-geometry["output_w"] // 2)
    return 2 * strips * patches + strips


def _in_one_row(geometry: dict[str, Any]) -> dict[str, Any]:
    """A convolution along one column is one along a row."""
    if geometry["input_w"] > 1 or geometry["filter_w"] > 1 or geometry["output_w"] > 1:
        return geometry
    return _turned(geometry)


def _turned(geometry: dict[str, Any]) -> dict[str, Any]:
    """With height and width exchanged."""
    sides, names = (("h", "w"), ("w", "h")), ("input", "filter", "output")
    sizes = {f"{name}_{side}": geometry[f"{name}_{other}"] for name in names for side, other in sides}
    tiles = {name: {"h": geometry[name]["w"], "w": geometry[name]["h"]} for name in ("stride", "padding", "dilation")}
    return {**geometry, **sizes, **tiles}


def _constants(call: Call, *, is_turned: bool = False) -> dict[str, Operand] | str:
    """The operands `filter` [channel, x, y] and `bias`, or why the layer cannot be served; turned [channel, y, x]."""
    filter_ = call.node.filter
    if filter_.data is None:
        return "filter is not constant"
    made = dense_mve.layer_of(call, filter_.array()[0].transpose((2, 0, 1) if is_turned else (2, 1, 0)))
    if isinstance(made, str):
        return made
    return {"filter": made.weights.astype(np.int8).ravel(), "bias": dense_mve.channel_stream(made)}
