# SPDX-License-Identifier: Apache-2.0
"""Lays out a CONV_2D for Cortex-M without SIMD."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.packing import quad_thumb
from packlight.packing.windows import flattened, is_ragged


def pack(call: Call, kernel: str) -> Call | str:
    """The call for one of the kernels, or why it cannot be had."""
    node, geometry = call.node, flattened(dict(call.params["geometry"]))
    bias = node.optional("bias")
    if node.filter.data is None or (bias is not None and bias.data is None):
        return "filter and bias are not constant"
    if geometry["filter_c"] != geometry["input_c"]:
        return "the convolution is grouped"
    weights = node.filter.array().reshape(geometry["output_c"], -1).astype(np.int64)
    parts = quad_thumb.parts(weights)
    if parts is None or (parts[0] > 1 and kernel in ("s8_thumb", "s8_thumb_signed")):
        return "a sum may exceed 20 bits"
    exact = quad_thumb.rescalings(call, weights.sum(1))
    if kernel == "s8_thumb_exact":
        scales = quad_thumb.exact_scales(exact)
    else:
        scales = quad_thumb.scales(exact, *quad_thumb.ranges(weights), signed=kernel != "s8_thumb")
    if scales is None:
        return "a channel's rescaling has no shorter equal"
    count, first, length = parts
    row = geometry["filter_w"] * geometry["filter_c"]
    params = {
        "geometry": geometry,
        "zero_point": -call.params["input_offset"],
        "fill_bytes": row if is_ragged(geometry) else 0,
        "output_zero_point": call.params["output_offset"],
        "least": call.params["activation"]["min"],
        **{"first": first, "skip": -first % quad_thumb.STEPS, "parts": count, "length": length},
    }
    operands = {
        "input": call.operands["input"],
        "filter": (weights + 128).astype(np.uint8),
        "scale": scales,
        "output": call.operands["output"],
    }
    found = node.find_kernel(node.operator.kernel_file(kernel))
    scratch = 16 * (weights.shape[1] + count) + 7 * params["fill_bytes"]
    return replace(call, kernel=found, params=params, operands=operands, scratch=scratch)


#: Outputs on one side of the zero point; on both sides; sums of more than 20 bits; any rescaling.
VARIANTS = tuple(
    Variant(name, "s8", ("thumb",), partial(pack, kernel=name), overlap=partial(overlap.windows, run="image", block=6))
    for name in ("s8_thumb", "s8_thumb_signed", "s8_thumb_long", "s8_thumb_exact")
)
