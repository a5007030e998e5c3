# SPDX-License-Identifier: Apache-2.0
"""Lays a DEPTHWISE_CONV_2D out for cores with the DSP extension (Cortex-M4, M7, M33)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from packlight import overlap
from packlight.nouns.call import Call, Overlap
from packlight.ops.depthwise_conv_2d.channels import (
    FRACTION_BITS,
    FRACTION_BITS_MULTI,
    Scaled,
    channels_of,
    rounding_to_nearest,
    rounding_up,
)

#: Bytes up to which two planes are built at once, which takes half the instructions.
TWO_PLANES = 2048


@dataclass(frozen=True)
class Axis:
    """The window along one axis, and the bytes between neighbours of input and output."""

    input: int
    filter: int
    output: int
    stride: int
    padding: int
    dilation: int
    is_height: bool
    in_bytes: int
    out_bytes: int


def axes(geometry: Mapping[str, Any]) -> tuple[Axis, Axis]:
    """Height and width."""
    g = geometry
    pitch = {"h": (g["input_w"] * g["input_c"], g["output_w"] * g["output_c"]), "w": (g["input_c"], g["output_c"])}

    def axis(x: str) -> Axis:
        window = (g["stride"][x], g["padding"][x], g["dilation"][x])
        return Axis(g[f"input_{x}"], g[f"filter_{x}"], g[f"output_{x}"], *window, x == "h", *pitch[x])

    return axis("h"), axis("w")


def plane_of(pair: Axis, step: Axis, columns: int, steps: int, fill: int) -> dict[str, int]:
    """The layout of a plane with so many columns of so many words: the C struct pl_depthwise_conv_2d_plane."""
    width = min(pair.input, 2 * columns - pair.padding)
    lead = pair.padding & 1 if width > 0 else 0
    pitch = 4 * steps
    return {
        "in_pair": pair.in_bytes,
        "in_step": step.in_bytes,
        "steps": min(step.input, steps - step.padding),
        "pitch": pitch,
        "bytes": pitch * columns,
        "lead": lead,
        "pairs": (width - lead) // 2,
        "trail": (width - lead) & 1,
        "start": pair.padding // 2 * pitch + 4 * step.padding,
        "fill": fill,
    }


def _first(*checks: tuple[bool, str]) -> str | None:
    """The sentence of the first check that is true."""
    return next((sentence for fails, sentence in checks if fails), None)


def _scaled(call: Call, exact: bool, bits: int = FRACTION_BITS) -> Scaled | str:
    """The constants of the output channels, scaled for one way to round, or why they cannot be had."""
    if not call.node.output.elements:
        return "the output is empty"
    channels = channels_of(call)
    if isinstance(channels, str):
        return channels
    return rounding_to_nearest(channels) if exact else rounding_up(channels, bits)


def overlaps(call: Call) -> tuple[Overlap, ...]:
    """Planes, each built before it is used; `s8_dsp_direct.c` goes through the pixels."""
    return overlap.each_channel(call, 4) if call.kernel.name.endswith("direct") else overlap.planes(call)


def pack_3x3(call: Call, *, stride: int, exact: bool) -> Call | str:
    """3x3 windows of one stride along both axes."""
    geometry = call.params["geometry"]
    refused = _first(
        ((geometry["filter_h"], geometry["filter_w"]) != (3, 3), "the window is not 3x3"),
        (tuple(geometry["dilation"].values()) != (1, 1), "the window is dilated"),
        (tuple(geometry["stride"].values()) != (stride, stride), f"the stride is not {stride}"),
    )
    scaled = refused or _scaled(call, exact)
    if isinstance(scaled, str):
        return scaled
    height, width = axes(geometry)
    cost_h, cost_w = (_strips_cost(pair, step, stride) for pair, step in ((height, width), (width, height)))
    pair, step = (height, width) if cost_h < cost_w else (width, height)
    columns = (pair.output + 1) // 2 * stride + 1
    steps = (step.output - 1) * stride + 3
    planes = 2 if geometry["input_c"] > 1 else 1
    plane = plane_of(pair, step, columns, steps, -call.params["input_offset"])
    offset = call.params["output_offset"]
    rounding = offset if exact else (offset << FRACTION_BITS) + (1 << (FRACTION_BITS - 1))
    consumed = 4 * stride * step.output
    params = {
        **{name: geometry[name] for name in ("batches", "input_c", "ch_mult")},
        **{"input_batch": _bytes(geometry, "input"), "output_batch": _bytes(geometry, "output")},
        **{"planes": planes, "plane": plane},
        **{"out_pair": pair.out_bytes, "out_step": step.out_bytes},
        **{"strips": pair.output // 2, "odd": pair.output & 1},
        **{"plane_strip": plane["pitch"] * stride - consumed, "plane_steps": consumed},
        "out_strip": 2 * pair.out_bytes - step.output * step.out_bytes,
        "rounding": rounding,
        "activation": call.params["activation"],
    }
    weights = scaled.filter.transpose(0, 2, 1) if pair.is_height else scaled.filter
    name = "s8_dsp_3x3" + ("_s2" if stride == 2 else "") + ("_exact" if exact else "")
    return call.node.call(
        params,
        kernel=name,
        scratch=planes * plane["bytes"],
        filter=np.ascontiguousarray(weights, np.int8),
        bias=scaled.bias.astype(np.int32),
        multiplier=scaled.multiplier.astype(np.int32),
        shift=scaled.shift.astype(np.int8),
    )


def pack_any(call: Call, *, stride: int) -> Call | str:
    """Windows of any size whose stride along one axis is 1 or 2; that axis becomes the pair axis."""
    height, width = axes(call.params["geometry"])
    choices = [(pair, step) for pair, step in ((height, width), (width, height)) if pair.stride == stride]
    if not choices:
        return f"the stride is {stride} along neither axis"
    pair, step = min(choices, key=lambda axes: _blocks_cost(*axes))
    words = _window_words(pair)
    name = "s8_dsp" + ("_s2" if stride == 2 else "")
    return _packed(call, name, pair, step, words, scratch=8 * (words * step.filter + 1), exact=True)


def pack_multi(call: Call, *, exact: bool) -> Call | str:
    """An even depth multiplier, stride 2 along an axis on which the window reaches over 8 elements at most."""
    geometry = call.params["geometry"]
    if geometry["ch_mult"] % 2:
        return "the depth multiplier is odd"
    height, width = axes(geometry)
    choices = [
        (pair, step)
        for pair, step in ((height, width), (width, height))
        if pair.stride == 2 and (pair.filter - 1) * pair.dilation < 8
    ]
    if not choices:
        return "the stride is 2 along neither axis, or the window longer than 8"
    pair, step = min(choices, key=lambda axes: -(-axes[0].output // 4) * axes[1].output * (axes[1].filter + 1))
    name = "s8_dsp_multi" + ("_exact" if exact else "")
    return _packed(call, name, pair, step, 4, scratch=32 * step.filter, exact=exact)


def pack_direct(call: Call) -> Call | str:
    """No planes: for few outputs, or for strides that no other kernel takes."""
    geometry = call.params["geometry"]
    height, width = axes(geometry)
    others = {height.stride, width.stride} & {1, 2}
    refused = _first(
        (geometry["ch_mult"] != 1, "there is a depth multiplier"),
        (geometry["input_c"] < 4, "there are fewer than 4 channels"),
        (any(not _always_inside(axis) for axis in (height, width)), "a window may lie outside of the input"),
        (
            bool(others) and _direct_cost(height, width) >= _planes_cost(height, width),
            "there are outputs enough to repay a plane",
        ),
    )
    scaled = refused or _scaled(call, exact=True)
    if isinstance(scaled, str):
        return scaled
    weights = np.moveaxis(scaled.filter, 0, -1)
    bias = (scaled.bias >> 1) - call.params["input_offset"] * scaled.filter.sum((1, 2))
    if (abs(bias) + 255 * abs(scaled.filter).sum((1, 2))).max() >= 1 << 30:
        return "a scaled sum may leave int32"
    return call.node.call(
        call.params,
        kernel="s8_dsp_direct",
        filter=np.ascontiguousarray(weights, np.int8),
        bias=bias.astype(np.int32) if bias.any() else None,
        multiplier=scaled.multiplier.astype(np.int32),
        shift=(scaled.shift - 1).astype(np.int8),
    )


def _always_inside(axis: Axis) -> bool:
    """Whether every window along an axis has a tap inside of the input."""
    starts = (at * axis.stride - axis.padding for at in range(axis.output))
    return all(any(0 <= start + tap * axis.dilation < axis.input for tap in range(axis.filter)) for start in starts)


def _inside(axis: Axis) -> float:
    """Taps inside of the input along an axis, of all outputs together."""
    starts = (at * axis.stride - axis.padding for at in range(axis.output))
    return sum(sum(0 <= start + tap * axis.dilation < axis.input for tap in range(axis.filter)) for start in starts)


def _direct_cost(height: Axis, width: Axis) -> float:
    """Instructions of one channel, about."""
    return 3.5 * _inside(height) * _inside(width) + 22 * height.output * width.output


def _planes_cost(height: Axis, width: Axis) -> float:
    """Instructions of one channel, about, of the kernel that would serve otherwise."""
    simple = (height.filter, width.filter, height.dilation, width.dilation) == (3, 3, 1, 1)
    if simple and height.stride == width.stride < 3:
        strips = min(_strips_cost(height, width, height.stride), _strips_cost(width, height, height.stride))
        return 130 + strips
    blocks = min(_blocks_cost(height, width), _blocks_cost(width, height))
    return 130 + 5 * height.input * width.input + 8 * height.filter * width.filter + blocks


def _packed(call: Call, name: str, pair: Axis, step: Axis, words: int, scratch: int, exact: bool) -> Call | str:
    """The call of a kernel that takes four outputs along the pair axis at a time; a row of the window has `words`."""
    geometry = call.params["geometry"]
    scaled = _scaled(call, exact, FRACTION_BITS_MULTI)
    if isinstance(scaled, str):
        return scaled
    stride = pair.stride
    pitch = 4 * ((-(-pair.output // 4) - 1) * 2 * stride + words + 1 + stride)
    plane_steps = (step.output - 1) * step.stride + (step.filter - 1) * step.dilation + 1
    multi = name.startswith("s8_dsp_multi")
    planes = 2 if geometry["input_c"] > 1 and pitch * plane_steps <= TWO_PLANES and not multi else 1
    params = {
        **{name: geometry[name] for name in ("batches", "input_c", "ch_mult")},
        **{"input_batch": _bytes(geometry, "input"), "output_batch": _bytes(geometry, "output")},
        **{"in_pair": pair.in_bytes, "in_step": step.in_bytes, "planes": planes},
        "in_pairs": min(pair.input, pitch // 2 - pair.padding),
        "in_steps": min(step.input, plane_steps - step.padding),
        "start": pair.padding + step.padding * pitch // 2,
        **{"pitch": pitch // 2, "plane_words": pitch * plane_steps // 4},
        "fill": -call.params["input_offset"],
        **{"taps": pair.filter, "dilation": pair.dilation, "rows": step.filter, "words": words},
        "row_bytes": pitch * step.dilation - 4 * (words if multi else words + 1),
        **{"step_bytes": pitch * step.stride, "block_bytes": 8 * stride},
        **{"out_pair": pair.out_bytes, "out_step": step.out_bytes, "outputs": pair.output, "steps": step.output},
        "output_offset": call.params["output_offset"],
        "activation": call.params["activation"],
    }
    weights = scaled.filter.transpose(0, 2, 1) if pair.is_height else scaled.filter
    return call.node.call(
        params,
        kernel=name,
        scratch=scratch + planes * pitch * plane_steps,
        filter=np.ascontiguousarray(weights, np.int8),
        bias=scaled.bias.astype(np.int32),
        multiplier=scaled.multiplier.astype(np.int32),
        shift=scaled.shift.astype(np.int8),
    )


def _window_words(pair: Axis) -> int:
    """Words that hold a row of the window: with stride 1 also one element later; with stride 2 an even number."""
    reach = (pair.filter - 1) * pair.dilation + 1
    return (reach + 2) // 2 if pair.stride == 1 else (reach + 3) // 4 * 2


def _blocks_cost(pair: Axis, step: Axis) -> int:
    """Instructions of one channel, about."""
    return -(-pair.output // 4) * step.output * (step.filter * (7 * _window_words(pair) + 6) + 50)


def _strips_cost(pair: Axis, step: Axis, stride: int) -> int:
    """Instructions of one channel, about: of strips two outputs wide, and of the plane's columns."""
    strips = (pair.output + 1) // 2
    columns = strips * stride + 1
    return strips * (28 * step.output + 17) + columns * (5 * step.input + 5)


def _bytes(geometry: Mapping[str, Any], name: str) -> int:
    return int(geometry[f"{name}_h"] * geometry[f"{name}_w"] * geometry[f"{name}_c"])
