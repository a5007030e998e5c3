# SPDX-License-Identifier: Apache-2.0
"""Folding: an operator of constants alone is run at build time, by the kernels that a device would have run."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np

from packlight import host
from packlight.nouns.call import Call, Operand, Place, Step
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node

#: A result that is larger than its inputs costs flash where computing it costs RAM: up to this many times their bytes
#: (what DEQUANTIZE makes of 8-bit weights), or this many bytes, it is folded.
GROWTH, SMALL = 4, 64


def folded(node: Node, steps: Sequence[Step]) -> list[tuple[Tensor, bytes]]:
    """The outputs of a node with their bytes, if they are known at build time and worth keeping; else none."""
    outputs = [tensor for name, tensor in node.tensors if name in {each.rstrip("?*") for each in node.operator.outputs}]
    inputs = [tensor for _, tensor in node.tensors if tensor not in outputs]
    calls = [step for step in steps if isinstance(step, Call)]
    if not node.operator.folds or not inputs or not calls or len(calls) != len(steps):
        return []
    if any(not tensor.is_constant or tensor.is_variable for tensor in inputs):
        return []
    if any(tensor.is_variable for tensor in outputs) or not all(_is_plain(call) for call in calls):
        return []
    if sum(tensor.bytes for tensor in outputs) > max(SMALL, GROWTH * sum(tensor.bytes for tensor in inputs)):
        return []
    memory = {tensor.index: np.zeros(max(1, tensor.bytes), np.uint8) for tensor in outputs}
    for call in calls:
        _run(call, memory)
    return [(tensor, memory[tensor.index][: tensor.bytes].tobytes()) for tensor in outputs]


def _is_plain(call: Call) -> bool:
    """Whether the call reads and writes nothing but tensors and constants."""
    return all(o is None or isinstance(o, (Tensor, Place, np.ndarray)) for o in call.operands.values())


def _run(call: Call, memory: dict[int, np.ndarray[tuple[int], np.dtype[np.uint8]]]) -> None:
    """One call on this computer; `memory` holds the outputs by tensor."""
    alive: list[np.ndarray[tuple[int], np.dtype[np.uint8]]] = []

    def address(operand: Operand) -> int:
        if operand is None:
            return 0
        offset = operand.offset if isinstance(operand, Place) else 0
        tensor = operand.tensor if isinstance(operand, Place) else operand
        if isinstance(tensor, Tensor) and tensor.index in memory:
            return int(memory[tensor.index].ctypes.data) + offset
        data = bytes(tensor.data or b"") if isinstance(tensor, Tensor) else np.asarray(tensor).tobytes()
        alive.append(_aligned(data))
        return int(alive[-1].ctypes.data) + offset

    values: dict[str, object] = {"params": call.params} if call.kernel.params else {}
    for field in call.kernel.operands:
        values[field.name] = address(call.operands.get(field.name))
    if call.scratch:
        values["scratch"] = address(np.zeros(call.scratch, np.uint8))
    args = _aligned(call.kernel.args.pack(values, ctypes.sizeof(ctypes.c_void_p)))
    host.run((ctypes.c_void_p * 2)(host.address(call.kernel), args.ctypes.data), 1)


def _aligned(data: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """A writable copy at an address that every type can be read from."""
    room = np.zeros(len(data) + 16, np.uint8)
    start = -room.ctypes.data % 16
    room[start : start + len(data)] = np.frombuffer(data, np.uint8)
    return room[start : start + len(data) + 1]
