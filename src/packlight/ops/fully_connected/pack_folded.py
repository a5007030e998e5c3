# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for any core, with the input's zero point in the bias."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.ops.fully_connected import pack_thumb
from packlight.packing import quad_thumb


def pack(call: Call) -> Call | str:
    """The call for `s8_folded.c`, or why it cannot be had."""
    names = ("batches", "depth", "units", "output_offset", "per_channel", "activation")
    return _pack(call, "s8_folded", names, {}, {name: call.operands[name] for name in ("multiplier", "shift")})


def pack_short(call: Call) -> Call | str:
    """The call for `s8_folded_short.c`, or why it cannot be had."""
    sums = pack_thumb.sums(call)
    if isinstance(sums, str):
        return sums
    scales = quad_thumb.scales(sums.exact, sums.least, sums.most, signed=True)
    if scales is None:
        return "a rescaling has no shorter equal"
    made = {
        "scale_step": 3 * call.params["per_channel"],
        "output_zero_point": call.params["output_offset"],
        "least": call.params["activation"]["min"],
    }
    return _pack(call, "s8_folded_short", ("batches", "depth", "units"), made, {"scale": scales})


def _pack(
    call: Call, kernel: str, names: tuple[str, ...], made: dict[str, Any], operands: dict[str, Any]
) -> Call | str:
    node = call.node
    sums = pack_thumb.sums(call)
    if isinstance(sums, str):
        return sums
    if (abs(sums.biases) + 128 * abs(sums.weights).sum(1)).max() >= 1 << 31:
        return "a sum may exceed 32 bits"
    found = node.find_kernel(node.operator.kernel_file(kernel))
    given = {name: call.operands[name] for name in ("input", "filter", "output")}
    params = {**{name: call.params[name] for name in names}, **made}
    return replace(
        call, kernel=found, params=params, operands={**given, "bias": sums.biases.astype(np.int32), **operands}
    )


#: A rescaling that has a shorter equal; any.
VARIANTS = (
    Variant("s8_folded_short", "s8", (), pack_short, overlap=overlap.one_by_one),
    Variant("s8_folded", "s8", (), pack, overlap=overlap.one_by_one),
)
