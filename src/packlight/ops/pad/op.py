# SPDX-License-Identifier: Apache-2.0
"""PAD and PADV2: the input with elements of one value before and after it along each dimension.

paddings [rank, 2] holds (before, after) for each dimension. The value is `constant_values`, one element, or else what
stands for 0: the output's zero point in 8 bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import arithmetic, walk
from packlight.nouns.call import Step
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Step, ...]:
    input_, output = node.input, node.output
    inside = walk.whole(output)[_inside(node)]
    filled = walk.fill(node, _value(node), output) if output.elements > input_.elements else ()
    return filled + walk.copy(node, input_, walk.whole(input_), output, inside)


def _value(node: Node) -> Tensor | npt.NDArray[Any]:
    """The one element that is put around the input."""
    output, given = node.output, node.optional("constant_values")
    if given is not None:
        scalar = given.type == output.type and given.elements == 1
        node.check(scalar, "the padding value is one element of the type of input", given)
        if output.type in ("INT8", "UINT8"):
            arithmetic.check_quantized_alike(node, given, output)
        return given
    return walk.zero(output)


def _inside(node: Node) -> tuple[slice, ...]:
    """Where the input is in the output."""
    input_, output, paddings = node.input, node.output, node.paddings
    rank = len(input_.shape)
    node.check(output.type == input_.type, "output has the type of input", output)
    node.check(walk.are_known(paddings), "paddings are constant integers", paddings)
    node.check(paddings.elements == 2 * rank, "paddings have two numbers for each dimension of the input", paddings)
    pairs = np.reshape(walk.integers(paddings), (rank, 2)).astype(int).tolist()
    node.check(all(count >= 0 for pair in pairs for count in pair), "paddings are not negative", paddings)
    padded = tuple(first + size + last for size, (first, last) in zip(input_.shape, pairs, strict=True))
    node.check(output.shape == padded, "output has the padded shape", output)
    return tuple(slice(first, first + size) for size, (first, _) in zip(input_.shape, pairs, strict=True))


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
