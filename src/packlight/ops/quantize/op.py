# SPDX-License-Identifier: Apache-2.0
"""QUANTIZE: from real numbers to stored integers, or from the stored integers of one scale to those of another.

output = round(input / scale) + zero point, clamped to the output's type; halves go away from zero. From 8 bits to
8 bits by a table; sums of wider integers wrap.
"""

from __future__ import annotations

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    elementwise.check_scales(node, node.output)
    if "integers" in node.operator.kernels_for(node.types):
        return _rescale(node)
    if node.input.type != "FLOAT32":
        elementwise.check_scales(node, node.input)
        return elementwise.look_up(node, elementwise.rescaling(node, node.input.scale / node.output.scale))
    params = {
        "size": elementwise.size(node),
        "scale": node.output.scale,
        "zero_point": node.output.zero_point,
        "range": arithmetic.quantized_activation(node, "NONE", node.output),
    }
    return node.call(params)


def _rescale(node: Node) -> Call:
    elementwise.check_scales(node, node.input)
    multiplier, shift = arithmetic.quantize_multiplier(node.input.scale / node.output.scale)
    params = {
        "size": elementwise.size(node),
        "input_type": elementwise.ELEMENT_TYPES[node.input.type],
        "output_type": elementwise.ELEMENT_TYPES[node.output.type],
        "input_offset": -node.input.zero_point,
        "output_offset": node.output.zero_point,
        **{"multiplier": multiplier, "shift": shift},
        "range": arithmetic.quantized_activation(node, "NONE", node.output),
    }
    return node.call(params)


QUANTIZE = Operator(
    "QUANTIZE",
    inputs=("input",),
    outputs=("output",),
    kernels={
        **{"FLOAT32_INT8": "f32_8", "FLOAT32_UINT8": "f32_8", "FLOAT32_INT16": "f32_s16"},
        **{"INT8": "lut/8", "INT8_UINT8": "lut/8", "UINT8_INT8": "lut/8", "UINT8": "lut/8"},
        **{"INT8_INT16": "integers", "INT8_INT32": "integers", "UINT8_INT16": "integers"},
        **{"INT16_INT8": "integers", "INT16": "integers", "INT16_INT32": "integers"},
        **{"INT32_INT8": "integers", "INT32_INT16": "integers"},
    },
    options="QuantizeOptions",
    max_version=3,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input", "output"),
)
