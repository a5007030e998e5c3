# SPDX-License-Identifier: Apache-2.0
"""VAR_HANDLE, ASSIGN_VARIABLE and READ_VARIABLE: values that a model keeps from one invoke to the next.

A variable is known by its container and its name, wherever in the model a VAR_HANDLE names them. Until it is assigned
to, it is all zeros. Reading and assigning copy.
"""

from __future__ import annotations

from packlight import walk
from packlight.nouns.call import Call, Handle, Resource
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator


def _handle(node: Node) -> Handle:
    return Handle(node, node.resource_handle, f"{node.options.container}/{node.options.shared_name}")


def _assign(node: Node) -> Call | tuple[()]:
    return _copy(node, node.value, Resource(node.resource_handle, node.value))


def _read(node: Node) -> Call | tuple[()]:
    return _copy(node, Resource(node.resource_handle, node.value), node.value)


def _copy(node: Node, source: Tensor | Resource, target: Tensor | Resource) -> Call | tuple[()]:
    size = node.value.bytes
    return node.call({"bytes": size, "dims": 0}, input=source, walk=None, output=target) if size else ()


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
