# SPDX-License-Identifier: Apache-2.0
"""Lays out a CONV_2D for RV32IM."""

from __future__ import annotations

from functools import partial

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.packing import dense_rv32


def pack(call: Call, kernel: str) -> Call | str:
    """The call for one of the kernels, or why it cannot be had."""
    geometry = call.params["geometry"]
    if why := dense_rv32.why_not(call):
        return why
    if geometry["filter_c"] != geometry["input_c"]:
        return "the convolution is grouped"
    weights = call.node.filter.array().reshape(geometry["output_c"], -1).astype(np.int64)
    return dense_rv32.convolution(call, kernel, geometry, weights)


def pack_few(call: Call) -> Call | str:
    """The call for FULLY_CONNECTED's kernel, which serves a few pixels of 1x1 convolutions, or why it cannot be had."""
    geometry = call.params["geometry"]
    pixels = geometry["batches"] * geometry["output_h"] * geometry["output_w"]
    inputs = geometry["batches"] * geometry["input_h"] * geometry["input_w"]
    if why := dense_rv32.why_not(call):
        return why
    if (geometry["filter_h"], geometry["filter_w"], inputs) != (1, 1, pixels) or pixels > dense_rv32.FEW:
        return f"it is no 1x1 convolution of at most {dense_rv32.FEW} pixels"
    if geometry["filter_c"] != geometry["input_c"]:
        return "the convolution is grouped"
    return dense_rv32.rows(call, pixels, call.node.filter.array().reshape(geometry["output_c"], -1).astype(np.int64))


#: Few pixels; outputs on one side of the zero point; on both sides; any rescaling of sums of any length.
VARIANTS = (
    Variant("fully_connected/s8_rv32", "s8", ("rv32",), pack_few, overlap=overlap.one_by_one),
    *(
        Variant(name.partition("/")[2], "s8", ("rv32",), partial(pack, kernel=name), overlap=dense_rv32.SIX)
        for name in dense_rv32.KINDS
    ),
)
