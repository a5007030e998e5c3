# SPDX-License-Identifier: Apache-2.0
"""Lays out a DEPTHWISE_CONV_2D for Cortex-M without SIMD."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.packing import quad_thumb

_GROUPS = 6
_PLANE_BYTES = 8192  # if a plane has more, it is made in bands of rows


def pack(call: Call, kernel: str) -> Call | str:
    """The call for one of the kernels, or why it cannot be had."""
    node, geometry = call.node, call.params["geometry"]
    bias = node.optional("bias")
    if node.filter.data is None or (bias is not None and bias.data is None) or not node.output.elements:
        return "filter and bias are not constant, or there are no outputs"
    taps = geometry["filter_h"], geometry["filter_w"]
    layout = _layout(geometry)
    if ("3x3" in kernel and taps != (3, 3)) or (geometry["dilation"]["w"] > 1 and taps[1] > 1) or layout["skip"] < 0:
        return f"the window is not 3x3, is dilated along its rows or wider than {quad_thumb.ROW_STEPS}"
    weights = node.filter.array().reshape(-1, geometry["output_c"]).T.astype(np.int64)
    if quad_thumb.parts(weights, most=1) is None:
        return "a sum may exceed 20 bits"
    exact = quad_thumb.rescalings(call, weights.sum(1))
    if kernel == "s8_thumb_exact":
        scales = quad_thumb.exact_scales(exact)
    else:
        scales = quad_thumb.scales(exact, *quad_thumb.ranges(weights), signed=kernel.endswith("signed"))
    if scales is None:
        return "a channel's rescaling has no shorter equal"
    params = {
        "geometry": geometry,
        "zero_point": -call.params["input_offset"],
        "output_zero_point": call.params["output_offset"],
        "least": call.params["activation"]["min"],
        **layout,
    }
    operands = {
        "input": call.operands["input"],
        "filter": weights.astype(np.int8),
        "scale": scales,
        "output": call.operands["output"],
    }
    found = node.find_kernel(node.operator.kernel_file(kernel))
    scratch = 4 * (taps[0] * taps[1] + layout["plane_words"]) + layout["padded_bytes"]
    return replace(call, kernel=found, params=params, operands=operands, scratch=scratch)


def _layout(geometry: dict[str, Any]) -> dict[str, Any]:
    """The groups (rows and columns of them) with the least work, and how wide and high everything is."""
    return min((_cut(geometry, high, _GROUPS // high) for high in (6, 3, 2, 1)), key=lambda cut: _work(geometry, cut))


def _cut(geometry: dict[str, Any], high: int, wide: int) -> dict[str, Any]:
    """The layout for `high` times `wide` groups."""
    stride, padding, reach = geometry["stride"], geometry["padding"], _reach(geometry)
    rows, width = -(-geometry["output_h"] // high), -(-geometry["output_w"] // wide)
    plane_w = (width - 1) * stride["w"] + geometry["filter_w"]
    padded_w = (geometry["output_w"] - 1) * stride["w"] + geometry["filter_w"]
    padded_h = (geometry["output_h"] - 1) * stride["h"] + reach
    fitting = max((_PLANE_BYTES // (16 * plane_w) - reach) // stride["h"] + 1, 1)
    band = -(-rows // -(-rows // fitting))
    taps = geometry["filter_h"] * geometry["filter_w"]
    whole = plane_w == geometry["filter_w"] and geometry["dilation"]["h"] == 1  # a window's rows follow each other
    row_taps = _divisor(taps) if whole else geometry["filter_w"]
    return {
        "starts_h": [min(group // wide * rows, geometry["output_h"] - rows) for group in range(_GROUPS)],
        "starts_w": [min(group % wide * width, geometry["output_w"] - width) for group in range(_GROUPS)],
        **{"rows": rows, "band": band, "width": width},
        **{"plane_w": plane_w, "plane_words": 4 * plane_w * ((band - 1) * stride["h"] + reach)},
        **{"padded_w": padded_w, "padded_bytes": padded_w * padded_h},
        "columns": min(geometry["input_w"], padded_w - padding["w"]),
        "lines": min(geometry["input_h"], padded_h - padding["h"]),
        **{"row_taps": row_taps, "skip": quad_thumb.ROW_STEPS - row_taps},
    }


def _work(geometry: dict[str, Any], cut: dict[str, Any]) -> int:
    """About how many instructions one channel takes."""
    positions = cut["rows"] * cut["width"]
    bands = -(-cut["rows"] // cut["band"])
    per_position = 10 * geometry["filter_h"] * geometry["filter_w"] + 130
    return int(geometry["ch_mult"] * positions * per_position + bands * 6 * cut["plane_words"])


def _divisor(taps: int) -> int:
    """The longest row that so many taps can be cut into."""
    return max(length for length in range(1, quad_thumb.ROW_STEPS + 1) if taps % length == 0)


def _reach(geometry: dict[str, Any]) -> int:
    """Rows that a window spans."""
    return int((geometry["filter_h"] - 1) * geometry["dilation"]["h"] + 1)


#: Windows of 3x3 and of any size; outputs on one side of the zero point, on both, any rescaling.
VARIANTS = tuple(
    Variant(name, "s8", ("thumb",), partial(pack, kernel=name), overlap=overlap.planes)
    for name in ("s8_thumb_3x3", "s8_thumb_3x3_signed", "s8_thumb", "s8_thumb_signed", "s8_thumb_exact")
)
