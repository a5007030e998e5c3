# SPDX-License-Identifier: Apache-2.0
"""`inspect`: what a model is made of, and what of it is not supported and why. Nothing is run or built."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from packlight.errors import Problem, ResolverError, UnsupportedError
from packlight.nouns.inspection import InspectedOperator, Inspection
from packlight.nouns.model import Model, StoredOperator, SubGraph
from packlight.nouns.program import Buffer, MemoryPlan, PlacedCall, Schedule
from packlight.verbs.plan import live_buffers, plan
from packlight.verbs.prepare import prepare
from packlight.verbs.read import read
from packlight.verbs.resolve import OpResolver, resolve


def inspect(model: Model | str | os.PathLike[str] | bytes, resolver: OpResolver | None = None) -> Inspection:
    """The operators, memory and file of a model, given as a path or as the file's bytes.

    What is not supported is part of the answer; only a file that cannot be read raises (`ModelError`, or
    `UnsupportedError` E231 to E236).
    """
    model = model if isinstance(model, Model) else read(model)
    graph = model.subgraphs[0]
    whole = _prepared(model, resolver)
    memory = plan(whole) if isinstance(whole, Schedule) else None
    operators = []
    for stored in graph.operators:
        alone = whole if isinstance(whole, Schedule) else _prepared(_only(model, stored), resolver)
        operators.append(_operator(graph, stored, alone, memory))
    live = [operator.live_bytes or 0 for operator in operators]
    written = [graph.tensors[index].type for stored in graph.operators for index in stored.outputs]
    return Inspection(
        model=model.name,
        source=model.source,
        file_bytes=model.size,
        constant_bytes=_constants(whole.buffers) if isinstance(whole, Schedule) else _stored_constants(graph),
        activation_types=tuple(type_ for type_, _ in Counter(written).most_common()),
        inputs=tuple(graph.tensors[index] for index in graph.inputs),
        outputs=tuple(graph.tensors[index] for index in graph.outputs),
        operators=tuple(operators),
        subgraphs=len(model.subgraphs),
        arena_bytes=memory.arena_bytes if memory else None,
        persistent_bytes=memory.persistent_bytes if memory else None,
        largest_live_set=memory.largest_live_set if memory else None,
        peak=operators[live.index(max(live))].index if memory and operators else None,
    )


def _prepared(model: Model, resolver: OpResolver | None) -> Schedule | tuple[Problem, ...]:
    """The calls of a model, or all that is wrong with it."""
    try:
        return prepare(model, resolve(model, resolver))
    except (UnsupportedError, ResolverError) as error:
        return error.problems


def _only(model: Model, stored: StoredOperator) -> Model:
    """The model with a single operator, so that what ails it is known apart from the others."""
    return replace(model, subgraphs=(replace(model.subgraphs[0], operators=(stored,), inputs=(), outputs=()),))


def _operator(
    graph: SubGraph, stored: StoredOperator, found: Schedule | tuple[Problem, ...], memory: MemoryPlan | None
) -> InspectedOperator:
    inputs = [graph.tensors[index] for index in stored.inputs if index >= 0]
    outputs = tuple(graph.tensors[index] for index in stored.outputs)
    if not isinstance(found, Schedule):
        types = inputs[0].type if inputs else ""
        weights = sum(tensor.bytes for tensor in inputs if tensor.is_constant)
        code = stored.code
        return InspectedOperator(
            stored.index, code.name, code.custom, code.version, types, outputs, None, weights, None, (), found
        )
    calls = [call for call in found.calls if call.node == stored.index and not call.subgraph]
    read_here = {reference.buffer for call in calls for reference in call.operands.values() if reference}
    _, types = found.operators[stored.index if len(found.operators) > 1 else 0]
    return InspectedOperator(
        index=stored.index,
        name=stored.code.name,
        custom=stored.code.custom,
        version=stored.code.version,
        types=types,
        outputs=outputs,
        macs=sum(call.macs for call in calls),
        weight_bytes=_constants([found.buffers[index] for index in read_here]),
        live_bytes=_live_bytes(found, memory, stored.index, calls) if memory else None,
        kernels=tuple(call.kernel.name for call in calls),
    )


def _live_bytes(schedule: Schedule, memory: MemoryPlan, node: int, calls: Sequence[PlacedCall]) -> int:
    """The most bytes alive during an operator's calls; of one without code, what is kept from the call before it."""
    if calls:
        return max(_sum(live_buffers(schedule.buffers, memory.lifetimes, call.index)) for call in calls)
    following = sum(call.node < node and not call.subgraph for call in schedule.calls)
    given = {value.reference.buffer for value in schedule.inputs}
    alive = live_buffers(schedule.buffers, memory.lifetimes, following)
    return _sum([b for b in alive if memory.lifetimes[b.index].first < following or b.index in given])


def _sum(buffers: Sequence[Buffer]) -> int:
    return sum(buffer.size for buffer in buffers)


def _constants(buffers: Sequence[Buffer]) -> int:
    """Bytes of weights and biases; the tables that packlight computes are not in the file."""
    return _sum([buffer for buffer in buffers if buffer.area == "constant" and buffer.role in ("weights", "bias")])


def _stored_constants(graph: SubGraph) -> int:
    """Bytes of the constants that the operators read, each buffer of the file once."""
    read_here = {index for stored in graph.operators for index in stored.inputs if index >= 0}
    found: Mapping[int, int] = {
        tensor.buffer or -index: tensor.bytes
        for index in sorted(read_here)
        if (tensor := graph.tensors[index]).is_constant
    }
    return sum(found.values())
