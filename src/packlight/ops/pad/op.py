# SPDX-License-Identifier: Apache-2.0
"""PAD and PADV2: the input with elements of one value before and after it along each dimension.

paddings [rank, 2] holds (before, after) for each dimension. The value is `constant_values`, a scalar, or else what
stands for 0: the output's zero point in 8 bits.
"""

from __future__ import annotations

import numpy as np

from packlight import arithmetic, walk
from packlight.nouns.call import Call, Place
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call, ...]:
    input_, output = node.input, node.output
    before = _paddings_before(node)
    element = int(ELEMENT_BYTES[output.type])
    given = node.optional("constant_values")
    if given is not None:
        scalar = given.type == output.type and given.elements == 1
        node.check(scalar, "the padding value is one element of the type of input", given)
        if output.type in ("INT8", "UINT8"):
            arithmetic.check_quantized_alike(node, given, output)
    value = np.full(1, output.zero_point if output.type in ("INT8", "UINT8") else 0, NUMPY_NAMES[output.type])
    needs_fill = output.elements > input_.elements
    filled = walk.move(node, given or value, output, element, [(output.elements, 0, element)]) if needs_fill else ()
    steps = walk.strides(output.shape, element)
    inside = Place(output, sum(count * step for count, step in zip(before, steps, strict=True)))
    block = list(zip(input_.shape, walk.strides(input_.shape, element), steps, strict=True))
    return filled + walk.move(node, input_, inside, element, block)


def _paddings_before(node: Node) -> list[int]:
    """Elements added before the input along each dimension."""
    input_, output, paddings = node.input, node.output, node.paddings
    rank = len(input_.shape)
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(paddings.is_constant and paddings.type in ("INT32", "INT64"), "paddings are constant integers", paddings)
    node.check(paddings.elements == 2 * rank, "paddings have two numbers for each dimension of the input", paddings)
    pairs = paddings.array().reshape(rank, 2).tolist()
    node.check(all(count >= 0 for pair in pairs for count in pair), "paddings are not negative", paddings)
    padded = tuple(first + size + last for size, (first, last) in zip(input_.shape, pairs, strict=True))
    node.check(output.shape == padded, "output has the padded shape", output)
    return [first for first, _ in pairs]


PAD = Operator(
    "PAD",
    inputs=("input", "paddings", "constant_values?"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="PadOptions",
    max_version=5,
    prepare=prepare,
)
PADV2 = Operator(
    "PADV2",
    inputs=("input", "paddings", "constant_values?"),
    outputs=("output",),
    kernels=walk.MOVE,
    options="PadV2Options",
    max_version=5,
    prepare=prepare,
)
