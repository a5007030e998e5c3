# SPDX-License-Identifier: Apache-2.0
"""Lays out a DEPTHWISE_CONV_2D for the kernels of this computer alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.packing import dense_host

#: The most inputs of a window: what s8_avx2.c has room for.
TAPS = 256
#: The most input channels of a convolution that is written as a dense one, in which all weights but one in this many
#: are zero: beyond that, the portable kernel is as fast.
SPARSE = 16


def pack(call: Call) -> Call | str:
    """The call for `s8_avx2.c`, which has one output for each input channel, or why it cannot be had."""
    node, geometry = call.node, call.params["geometry"]
    if why := dense_host.why_not(call):
        return why
    channels, taps = geometry["input_c"], geometry["filter_h"] * geometry["filter_w"]
    if geometry["ch_mult"] != 1:
        return "an input channel has several output channels"
    if channels < dense_host.CHANNELS // 2:
        return f"there are fewer than {dense_host.CHANNELS // 2} channels"
    if taps > TAPS:
        return f"a window has more than {TAPS} inputs"
    weights = node.filter.array().reshape(taps, channels).T
    bias, multiplier, shift = dense_host.scaling(call, channels)
    bias += call.params["input_offset"] * weights.sum(axis=1, dtype=np.int64)
    lanes, layout = _lanes(channels), dense_host.AVX2
    return replace(
        call,
        kernel=node.find_kernel(node.operator.kernel_file(layout.kernel)),
        operands={
            "input": call.operands["input"],
            "filter": np.ascontiguousarray(layout.blocks(weights[lanes]).astype(np.int16)),
            "channels": layout.numbers(bias[lanes], multiplier[lanes], shift[lanes]),
            "outside": np.full(channels, node.input.zero_point, np.int8),
            "output": call.operands["output"],
        },
    )


def pack_dense(call: Call, layout: dense_host.Layout) -> Call | str:
    """The call for CONV_2D's kernel, in which the weights between channels that have none are zero, or why not."""
    geometry = call.params["geometry"]
    if why := dense_host.why_not(call):
        return why
    channels, units, multiplier = geometry["input_c"], geometry["output_c"], geometry["ch_mult"]
    if channels > SPARSE:
        return f"there are more than {SPARSE} input channels"
    stored = call.node.filter.array()[0]
    weights = np.zeros((units, *stored.shape[:2], channels), np.int8)
    unit = np.arange(units)
    weights[unit, :, :, unit // multiplier] = stored.transpose(2, 0, 1)
    dense = {name: value for name, value in geometry.items() if name != "ch_mult"}
    dense.update(filter_c=channels, group_c=units)
    return dense_host.convolution(call, layout, dense, weights.reshape(units, -1))


def _lanes(channels: int) -> npt.NDArray[np.int64]:
    """The channel of each lane of each block. The last block ends with the last channel and overlaps the one before.

    With fewer than 16 channels, a block has eight, and its other lanes are not used.
    """
    width = dense_host.CHANNELS if channels >= dense_host.CHANNELS else dense_host.CHANNELS // 2
    starts = np.minimum(np.arange(0, channels, width), channels - width)
    lanes = np.arange(dense_host.CHANNELS)
    return np.asarray(np.where(lanes < width, starts[:, None] + lanes, 0).ravel())


VARIANTS = (
    Variant("s8_avx2", "s8", ("avx2",), pack),
    Variant("conv_2d/s8_vnni", "s8", ("vnni",), partial(pack_dense, layout=dense_host.VNNI)),
    Variant("conv_2d/s8_avx2", "s8", ("avx2",), partial(pack_dense, layout=dense_host.AVX2)),
)
