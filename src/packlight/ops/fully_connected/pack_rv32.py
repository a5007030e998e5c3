# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for RV32IM."""

from __future__ import annotations

from functools import partial

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.packing import dense_rv32
from packlight.packing.dense_host import matrix


def pack(call: Call) -> Call | str:
    """The call for the kernel of single rows, or why it cannot be had."""
    if why := dense_rv32.why_not(call):
        return why
    return dense_rv32.rows(call, call.params["batches"], call.node.filter.array().astype(np.int64))


def pack_many(call: Call, kernel: str) -> Call | str:
    """The call for one of CONV_2D's kernels, which sees a 1x1 convolution of rows, or why it cannot be had."""
    if why := dense_rv32.why_not(call):
        return why
    if call.params["batches"] <= dense_rv32.FEW:
        return f"there are at most {dense_rv32.FEW} rows"
    sizes = (call.params[name] for name in ("depth", "batches", "units"))
    return dense_rv32.convolution(call, kernel, matrix(*sizes), call.node.filter.array().astype(np.int64))


#: Many rows, as CONV_2D has kernels for them; any.
VARIANTS = (
    *(
        Variant(name, "s8", ("rv32",), partial(pack_many, kernel=name), overlap=dense_rv32.SIX)
        for name in dense_rv32.KINDS
    ),
    Variant("s8_rv32", "s8", ("rv32",), pack, overlap=overlap.one_by_one),
)
