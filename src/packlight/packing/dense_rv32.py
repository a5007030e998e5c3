# SPDX-License-Identifier: Apache-2.0
"""Lays out int8 layers whose every output is a dot product with whole rows of weights, for RV32IM."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from packlight import overlap
from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.packing import quad_rv32, quad_thumb
from packlight.packing.windows import flattened, is_ragged

PIXELS = 6  # whose outputs the dense core computes at once
SIX = partial(overlap.windows, block=PIXELS)  # the order of CONV_2D's kernels
FEW = 3  # up to so many are cheaper one by one
_ROWS = (16, 4, 1)  # of a block of weights for one pixel

#: CONV_2D's kernels: outputs on one side of the zero point; on both; any rescaling of sums of any length.
KINDS = {
    "conv_2d/s8_rv32": quad_rv32.SHORT,
    "conv_2d/s8_rv32_signed": quad_rv32.SIGNED,
    "conv_2d/s8_rv32_long": quad_rv32.EXACT,
}


def why_not(call: Call) -> str | None:
    """What keeps a layer's constants from being laid out."""
    bias = call.node.optional("bias")
    if call.node.filter.data is None or (bias is not None and bias.data is None):
        return "filter and bias are not constant"
    return None if call.node.output.elements else "there are no outputs"


def convolution(call: Call, kernel: str, geometry: dict[str, Any], weights: Integers) -> Call | str:
    """The call for one of CONV_2D's kernels with [channels, n] weights, or why it cannot be had."""
    kind, geometry = KINDS[kernel], flattened(geometry)
    parts = quad_thumb.parts(weights)
    if parts is None or (parts[0] > 1 and kind != quad_rv32.EXACT):
        return "a sum may exceed 20 bits"
    scales = quad_rv32.scales(call, weights, kind)
    if scales is None:
        return "a channel's rescaling has no shorter equal, or exceeds 32 bits"
    count, first, length = parts
    pixels = geometry["batches"] * geometry["output_h"] * geometry["output_w"]
    row = geometry["filter_w"] * geometry["filter_c"]
    per_channel = 4 * PIXELS if kind == quad_rv32.EXACT else PIXELS if pixels % PIXELS else 0
    params = {
        "geometry": geometry,
        "zero_point": -call.params["input_offset"],
        "fill_bytes": row if is_ragged(geometry) else 0,
        "count": weights.shape[1],
        **quad_rv32.outputs(call, kind),
        **{"first": first, "parts": count, "length": length},
        "tail_bytes": per_channel * geometry["output_c"],
    }
    scratch = 16 * weights.shape[1] + params["tail_bytes"] + 7 * params["fill_bytes"]
    return _call(call, kernel, params, {"filter": weights.astype(np.int8), "scale": scales}, scratch)


def rows(call: Call, batches: int, weights: Integers) -> Call | str:
    """The call for FULLY_CONNECTED's kernel with [units, depth] weights, or why it cannot be had."""
    exact = quad_thumb.rescalings(call, weights.sum(1))
    least, most = quad_thumb.ranges(weights)
    if not quad_rv32.are_short(exact, least, most):
        return "a sum or its rescaling may exceed 32 bits"
    units, depth = weights.shape
    multiplier, shift = (np.asarray(call.operands[name]) for name in ("multiplier", "shift"))
    params = {
        **{"batches": batches, "depth": depth, "units": units},
        **{name: call.params[name] for name in ("input_offset", "output_offset", "activation")},
        "per_channel": int(multiplier.size > 1),
    }
    operands = {
        "filter": _interleaved(weights),
        "bias": np.array([each.bias for each in exact], np.int32),
        **{"multiplier": multiplier, "shift": shift},
    }
    return _call(call, "fully_connected/s8_rv32", params, operands, 0)


def _call(call: Call, kernel: str, params: dict[str, Any], constants: dict[str, Any], scratch: int) -> Call:
    found = call.node.find_kernel(call.node.operator.kernel_file(kernel))
    operands = {"input": call.operands["input"], **constants, "output": call.operands["output"]}
    return replace(call, kernel=found, params=params, operands=operands, scratch=scratch)


def _interleaved(weights: Integers) -> np.ndarray:
    """Rows of weights in as few blocks as can be, each [depth, rows]."""
    blocks: list[Integers] = []
    for height in _ROWS:
        whole = len(weights) // height * height
        blocks += (weights[start : start + height].T for start in range(0, whole, height))
        weights = weights[whole:]
    return np.concatenate([block.reshape(-1) for block in blocks]).astype(np.int8)
