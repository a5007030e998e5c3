# SPDX-License-Identifier: Apache-2.0
"""EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so.

The inputs are broadcast to a common shape. 8-bit numbers, and int16 in EQUAL and NOT_EQUAL, are compared as real
numbers, each rounded to a multiple of 2^-8 as TFLM and LiteRT do; all others as stored. (TFLM's GREATER of int16
rescales by numbers that it never set: here it is what LiteRT makes of it.)
"""

from __future__ import annotations

from dataclasses import replace

from packlight import arithmetic, elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator

LESS_BIT, EQUAL_BIT, GREATER_BIT, UNORDERED_BIT = 1 << 1, 1 << 2, 1 << 4, 1 << 0

#: Which relations of two elements make an operator true; see kernel.h.
HOLDS = {
    "EQUAL": EQUAL_BIT,
    "NOT_EQUAL": LESS_BIT | GREATER_BIT | UNORDERED_BIT,
    "GREATER": GREATER_BIT,
    "GREATER_EQUAL": GREATER_BIT | EQUAL_BIT,
    "LESS": LESS_BIT,
    "LESS_EQUAL": LESS_BIT | EQUAL_BIT,
}


def prepare(node: Node) -> Call:
    rows, dims = elementwise.broadcast(node, "BOOL")
    params = {"rows": rows, "holds": HOLDS[node.operator.name]}
    if node.operator.kernels[node.types] == "q":
        type_ = elementwise.ELEMENT_TYPES["UINT8" if node.types == "BOOL" else node.types]
        scales = {"input1": _scale(node, node.input1), "input2": _scale(node, node.input2)}
        return node.call({**params, "type": type_, **scales}, dims=dims)
    return node.call(params, dims=dims)


def _scale(node: Node, tensor: Tensor) -> dict[str, int]:
    """The C struct pl_comparison_scale; a bool and what has no scale have the scale 1."""
    if tensor.quantization is not None and node.types != "BOOL":
        elementwise.check_scales(node, tensor)
        node.check(0 < tensor.scale < 1 << 6, "the scale of an input is positive and less than 64", tensor)
    plain = tensor.quantization is None or node.types == "BOOL"
    multiplier, shift = arithmetic.quantize_multiplier(1.0 if plain else tensor.scale)
    return {"offset": 0 if plain else -tensor.zero_point, "multiplier": multiplier, "shift": shift}


_NUMBERS = {"INT8": "q", "UINT8": "q", "INT16": "s16", "INT32": "s32", "INT64": "s64", "FLOAT32": "f32"}
EQUAL = Operator(
    "EQUAL",
    inputs=("input1", "input2"),
    outputs=("output",),
    kernels={**_NUMBERS, "INT16": "q", "BOOL": "q"},
    options="EqualOptions",
    max_version=5,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("input1",),
)
NOT_EQUAL = replace(EQUAL, name="NOT_EQUAL", options="NotEqualOptions", max_version=4)
GREATER, GREATER_EQUAL, LESS, LESS_EQUAL = (
    replace(EQUAL, name=name, kernels=_NUMBERS, options=options, max_version=version)
    for name, options, version in (
        ("GREATER", "GreaterOptions", 2),
        ("GREATER_EQUAL", "GreaterEqualOptions", 3),
        ("LESS", "LessOptions", 3),
        ("LESS_EQUAL", "LessEqualOptions", 2),
    )
)
