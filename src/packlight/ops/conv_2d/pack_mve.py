# SPDX-License-Identifier: Apache-2.0
"""Lays out a CONV_2D for cores with MVE."""

from __future__ import annotations

from typing import Any

from packlight import overlap
from packlight.nouns.call import Call, Overlap
from packlight.packing import dense_mve


def overlaps(call: Call) -> tuple[Overlap, ...]:
    """Rows of outputs are laid out first; where windows are read in the input, it is four for each four channels."""
    if call.scratch:
        return overlap.by_rows(call)
    run = "row" if "geometry" in call.params else "all"
    return overlap.windows(call, run=run, block=4, again=4 * overlap.pixel_bytes(call))


def pack(call: Call) -> Call | str:
    """The call for `s8_mve.c`, or for FULLY_CONNECTED's kernel where windows are pixels; or why it cannot be had."""
    node, geometry = call.node, dict(call.params["geometry"])
    if geometry["filter_c"] != geometry["input_c"]:
        return "the convolution is grouped"
    if node.filter.data is None:
        return "filter is not constant"
    return pack_windows(call, geometry, node.filter.array())


def pack_three(call: Call) -> Call | str:
    """The call for `s8_mve_three.c`, or why it cannot be had."""
    node, geometry = call.node, call.params["geometry"]
    depth, rows = geometry["filter_c"], geometry["filter_h"] * (geometry["filter_c"] // 16)
    limits = (
        (depth != geometry["input_c"], "the convolution is grouped"),
        (node.filter.data is None, "filter is not constant"),
        (geometry["filter_w"] != 3 or geometry["stride"]["w"] != 1, "windows are not three columns, one apart"),
        (geometry["dilation"]["w"] != 1, "the window is dilated in width"),
        (depth % 16 > 0 or rows < 2, "columns are not at least two times sixteen inputs"),
        (geometry["output_c"] % 4 > 0 or geometry["output_w"] < 4, "outputs are not at least four, channels in fours"),
        (not dense_mve.is_aligned(call.operands["output"]), "output does not begin at a whole word"),
    )
    why = next((why for is_broken, why in limits if is_broken), None)
    if why:
        return why
    filter_ = node.filter.array()
    sixteens = filter_.reshape(*filter_.shape[:3], -1, 16).transpose(0, 1, 3, 2, 4)
    made = dense_mve.layer_of(call, sixteens)
    if isinstance(made, str):
        return made
    params = {name: call.params[name] for name in ("geometry", "input_offset", "output_offset", "activation")}
    scratch = 16 * rows * (geometry["output_w"] + 2) + 16
    return dense_mve.served(call, "s8_mve_three", params, dense_mve.dense(made, is_shared=False), scratch)


def pack_windows(call: Call, geometry: dict[str, Any], filter_: Any) -> Call | str:
    """A convolution with `filter_` [outputs, height, width, input channels], whatever the operator."""
    if geometry["dilation"]["w"] > 1 and geometry["filter_w"] > 1:
        return "the window is dilated in width"
    if not dense_mve.is_aligned(call.operands["output"]):
        return "output does not begin at a whole word"
    made = dense_mve.layer_of(call, filter_.transpose(0, 2, 1, 3))
    if isinstance(made, str):
        return made
    packed = dense_mve.dense(made, is_shared=False)
    one, pixels = {"h": 1, "w": 1}, geometry["batches"] * geometry["output_h"] * geometry["output_w"]
    kept = ("output_offset", "activation")
    if (geometry["filter_h"], geometry["filter_w"], geometry["stride"]) == (1, 1, one):
        sizes = {"batches": pixels, "depth": geometry["input_c"], "units": geometry["output_c"]}
        params = {**sizes, **{name: call.params[name] for name in kept}}
        return dense_mve.served(call, "fully_connected/s8_mve", params, {"multiplier": None, **packed})
    params = {"geometry": geometry, **{name: call.params[name] for name in ("input_offset", *kept)}}
    columns = (geometry["output_w"] - 1) * geometry["stride"]["w"] + geometry["filter_w"]
    if geometry["filter_h"] == 1 and geometry["padding"] == {"h": 0, "w": 0} and columns <= geometry["input_w"]:
        return dense_mve.served(call, "conv_2d/s8_mve", params, packed)
    scratch = columns * geometry["filter_h"] * geometry["input_c"] + max(16, geometry["input_c"])
    return dense_mve.served(call, "conv_2d/s8_mve", params, packed, scratch)
