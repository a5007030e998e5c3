# SPDX-License-Identifier: Apache-2.0
"""VAR_HANDLE, ASSIGN_VARIABLE and READ_VARIABLE: values that a model keeps from one invoke to the next.

A variable is known by its container and its name, wherever in the model a VAR_HANDLE names them. Until it is assigned to
it is all zeros. Reading and assigning copy.
"""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Call, Handle, Resource
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def _handle(node: Node) -> Handle:
    return Handle(node, node.resource_handle, f"{node.options.container}/{node.options.shared_name}")


def _assign(node: Node) -> Call | tuple[()]:
    variable = Resource(node.resource_handle, node.value)
    return _copy(node, node.value, input=node.value, output=variable)


def _read(node: Node) -> Call | tuple[()]:
    variable = Resource(node.resource_handle, node.value)
    return _copy(node, node.value, input=variable, output=node.value)


def _copy(node: Node, value: Tensor, **operands: Tensor | Resource) -> Call | tuple[()]:
    return node.call({"bytes": value.bytes, "dims": 0}, kernel=walk.COPY, walk=None, **operands) if value.bytes else ()


VAR_HANDLE = Operator(
    "VAR_HANDLE",
    inputs=(),
    outputs=("resource_handle",),
    kernels={"RESOURCE": ""},
    options="VarHandleOptions",
    prepare=_handle,
    typed_by=("resource_handle",),
)

ASSIGN_VARIABLE = Operator(
    "ASSIGN_VARIABLE",
    inputs=("resource_handle", "value"),
    outputs=(),
    kernels=walk.MOVE,
    options="AssignVariableOptions",
    prepare=_assign,
    typed_by=("value",),
)

READ_VARIABLE = Operator(
    "READ_VARIABLE",
    inputs=("resource_handle",),
    outputs=("value",),
    kernels=walk.MOVE,
    options="ReadVariableOptions",
    prepare=_read,
    typed_by=("value",),
)
