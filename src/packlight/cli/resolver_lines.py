# SPDX-License-Identifier: Apache-2.0
"""The lines that register what models need: in Python, in packlight's C, and in TFLM's C++."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from packlight import ops, tflm
from packlight.cli.screen import safe
from packlight.errors import Problem
from packlight.nouns.inspection import Inspection, Need, ResolverLines
from packlight.nouns.model import Model
from packlight.nouns.operator import identifier

LANGUAGES = ("python", "c", "tflm")
COMMENT = {"python": "#", "c": "//", "tflm": "//"}


def needs_of(models: Iterable[tuple[Model, Inspection]]) -> tuple[Need, ...]:
    """The operators of all subgraphs of all models, each once, in the order of first use."""
    found: dict[tuple[str, bool], Need] = {}
    for model, inspection in models:
        for operator in inspection.operators:
            need = found.setdefault((operator.name, operator.custom), Need(operator.name, operator.custom))
            need.types += [operator.types] if operator.types not in need.types else []
            need.kernels += operator.kernels
            need.problems += operator.problems
        for graph in model.subgraphs[1:]:
            for stored in graph.operators:
                found.setdefault((stored.code.name, stored.code.custom), Need(stored.code.name, stored.code.custom))
    return tuple(found.values())


def lines(language: str, needs: Sequence[Need], *, by_type: bool = False) -> ResolverLines:
    """The lines in one of `LANGUAGES`; with `by_type` only the types that the models use are registered."""
    return {"python": _python, "c": _c, "tflm": _tflm}[language](needs, by_type)


def _supported(needs: Sequence[Need], statements: Sequence[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The statements of what packlight supports, and the first problem of each other operator."""
    kept = tuple(statement for need, statement in zip(needs, statements, strict=True) if not need.problems)
    return kept, tuple(need.problems[0] for need in needs if need.problems)


def _python(needs: Sequence[Need], by_type: bool) -> ResolverLines:
    statements = []
    for need in needs:
        types = ", ".join(f'"{type_}"' for type_ in need.types) if by_type else ""
        theirs = need.custom and need.name not in ops.operators()
        custom = f'resolver.add_custom("{safe(need.name)}", FOLDER{f", {types}" * bool(types)})'
        statements.append(custom if theirs else f"resolver.add_{identifier(need.name)}({types})")
    kept, problems = _supported(needs, statements)
    before = ("from packlight import MicroMutableOpResolver",)
    return ResolverLines(before, f"resolver = MicroMutableOpResolver({len(kept)})", kept, problems)


def _c(needs: Sequence[Need], by_type: bool) -> ResolverLines:
    """An operator without a kernel needs no registration. Always by type: `pl_kernels.h` has the model's kernels."""
    coded = [need for need in needs if need.kernels or need.problems]
    kept, problems = _supported(coded, [f"pl_resolver_add_{identifier(need.name)}(&resolver);" for need in coded])
    kernels = {kernel for need in coded for kernel in need.kernels}
    before = ('#include "pl_kernels.h"  // made by packlight emit --form image',)
    return ResolverLines(before, f"PL_RESOLVER(resolver, {len(kernels)});", kept, problems)


def _tflm(needs: Sequence[Need], by_type: bool) -> ResolverLines:
    statements: list[str] = []
    problems: list[Problem] = []
    for need in needs:
        method = tflm.method(need.name, need.custom)
        narrowed = [type_ for type_ in need.types if type_ in tflm.NARROWED.get(need.name, ())]
        if method is None and need.custom:
            statements.append(f'resolver.AddCustom("{safe(need.name)}", YOUR_REGISTRATION);')
        elif method is None:
            why = "its MicroMutableOpResolver has no method for it"
            problems.append(
                Problem("E208", f"TFLM has no kernel for {need.name}", why=why, fix="replace it before converting")
            )
        elif by_type and len(narrowed) == len(need.types) == 1:
            statements.append(f"resolver.{method}(tflite::Register_{need.name}_{narrowed[0]}());")
        else:
            statements.append(f"resolver.{method}();")
    before = ('#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"',)
    head = f"tflite::MicroMutableOpResolver<{len(statements)}> resolver;"
    return ResolverLines(before, head, tuple(statements), tuple(problems))
