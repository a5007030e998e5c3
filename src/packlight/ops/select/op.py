# SPDX-License-Identifier: Apache-2.0
"""SELECT, SELECT_V2: output = x where condition is true, y where it is false.

SELECT_V2 broadcasts all three to a common shape. SELECT takes x and y of one shape, and a condition of the same, or a
scalar, or one bool for each index of their first dimension. Stored integers are copied, whatever their scales.
"""

from __future__ import annotations

from dataclasses import replace

from packlight import elementwise, overlap, walk
from packlight.nouns.call import Call
from packlight.nouns.model import ELEMENT_BYTES
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> tuple[Call, ...]:
    condition, x, y, output = node.condition, node.x, node.y, node.output
    node.check(condition.type == "BOOL", "condition is bool", condition)
    node.check(x.type == y.type == output.type, "x, y and output have the same type", y)
    if node.operator.name == "SELECT" and condition.shape != x.shape:
        node.check(x.shape == y.shape, "x and y have the same shape", y)
        low = condition.shape in ((), x.shape[:1])
        node.check(low, "condition has the shape of x, or is a scalar or as long as its first dimension", condition)
        condition = replace(condition, shape=condition.shape + (1,) * (len(x.shape) - len(condition.shape)))
    dimensions = elementwise.broadcast_dimensions(node, condition, x, y)
    if node.output.elements == 0:
        return ()
    element = int(ELEMENT_BYTES[output.type])
    outer = walk.join([*((n, c, s * element, t * element) for n, c, s, t in dimensions), (element, 0, 1, 1)])
    run = outer.pop()[0] if outer and outer[-1][1:] == (0, 1, 1) else 1
    return (node.call({"bytes": run, "dims": len(outer)}, walk=walk.table(node, outer)),)


SELECT_V2 = Operator(
    "SELECT_V2",
    inputs=("condition", "x", "y"),
    outputs=("output",),
    kernels={type_: "bytes" for type_, size in ELEMENT_BYTES.items() if size >= 1},
    options="SelectV2Options",
    max_version=2,
    prepare=prepare,
    overlap=overlap.elements,
    typed_by=("x",),
)
SELECT = replace(SELECT_V2, name="SELECT", options="SelectOptions", max_version=4)
