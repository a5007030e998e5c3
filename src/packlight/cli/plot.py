# SPDX-License-Identifier: Apache-2.0
"""The frontier as a picture: in letters on the terminal, or as a PNG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from packlight.errors import ToolError

if TYPE_CHECKING:
    from packlight.nouns.choice import Trial
    from packlight.verbs.explore import Frontier


def lines(frontier: Frontier, width: int, height: int) -> list[str]:
    """`height` lines of at most `width` columns: instructions (logarithmic) over flash.

    `o` is a point of the frontier, `.` one that is beaten.
    """
    tried = frontier.tried
    low, high = _ends([trial.flash for trial in tried])
    least, most = (math.log(each) for each in _ends([max(1, trial.instructions) for trial in tried]))
    labels = [f"{max(trial.instructions for trial in tried):,}", f"{min(trial.instructions for trial in tried):,}"]
    margin = 2 + max(map(len, labels))
    columns, rows = width - margin - 2, height - 2
    grid = [[" "] * columns for _ in range(rows)]
    for letter, trials in ((".", tried), ("o", frontier.points)):
        for trial in trials:
            column = round((trial.flash - low) / (high - low) * (columns - 1))
            row = round((most - math.log(max(1, trial.instructions))) / (most - least) * (rows - 1))
            grid[row][column] = letter
    heads = [labels[0], *[""] * (rows - 2), labels[1]]
    found = [f"{head:>{margin}} |{''.join(line)}".rstrip() for head, line in zip(heads, grid, strict=True)]
    left, right = f"{min(trial.flash for trial in tried):,}", f"{max(trial.flash for trial in tried):,} B of flash"
    axis = " " * margin + " +" + "-" * columns
    return [*found, axis, " " * (margin + 2) + left + " " * (columns - len(left) - len(right)) + right]


def png(frontier: Frontier, file: str) -> None:
    """Draws the frontier into a PNG file; raises `ToolError` E408 without matplotlib."""
    try:
        import matplotlib as mpl

        mpl.use("Agg")
        from matplotlib import pyplot
    except ImportError as error:
        why = "a PNG is drawn by matplotlib"
        raise ToolError("E408", "matplotlib is not installed", why=why, fix='pip install "packlight[plot]"') from error
    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    axes.set_yscale("log")
    off = [trial for trial in frontier.tried if trial not in frontier.points]
    axes.scatter(*_axes(off), s=14, color="0.7", label="tried")
    axes.plot(*_axes(frontier.points), marker="o", drawstyle="steps-post", label="frontier")
    for trial in frontier.tried:
        names = frontier.titles(trial)
        if names:
            axes.annotate(", ".join(names), (trial.flash, trial.instructions), (6, 6), textcoords="offset points")
    axes.set_xlabel("flash, B")
    axes.set_ylabel("instructions of one inference")
    axes.set_title(f"{frontier.program.name} on {frontier.target}, {frontier.toolchain}")
    axes.grid(True, which="both", alpha=0.2)
    axes.legend()
    try:
        figure.savefig(Path(file), dpi=150, format="png")
    finally:
        pyplot.close(figure)


def _axes(trials: Sequence[Trial]) -> tuple[list[int], list[int]]:
    return [trial.flash for trial in trials], [trial.instructions for trial in trials]


def _ends(figures: Sequence[int]) -> tuple[int, int]:
    """The least and the greatest, which are not the same."""
    low, high = min(figures), max(figures)
    return low, high if high > low else low + 1
