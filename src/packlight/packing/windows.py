# SPDX-License-Identifier: Apache-2.0
"""Where the windows of a convolution lie in its input."""

from __future__ import annotations

from typing import Any


def flattened(geometry: dict[str, Any]) -> dict[str, Any]:
    """A 1x1 convolution without stride sees one long row of pixels."""
    one = {"h": 1, "w": 1}
    if (geometry["filter_h"], geometry["filter_w"], geometry["stride"]) != (1, 1, one):
        return geometry
    pixels = geometry["batches"] * geometry["input_h"] * geometry["input_w"]
    size = {"input_h": 1, "input_w": pixels, "output_h": 1, "output_w": pixels}
    return {**geometry, "batches": 1, **size, "padding": {"h": 0, "w": 0}}


def is_ragged(geometry: dict[str, Any]) -> bool:
    """Whether a window's row may be other than so many consecutive bytes of the input."""
    stride, padding, dilation = geometry["stride"], geometry["padding"], geometry["dilation"]
    return any(
        padding[axis] > 0
        or dilation[axis] > 1
        or (geometry[f"output_{axis}"] - 1) * stride[axis] + geometry[f"filter_{axis}"] > geometry[f"input_{axis}"]
        for axis in ("h", "w")
    )
