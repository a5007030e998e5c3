# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for cores with MVE."""

from __future__ import annotations

from packlight.nouns.call import Call
from packlight.packing import dense_mve

#: Rows from which on the cores for four are worth their flash.
_MANY_ROWS = 4


def pack(call: Call) -> Call | str:
    """The call for `s8_mve.c`, or why it cannot be had."""
    if call.params["batches"] < _MANY_ROWS:
        return "there are fewer than four rows"
    if not dense_mve.is_aligned(call.operands["output"]):
        return "output does not begin at a whole word"
    return _pack(call, "s8_mve", is_shared=False)


def pack_row(call: Call) -> Call | str:
    """The call for `s8_mve_row.c`, or why it cannot be had."""
    return _pack(call, "s8_mve_row", is_shared=True)


def _pack(call: Call, kernel: str, *, is_shared: bool) -> Call | str:
    node, params = call.node, call.params
    if node.filter.data is None:
        return "filter is not constant"
    made = dense_mve.layer_of(call, node.filter.array())
    if isinstance(made, str):
        return made
    chosen = {name: params[name] for name in ("batches", "depth", "units", "output_offset", "activation")}
    return dense_mve.served(call, kernel, chosen, {"multiplier": None, **dense_mve.dense(made, is_shared=is_shared)})
