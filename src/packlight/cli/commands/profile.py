# SPDX-License-Identifier: Apache-2.0
"""`packlight profile`: where the instructions go, and why a call does not run a faster kernel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from packlight.cli import choosing, options
from packlight.cli.screen import Column, Screen, Styled, count, paint, percent, safe, table

if TYPE_CHECKING:
    from packlight.verbs.profile import CallProfile, Profile

_DIFFERS = 1  # exit code
_SLOWED = 4  # most lines about calls with the general kernel


@options.command(
    "profile",
    "packlight profile sine --target cortex-m4",
    "packlight profile sine --target cortex-m0plus --flash-budget 4K",
    "packlight profile sine --target rv32imc --all --json profile.json",
)
@options.model_argument
@options.target_option
@options.form_option
@choosing.choice_options
@choosing.toolchain_option
@options.emulator_option
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
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
    **given: Any,
) -> None:
    """Show where the instructions go, call by call.

    For each call and operator: instructions, multiplies (MACs), instructions for each of them, the kernel and its
    bytes of code, and why it is not a faster one. Without --optimize or a budget, the fastest build is profiled.
    """
    from packlight.verbs.build import build
    from packlight.verbs.measure import measure
    from packlight.verbs.profile import profile
    from packlight.verbs.report.costs import profile_dict

    core = options.emulated(target)
    wanted = choosing.Wanted.of(given)
    if not wanted.limited and not wanted.optimize:
        wanted = replace(wanted, optimize="speed")
    how: dict[str, Any] = {"form": form, "toolchain": toolchain}
    with options.progress(f"Building for {core.name} ...") as title:
        chosen = choosing.choose_program(
            model, core, wanted, operators=operators, progress=title, emulator=emulator, **how
        )
        firmware = replace(build(chosen.program, core, optimize=chosen.optimize, **how), optimize=chosen.goal)
        title(f"Running {safe(chosen.program.name)} on {core.name} ...")
        found = profile(chosen.program, measure(firmware, chosen.program, runs=1, emulator=emulator))
    screen = Screen(everything)
    _head(screen, found, chosen.note)
    slowed = _slowed(found, screen)
    operators_table = _operators(found, screen) if everything or len(found.operators) < len(found.calls) else []
    if len(operators_table) > screen.room(len(slowed) + 6):
        operators_table = []
    screen.add(*_calls(found, screen, screen.room(len(slowed) + len(operators_table) + 1)), *operators_table, *slowed)
    again = [*options.again(operators, form=form, toolchain=toolchain)]
    screen.next("packlight", "explore", model.given, "--target", target, *again)
    options.answer(screen, profile_dict(found), json_to)
    context.exit(0 if found.report.bit_exact else _DIFFERS)


def _head(screen: Screen, found: Profile, note: str) -> None:
    report = found.report
    text = f"{report.instructions:,} instructions, {found.macs:,} MACs"
    if found.macs:
        text += f", {report.instructions / found.macs:.2f} instructions each"
    screen.verdict(text, "measured: emulator")
    where = f"{safe(report.model)} on {report.target}, {report.toolchain}, {report.optimize}, {report.form} form"
    screen.text(f"{where}; {report.flash_total:,} B flash, {report.flash_code:,} B of code")
    screen.text(note)
    if not report.bit_exact:
        text = "differs   the outputs are not those of the PC: packlight measure tells where"
        screen.lines.insert(0, paint(text, "bad"))


def _calls(found: Profile, screen: Screen, room: int) -> list[str]:
    """The costliest calls; in the model's order where all are shown."""
    calls = sorted(found.calls, key=lambda call: (-call.cost.instructions, call.cost.index))
    hidden = calls[room - 2 :] if len(calls) > room - 1 else []
    shown = sorted(calls[: len(calls) - len(hidden)], key=lambda call: call.cost.index)
    rows = [_row(call, found) for call in shown]
    if hidden:
        costs = [call.cost for call in hidden]
        macs, instructions = sum(cost.macs for cost in costs), sum(cost.instructions for cost in costs)
        part = percent(instructions, found.report.instructions).rstrip(" %")
        figures = [f"{macs:,}", f"{instructions:,}", part, _each(instructions, macs)]
        rows.append(["", f"{len(hidden)} smaller: --all", *figures, "", ""])
    columns = [Column("call", right=True), Column("operator", least=10), Column("MACs", right=True)]
    columns += [Column(name, right=True) for name in ("instructions", "%", "each")]
    return table([*columns, Column("kernel", least=16), Column("code B", right=True)], rows, screen.width)


def _row(call: CallProfile, found: Profile) -> list[str]:
    cost = call.cost
    part = percent(cost.instructions, found.report.instructions).rstrip(" %")
    kernel = Styled(cost.kernel, "peak") if call.general and call.reasons else cost.kernel
    figures = [f"{cost.macs:,}" if cost.macs else "-", f"{cost.instructions:,}", part]
    each = _each(cost.instructions, cost.macs)
    return [str(cost.index), safe(cost.operator), *figures, each, kernel, f"{call.code:,}"]


def _each(instructions: int, macs: int) -> str:
    return f"{instructions / macs:.2f}" if macs else ""


def _operators(found: Profile, screen: Screen) -> list[str]:
    rows = [
        [
            f"{each.operator} x {each.calls}",
            f"{each.macs:,}" if each.macs else "-",
            f"{each.instructions:,}",
            percent(each.instructions, found.report.instructions).rstrip(" %"),
            _each(each.instructions, each.macs),
            f"{each.code:,}",
        ]
        for each in found.operators
    ]
    rows.append([Styled("shared by kernels", "quiet"), "", "", "", "", f"{found.shared:,}"])
    columns = [Column("operator", least=12)]
    columns += [Column(name, right=True) for name in ("MACs", "instructions", "%", "each", "code B")]
    return table(columns, rows, screen.width)


def _slowed(found: Profile, screen: Screen) -> list[str]:
    """Which calls run the general kernel, and why not the fastest that there is; the costliest first."""
    groups: dict[str, list[CallProfile]] = {}
    for call in found.slowed:
        groups.setdefault(call.reasons[0].partition(" (")[0], []).append(call)
    texts = []
    for reason, calls in groups.items():
        numbers = ", ".join(str(index) for index in sorted(call.cost.index for call in calls))
        who = f"call {numbers} runs" if len(calls) == 1 else f"calls {numbers} run"
        texts.append(f"{who} the general kernel. {safe(calls[0].reasons[0] if len(calls) == 1 else reason)}")
    if screen.everything:
        others = [(call.cost.index, reason) for call in found.calls for reason in call.passed_over]
        texts += [f"call {index} has not {safe(reason)}" for index, reason in others]
    elif len(texts) > _SLOWED:
        texts = [*texts[: _SLOWED - 1], f"{count(len(texts) - _SLOWED + 1, 'more such reason')}: --all"]
    if not texts:
        slow = sum(call.general and bool(call.passed_over) for call in found.calls)
        elsewhere = f"; {count(slow, 'call')} could only be faster on another core" if slow else ""
        texts = [f"No call runs the general kernel where there is a faster one for {found.report.target}{elsewhere}."]
    shown = Screen(screen.everything)
    for text in texts:
        shown.text(text, None if text.startswith("No call") else "peak")
    return shown.lines
