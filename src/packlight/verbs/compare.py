# SPDX-License-Identifier: Apache-2.0
"""`compare`: what carrying only the needed operators saves, on any model: four firmwares, each really built and run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from packlight.errors import UsageError
from packlight.nouns.model import Model
from packlight.nouns.report import Report
from packlight.nouns.target import Target
from packlight.targets import load_target
from packlight.verbs.build import build
from packlight.verbs.emit import Form
from packlight.verbs.measure import RUNS, measure
from packlight.verbs.pack import pack
from packlight.verbs.resolve import AllOpsResolver, MicroMutableOpResolver, OpResolver


def rows(model: Model, everything: OpResolver | None = None) -> Iterator[tuple[str, Form, OpResolver | None]]:
    """The title of each row, the form of its firmware, and what it registers."""
    yield "AllOpsResolver", "image", AllOpsResolver() if everything is None else everything
    for title, by_type in (("MicroMutableOpResolver, operators used", False), ("the same, types used", True)):
        yield title, "image", MicroMutableOpResolver.for_model(model, by_type=by_type, everything=everything)
    yield "compiled, no interpreter", "compiled", None


def compare(
    model: Model,
    target: Target | str,
    *,
    toolchain: str | None = None,
    optimize: str = "size",
    runs: int = RUNS,
    emulator: str | None = None,
    resolver: OpResolver | None = None,
    progress: Callable[[str], None] = lambda title: None,
) -> tuple[Report, ...]:
    """One report a row: all operators registered, only the model's, only those of its types, and compiled.

    The image form runs portable kernels; the compiled one has those that `optimize` chooses. `resolver` has all
    operators there are, the user's own among them; by default packlight's. `progress` is told the title of each row
    before it is built.
    """
    if not model.subgraphs[0].operators:
        raise UsageError("E011", f"{model.source} has no operators to compare")
    target = load_target(target) if isinstance(target, str) else target
    portable = pack(model, resolver)
    fastest = pack(model, resolver, target=target, optimize=optimize)
    reports = []
    for title, form, registered in rows(model, resolver):
        progress(title)
        program = fastest if form == "compiled" else portable
        firmware = build(program, target, form=form, toolchain=toolchain, optimize=optimize, resolver=registered)
        reports.append(replace(measure(firmware, program, runs=runs, emulator=emulator), name=title))
    return tuple(reports)
