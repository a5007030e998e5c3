# SPDX-License-Identifier: Apache-2.0
"""The linear form of an int8 ADD for Cortex-M without SIMD."""

from __future__ import annotations

from dataclasses import replace

from packlight.nouns.call import Call
from packlight.ops.add import pack_dsp

_BITS = 22  # fraction bits of pack_dsp.linear


def pack(call: Call) -> Call | str:
    """The call for `s8_thumb.c`, or why it cannot be had; see `pack_dsp.pack`."""
    packed = pack_dsp.pack(call)
    if isinstance(packed, str):
        return packed
    params = packed.params
    reach = abs(params["addend"] - (params["activation"]["min"] << _BITS))
    reach += 128 * (abs(params["factor1"]) + abs(params["factor2"]))
    if reach >= 1 << 31:
        return "a sum may exceed 32 bits"
    return replace(packed, kernel=call.node.find_kernel(call.node.operator.kernel_file("s8_thumb")))
