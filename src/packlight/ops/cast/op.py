# SPDX-License-Identifier: Apache-2.0
"""CAST: each element as a number of another type.

Integers keep their lower bytes; bool is whether an element is not 0. A float loses its fraction; one that the output's
type does not hold becomes the nearest integer that it does, NaN becomes 0. float16 goes by way of float32, rounded to
nearest, halves to even. Integers of one size are the same memory.
"""

from __future__ import annotations

from typing import Any

from packlight import elementwise, overlap, walk
from packlight.nouns.call import Alias, Call
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator

SIGNED = ("INT8", "INT16", "INT32", "INT64")
INTEGERS = ("BOOL", "UINT8", "UINT16", "UINT32", *SIGNED)
FLOATS = {"FLOAT16": "f16", "FLOAT32": "f32"}
#: Kernels of DEQUANTIZE, with a scale of 1, and one for the most common cast.
TO_FLOAT32 = {
    **{"BOOL": "dequantize/u8", "UINT8": "dequantize/u8", "INT8": "dequantize/s8", "INT16": "dequantize/s16"},
    **{"FLOAT16": "dequantize/f16", "INT32": "s32_f32"},
}


def kernel_of(before: str, after: str) -> str:
    """The kernel of a cast; "" where the bytes are the same."""
    if before == after or (before in INTEGERS and after in INTEGERS and _bytes(before) == _bytes(after)):
        return "bool" if after == "BOOL" != before else ""
    if after == "BOOL":
        return "bool"
    if after == "FLOAT32":
        return TO_FLOAT32.get(before, "integer_f32")
    if before in FLOATS:
        return f"{FLOATS[before]}_{FLOATS.get(after, 'integer')}"
    if after == "FLOAT16":
        return "integer_f16"
    return "widen" if _bytes(before) < _bytes(after) else walk.COPY


def prepare(node: Node) -> Call | Alias | tuple[Call, ...]:
    input_, output = node.input, node.output
    size, before, after = elementwise.size(node), _bytes(input_.type), _bytes(output.type)
    kernel = kernel_of(input_.type, output.type)
    if not kernel:
        node.check(
            not input_.is_variable, "input is not a variable, which may change while the output is in use", input_
        )
        return node.alias(input_, output)
    if kernel == walk.COPY:
        return walk.move(node, input_, output, after, [(size, before, after)])
    integer = {"size": size, "bytes": before, "sign": int(input_.type in SIGNED)}
    params: dict[str, dict[str, Any]] = {
        "bool": {"size": size, "bytes": before, "mask": 127 if input_.type in FLOATS else 255},
        "widen": {"input": integer, "output_bytes": after},
        "integer_f32": integer,
        "integer_f16": integer,
        "f32_integer": {"size": size, "bytes": after, "sign": int(output.type in SIGNED)},
    }
    params["f16_integer"] = params["f32_integer"]
    if kernel in ("dequantize/s8", "dequantize/u8", "dequantize/s16"):
        return node.call({"size": size, "scale": 1.0, "zero_point": 0})
    return node.call(params.get(kernel, {"size": size}))


def _bytes(type_: str) -> int:
    return int(ELEMENT_BYTES[type_])


CAST = Operator(
    "CAST",
    inputs=("input",),
    outputs=("output",),
    kernels={
        "_".join(dict.fromkeys((before, after))): kernel_of(before, after)
        for before in (*INTEGERS, *FLOATS)
        for after in (*INTEGERS, *FLOATS)
    },
    options="CastOptions",
    max_version=7,
    typed_by=("input", "output"),
    prepare=prepare,
    overlap=overlap.elements,
)
