# SPDX-License-Identifier: Apache-2.0
"""`packlight compare`: what carrying only the needed operators saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from packlight.cli import options
from packlight.cli.screen import Column, Screen, Styled, count, middle, paint, safe, table

if TYPE_CHECKING:
    from packlight.nouns.report import Report

_DIFFERS = 1  # exit code


@options.command(
    "compare",
    "packlight compare sine --target cortex-m4",
    "packlight compare sine --target cortex-m0plus --optimize speed",
    "packlight compare sine --target rv32imc --json -",
)
@options.model_argument
@options.target_option
@options.toolchain_options
@options.emulator_option
@options.runs_option(10)
@options.operators_option
@click.pass_context
def command(
    context: click.Context,
    *,
    model: options.ModelPath,
    target: str,
    optimize: str,
    toolchain: str | None,
    emulator: str | None,
    runs: int | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Show what carrying only the needed operators saves.

    Four rows: all operators registered, only the model's, only the types it uses, and compiled, without an
    interpreter. Each is a firmware that was built and run; exit code 1 if an output of one differs from this
    computer's.
    """
    from packlight.verbs.compare import compare
    from packlight.verbs.measure import RUNS
    from packlight.verbs.read import read
    from packlight.verbs.report.costs import comparison_dict

    core = options.emulated(target)
    stored = read(model)
    with options.progress(f"Comparing {safe(stored.name)} ...") as title:
        reports = compare(
            stored,
            core,
            toolchain=toolchain,
            optimize=optimize,
            runs=runs or RUNS,
            emulator=emulator,
            resolver=options.user_resolver(operators),
            progress=lambda row: title(f"Building and running: {row} ..."),
        )
    screen = Screen(everything)
    _table(screen, reports)
    again = options.again(operators)
    screen.next("packlight", "emit", model.given, "--output", f"{_folder(stored.name)}_c", *again)
    options.answer(screen, comparison_dict(reports), json_to)
    context.exit(0 if all(report.bit_exact for report in reports) else _DIFFERS)


def _table(screen: Screen, reports: Sequence[Report]) -> None:
    first, last = reports[0], reports[-1]
    saved = _saving(first.flash_total, last.flash_total)
    verdict = f"{last.flash_total:,} B flash instead of {first.flash_total:,} B" + (f", {saved}" if saved else "")
    screen.verdict(verdict, "measured: linked ELFs, emulator")
    screen.add(f"  {safe(first.model)} on {first.target}, {first.toolchain}, {first.optimize}, {first.emulator}")
    columns = [Column("", least=20), Column("flash B", right=True), Column("", right=True), Column("RAM B", right=True)]
    columns += [Column("", right=True), Column("instructions", right=True), Column("", right=True)]
    rows = []
    for report in reports:
        row: list[str] = [report.name]
        for all_, here in (
            (first.flash_total, report.flash_total),
            (first.ram.total, report.ram.total),
            (first.instructions, report.instructions),
        ):
            row += [f"{here:,}", Styled(_saving(all_, here), "good" if here < all_ else "quiet")]
        rows.append(row)
    screen.add(*table(columns, rows, screen.width))
    wrong = [report for report in reports if not report.bit_exact]
    if not wrong:
        screen.add("  " + paint(f"All outputs identical to the PC on {count(first.runs, 'input')}.", "good"))
    for report in wrong:
        difference = report.difference
        assert difference is not None
        where = f"input {difference.run}, output {difference.output}{list(difference.index)}"
        text = f"differs   {report.name}: {where}: the device has {difference.device:.9g}, the PC {difference.pc:.9g}"
        screen.lines.insert(0, paint(middle(text, screen.width), "bad"))


def _saving(before: int, now: int) -> str:
    """`-76%` of the first row; nothing where it is about the same."""
    if not before or before == now:
        return ""
    change = 100 * (now - before) / before
    return f"{change:+.0f}%" if abs(change) >= 0.5 else ""


def _folder(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name)
