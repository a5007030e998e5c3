# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for cores with the DSP extension."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from packlight.nouns.call import Call
from packlight.packing import dense_dsp

#: Units up to which, and inputs from which on, widening the row beforehand costs more than it saves.
_FEW_UNITS, _LONG_ROW = 4, 1024


def pack(call: Call) -> Call | str:
    """The call for `s8_dsp.c`, or for CONV_2D's kernel where there are several rows; or why it cannot be had."""
    node, params = call.node, call.params
    if params["batches"] == 1 and params["units"] <= _FEW_UNITS and params["depth"] >= _LONG_ROW:
        return "so few units are not worth the memory for a widened row"
    made = _layer(call)
    packed = made if isinstance(made, str) else dense_dsp.pack(made, share=params["batches"] == 1)
    if isinstance(packed, str):
        return packed
    quads, whole, rest = packed.params["quads"], params["depth"] // 4, params["depth"] % 4
    operands = {**_ends(call), "filter": packed.filter}
    chosen = {"activation": params["activation"], "dense": packed.params}
    if params["batches"] == 1:
        chosen |= {"units": params["units"], "whole_quads": whole, "rest": rest}
        operands |= {"multiplier": packed.multiplier}
        kernel, scratch = "s8_dsp", 8 * quads
    else:
        chosen |= {"geometry": _as_convolution(params), "input_offset": params["input_offset"], "span": 1}
        kernel, scratch = ("conv_2d/s8_dsp_bytes", 52 * quads + 8) if rest else ("conv_2d/s8_dsp_1x1", 32 * quads)
    found = node.find_kernel(node.operator.kernel_file(kernel))
    return replace(call, kernel=found, params=chosen, operands=operands, scratch=scratch)


def pack_wide(call: Call) -> Call | str:
    """The call for `s8_dsp_wide.c`, or why it cannot be had."""
    return _rows(call, "s8_dsp_wide", plain=False)


def pack_plain(call: Call) -> Call | str:
    """The call for `s8_dsp_plain.c`, or why it cannot be had."""
    return _rows(call, "s8_dsp_plain", plain=True)


def _rows(call: Call, kernel: str, plain: bool) -> Call | str:
    made = _layer(call)
    if isinstance(made, str):
        return made
    packed = dense_dsp.pack_plain(made) if plain else dense_dsp.pack_sums(made)
    if isinstance(packed, str):
        return packed
    given = call.params
    row = {"depth": given["depth"], "channels": given["units"]}
    row |= {name: given[name] for name in ("output_offset", "per_channel", "activation")}
    operands = {**_ends(call), **{name: call.operands[name] for name in ("multiplier", "shift")}}
    operands |= {"filter": packed[0], "bias": packed[1]}
    found = call.node.find_kernel(call.node.operator.kernel_file(kernel))
    return replace(call, kernel=found, params={"batches": given["batches"], "row": row}, operands=operands)


def _layer(call: Call) -> dense_dsp.Layer | str:
    node, bias = call.node, call.node.optional("bias")
    if node.filter.data is None or (bias is not None and bias.data is None):
        return "filter or bias is not constant"
    multiplier, shift = (np.asarray(call.operands[name]) for name in ("multiplier", "shift"))
    return dense_dsp.layer(node.filter.array(), bias.array() if bias else None, multiplier, shift, call.params)


def _ends(call: Call) -> dict[str, Any]:
    return {name: call.operands[name] for name in ("input", "output")}


def _as_convolution(params: Any) -> dict[str, Any]:
    """Several rows are the pixels of a 1x1 convolution, one below the other where they are copied first."""
    one, none = {"h": 1, "w": 1}, {"h": 0, "w": 0}
    height, width = (params["batches"], 1) if params["depth"] % 4 else (1, params["batches"])
    return {
        **{"batches": 1, "input_h": height, "input_w": width, "input_c": params["depth"]},
        **{"filter_h": 1, "filter_w": 1, "filter_c": params["depth"], "group_c": params["units"]},
        **{"output_h": height, "output_w": width, "output_c": params["units"]},
        **{"stride": one, "padding": none, "dilation": one},
    }
