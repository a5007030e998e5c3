# SPDX-License-Identifier: Apache-2.0
"""Lays out a DEPTHWISE_CONV_2D for RV32IM."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call, Overlap
from packlight.nouns.operator import Variant
from packlight.packing import dense_rv32, quad_rv32, quad_thumb

_GROUPS = 3
_PLANE_BYTES = 8192  # if a plane has more, it is made in bands of rows
_KINDS = {
    "s8_rv32_four": quad_rv32.SHORT,
    "s8_rv32_four_signed": quad_rv32.SIGNED,
    "s8_rv32_3x3": quad_rv32.SHORT,
    "s8_rv32_3x3_signed": quad_rv32.SIGNED,
    "s8_rv32": quad_rv32.SHORT,
    "s8_rv32_signed": quad_rv32.SIGNED,
    "s8_rv32_exact": quad_rv32.EXACT,
}


def pack(call: Call, kernel: str) -> Call | str:
    """The call for one of the kernels, or why it cannot be had."""
    node, geometry, kind = call.node, call.params["geometry"], _KINDS[kernel]
    if why := dense_rv32.why_not(call):
        return why
    is_3x3 = (geometry["filter_h"], geometry["filter_w"]) == (3, 3)
    together, steps = (4, quad_rv32.FOUR_STEPS) if "four" in kernel else (1, quad_rv32.ROW_STEPS)
    layouts = [
        each for each in (_layout(geometry, axes, steps) for axes in (("h", "w"), ("w", "h"))) if each["row_taps"]
    ]
    if not layouts or ("3x3" in kernel and not is_3x3):
        return f"the window is not 3x3, is dilated both ways or has rows of more than {steps}"
    if geometry["ch_mult"] % together:
        return f"the depth multiplier is no multiple of {together}"
    weights = node.filter.array().reshape(-1, geometry["output_c"]).T.astype(np.int64)
    if quad_thumb.parts(weights, most=1) is None:
        return "a sum may exceed 20 bits"
    scales = quad_rv32.scales(call, weights, kind)
    if scales is None:
        return "a channel's rescaling has no shorter equal, or exceeds 32 bits"
    layout = min(layouts, key=_work)
    is_exchanged = layout.pop("exchanged")
    if "3x3" in kernel:
        layout["row_taps"] = 3
    windows = weights.reshape(-1, geometry["filter_h"], geometry["filter_w"])
    params = {
        **layout,
        "zero_point": -call.params["input_offset"],
        **quad_rv32.outputs(call, kind),
        "scale_step": 4 * quad_rv32.WORDS[kind],
        "together": together,
    }
    operands = {
        "input": call.operands["input"],
        "filter": np.ascontiguousarray(windows.swapaxes(1, 2) if is_exchanged else windows).astype(np.int8),
        "scale": scales,
        "output": call.operands["output"],
    }
    found = node.find_kernel(node.operator.kernel_file(kernel))
    return replace(call, kernel=found, params=params, operands=operands, scratch=_plane_bytes(layout))


def overlaps(call: Call) -> tuple[Overlap, ...]:
    """A channel's plane is packed before its outputs are written; in bands, only a part of it is: no overlap then."""
    return overlap.planes(call) if call.params["rows"] <= call.params["band"] else ()


def pack_one_channel(call: Call, kernel: str) -> Call | str:
    """The call for CONV_2D's kernel, which a depthwise convolution of one input channel is; or why it cannot be had."""
    geometry = {name: value for name, value in call.params["geometry"].items() if name != "ch_mult"}
    if geometry["input_c"] != 1:
        return "input has several channels"
    if why := dense_rv32.why_not(call):
        return why
    geometry.update(filter_c=1, group_c=geometry["output_c"])
    weights = call.node.filter.array().reshape(-1, geometry["output_c"]).T.astype(np.int64)
    return dense_rv32.convolution(call, kernel, geometry, weights)


def _layout(geometry: dict[str, Any], axes: tuple[str, str], steps: int) -> dict[str, Any]:
    """What cutting along the first of both axes gives; `row_taps` is 0 where a core cannot walk along the other."""
    rows, columns = axes
    stride, padding, dilation = geometry["stride"], geometry["padding"], geometry["dilation"]
    apart = {  # bytes from element to element of input and output
        "in_h": geometry["input_w"] * geometry["input_c"],
        "in_w": geometry["input_c"],
        "out_h": geometry["output_w"] * geometry["output_c"],
        "out_w": geometry["output_c"],
    }
    distance = geometry[f"output_{rows}"] // _GROUPS
    group = geometry[f"output_{rows}"] - (_GROUPS - 1) * distance
    reach = (geometry[f"filter_{rows}"] - 1) * dilation[rows] + 1
    before = padding[columns]
    plane_columns = (geometry[f"output_{columns}"] - 1) * stride[columns] + geometry[f"filter_{columns}"]
    fitting = max((_PLANE_BYTES // (8 * plane_columns) - reach) // stride[rows] + 1, 1)
    band = -(-group // -(-group // fitting))
    return {
        **{name: geometry[name] for name in ("batches", "input_c", "ch_mult")},
        "input_batch": geometry["input_h"] * apart["in_h"],
        "output_batch": geometry["output_h"] * apart["out_h"],
        **{"in_row": apart[f"in_{rows}"], "in_column": apart[f"in_{columns}"]},
        "in_rows": geometry[f"input_{rows}"],
        "in_columns": min(geometry[f"input_{columns}"], plane_columns - before),
        **{"out_row": apart[f"out_{rows}"], "out_column": apart[f"out_{columns}"]},
        **{"filter_rows": geometry[f"filter_{rows}"], "filter_columns": geometry[f"filter_{columns}"]},
        **{"stride_rows": stride[rows], "stride_columns": stride[columns]},
        **{"pad_rows": padding[rows], "pad_columns": before},
        **{"dilation_rows": dilation[rows], "distance": distance, "rows": group, "band": band},
        "columns": geometry[f"output_{columns}"],
        **{"plane_columns": plane_columns, "plane_rows": (band - 1) * stride[rows] + reach},
        "row_taps": _row_taps(geometry, axes, plane_columns, steps),
        "exchanged": rows == "w",
    }


def _row_taps(geometry: dict[str, Any], axes: tuple[str, str], plane_columns: int, steps: int) -> int:
    """How many taps of a window meet consecutive trios; 0 where the core has no loop for it."""
    rows, columns = axes
    high, wide, dilation = geometry[f"filter_{rows}"], geometry[f"filter_{columns}"], geometry["dilation"]
    if wide > 1 and dilation[columns] > 1:
        return 0
    if plane_columns == wide and dilation[rows] == 1:  # a window's rows follow each other
        return max(length for length in range(1, steps + 1) if high * wide % length == 0)
    return int(wide) if wide <= steps else 0


def _plane_bytes(layout: dict[str, Any]) -> int:
    return int(8 * layout["plane_columns"] * layout["plane_rows"])


def _work(layout: dict[str, Any]) -> int:
    """About how many instructions one channel takes."""
    taps = layout["filter_rows"] * layout["filter_columns"]
    per_position = 7 * taps + 5 * taps // layout["row_taps"] + 50
    packed = -(-layout["rows"] // layout["band"]) * layout["plane_rows"] * (layout["in_columns"] * 14 + 40)
    return int(layout["ch_mult"] * layout["rows"] * (layout["columns"] * per_position + 10) + packed)


#: One input channel, as CONV_2D has kernels for it; windows of 3x3 and of any size; outputs on one side of the zero
#: point, on both, any rescaling.
VARIANTS = (
    *(
        Variant(name, "s8", ("rv32",), partial(pack, kernel=name), overlap=overlaps)
        for name in _KINDS
        if "four" in name
    ),
    *(
        Variant(name, "s8", ("rv32",), partial(pack_one_channel, kernel=name), overlap=dense_rv32.SIX)
        for name in dense_rv32.KINDS
    ),
    *(
        Variant(name, "s8", ("rv32",), partial(pack, kernel=name), overlap=overlaps)
        for name in _KINDS
        if "four" not in name
    ),
)
