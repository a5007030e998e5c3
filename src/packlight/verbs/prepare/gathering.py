# SPDX-License-Identifier: Apache-2.0
"""What the steps of all operators come to: calls and jumps in their order, and buffers without doubles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from packlight.errors import Problem, UnsupportedError
from packlight.nouns.call import (
    Alias,
    Call,
    Constant,
    Handle,
    If,
    Once,
    Operand,
    Place,
    Resource,
    State,
    Step,
    Stop,
    While,
)
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES, Model, Tensor
from packlight.nouns.operator import Node
from packlight.nouns.program import Area, Buffer, Jump, PlacedCall, PlacedStep, Reference, Value
from packlight.verbs.prepare import control
from packlight.verbs.prepare.fold import folded

#: Bytes to which activations, scratch and constants are aligned: the widest element of a 32-bit core's loads.
ALIGNMENT = 4


class Gathering:
    """The steps and buffers of a whole program, whatever subgraph they come from."""

    def __init__(self, model: Model, nodes: Sequence[Node], choose: Callable[[Call], Call] | None) -> None:
        self.steps: list[PlacedStep] = []
        self.buffers: list[Buffer] = []
        self.problems: list[Problem] = []
        self.stops: dict[int, Reference] = {}  # which steps are jumps to the end, unless a byte is true
        self.choose = choose
        self._model = model
        self._nodes: dict[int, list[Node]] = {}
        for node in nodes:
            self._nodes.setdefault(node.subgraph, []).append(node)
        self._constants: dict[bytes, int] = {}
        self._kept: dict[tuple[object, ...], Reference] = {}

    def scope(self, subgraph: int) -> Scope:
        """One place where a subgraph runs."""
        return Scope(self, self._model.subgraphs[subgraph].tensors, self._nodes.get(subgraph, []), subgraph)

    def graph_inputs(self, subgraph: int) -> tuple[int, ...]:
        return self._model.subgraphs[subgraph].inputs

    def graph_outputs(self, subgraph: int) -> tuple[int, ...]:
        return self._model.subgraphs[subgraph].outputs

    def jump(self) -> int:
        """Appends a jump whose target is still to be said; its index among the steps."""
        self.steps.append(Jump(0))
        return len(self.steps) - 1

    def finish(self, outputs: Sequence[Value]) -> None:
        """Once all steps are there: an invoke that ends before the last one leaves the outputs of the one before."""
        for at, unless in self.stops.items():
            self.steps[at] = Jump(len(self.steps), unless)
        for index in {value.reference.buffer for value in outputs} if self.stops else ():
            found = self.buffers[index]
            if found.area == "arena":
                self.buffers[index] = replace(found, area="persistent", role="variable", data=bytes(found.size))

    def constant(self, name: str, type_: str, data: bytes, role: str) -> Reference:
        """A constant buffer; the same bytes are kept once."""
        key = type_.encode() + b"\0" + data
        if key not in self._constants:
            self._constants[key] = self.buffer(name, "constant", len(data), role, type_, data).buffer
        return Reference(self._constants[key])

    def kept(self, key: tuple[object, ...], name: str, initial: bytes, type_: str = "UINT8") -> Reference:
        """A buffer that keeps its bytes between invokes; the same one for the same key."""
        if key not in self._kept:
            self._kept[key] = self.buffer(name, "persistent", len(initial), "variable", type_, initial)
        return self._kept[key]

    def buffer(
        self, name: str, area: Area, size: int, role: str, type_: str = "UINT8", data: bytes | None = None
    ) -> Reference:
        element = int(max(1, ELEMENT_BYTES.get(type_, 1)))
        alignment = element if area == "constant" else max(ALIGNMENT, element)
        index = len(self.buffers)
        self.buffers.append(Buffer(index, name, area, size, alignment, role, type_, data))
        return Reference(index)


class Scope:
    """A subgraph where it runs: what its tensors are there. One that runs in two places has a scope for each."""

    def __init__(self, gathering: Gathering, tensors: Sequence[Tensor], nodes: Sequence[Node], subgraph: int) -> None:
        self.gathering = gathering
        self.tensors = list(tensors)  # with the bytes of those that turn out to be known
        self.values: dict[int, Value] = {}
        self.handles: dict[int, str] = {}  # by tensor of the type RESOURCE: the key of the variable
        self._nodes = nodes
        self._subgraph = subgraph

    def run(self) -> None:
        """Appends the steps of all nodes."""
        for node in self._nodes:
            try:
                bound = self._shaped(self._bound(node))
                steps = bound.operator.prepare(bound)
                self._add_all(bound, steps if isinstance(steps, tuple) else (steps,))
            except UnsupportedError as error:
                self.gathering.problems += error.problems

    def value(self, tensor: Tensor, role: str = "weights") -> Value:
        """Where a tensor lives; its buffer is made when it is first asked for. `role` is a constant's."""
        tensor = self.tensors[tensor.index]
        if tensor.index not in self.values:
            if tensor.data is not None and not tensor.is_variable:
                reference = self.gathering.constant(tensor.name, tensor.type, bytes(tensor.data), role)
            elif tensor.is_variable:
                initial = bytes(tensor.data) if tensor.data is not None else _at_reset(tensor)
                key = (self._subgraph, tensor.index)
                reference = self.gathering.kept(key, tensor.name, initial, tensor.type)
            else:
                reference = self.gathering.buffer(tensor.name, "arena", tensor.bytes, "activation", tensor.type)
            self.values[tensor.index] = Value(tensor, reference)
        return self.values[tensor.index]

    def know(self, tensor: Tensor, data: bytes | memoryview) -> None:
        """From here on the tensor is a constant."""
        self.tensors[tensor.index] = replace(tensor, data=memoryview(data))

    def known(self, tensor: Tensor) -> memoryview | None:
        """The bytes of a tensor that is a constant here."""
        here = self.tensors[tensor.index]
        return None if here.is_variable else here.data

    def state(self, node: Node, state: State) -> Reference:
        """Where the bytes are that a node keeps."""
        return self.gathering.kept(
            (self._subgraph, node.index, state.name), f"{node.label}/{state.name}", state.initial
        )

    def call(self, step: Call) -> None:
        """Appends a call."""
        choose = self.gathering.choose
        step = replace(step, overlaps=step.overlaps or step.node.operator.overlap(step))
        step = choose(step) if choose else step
        operands = {name: self._reference(step, name, operand) for name, operand in step.operands.items()}
        if step.scratch:
            label = f"{step.node.operator.name} #{step.node.index} scratch"
            operands["scratch"] = self.gathering.buffer(label, "arena", step.scratch, "scratch")
        else:
            operands.update({field.name: None for field in step.kernel.operands if field.name not in operands})
        _check_params(step)
        macs, steps = step.node.operator.macs, self.gathering.steps
        before = [each for each in steps if isinstance(each, PlacedCall)]
        who = (self._subgraph, step.node.index)
        steps.append(
            PlacedCall(
                len(before),
                step.node.index,
                step.node.operator.name,
                step.node.types,
                step.node.label,
                step.kernel,
                step.params,
                operands,
                macs(step.node) if macs and not any((each.subgraph, each.node) == who for each in before) else 0,
                step.passed_over,
                self._subgraph,
                step.overlaps,
            )
        )

    def _bound(self, node: Node) -> Node:
        """The node with its operands as they are known here."""
        here = self.tensors

        def bound(operand: Tensor | tuple[Tensor, ...] | None) -> Tensor | tuple[Tensor, ...] | None:
            if isinstance(operand, tuple):
                return tuple(here[each.index] for each in operand)
            return operand and here[operand.index]

        return replace(node, operands={name: bound(operand) for name, operand in node.operands.items()})

    def _shaped(self, node: Node) -> Node:
        """The node, whose outputs have the shapes that the model leaves open."""
        shapes = node.operator.shapes(node) if node.operator.shapes else {}
        opened = {name: tensor for name, tensor in node.tensors if not tensor.shape and shapes.get(name)}
        for name, tensor in opened.items():
            self.tensors[tensor.index] = replace(tensor, shape=shapes[name])
        return self._bound(node) if opened else node

    def _add_all(self, node: Node, steps: Sequence[Step]) -> None:
        found = folded(node, steps)
        for tensor, data in found:
            self.know(tensor, data)
        for step in () if found else steps:
            self._add(step)

    def _add(self, step: Step) -> None:
        match step:
            case Call():
                self.call(step)
            case Alias() if (data := self.known(step.input)) is not None:
                self.know(step.output, data)
            case Alias():
                self.values[step.output.index] = Value(step.output, self.value(step.input).reference)
            case Constant():
                self.know(step.output, step.value.tobytes())
            case Handle():
                self.handles[step.output.index] = step.key
            case If():
                control.branch(self, step)
            case While():
                control.loop(self, step)
            case Once():
                control.once(self, step)
            case Stop():
                control.stop(self, step)

    def _reference(self, call: Call, name: str, operand: Operand) -> Reference | None:
        if operand is None or isinstance(operand, Reference):
            return operand
        if isinstance(operand, Place):
            base = self.value(operand.tensor).reference
            return Reference(base.buffer, base.offset + operand.offset)
        if isinstance(operand, Tensor):
            return self.value(operand, "bias" if name == "bias" else "weights").reference
        label = f"{call.node.label}/{name}"
        if isinstance(operand, State):
            return self.state(call.node, operand)
        if isinstance(operand, Resource):
            return self._variable(call.node, operand)
        role = {"bias": "bias", "filter": "weights", "input": "weights"}.get(name, "table")
        return self.gathering.constant(label, _schema_type(operand), operand.tobytes(), role)

    def _variable(self, node: Node, resource: Resource) -> Reference:
        """The buffer of a resource variable: zeros until a value is assigned."""
        value, key = resource.value, self.handles.get(resource.handle.index, "")
        node.check(resource.handle.index in self.handles, "the resource is made by a VAR_HANDLE", resource.handle)
        found = self.gathering.kept(("variable", key), key, bytes(value.bytes), value.type)
        fits = self.gathering.buffers[found.buffer].size == value.bytes
        node.check(fits, f'every value of variable "{key}" has the same size', value)
        return found


def _at_reset(tensor: Tensor) -> bytes:
    """What a variable tensor holds before the first invoke: what stands for 0 in int8, as in TFLM, else zeros."""
    return bytes([tensor.zero_point % 256 if tensor.type == "INT8" else 0]) * tensor.bytes


def _check_params(call: Call) -> None:
    """That the kernel's struct can hold the params; a model may well exceed a fixed-width field."""
    given: Mapping[str, Any] = {"params": call.params} if call.kernel.params else {}
    pointers = {field.name: 0 for field in call.kernel.operands}
    try:
        call.kernel.args.pack({**given, **pointers})
    except ValueError as error:
        call.node.check(False, f"every number fits the kernel's params ({error})")


def _schema_type(array: np.ndarray[Any, Any]) -> str:
    return next(type_ for type_, name in NUMPY_NAMES.items() if name == array.dtype.name and ELEMENT_BYTES[type_] >= 1)
