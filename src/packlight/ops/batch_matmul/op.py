# SPDX-License-Identifier: Apache-2.0
"""BATCH_MATMUL: output[b, i, j] = sum over k of lhs[b, i, k] * rhs[b, k, j], for matrices in broadcast batches.

`adj_x` and `adj_y` say that a matrix is stored transposed: the kernels step through it the other way. int8: sums of 32
bits; int16: of 64 bits.
"""

from __future__ import annotations

from math import prod

from packlight import arithmetic, walk
from packlight.nouns.call import Call
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    lhs, rhs, output = node.lhs, node.rhs, node.output
    for tensor in (lhs, rhs):
        node.check(len(tensor.shape) >= 2, "lhs and rhs have 2 dimensions or more", tensor)
    node.check(lhs.type == rhs.type == output.type, "lhs, rhs and output have the same type", rhs)
    rows, depth = _matrix(lhs, node.options.adj_x)
    depth_rhs, columns = _matrix(rhs, node.options.adj_y)
    node.check(depth == depth_rhs, "the columns of lhs are as many as the rows of rhs", rhs)
    rank = max(len(lhs.shape), len(rhs.shape))
    batches = [(1,) * (rank - len(tensor.shape)) + tensor.shape[:-2] for tensor in (lhs, rhs)]
    node.check(all(m == n or 1 in (m, n) for m, n in zip(*batches, strict=True)), "the batches can be broadcast", rhs)
    joint = tuple(n if m == 1 else m for m, n in zip(*batches, strict=True))
    node.check(output.elements == prod(joint) * rows * columns, "output has the shape of the product", output)
    node.check(output.elements > 0, "output is not empty", output)
    dimensions = walk.join([(n, *steps) for n, *steps in zip(joint, *_batch_steps(lhs, rhs, batches), strict=True)])
    params = {
        **{"dims": len(dimensions), "rows": rows, "depth": depth, "columns": columns},
        "lhs": _steps(lhs, node.options.adj_x),
        "rhs": _steps(rhs, not node.options.adj_y),
    }
    return node.call({**params, **_scaling(node)}, walk=walk.table(node, dimensions))


def macs(node: Node) -> int:
    return node.output.elements * _matrix(node.lhs, node.options.adj_x)[1]


def _scaling(node: Node) -> dict[str, object]:
    if node.lhs.type == "FLOAT32":
        return {}
    arithmetic.check_quantized(node, node.lhs, node.rhs, node.output)
    real = [node.lhs.scale * node.rhs.scale / node.output.scale]
    if node.lhs.type == "INT16":
        centered = not any(tensor.zero_point for tensor in (node.lhs, node.rhs, node.output))
        node.check(centered, "int16 tensors have the zero point 0")
        multiplier, shift = arithmetic.wide_multipliers(real)
        return {"multiplier": int(multiplier[0]), "shift": int(shift[0])}
    multiplier, shift = arithmetic.quantize_multipliers(real)
    points = {"lhs_offset": -node.lhs.zero_point, "rhs_offset": -node.rhs.zero_point}
    scaled = {"multiplier": int(multiplier[0]), "shift": int(shift[0]), "output_offset": node.output.zero_point}
    return {**points, **scaled}


def _matrix(tensor: Tensor, transposed: bool) -> tuple[int, int]:
    """Rows and columns of what the last two dimensions mean."""
    rows, columns = tensor.shape[-2:]
    return (columns, rows) if transposed else (rows, columns)


def _steps(tensor: Tensor, across: bool) -> dict[str, int]:
    """Elements from line to line and along a line; a line of lhs is a row, one of rhs a column."""
    columns = tensor.shape[-1]
    return {"line": 1, "along": columns} if across else {"line": columns, "along": 1}


def _batch_steps(lhs: Tensor, rhs: Tensor, batches: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Elements from batch to batch in each dimension; 0 where there is only one."""
    found = []
    for tensor, shape in zip((lhs, rhs), batches, strict=True):
        steps = walk.strides((*shape, *tensor.shape[-2:]))
        found.append(tuple(0 if n == 1 else step for n, step in zip(shape, steps, strict=False)))
    return found


BATCH_MATMUL = Operator(
    "BATCH_MATMUL",
    inputs=("lhs", "rhs"),
    outputs=("output",),
    kernels={"INT8": "s8", "INT16": "s16", "FLOAT32": "f32"},
    options="BatchMatMulOptions",
    max_version=4,
    prepare=prepare,
    typed_by=("lhs",),
    macs=macs,
)
