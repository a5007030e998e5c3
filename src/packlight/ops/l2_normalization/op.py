# SPDX-License-Identifier: Apache-2.0
"""L2_NORMALIZATION: each row of the last dimension over the root of the sum of its squares, which counts at least 1e-6.

8 bits: the root in fixed point, as TFLM has it, and LiteRT for uint8; the output's scale counts as 1/128, its zero
point as the middle.
"""

from __future__ import annotations

from packlight import elementwise, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    input_, output = node.input, node.output
    shape = input_.shape
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(output.shape == shape, "output has the shape of input", output)
    node.check(len(shape) >= 1 and shape[-1] >= 1, "input has at least 1 element in its last dimension", input_)
    node.check(node.options.fused_activation_function == "NONE", "no activation is fused into it")
    sizes = {"rows": input_.elements // shape[-1], "depth": shape[-1]}
    if node.types == "FLOAT32":
        return node.call(sizes)
    elementwise.check_scales(node, input_)
    node.check(shape[-1] <= 1 << 15, "the last dimension of an 8-bit input has at most 32768 elements", input_)
    middle, factor, shift = (128, 128, 0) if node.types == "UINT8" else (0, 1, 7)
    numbers = {"input_offset": middle - input_.zero_point, "factor": factor, "shift": shift}
    return node.call({**sizes, **numbers, "flip": -middle})


L2_NORMALIZATION = Operator(
    "L2_NORMALIZATION",
    inputs=("input",),
    outputs=("output",),
    kernels={"INT8": "8", "UINT8": "8", "FLOAT32": "f32"},
    options="L2NormOptions",
    max_version=2,
    prepare=prepare,
    overlap=overlap.elements,
)
