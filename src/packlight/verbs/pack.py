# SPDX-License-Identifier: Apache-2.0
"""`pack`: from a model to its `Program`: read, resolve, prepare and plan in one call."""

from __future__ import annotations

import os

from packlight.nouns.model import Model
from packlight.nouns.program import Program
from packlight.verbs.plan import plan
from packlight.verbs.prepare import prepare
from packlight.verbs.read import read
from packlight.verbs.resolve import OpResolver, resolve


def pack(
    model: Model | str | os.PathLike[str] | bytes,
    resolver: OpResolver | None = None,
    *,
    keep_all: bool = False,
    guard: int = 0,
) -> Program:
    """The program of a model, which may be given as a path or as the file's bytes; see `plan` for the options."""
    model = model if isinstance(model, Model) else read(model)
    schedule = prepare(model, resolve(model, resolver))
    return Program(schedule, plan(schedule, keep_all=keep_all, guard=guard))
