# SPDX-License-Identifier: Apache-2.0
"""`resolve`: binds each operator of a model to what the op resolver has registered.

The classes are those of TFLM's lesson: `MicroMutableOpResolver`, `AllOpsResolver`, an error reporter, a status.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Protocol, TextIO

from packlight import ops
from packlight.errors import PacklightError, Problem, ResolverError, UnsupportedError, UsageError
from packlight.nouns.model import Model, StoredOperator, SubGraph, Tensor
from packlight.nouns.operator import Node, Operator
from packlight.resolver_methods import AddMethods
from packlight.schema import enum


class Status(Enum):
    """What a registration or an interpreter call answers; truthy when it is OK."""

    OK = 0
    ERROR = 1

    def __bool__(self) -> bool:
        return self is Status.OK


class ErrorReporter(Protocol):
    """Decides what an error does: raise, or be told and leave the status to the caller."""

    def report(self, error: PacklightError) -> None: ...


class RaisingErrorReporter:
    """The default: an error is a Python exception."""

    def report(self, error: PacklightError) -> None:
        raise error


class LoggingErrorReporter:
    """As in TFLM's C++: writes the error to a stream (standard error by default); the caller checks the status."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def report(self, error: PacklightError) -> None:
        (self._stream or sys.stderr).write(f"{error}\n")


class OpResolver:
    """The operators, and for each the types, that a firmware may use."""

    def __init__(self, error_reporter: ErrorReporter | None = None) -> None:
        self.error_reporter = RaisingErrorReporter() if error_reporter is None else error_reporter
        self._registered: dict[str, tuple[Operator, tuple[str, ...]]] = {}

    @property
    def registered(self) -> Mapping[str, tuple[Operator, tuple[str, ...]]]:
        """By operator name: the operator and the type keys it is registered for, in the order of registration."""
        return self._registered

    def __len__(self) -> int:
        return len(self._registered)

    def __contains__(self, name: str) -> bool:
        return name in self._registered


class AllOpsResolver(OpResolver):
    """Every operator of the package in every type: handy on a PC, wasteful on a device."""

    def __init__(self, error_reporter: ErrorReporter | None = None) -> None:
        super().__init__(error_reporter)
        self._registered = {name: (op, tuple(op.kernels)) for name, op in ops.operators().items()}


class MicroMutableOpResolver(AddMethods, OpResolver):
    """Only the operators that are added to it, at most `capacity` of them.

    Each operator folder gives one method, such as `add_conv_2d()`; arguments narrow it to some of the operator's types,
    as `add_conv_2d("INT8")` does. Each answers a `Status` and reports what is wrong to the error reporter: E301 more
    than the capacity, E302 the same operator twice, E305 a type that the operator has no kernel for.
    """

    def __init__(self, capacity: int, error_reporter: ErrorReporter | None = None) -> None:
        super().__init__(error_reporter)
        self.capacity = capacity

    @classmethod
    def for_model(
        cls,
        *models: Model,
        by_type: bool = False,
        error_reporter: ErrorReporter | None = None,
        everything: OpResolver | None = None,
    ) -> MicroMutableOpResolver:
        """Exactly the operators that the models use; with `by_type`, exactly the types as well.

        They are taken from `everything`, by default packlight's own operators.
        """
        needed: dict[str, list[str]] = {}
        everything = AllOpsResolver() if everything is None else everything
        for model in models:
            for node in resolve(model, everything):
                if node.types not in needed.setdefault(node.operator.name, []):
                    needed[node.operator.name].append(node.types)
        resolver = cls(len(needed), error_reporter)
        for name, types in needed.items():
            resolver.add(everything.registered[name][0], *(types if by_type else ()))
        return resolver

    def add_custom(self, name: str, operator: Operator | str | Path, *types: str) -> Status:
        """Registers a custom operator: an `Operator`, or the folder that declares it, laid out as the package's own.

        Beside the errors of every registration: E002 a folder without an `op.py`, E306 an operator of another name.
        """
        if isinstance(operator, Operator):
            declared, where = {operator.name: operator}, "what is given"
        else:
            try:
                declared, where = dict(ops.load_folder(Path(operator))), str(operator)
            except PacklightError as error:
                self.error_reporter.report(error)
                return Status.ERROR
        if name not in declared:
            why = f"it declares {', '.join(declared) or 'none'}"
            return self._error("E306", f"{where} declares no operator {name}", why)
        return self.add(replace(declared[name], custom=name not in enum("BuiltinOperator").codes), *types)

    def add(self, operator: Operator, *types: str) -> Status:
        """Registers an operator for `types`, or for all types it has kernels for."""
        unknown = [type_ for type_ in types if type_ not in operator.kernels]
        if operator.name in self:
            return self._error("E302", f"{operator.name} is registered already", "it was added before", "add it once")
        if unknown:
            has = ", ".join(operator.kernels)
            return self._error("E305", f"{operator.name} has no kernel for {unknown[0]}", f"it has kernels for {has}")
        if len(self) >= self.capacity:
            fix = f"MicroMutableOpResolver({len(self) + 1})"
            why = f"the resolver was made for {self.capacity}"
            return self._error("E301", f"no room for {operator.name} in the op resolver", why, fix)
        self._registered[operator.name] = (operator, types or tuple(operator.kernels))
        return Status.OK

    def _error(self, code: str, message: str, why: str, fix: str | None = None) -> Status:
        self.error_reporter.report(ResolverError(code, message, why=why, fix=fix))
        return Status.ERROR


def resolve(model: Model, resolver: OpResolver | None = None) -> tuple[Node, ...]:
    """Each operator of the first subgraph, and of those that it runs, bound to its `Operator`.

    Raises `UnsupportedError` or `ResolverError` that lists, for all operators at once, what packlight has no kernel for
    and what the resolver has not registered.
    """
    nodes, problems = resolve_part(model, resolver)
    if problems:
        raise refusal(problems)
    return nodes


def resolve_part(model: Model, resolver: OpResolver | None = None) -> tuple[tuple[Node, ...], tuple[Problem, ...]]:
    """The operators that can be bound, and what is wrong with the others."""
    resolver = AllOpsResolver() if resolver is None else resolver  # an empty one is false
    found = [
        _bind(model, index, each, resolver) for index in reachable(model) for each in model.subgraphs[index].operators
    ]
    nodes = tuple(each for each in found if isinstance(each, Node))
    return nodes, tuple(each for each in found if isinstance(each, Problem))


def refusal(problems: Sequence[Problem]) -> PacklightError:
    """The error that tells all problems: of the resolver's, if nothing is wrong but registration."""
    supported = all(problem.code.startswith("E3") for problem in problems)
    return (ResolverError if supported else UnsupportedError).of(problems)


def reachable(model: Model) -> tuple[int, ...]:
    """The first subgraph, and those that operators of a reachable one run (IF, WHILE, CALL_ONCE), in their order."""
    found, queue = {0}, [0]
    while queue:
        for stored in model.subgraphs[queue.pop()].operators:
            named = {value for name, value in stored.options.items() if name.endswith("_subgraph_index")}
            queue += named - found
            found |= named
    return tuple(sorted(found))


def _bind(model: Model, subgraph: int, stored: StoredOperator, resolver: OpResolver) -> Node | Problem:
    name, source, graph = stored.code.name, model.source, model.subgraphs[subgraph]
    outputs = [graph.tensors[index] for index in stored.outputs]
    at = f"operator #{stored.index} {name}" + (f" of subgraph {subgraph}" if subgraph else "")
    at += f", output {outputs[0]}" if outputs else ""
    known = resolver.registered[name][0] if name in resolver else ops.operators().get(name)
    if known is None or known.custom != stored.code.custom:
        return _unknown(source, stored, at)
    for names, given in ((known.inputs, stored.inputs), (known.outputs, stored.outputs)):
        if any(index >= 0 for index in given[len(names) :]) and not (names and names[-1].endswith("*")):
            why = f"the model gives {len(given)}, packlight knows {len(names)}: {', '.join(names)}"
            return Problem("E204", f"{source}: {name} with more operands than packlight knows", at, why)
    node = Node(known, stored, _operands(known, stored, graph), source, ops.kernel, subgraph)
    if stored.code.version > known.max_version:
        why = f"the model has version {stored.code.version}, packlight knows up to {known.max_version}"
        return Problem("E203", f"{source}: {name} is newer than packlight", at, why, "convert with an older TensorFlow")
    if node.types not in known.kernels:
        why = f"{name} has kernels for {', '.join(known.kernels)}"
        return Problem("E202", f"{source}: {name} has no kernel for {node.types}", at, why, _type_remedy(node.types))
    return _registered(node, resolver, at)


def _registered(node: Node, resolver: OpResolver, at: str) -> Node | Problem:
    """The node, if its operator is registered for its types."""
    name, source = node.operator.name, node.source
    if name not in resolver:
        fix = _registration(node.operator)
        return Problem("E303", f"{source} needs {name}, which is not registered", at, _has(resolver), fix)
    types = resolver.registered[name][1]
    if node.types not in types:
        why, fix = f"it is registered for {', '.join(types)}", _registration(node.operator, *types, node.types)
        return Problem("E304", f"{source} needs {name} for {node.types}, which is not registered", at, why, fix)
    return node


def _unknown(source: str, stored: StoredOperator, at: str) -> Problem:
    name = stored.code.name
    if not stored.code.custom:
        fix = "replace it before converting, or end the model before it and do that part in the application"
        return Problem("E201", f"{source}: {name} has no kernel", at, None, fix)
    if name.startswith("Flex"):  # what a converter with SELECT_TF_OPS calls TensorFlow's own operators
        fix = "convert without tf.lite.OpsSet.SELECT_TF_OPS, or rewrite the layer that needs it"
        why = f"it is TensorFlow's {name.removeprefix('Flex')}, which only TensorFlow itself runs"
        return Problem("E201", f"{source}: {name} has no kernel", at, why, fix)
    fix = f'write its folder and register it: resolver.add_custom("{name}", FOLDER)'
    return Problem("E201", f"{source}: custom operator {name} has no kernel", at, None, fix)


def _registration(operator: Operator, *types: str) -> str:
    """The line that registers an operator for `types`, or for all it has kernels for."""
    given = [f'"{type_}"' for type_ in types]
    if operator.name not in ops.operators():
        return "resolver.add_custom(" + ", ".join([f'"{operator.name}"', "FOLDER", *given]) + ")"
    return f"resolver.{operator.method}({', '.join(given)})"


def _has(resolver: OpResolver) -> str:
    return f"the op resolver has {', '.join(resolver.registered) or 'no operators'}"


def _type_remedy(types: str) -> str:
    if "FLOAT16" in types or "FLOAT64" in types:
        return "converter.target_spec.supported_types = []  # plain float32"
    return (
        "converter.representative_dataset = data\n"
        "converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]"
    )


def _operands(
    operator: Operator, stored: StoredOperator, graph: SubGraph
) -> dict[str, Tensor | tuple[Tensor, ...] | None]:
    """Tensors by operand name; what the model leaves out is None."""
    found: dict[str, Tensor | tuple[Tensor, ...] | None] = {}
    for names, indices in ((operator.inputs, stored.inputs), (operator.outputs, stored.outputs)):
        tensors = [graph.tensors[index] if index >= 0 else None for index in indices]
        for position, name in enumerate(names):
            if name.endswith("*"):
                found[name[:-1]] = tuple(tensor for tensor in tensors[position:] if tensor is not None)
            else:
                found[name.rstrip("?")] = tensors[position] if position < len(tensors) else None
    return found


def load_operators(*folders: str | Path) -> dict[str, Operator]:
    """The operators of several user folders, by name; the same name twice is a `UsageError`."""
    found: dict[str, Operator] = {}
    for folder in folders:
        for name, operator in ops.load_folder(Path(folder)).items():
            if name in found:
                raise UsageError("E004", f"{name} is declared twice", at=str(folder))
            found[name] = operator
    return found
