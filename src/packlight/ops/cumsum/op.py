# SPDX-License-Identifier: Apache-2.0
"""CUMSUM: each element becomes the sum of those before it along `axis` and of itself.

`exclusive` leaves the element itself out, `reverse` sums from the end. Sums of integers wrap. int8 as TFLM has it: sums
are kept in units of 2^-19 input scales, in 32 bits that wrap, and begin at minus the input's zero point instead of 0.
"""

from __future__ import annotations

from packlight import arithmetic, walk
from packlight.nouns.call import Call, Place
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call | tuple[()]:
    input_, output, axis = node.input, node.output, node.axis
    node.check(output.type == input_.type and output.shape == input_.shape, "output has the type and shape of input")
    node.check(axis.is_constant and axis.type == "INT32" and axis.elements == 1, "axis is one constant, in int32", axis)
    rank, along = len(input_.shape), int(axis.array().flat[0])
    node.check(-rank <= along < rank, "axis is a dimension of input", axis)
    if not input_.elements:
        return ()
    fields, table = walk.reduction(node, input_.shape, [along % rank])
    params = {"reduction": fields, "exclusive": int(node.options.exclusive)}
    if input_.type == "INT8":
        params |= _rescaling(node)
    if not node.options.reverse:
        return node.call(params, walk=table)
    last = (fields["run"] - 1) * fields["step"] * int(ELEMENT_BYTES[input_.type])
    fields["step"] *= -1
    return node.call(params, walk=table, input=Place(input_, last), output=Place(output, last))


def _rescaling(node: Node) -> dict[str, int]:
    """How sums in units of 2^-19 input scales become stored integers of the output."""
    arithmetic.check_quantized(node, node.input, node.output)
    ratio = 2 * node.input.scale / ((1 << 20) * node.output.scale)
    node.check(ratio < 1, "the input's scale is less than 2^19 times the output's", node.input)
    multiplier, shift = arithmetic.quantize_multiplier(ratio)
    offsets = {"input_offset": -node.input.zero_point, "output_offset": node.output.zero_point}
    return {**offsets, "multiplier": multiplier, "shift": shift}


CUMSUM = Operator(
    "CUMSUM",
    inputs=("input", "axis"),
    outputs=("output",),
    kernels={"INT8": "s8", "FLOAT32": "f32", "INT32": "32", "INT64": "64"},
    options="CumsumOptions",
    max_version=1,
    prepare=prepare,
)
