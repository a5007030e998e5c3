# SPDX-License-Identifier: Apache-2.0
"""Control flow: subgraphs stand in the program where they are run, with jumps around them.

A subgraph's inputs are the caller's tensors themselves; nothing is copied but what a branch leaves in the outputs, and
the values that a loop carries from turn to turn. What is known at build time stays known inside: a condition that is
constant leaves one branch, a value that a loop passes on unchanged is no part of what it carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from packlight import walk
from packlight.nouns.call import Call, If, Once, Operand, State, Stop, While
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node
from packlight.nouns.program import Jump, Reference, Value

if TYPE_CHECKING:
    from packlight.verbs.prepare.gathering import Scope

#: What stands for a CALL_ONCE that has run.
DONE = np.ones(1, np.uint8)


def branch(scope: Scope, step: If) -> None:
    """IF: the steps of both subgraphs, of which one is jumped over; of one alone, where the condition is known."""
    known = scope.known(step.condition)
    if known is not None:
        _taken(scope, step, step.then_subgraph if known[0] else step.else_subgraph)
        return
    for output in step.outputs:
        scope.value(output)
    condition, gathering = scope.value(step.condition).reference, scope.gathering
    skip = gathering.jump()
    _taken(scope, step, step.then_subgraph)
    end = gathering.jump()
    gathering.steps[skip] = Jump(len(gathering.steps), condition)
    _taken(scope, step, step.else_subgraph)
    gathering.steps[end] = Jump(len(gathering.steps))


def loop(scope: Scope, step: While) -> None:
    """WHILE: the values that it carries lie in its outputs, from before the first turn on."""
    gathering, node = scope.gathering, step.node
    body_inputs, body_outputs = (f(step.body_subgraph) for f in (gathering.graph_inputs, gathering.graph_outputs))
    fits = len(step.inputs) == len(step.outputs) == len(body_inputs) == len(body_outputs)
    node.check(fits, "inputs and outputs are those of the subgraphs it runs")
    carried = [at for at in range(len(body_inputs)) if body_inputs[at] != body_outputs[at]]
    for at, (given, output) in enumerate(zip(step.inputs, step.outputs, strict=True)):
        if at in carried:
            _same_size(node, given, output)
            _copy(scope, node, scope.value(given).reference, scope.value(output).reference, output.bytes)
        else:
            _bind(scope, given, scope, output)
    start = len(gathering.steps)
    cond = _inside(scope, node, step.cond_subgraph, step.outputs)
    cond.run()
    answer = cond.value(cond.tensors[gathering.graph_outputs(step.cond_subgraph)[0]])
    leave = gathering.jump()
    body = _inside(scope, node, step.body_subgraph, step.outputs)
    body.run()
    _carry(scope, step, [(body.value(body.tensors[body_outputs[at]]), step.outputs[at]) for at in carried])
    gathering.steps.append(Jump(start))
    gathering.steps[leave] = Jump(len(gathering.steps), answer.reference)


def once(scope: Scope, step: Once) -> None:
    """CALL_ONCE: a byte of state says whether the subgraph has run."""
    gathering, node = scope.gathering, step.node
    done = gathering.kept((node.subgraph, node.index, "done"), f"CALL_ONCE #{node.index} done", bytes(1))
    gathering.steps.append(Jump(len(gathering.steps) + 2, done))
    skip = gathering.jump()
    gathering.scope(step.subgraph).run()
    scope.call(_copying(node, DONE, State("done", bytes(1)), 1))
    gathering.steps[skip] = Jump(len(gathering.steps))


def stop(scope: Scope, step: Stop) -> None:
    """The end of an invoke before its time, wherever the program ends."""
    gathering = scope.gathering
    gathering.stops[gathering.jump()] = scope.state(step.node, step.unless)


def _taken(scope: Scope, step: If, subgraph: int) -> None:
    """The steps of one branch, and whatever it takes until its outputs lie in the node's."""
    gathering, node = scope.gathering, step.node
    inside = _inside(scope, node, subgraph, step.inputs)
    outputs = gathering.graph_outputs(subgraph)
    node.check(len(outputs) == len(step.outputs), "outputs are those of the subgraphs it runs")
    for index, output in zip(outputs, step.outputs, strict=True):
        own = inside.tensors[index]
        _same_size(node, own, output)
        free = index not in inside.values and own.data is None and not own.is_variable and outputs.count(index) == 1
        if free:
            inside.values[index] = Value(own, scope.value(output).reference)
    inside.run()
    for index, output in zip(outputs, step.outputs, strict=True):
        found, wanted = inside.value(inside.tensors[index]).reference, scope.value(output).reference
        if found != wanted:
            _copy(scope, node, found, wanted, output.bytes)


def _inside(scope: Scope, node: Node, subgraph: int, given: Sequence[Tensor]) -> Scope:
    """The scope of a subgraph that runs on tensors of the caller."""
    inside, inputs = scope.gathering.scope(subgraph), scope.gathering.graph_inputs(subgraph)
    node.check(len(inputs) == len(given), "inputs are those of the subgraphs it runs")
    for index, tensor in zip(inputs, given, strict=True):
        _same_size(node, tensor, inside.tensors[index])
        _bind(scope, tensor, inside, inside.tensors[index])
    return inside


def _bind(scope: Scope, tensor: Tensor, inside: Scope, as_: Tensor) -> None:
    """`as_` of another scope, or of the same, is `tensor` under another name."""
    if tensor.index in scope.handles:
        inside.handles[as_.index] = scope.handles[tensor.index]
    elif (data := scope.known(tensor)) is not None:
        inside.know(as_, data)
    else:
        inside.values[as_.index] = Value(as_, scope.value(tensor).reference)


def _carry(scope: Scope, step: While, pairs: Sequence[tuple[Value, Tensor]]) -> None:
    """Brings what a turn gives to where the next one looks for it; all at once, as they may change places."""
    homes = {scope.value(output).reference.buffer: output for _, output in pairs}
    moves: list[tuple[Reference, Tensor]] = []
    for value, output in pairs:
        source = value.reference
        if source == scope.value(output).reference:
            continue
        if source.buffer in homes:
            aside = scope.gathering.buffer(f"{output.name} aside", "arena", output.bytes, "activation", output.type)
            _copy(scope, step.node, source, aside, output.bytes)
            source = aside
        moves.append((source, output))
    for source, output in moves:
        _copy(scope, step.node, source, scope.value(output).reference, output.bytes)


def _same_size(node: Node, one: Tensor, other: Tensor) -> None:
    fits = one.type == other.type and one.bytes == other.bytes
    node.check(fits, "the tensors have the types and sizes of those inside the subgraphs", other)


def _copy(scope: Scope, node: Node, source: Reference, target: Reference, size: int) -> None:
    if size:
        scope.call(_copying(node, source, target, size))


def _copying(node: Node, source: Operand, target: Operand, size: int) -> Call:
    """A call that copies bytes."""
    kernel = node.find_kernel(node.operator.kernel_file(walk.COPY))
    return Call(node, kernel, {"bytes": size, "dims": 0}, {"input": source, "walk": None, "output": target})
