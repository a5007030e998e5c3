# SPDX-License-Identifier: Apache-2.0
"""Lays out a CONV_2D for the kernels of this computer alone."""

from __future__ import annotations

from packlight.nouns.call import Call
from packlight.packing import dense_host


def pack(call: Call, layout: dense_host.Layout) -> Call | str:
    """The call for `s8_avx2.c` or `s8_vnni.c`, or why it cannot be had."""
    geometry = call.params["geometry"]
    if geometry["filter_c"] != geometry["input_c"]:
        return "the convolution is grouped"
    if why := dense_host.why_not(call):
        return why
    weights = call.node.filter.array()
    return dense_host.convolution(call, layout, geometry, weights.reshape(len(weights), -1))
