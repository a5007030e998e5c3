# SPDX-License-Identifier: Apache-2.0
"""`prepare`: lets every operator fill its params, and gathers calls, buffers and constants into a `Schedule`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from packlight.errors import Problem, UnsupportedError
from packlight.nouns.call import Alias, Call, Operand, Place
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES, Model, Tensor
from packlight.nouns.operator import Node
from packlight.nouns.program import Area, Buffer, PlacedCall, Reference, Schedule, Value

#: Bytes to which activations, scratch and constants are aligned: the widest element of a 32-bit core's loads.
ALIGNMENT = 4


def prepare(
    model: Model, nodes: Sequence[Node], subgraph: int = 0, choose: Callable[[Call], Call] | None = None
) -> Schedule:
    """The calls of a subgraph in the model's order. Raises one `UnsupportedError` that lists all that is refused.

    `choose` may put a faster kernel in the place of each portable one; see the verb of that name.
    """
    graph = model.subgraphs[subgraph]
    gathering = _Gathering()
    problems: list[Problem] = []
    for index in graph.inputs:
        gathering.value(graph.tensors[index])
    for node in nodes:
        try:
            steps = node.operator.prepare(node)
        except UnsupportedError as error:
            problems += error.problems
            continue
        for step in steps if isinstance(steps, tuple) else (steps,):
            gathering.add(choose(step) if choose and isinstance(step, Call) else step)
    if problems:
        raise UnsupportedError.of(problems)
    inputs, outputs = (
        tuple(gathering.value(graph.tensors[index]) for index in indices) for indices in (graph.inputs, graph.outputs)
    )
    return Schedule(
        name=model.name,
        calls=tuple(gathering.calls),
        buffers=tuple(gathering.buffers),
        inputs=inputs,
        outputs=outputs,
        values=gathering.values,
        operators=tuple((node.operator.name, node.types) for node in nodes),
    )


class _Gathering:
    """Collects calls in order, and buffers without doubles."""

    def __init__(self) -> None:
        self.calls: list[PlacedCall] = []
        self.buffers: list[Buffer] = []
        self.values: dict[int, Value] = {}
        self._constants: dict[bytes, int] = {}

    def add(self, step: Call | Alias) -> None:
        if isinstance(step, Alias):
            source = self.value(step.input)
            self.values[step.output.index] = Value(step.output, source.reference)
            return
        operands = {name: self._reference(step, name, operand) for name, operand in step.operands.items()}
        if step.scratch:
            label = f"{step.node.operator.name} #{step.node.index} scratch"
            operands["scratch"] = self._buffer(label, "arena", step.scratch, "scratch")
        else:
            operands.update({field.name: None for field in step.kernel.operands if field.name not in operands})
        self._check_params(step)
        macs = step.node.operator.macs
        self.calls.append(
            PlacedCall(
                len(self.calls),
                step.node.index,
                step.node.operator.name,
                step.node.label,
                step.kernel,
                step.params,
                operands,
                macs(step.node) if macs and not self._has(step.node) else 0,
                step.passed_over,
            )
        )

    def value(self, tensor: Tensor, role: str = "weights") -> Value:
        """Where a tensor of the model lives; its buffer is made when it is first asked for. `role` is a constant's."""
        if tensor.index not in self.values:
            if tensor.data is not None and not tensor.is_variable:
                reference = self._constant(tensor.name, tensor.type, bytes(tensor.data), role)
            elif tensor.is_variable:
                initial = bytes(tensor.data) if tensor.data is not None else bytes(tensor.bytes)
                reference = self._buffer(tensor.name, "persistent", tensor.bytes, "variable", tensor.type, initial)
            else:
                reference = self._buffer(tensor.name, "arena", tensor.bytes, "activation", tensor.type)
            self.values[tensor.index] = Value(tensor, reference)
        return self.values[tensor.index]

    def _has(self, node: Node) -> bool:
        return any(call.node == node.index for call in self.calls)

    def _reference(self, call: Call, name: str, operand: Operand) -> Reference | None:
        if operand is None:
            return None
        if isinstance(operand, Place):
            base = self.value(operand.tensor).reference
            return Reference(base.buffer, base.offset + operand.offset)
        if isinstance(operand, Tensor):
            return self.value(operand, "bias" if name == "bias" else "weights").reference
        role = {"bias": "bias", "filter": "weights", "input": "weights"}.get(name, "table")
        label = f"{call.node.label}/{name}"
        return self._constant(label, _schema_type(operand), operand.tobytes(), role)

    def _constant(self, name: str, type_: str, data: bytes, role: str) -> Reference:
        """A constant buffer; the same bytes are kept once."""
        key = type_.encode() + b"\0" + data
        if key not in self._constants:
            self._constants[key] = self._buffer(name, "constant", len(data), role, type_, data).buffer
        return Reference(self._constants[key])

    def _buffer(
        self, name: str, area: Area, size: int, role: str, type_: str = "UINT8", data: bytes | None = None
    ) -> Reference:
        element = int(max(1, ELEMENT_BYTES.get(type_, 1)))
        alignment = element if area == "constant" else max(ALIGNMENT, element)
        index = len(self.buffers)
        self.buffers.append(Buffer(index, name, area, size, alignment, role, type_, data))
        return Reference(index)

    def _check_params(self, call: Call) -> None:
        """That the kernel's struct can hold the params; a model may well exceed a fixed-width field."""
        given: Mapping[str, Any] = {"params": call.params} if call.kernel.params else {}
        pointers = {field.name: 0 for field in call.kernel.operands}
        try:
            call.kernel.args.pack({**given, **pointers})
        except ValueError as error:
            call.node.check(False, f"every number fits the kernel's params ({error})")


def _schema_type(array: np.ndarray[Any, Any]) -> str:
    return next(type_ for type_, name in NUMPY_NAMES.items() if name == array.dtype.name and ELEMENT_BYTES[type_] >= 1)
