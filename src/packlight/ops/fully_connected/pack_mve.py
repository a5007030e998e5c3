# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for cores with MVE."""

from __future__ import annotations

from packlight import dense_mve
from packlight.nouns.call import Call


def pack(call: Call) -> Call | str:
    """The call for `s8_mve.c`, or why it cannot be had."""
    node, params = call.node, call.params
    if node.filter.data is None:
        return "filter is not constant"
    if not dense_mve.is_aligned(call.operands["output"]):
        return "output does not begin at a whole word"
    made = dense_mve.layer_of(call, node.filter.array())
    if isinstance(made, str):
        return made
    chosen = {name: params[name] for name in ("batches", "depth", "units", "output_offset", "activation")}
    return dense_mve.served(call, "s8_mve", chosen, {"multiplier": None, **dense_mve.dense(made)})
