# SPDX-License-Identifier: Apache-2.0
"""`packlight measure`: what a model costs on a target, every byte and instruction with its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from packlight.cli import choosing, options
from packlight.cli.screen import Column, Screen, Styled, cells, count, middle, paint, percent, plain, safe, table

if TYPE_CHECKING:
    from packlight.nouns.report import FlashItem, Report

_DIFFERS = 1  # exit code

#: The rows of the flash table: what users call the kinds of `nouns.report.KINDS`.
_GROUPS = (
    ("weights, biases", ("weights", "bias")),
    ("tables", ("table",)),
    ("kernels", ("kernel",)),
    ("runtime", ("runtime",)),
    ("calls and glue", ("glue",)),
    ("compiler's helpers", ("helper",)),
    ("start-up, vectors", ("startup",)),
    ("alignment", ("padding",)),
    ("without an owner", ("unowned",)),
)


@options.command(
    "measure",
    "packlight measure sine --target cortex-m4",
    "packlight measure sine --target cortex-m0plus --form image --optimize speed",
    "packlight measure sine --target rv32imc --all --json report.json",
)
@options.model_argument
@options.target_option
@options.form_option
@choosing.choice_options
@choosing.toolchain_option
@options.emulator_option
@options.input_option
@options.runs_option(10)
@options.operators_option
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    model: options.ModelPath,
    target: str,
    form: str,
    toolchain: str | None,
    emulator: str | None,
    files: tuple[str, ...],
    runs: int | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
    **given: Any,
) -> None:
    """Show what a model costs on a target, measured.

    Firmware is built and run in an emulator. Its outputs are compared with this computer's, byte for byte; exit
    code 1 if one differs. Instructions are those of the first input; they are exact, and are not cycles. Those of
    a Cortex-M4 or M0+ are estimated from them, for memory without wait states: docs/cycles.md says how well.

    With a budget, or --optimize balanced, kernels and compiler are chosen by measuring them; exit code 1 if nothing
    keeps to the budget. K and M are 1024 and 1024 K for bytes, 1000 and 1000 K for instructions.
    """
    from packlight.cli.inputs import input_sets
    from packlight.errors import UsageError
    from packlight.verbs.build import build
    from packlight.verbs.measure import RUNS, measure
    from packlight.verbs.report.costs import report_dict

    if files and runs is not None:
        raise UsageError("E026", "--input does not go with --runs", fix="give one or the other")
    core = options.emulated(target)
    wanted = choosing.Wanted.of(given)
    how: dict[str, Any] = {"form": form, "toolchain": toolchain}
    with options.progress(f"Building for {core.name} ...") as title:
        chosen = choosing.choose_program(
            model, core, wanted, operators=operators, progress=title, emulator=emulator, **how
        )
        program = chosen.program
        inputs = input_sets(files, program) if files else None
        firmware = replace(build(program, core, optimize=chosen.optimize, **how), optimize=chosen.goal)
        title(f"Running {safe(program.name)} on {core.name} ...")
        report = measure(firmware, program, inputs, runs=runs or RUNS, emulator=emulator)
    report = replace(report, notes=[chosen.note] if chosen.note else [])
    screen = Screen(everything)
    _verdict(screen, report)
    _tables(screen, report)
    _ram(screen, report)
    if everything:
        passed_over = [(call.index, reason) for call in program.calls for reason in call.passed_over]
        screen.add(*(f"  call {index} has not the faster kernel {safe(reason)}" for index, reason in passed_over))
    if wanted.words:
        again = [*options.again(operators, toolchain=toolchain), *wanted.words]
        screen.next("packlight", "profile", model.given, "--target", target, *again)
    else:
        again = options.again(operators, toolchain=toolchain)
        screen.next("packlight", "compare", model.given, "--target", target, *again)
    options.answer(screen, report_dict(report), json_to)
    context.exit(0 if report.bit_exact else _DIFFERS)


def _verdict(screen: Screen, report: Report) -> None:
    ram, flash = report.ram.total, report.flash_total
    text = f"{flash:,} B flash   {ram:,} B RAM   {report.instructions:,} instructions"
    screen.verdict(text, "measured: linked ELF, emulator")
    where = f"{safe(report.model)} on {report.target}, {report.toolchain}, {report.optimize}, {report.form} form"
    screen.add(f"  {where}, {report.emulator}")
    if report.cycles:
        error = f"±{report.cycles.error} %"
        screen.add(f"  estimated {report.cycles.total:,} cycles {error}, on memory without wait states")


def _tables(screen: Screen, report: Report) -> None:
    """Flash beside instructions; with everything shown, one below the other."""
    if screen.everything:
        screen.add("", *_items(screen, report), "", *_all_calls(screen, report), "")
        return
    left = table([Column("flash"), Column("B", right=True), Column("%", right=True)], _groups(report), 48)
    wide = max(cells(plain(line)) for line in left)
    room = screen.width - wide - 2
    right = table(
        [
            Column("call", right=True),
            Column("operator", least=8),
            Column("instructions", right=True),
            Column("%", right=True),
        ],
        _calls(report, screen.room(5 + bool(report.cycles) + 2 * bool(report.notes))),
        room,
        indent=4,
    )
    for one, other in zip_longest(left, right, fillvalue=""):
        screen.add((one + " " * (wide - cells(plain(one))) + other).rstrip())


def _groups(report: Report) -> list[list[str]]:
    total = report.flash_total
    rows = []
    for title, kinds in _GROUPS:
        size = sum(item.bytes for item in report.flash if item.kind in kinds)
        if size:
            rows.append([title, f"{size:,}", percent(size, total).rstrip(" %")])
    return [*rows, [Styled("all", "quiet"), f"{total:,}", "100"]]


def _calls(report: Report, room: int) -> list[list[str]]:
    """The costliest calls, the costliest first."""
    ordered = sorted(report.calls, key=lambda call: (-call.instructions, call.index))
    shown = ordered if len(ordered) <= room - 2 else ordered[: room - 3]
    total = report.instructions
    rows = [
        [str(call.index), safe(call.operator), f"{call.instructions:,}", percent(call.instructions, total).rstrip(" %")]
        for call in shown
    ]
    inside = sum(call.instructions for call in report.calls)
    rest = total - sum(call.instructions for call in shown)
    if len(shown) < len(ordered):
        rows.append(
            ["", f"{len(ordered) - len(shown)} more, glue: --all", f"{rest:,}", percent(rest, total).rstrip(" %")]
        )
    else:
        rows.append(["", "between the calls", f"{total - inside:,}", percent(total - inside, total).rstrip(" %")])
    return rows


def _items(screen: Screen, report: Report) -> list[str]:
    """Every symbol in flash, the largest first."""
    total = report.flash_total
    items: Sequence[FlashItem] = sorted(report.flash, key=lambda item: -item.bytes)
    rows = [
        [
            item.kind,
            f"{item.bytes:,}",
            percent(item.bytes, total),
            safe(item.name),
            ", ".join(map(str, item.calls)),
            safe(item.detail),
        ]
        for item in items
    ]
    rows.append([Styled("all", "quiet"), f"{total:,}", "100 %", "", "", ""])
    columns = [Column("flash"), Column("B", right=True), Column("%", right=True), Column("symbol", least=16)]
    return table([*columns, Column("calls", least=8), Column("what", least=16)], rows, screen.width)


def _all_calls(screen: Screen, report: Report) -> list[str]:
    rows = []
    for call in report.calls:
        each = f"{call.instructions / call.macs:.2f}" if call.macs else ""
        figures = [f"{call.macs:,}" if call.macs else "-", f"{call.instructions:,}", each]
        figures += [f"{report.cycles.calls[call.index]:,}"] if report.cycles else []
        rows.append([str(call.index), safe(call.operator), safe(call.label), call.kernel, *figures])
    inside = sum(call.instructions for call in report.calls)
    macs = f"{sum(call.macs for call in report.calls):,}"
    rest = ["", "between the calls", "", "", "", f"{report.instructions - inside:,}", ""]
    total = ["", Styled("all", "quiet"), "", "", macs, f"{report.instructions:,}", ""]
    if report.cycles:
        rest.append(f"{report.cycles.total - sum(report.cycles.calls):,}")
        total.append(f"{report.cycles.total:,}")
    rows += [rest, total]
    columns = [
        Column("call", right=True),
        Column("operator", least=12),
        Column("output", least=12),
        Column("kernel", least=12),
    ]
    columns += [Column("MACs", right=True), Column("instructions", right=True), Column("each MAC", right=True)]
    columns += [Column("est. cycles", right=True)] if report.cycles else []
    return table(columns, rows, screen.width)


def _ram(screen: Screen, report: Report) -> None:
    """RAM, the start, and whether the outputs are right."""
    ram = report.ram
    screen.add(
        f"  RAM   arena {ram.arena:,}   static {ram.static:,}   stack at its deepest {ram.stack:,}   =  {ram.total:,}"
    )
    start = f"{report.flash_unowned:,} B of flash without an owner."
    start += f" {report.boot_instructions:,} instructions from reset to the first inference."
    if report.bit_exact:
        inputs = count(report.runs, "input")
        same = f"Outputs identical to the PC on {inputs}."
        if len(start) + len(same) + 3 <= screen.width:
            screen.add(f"  {start} " + paint(same, "good"))
        else:
            screen.add(f"  {start}", "  " + paint(same, "good"))
    else:
        difference = report.difference
        assert difference is not None
        where = f"input {difference.run}, output {difference.output}{list(difference.index)}"
        text = f"differs   {where}: the device has {difference.device:.9g}, the PC {difference.pc:.9g}"
        screen.add(f"  {start}")
        screen.lines.insert(0, paint(middle(text, screen.width), "bad"))
    for note in report.notes:
        screen.text(safe(note))
