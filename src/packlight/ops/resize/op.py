# SPDX-License-Identifier: Apache-2.0
"""RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR: images of another size.

Output element i of an axis lies at i * scale of the input, with `half_pixel_centers` at (i + 1/2) * scale - 1/2; scale
is input size / output size, with `align_corners` (input size - 1) / (output size - 1). Quantisations do not change.

Bilinear: interpolated between four elements. Signed integers reckon in units of 2^-10 elements and round halves away
from zero; float32 and uint8 in floats. Nearest: the nearest pixel is found here, in float32 (nearest.py); whole factors
become a copy, others tables of rows and columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from packlight import walk
from packlight.nouns.call import Call, Place
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator
from packlight.ops.resize.nearest import nearest, regular


def prepare_bilinear(node: Node) -> Call | tuple[()]:
    input_, output, options = node.input, node.output, node.options
    geometry = _geometry(node)
    if not output.elements:
        return ()
    node.check(
        not (options.half_pixel_centers and options.align_corners),
        "half_pixel_centers and align_corners exclude each other",
    )
    axes = ((geometry["input_h"], geometry["output_h"]), (geometry["input_w"], geometry["output_w"]))
    node.check(all(size < 1 << 20 for axis in axes for size in axis), "height and width are below 2^20", input_)
    # (elements, distances) along each axis between which the scale is taken
    spans = [(n - 1, m - 1) if options.align_corners and m > 1 else (n, m) for n, m in axes]
    if input_.type in ("FLOAT32", "UINT8"):
        return node.call({"geometry": geometry, **_float_scales(node, axes, spans)})
    scales = [(1024 * n + m // 2) // m for n, m in spans]
    offsets = [scale // 2 - 512 if options.half_pixel_centers else 0 for scale in scales]
    for (n, m), scale, offset in zip(axes, scales, offsets, strict=True):
        node.check((m - 1) * scale + offset < 1024 * n, "the last output element lies within input, as TFLM reckons")
    return node.call(
        {
            "geometry": geometry,
            "scale": dict(zip("hw", scales, strict=True)),
            "offset": dict(zip("hw", offsets, strict=True)),
        }
    )


def _float_scales(node: Node, axes: Any, spans: Any) -> dict[str, float]:
    """scale_h, scale_w and center as float32 numbers."""
    center = np.float32(0.5 if node.options.half_pixel_centers else 0)
    scales = [np.float32(n) / np.float32(m) for n, m in spans]
    for (n, m), scale in zip(axes, scales, strict=True):
        node.check(bool((np.float32(m - 1) + center) * scale - center < n), "the last output element lies within input")
    return {"scale_h": float(scales[0]), "scale_w": float(scales[1]), "center": float(center)}


def prepare_nearest(node: Node) -> tuple[Call, ...]:
    input_, output = node.input, node.output
    geometry = _geometry(node)
    if not output.elements:
        return ()
    batches, input_h, input_w, channels = input_.shape
    node.check(max(input_h, input_w) < 1 << 16, "height and width of input are at most 65,535", input_)
    rows, columns = nearest(node, input_h, output.shape[1]), nearest(node, input_w, output.shape[2])
    pixel = channels * int(ELEMENT_BYTES[input_.type])
    down, across = regular(rows, input_w * pixel), regular(columns, pixel)
    if down is None or across is None:
        sizes = {name: geometry[name] for name in ("batches", "output_h", "output_w")}
        bytes_ = {"pixel": pixel, "row": input_w * pixel, "image": input_h * input_w * pixel}
        return (node.call({**sizes, **bytes_}, rows=rows, columns=columns),)
    block = [(batches, input_h * input_w * pixel), *down[1], *across[1], (pixel, 1)]
    steps = walk.strides([extent for extent, _ in block])
    dimensions = [(extent, step, to) for (extent, step), to in zip(block, steps, strict=True)]
    return walk.move(node, Place(input_, down[0] + across[0]), output, 1, dimensions)


def _geometry(node: Node) -> dict[str, int]:
    input_, output, size = node.input, node.output, node.size
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(len(input_.shape) == 4, "input has 4 dimensions [batches, height, width, channels]", input_)
    node.check(
        size.is_constant and size.type == "INT32" and size.elements == 2, "size is two constants, in int32", size
    )
    batches, input_h, input_w, channels = input_.shape
    output_h, output_w = size.array().flatten().tolist()
    node.check(
        output.shape == (batches, output_h, output_w, channels), "output has the height and width of size", output
    )
    node.check(input_.elements > 0 or not output.elements, "input is not empty", input_)
    return {
        **{"batches": batches, "input_h": input_h, "input_w": input_w, "channels": channels},
        **{"output_h": output_h, "output_w": output_w},
    }


RESIZE_BILINEAR = Operator(
    "RESIZE_BILINEAR",
    inputs=("input", "size"),
    outputs=("output",),
    kernels={"INT8": "bilinear_s8", "INT16": "bilinear_s16", "UINT8": "bilinear_u8", "FLOAT32": "bilinear_f32"},
    options="ResizeBilinearOptions",
    max_version=4,
    prepare=prepare_bilinear,
)
RESIZE_NEAREST_NEIGHBOR = Operator(
    "RESIZE_NEAREST_NEIGHBOR",
    inputs=("input", "size"),
    outputs=("output",),
    kernels=dict.fromkeys(walk.MOVE, ("pixels", walk.COPY)),
    options="ResizeNearestNeighborOptions",
    max_version=4,
    prepare=prepare_nearest,
)
