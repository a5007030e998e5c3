# SPDX-License-Identifier: Apache-2.0
"""`packlight inspect`: what a model is made of."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from packlight.cli import options
from packlight.cli.screen import (
    Column,
    Screen,
    Styled,
    cells,
    count,
    dimensions,
    fit,
    middle,
    paint,
    percent,
    real,
    safe,
    table,
)

if TYPE_CHECKING:
    from packlight.nouns.inspection import InspectedOperator, Inspection, ResolverLines
    from packlight.nouns.model import Tensor

_UNSUPPORTED = 3  # exit code
_PROBLEMS, _RESOLVER, _ENDS = 2, 4, 2  # most lines by default: problems, resolver lines, inputs or outputs


@options.command(
    "inspect",
    "packlight inspect sine",
    "packlight inspect sine --all --lang tflm",
    "packlight inspect sine --json -",
)
@options.model_argument
@click.option("--lang", "language", type=click.Choice(["python", "c", "tflm"]), default="python",
              help="The language of the resolver lines.  [default: python]")  # fmt: skip
@options.operators_option
@click.pass_context
def command(
    context: click.Context,
    *,
    model: options.ModelPath,
    language: str,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Show what a model is made of.

    Its operators, memory and file, and the lines that register its operators. Nothing is run. Exit code 3 if an
    operator is not supported: the screen says why and what to do.
    """
    from packlight.cli.resolver_lines import lines, needs_of
    from packlight.verbs.inspect import inspect
    from packlight.verbs.read import read
    from packlight.verbs.report import inspection_dict

    stored = read(model)
    inspection = inspect(stored, options.user_resolver(operators))
    resolver = lines(language, needs_of([(stored, inspection)]))
    screen = Screen(everything)
    _top(screen, inspection)
    tail = _tail(screen, inspection, resolver, language, model.given)
    screen.add(*_operators(screen, inspection, len(tail)), *tail)
    if inspection.unsupported:
        words = (
            ["resolver", model.given, "--lang", "tflm"]
            if everything
            else ["inspect", model.given, "--all", *options.again(operators)]
        )
        screen.next("packlight", *words)
    else:
        screen.next("packlight", "measure", model.given, "--target", "cortex-m4", *options.again(operators))
    options.answer(screen, inspection_dict(inspection), json_to)
    context.exit(_UNSUPPORTED if inspection.unsupported else 0)


def _top(screen: Screen, inspection: Inspection) -> None:
    """The verdict, and the inputs and outputs."""
    number, bad = len(inspection.operators), len(inspection.unsupported)
    coded = sum(bool(operator.kernels) for operator in inspection.operators)
    types = ", ".join(type_.lower() for type_ in inspection.activation_types[:3])
    if bad:
        verdict, style, start = f"{bad} of {count(number, 'operator')} unsupported", "bad", ""
    else:
        verdict, style = "all supported", "good"
        start = f"{count(number, 'operator')}, {coded} {'needs' if coded == 1 else 'need'} code, "
    name = safe(inspection.source.replace("\\", "/").rsplit("/", 1)[-1])
    rest = f"   {inspection.file_bytes:,} B   {types}   {start}"
    screen.add(paint(middle(name, screen.width - cells(rest + verdict)), "strong") + rest + paint(verdict, style))
    rows = [*_ends(screen, "in", inspection.inputs), *_ends(screen, "out", inspection.outputs)]
    columns = [Column(""), Column("", least=12), Column(""), Column(""), Column("")]
    screen.add(*table(columns, rows, screen.width, head=False))
    if inspection.subgraphs > 1:
        screen.add(f"  {inspection.subgraphs} subgraphs; the first is shown")


def _ends(screen: Screen, title: str, tensors: tuple[Tensor, ...]) -> list[list[str]]:
    shown = tensors if screen.everything else tensors[:_ENDS]
    rows = []
    for tensor in shown:
        quantization = f"scale {real(tensor.scale)} zero {tensor.zero_point}" if tensor.quantization else ""
        rows.append([title, safe(tensor.name), tensor.type.lower(), str(list(tensor.shape)), quantization])
    more = len(tensors) - len(shown)
    return rows + ([[title, f"{more} more: --all", "", "", ""]] if more else [])


def _operators(screen: Screen, inspection: Inspection, still: int) -> list[str]:
    """The table of operators: all of them, or as many as there is room for, the weightiest of them."""
    room = screen.room(still + 3)  # its head, its sum, and `next:`
    chosen = inspection.operators
    if len(chosen) > room:
        by_weight = sorted(chosen, key=lambda each: (each.supported, each.index != inspection.peak, -_weight(each)))
        kept = {operator.index for operator in by_weight[: room - 1]}
        chosen = tuple(operator for operator in inspection.operators if operator.index in kept)
    columns = [Column("#", right=True), Column("operator", least=8)]
    columns += [Column("types")] if screen.everything else []
    columns += [Column("output tensor", least=8)] if _names_fit(screen) else []
    columns += [
        Column("output"),
        Column("MACs", right=True),
        Column("weights B", right=True),
        Column("live B", right=True),
    ]
    columns += [Column("", least=17)]
    rows = [_row(screen, inspection, operator) for operator in chosen]
    blank = [""] * (1 + screen.everything + _names_fit(screen))
    hidden = len(inspection.operators) - len(chosen)
    if hidden:
        rows.append(["", Styled(f"{hidden} smaller ones: --all", "quiet"), *blank, "", "", "", ""])
    weights = sum(operator.weight_bytes for operator in inspection.operators)
    rows.append(["", Styled("all", "quiet"), *blank[1:], "", f"{inspection.macs:,}", f"{weights:,}", "", ""])
    return table(columns, rows, screen.width)


def _names_fit(screen: Screen) -> bool:
    """Whether there is room for the names of the tensors as well."""
    return screen.everything and screen.width >= 110


def _weight(operator: InspectedOperator) -> int:
    return (operator.macs or 0) + operator.weight_bytes + (operator.live_bytes or 0)


def _row(screen: Screen, inspection: Inspection, operator: InspectedOperator) -> list[str]:
    output = operator.outputs[0] if operator.outputs else None
    note: str = "" if operator.kernels else Styled("no code, no copy", "quiet")
    if operator.index == inspection.peak:
        note = Styled("<- peak" + (", no code" if not operator.kernels else ""), "peak")
    if not operator.supported:
        note = Styled(f"unsupported: {operator.problems[0].code}", "bad")
    row = [str(operator.index), safe(operator.name) if operator.supported else Styled(safe(operator.name), "bad")]
    if screen.everything:
        row += [f"{operator.types.lower()} v{operator.version}"]
        row += [safe(operator.label)] if _names_fit(screen) else []
        note = note or Styled(", ".join(dict.fromkeys(operator.kernels)), "quiet")
    figures = (operator.macs, operator.weight_bytes, operator.live_bytes)
    return [*row, dimensions(output.shape) if output else "", *(f"{each:,}" if each else "-" for each in figures), note]


def _tail(screen: Screen, inspection: Inspection, resolver: ResolverLines, language: str, model: str) -> list[str]:
    """Problems, file, memory, and the resolver's lines."""
    file, constants = inspection.file_bytes, inspection.constant_bytes
    lines = _problems(screen, inspection)
    kept = f"  file    {constants:,} B of weights and biases ({percent(constants, file)}); "
    rest = f"{file - constants:,} B"
    wordy = f"{kept}{rest} of names, scales and options stay off the device"
    lines.append(fit(screen.width, wordy, f"{kept}the other {rest} stay off the device", f"{kept}{rest} stay behind"))
    if inspection.arena_bytes is None or inspection.largest_live_set is None:
        lines.append("  memory  not planned: an operator is unsupported")
    else:
        arena, live = inspection.arena_bytes, inspection.largest_live_set
        why = "the largest live set" if arena == live else f"the largest live set is {live:,} B"
        kept = f", {inspection.persistent_bytes:,} B of it kept between invokes" if inspection.persistent_bytes else ""
        text = f"  memory  {arena:,} B of arena, {why}"
        lines.append(
            fit(screen.width - 11, f"{text}, in file order{kept}", f"{text}{kept}", text)
            + paint("   computed", "quiet")
        )
    return lines + _resolver(screen, resolver, language, model)


def _problems(screen: Screen, inspection: Inspection) -> list[str]:
    """Each kind of problem once, with its remedy."""
    kinds: dict[str, str] = {}
    for problem in inspection.problems:
        sentence = problem.message.split(": ", 1)[-1]
        text = f"{problem.code} {problem.at or ''}: " if screen.everything else f"{problem.code} {sentence}: "
        kinds.setdefault(text + (problem.why or (sentence if screen.everything else "")), problem.fix or "")
    shown = list(kinds.items()) if screen.everything else list(kinds.items())[:_PROBLEMS]
    lines = []
    for text, fix in shown:
        lines.append("  " + paint(middle(safe(text).rstrip(": "), screen.width - 2), "bad"))
        lines += [line for each in fix.split("\n") for line in _wrapped(safe(each), screen.width)]
    return lines + ([f"  {len(kinds) - len(shown)} more problems: --all"] if len(shown) < len(kinds) else [])


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="    fix: ", subsequent_indent="         ", break_on_hyphens=False)


def _resolver(screen: Screen, resolver: ResolverLines, language: str, model: str) -> list[str]:
    """The resolver's statements, as many on a line as fit."""
    join, lines = ("; ", [""]) if language == "python" else (" ", [""])
    for statement in resolver.statements:
        joined = f"{lines[-1]}{join}{statement}" if lines[-1] else statement
        if cells(joined) + 2 <= screen.width:
            lines[-1] = joined
        else:
            lines.append(statement)
    others = " ".join(f"--lang {each}" for each in ("python", "c", "tflm") if each != language)
    sign = "#" if language == "python" else "//"
    if len(lines) > _RESOLVER and not screen.everything:
        lines = [*lines[: _RESOLVER - 1], f"{sign} {count(resolver.count, 'line')} in all: packlight resolver {model}"]
    head = f"  {resolver.resolver}"
    also = paint(f"{sign} also: {others}", "quiet")
    return [head + " " * max(3, 44 - len(head)) + also, *("  " + line for line in lines if line)]
