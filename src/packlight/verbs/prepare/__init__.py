# SPDX-License-Identifier: Apache-2.0
"""`prepare`: lets every operator fill its params, and gathers calls, buffers and constants into a `Schedule`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from packlight.errors import UnsupportedError
from packlight.nouns.call import Call
from packlight.nouns.model import Model
from packlight.nouns.operator import Node
from packlight.nouns.program import Schedule
from packlight.verbs.prepare.gathering import Gathering


def prepare(model: Model, nodes: Sequence[Node], choose: Callable[[Call], Call] | None = None) -> Schedule:
    """The calls of a model in its order; subgraphs stand where they are run, with jumps around them.

    `choose` may put a faster kernel in the place of each portable one; see the verb of that name. Raises one
    `UnsupportedError` that lists all that is refused.
    """
    graph = model.subgraphs[0]
    gathering = Gathering(model, nodes, choose)
    main = gathering.scope(0)
    for index in graph.inputs:
        main.value(graph.tensors[index])
    main.run()
    if gathering.problems:
        raise UnsupportedError.of(list(dict.fromkeys(gathering.problems)))
    inputs, outputs = (
        tuple(main.value(graph.tensors[index]) for index in indices) for indices in (graph.inputs, graph.outputs)
    )
    gathering.finish(outputs)
    return Schedule(
        name=model.name,
        steps=tuple(gathering.steps),
        buffers=tuple(gathering.buffers),
        inputs=inputs,
        outputs=outputs,
        values=main.values,
        operators=tuple((node.operator.name, node.types) for node in nodes),
    )
