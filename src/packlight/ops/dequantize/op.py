# SPDX-License-Identifier: Apache-2.0
"""DEQUANTIZE: output = scale * (input - zero point), as float32; of halves (float16) the same number as float32.

Scale and zero point are one for the tensor or one for each index of a dimension.
"""

from __future__ import annotations

from math import prod

import numpy as np

from packlight import elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.model import Quantization
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    node.check(node.output.type == "FLOAT32", "output is float32", node.output)
    size = elementwise.size(node)
    if node.input.type == "FLOAT16":
        return node.call({"size": size})
    quantization = node.input.quantization
    if quantization and len(quantization.scale) > 1:
        return _by_channels(node, quantization)
    elementwise.check_scales(node, node.input)
    return node.call({"size": size, "scale": node.input.scale, "zero_point": node.input.zero_point})


def _by_channels(node: Node, quantization: Quantization) -> Call:
    """Each index of the quantised dimension by its own scale and zero point."""
    shape, dimension, scales = node.input.shape, quantization.quantized_dimension, quantization.scale
    fits = 0 <= dimension < len(shape) and shape[dimension] == len(scales)
    node.check(fits, "there is one scale, or one for each index of the quantised dimension", node.input)
    params = {
        "outer": prod(shape[:dimension]),
        "channels": len(scales),
        "inner": prod(shape[dimension + 1 :]),
        "type": elementwise.ELEMENT_TYPES[node.input.type],
    }
    points = np.resize(np.array(quantization.zero_point, np.int32), len(scales))
    return node.call(params, kernel="channels", scale=np.array(scales, np.float32), zero_point=points)


DEQUANTIZE = Operator(
    "DEQUANTIZE",
    inputs=("input",),
    outputs=("output",),
    kernels={
        **{"INT8": ("s8", "channels"), "UINT8": ("u8", "channels"), "INT16": ("s16", "channels")},
        "FLOAT16": "f16",
    },
    options="DequantizeOptions",
    max_version=6,
    prepare=prepare,
    overlap=overlap.elements,
)
