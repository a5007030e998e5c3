# SPDX-License-Identifier: Apache-2.0
"""IF, WHILE and CALL_ONCE: operators that run subgraphs.

IF runs one of two, as `condition` says. WHILE runs `body` on its own results for as long as `cond` answers true.
CALL_ONCE runs its subgraph in the first invoke after a reset. The calls of the subgraphs become part of the program,
with jumps around them; what is copied are the results of a branch that are not written where they belong, and the
values that a loop carries from one turn to the next.
"""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import If, Once, While
from packlight.nouns.operator import Node, Operator

#: Any type may come first among the values that a loop carries; a resource is not copied.
CARRIED = {**walk.MOVE, "RESOURCE": walk.COPY}


def _prepare_if(node: Node) -> If:
    condition = node.condition
    node.check(condition.elements == 1, "condition has one element", condition)
    then, otherwise = node.options.then_subgraph_index, node.options.else_subgraph_index
    return If(node, condition, node.many("inputs"), node.many("outputs"), then, otherwise)


def _prepare_while(node: Node) -> While:
    cond, body = node.options.cond_subgraph_index, node.options.body_subgraph_index
    return While(node, node.many("inputs"), node.many("outputs"), cond, body)


def _prepare_once(node: Node) -> Once:
    return Once(node, node.options.init_subgraph_index)


IF = Operator(
    "IF",
    inputs=("condition", "inputs*"),
    outputs=("outputs*",),
    kernels={"BOOL": walk.COPY},
    options="IfOptions",
    prepare=_prepare_if,
    typed_by=("condition",),
)

WHILE = Operator(
    "WHILE",
    inputs=("inputs*",),
    outputs=("outputs*",),
    kernels=CARRIED,
    options="WhileOptions",
    prepare=_prepare_while,
    typed_by=("inputs",),
)

CALL_ONCE = Operator(
    "CALL_ONCE",
    inputs=(),
    outputs=(),
    kernels={"NONE": walk.COPY},
    options="CallOnceOptions",
    prepare=_prepare_once,
    typed_by=(),
)
