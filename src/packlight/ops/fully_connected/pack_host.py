# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for the kernels of this computer alone."""

from __future__ import annotations

from packlight.nouns.call import Call
from packlight.packing import dense_host


def pack(call: Call, layout: dense_host.Layout) -> Call | str:
    """The call for CONV_2D's kernel, which sees a 1x1 convolution of a row of pixels, or why it cannot be had."""
    if why := dense_host.why_not(call):
        return why
    sizes = (call.params[name] for name in ("depth", "batches", "units"))
    return dense_host.convolution(call, layout, dense_host.matrix(*sizes), call.node.filter.array())
