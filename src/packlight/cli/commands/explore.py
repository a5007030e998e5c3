# SPDX-License-Identifier: Apache-2.0
"""`packlight explore`: the frontier of flash against instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from packlight.cli import choosing, options
from packlight.cli.screen import Column, Screen, count, percent, safe, table

if TYPE_CHECKING:
    from packlight.nouns.choice import Trial
    from packlight.verbs.explore import Frontier

_PLOT = 9  # lines
_MOST = 60  # points to build


@options.command(
    "explore",
    "packlight explore sine --target cortex-m4",
    "packlight explore sine --target cortex-m0plus --points 20 --all",
    "packlight explore sine --target rv32imc --json frontier.json",
)
@options.model_argument
@options.target_option
@options.form_option
@choosing.toolchain_option
@options.emulator_option
@click.option("--points", type=click.IntRange(2, _MOST), default=10, help="How many to build along the frontier.")
@click.option("--png", metavar="FILE", help="Draw the frontier into a PNG file, by matplotlib.")
@options.operators_option
def command(
    *,
    model: options.ModelPath,
    target: str,
    form: str,
    toolchain: str | None,
    emulator: str | None,
    points: int,
    png: str | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Show what flash buys in speed.

    Firmware with different kernels, each compiled for size or for speed, is built and run; shown are those that no
    other beats in both flash and instructions. Figures are cached: the second time is quick.
    """
    from packlight.cli import plot
    from packlight.cli.faults import cannot_write
    from packlight.verbs.explore import explore
    from packlight.verbs.report.costs import frontier_dict

    core = options.emulated(target)
    how: dict[str, Any] = {"form": form, "toolchain": toolchain, "emulator": emulator}
    with options.progress(f"Exploring on {core.name} ...") as title:
        frontier = explore(model, core, points=points, resolver=options.user_resolver(operators), progress=title, **how)
    if png:
        try:
            plot.png(frontier, png)
        except OSError as error:
            raise cannot_write(png, error) from error
    screen = Screen(everything)
    smallest, fastest = frontier.points[0], frontier.points[-1]
    flash = f"{smallest.flash:,} to {fastest.flash:,} B flash"
    screen.verdict(f"{flash}, {smallest.instructions:,} to {fastest.instructions:,} instructions", "measured")
    where = f"{safe(frontier.program.name)} on {frontier.target}, {frontier.toolchain}, {form} form"
    screen.text(f"{where}; {count(len(frontier.tried), 'firmware')} built and run, o best, . beaten")
    screen.add(*plot.lines(frontier, screen.width, _PLOT))
    screen.add(*_table(frontier, screen))
    middle = (smallest.flash + fastest.flash) // 2
    again = options.again(operators, form=form, toolchain=toolchain)
    screen.next("packlight", "measure", model.given, "--target", target, "--flash-budget", str(middle), *again)
    options.answer(screen, frontier_dict(frontier), json_to)


def _table(frontier: Frontier, screen: Screen) -> list[str]:
    """The points and what --optimize gives, the smallest first; of too many points an even choice, ends included."""
    points = list(frontier.points)
    beaten = [trial for trial in frontier.tried if trial not in points and frontier.titles(trial)]
    room = screen.room(2 + len(beaten))
    shown = points
    if len(points) > room:
        step = (len(points) - 1) / (room - 1)
        shown = [points[round(at * step)] for at in range(room)]
    most = points[0].instructions
    rows = []
    for trial in sorted([*shown, *beaten], key=lambda trial: (trial.flash, trial.instructions)):
        gained = percent(most - trial.instructions, most)
        what = _what(frontier, trial) + (" (beaten)" if trial in beaten else "")
        figures = [f"{trial.flash:,}", f"{trial.flash_code:,}", f"{trial.ram:,}", f"{trial.instructions:,}"]
        gained = f"-{gained}" if gained and trial.instructions < most else ""
        rows.append([*figures, gained, what])
    columns = [Column(name, right=True) for name in ("flash B", "code B", "RAM B", "instructions", "")]
    return table([*columns, Column("optimize", least=8)], rows, screen.width)


def _what(frontier: Frontier, trial: Trial) -> str:
    """Its names, and the faster kernels and levels that make it."""
    portable = {call.kernel.name for call in frontier.program.calls}
    faster = [kernel for kernel in dict.fromkeys(trial.choice.kernels) if kernel not in portable]
    names = ", ".join(frontier.titles(trial))
    raised = [kernel for kernel in trial.choice.levels if kernel in trial.choice.kernels]
    parts = [names, count(len(faster), "faster kernel") if faster else ""]
    parts.append(f"{len(raised)} above -Os" if raised else "")
    return "; ".join(part for part in parts if part)
