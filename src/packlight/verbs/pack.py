# SPDX-License-Identifier: Apache-2.0
"""`pack`: from a model to its `Program`: read, resolve, prepare and plan in one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from packlight import host
from packlight.errors import Problem, UnsupportedError
from packlight.nouns.call import Call
from packlight.nouns.model import Model
from packlight.nouns.operator import Node
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.verbs.choose import choose
from packlight.verbs.plan import plan
from packlight.verbs.prepare import prepare
from packlight.verbs.read import read
from packlight.verbs.resolve import OpResolver, refusal, resolve_part


def pack(
    model: Model | str | os.PathLike[str] | bytes,
    resolver: OpResolver | None = None,
    *,
    keep_all: bool = False,
    guard: int = 0,
    target: Target | None = None,
    optimize: str = "size",
) -> Program:
    """The program of a model, which may be given as a path or as the file's bytes; see `plan` for the options.

    With a `target` and `optimize` other than size, calls get the fastest kernels that the target can run; the program
    then carries its portable twin, which gives the same bits on this computer.
    """
    model = model if isinstance(model, Model) else read(model)
    nodes, problems = resolve_part(model, resolver)
    if problems:
        raise refusal([*problems, *_refused(model, nodes)])

    def made(choice: Callable[[Call], Call] | None) -> Program:
        schedule = prepare(model, nodes, choose=choice)
        return Program(schedule, plan(schedule, keep_all=keep_all, guard=guard))

    chosen = made((lambda call: choose(call, target, optimize)) if target else None)
    if target is None or optimize == "size":
        return chosen
    portable = made(None)
    return replace(chosen, portable=portable) if chosen.kernels != portable.kernels else chosen


def pack_for_pc(
    model: Model | str | os.PathLike[str] | bytes, resolver: OpResolver | None = None, *, keep_all: bool = False
) -> Program:
    """The program of a model with the fastest kernels of this computer: the bits, and the arena, of the device."""
    target = host.target()  # one without features runs the portable kernels alone
    return pack(model, resolver, keep_all=keep_all, target=target, optimize="speed" if target.features else "size")


def _refused(model: Model, nodes: Sequence[Node]) -> tuple[Problem, ...]:
    """What operators find wrong that can be bound themselves, in a model where others cannot."""
    try:
        prepare(model, nodes)
    except UnsupportedError as error:
        return error.problems
    return ()
