# SPDX-License-Identifier: Apache-2.0
"""What a screen is made of: safe names, exact numbers, aligned columns, a verdict first and a next command last."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import click

WIDTH, HEIGHT = 96, 24  # columns and lines of a screen unless `--all` is given
_NARROWEST = 60

#: Of things that are told apart by colour; letters tell them apart without.
COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "red")

_STYLES: Mapping[str, Mapping[str, object]] = {
    "good": {"fg": "green", "bold": True},
    "bad": {"fg": "red", "bold": True},
    "peak": {"fg": "yellow"},
    "strong": {"bold": True},
    "quiet": {"dim": True},
    "command": {"fg": "cyan"},
    **{colour: {"fg": colour} for colour in COLOURS},
}


class Styled(str):
    """A text of a table's cell with the style it is painted in."""

    style: str

    def __new__(cls, text: str, style: str) -> Styled:
        made = super().__new__(cls, text)
        made.style = style
        return made


def paint(text: str, style: str) -> str:
    return click.style(text, **_STYLES[style])  # type: ignore[arg-type]


def terminal_width(everything: bool = False) -> int:
    """Columns to use: those of the terminal, 96 at most by default; where there is none, 96, or with `--all` 160."""
    columns = shutil.get_terminal_size((160 if everything else WIDTH, HEIGHT)).columns
    return max(_NARROWEST, columns if everything else min(columns, WIDTH))


def safe(text: str) -> str:
    """A name from a file without anything that a terminal would obey: such characters are shown as escapes."""
    return "".join(
        letter if unicodedata.category(letter)[0] != "C" and letter not in "\u2028\u2029" else ascii(letter)[1:-1]
        for letter in text
    )


def cells(text: str) -> int:
    """Columns that a text takes; East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def middle(text: str, width: int) -> str:
    """A text of at most `width` columns: a long one loses its middle."""
    if cells(text) <= width:
        return text
    for cut in range(1, len(text)):
        keep = len(text) - cut
        made = text[: (keep + 1) // 2] + ".." + text[len(text) - keep // 2 :]
        if cells(made) <= width:
            return made
    return text[:width]


def fit(width: int, *texts: str) -> str:
    """The first of several texts that is no wider; else the last, shortened."""
    return next((text for text in texts if cells(text) <= width), middle(texts[-1], width))


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 operator`, `4 operators`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def percent(part: int, whole: int) -> str:
    """`89 %`, `<1 %`; nothing without a whole."""
    if not whole:
        return ""
    return "<1 %" if 0 < part * 200 < whole else f"{100 * part / whole:.0f} %"


def real(value: float) -> str:
    """A scale or value in four digits; powers of two below 1 as fractions, which are exact: 1/256."""
    inverse = 1 / value if value else 0.0
    if inverse >= 2 and inverse.is_integer() and int(inverse) & (int(inverse) - 1) == 0 and inverse <= 1 << 24:
        return f"1/{int(inverse)}"
    return f"{value:.4g}"


def dimensions(shape: Sequence[int]) -> str:
    """A shape without the leading 1 of the batch: `49x40x1`."""
    kept = shape[1:] if len(shape) > 1 and shape[0] == 1 else shape
    return "x".join(map(str, kept)) or "scalar"


def words(*parts: str) -> str:
    """A command as a shell takes it."""
    return shlex.join(parts)


@dataclass(frozen=True)
class Column:
    title: str
    right: bool = False
    least: int | None = None  # columns to which its texts may be shortened in their middle
    gap: int = 2  # blanks before it


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int, *, indent: int = 2, head: bool = True
) -> list[str]:
    """Aligned lines of at most `width` columns; what is too long is shortened, the widest column first."""
    body = [list(row) for row in rows]
    sizes = [
        max([cells(column.title) if head else 0, *(cells(row[at]) for row in body)])
        for at, column in enumerate(columns)
    ]
    excess = indent + sum(sizes) + sum(column.gap for column in columns[1:]) - width
    while excess > 0:
        slack = {at: sizes[at] - c.least for at, c in enumerate(columns) if c.least is not None and sizes[at] > c.least}
        if not slack:
            break
        widest = max(slack, key=lambda at: sizes[at])
        sizes[widest] -= 1
        excess -= 1
    lines: list[list[str]] = [[Styled(column.title, "quiet") for column in columns]] if head else []
    return [_line(columns, row, sizes, indent) for row in [*lines, *body]]


def _line(columns: Sequence[Column], row: Sequence[str], sizes: Sequence[int], indent: int) -> str:
    parts = []
    for at, (column, text, size) in enumerate(zip(columns, row, sizes, strict=True)):
        shown = middle(text, size) if column.least is not None else text
        blanks = " " * (size - cells(shown))
        painted = paint(shown, text.style) if isinstance(text, Styled) and shown else shown
        parts.append(" " * (column.gap if at else indent) + (blanks + painted if column.right else painted + blanks))
    return "".join(parts).rstrip()


def bar(fraction: float, width: int) -> str:
    """A bar of `width` columns within brackets: [####......]"""
    filled = round(max(0.0, min(1.0, fraction)) * width)
    return "[" + "#" * filled + "." * (width - filled) + "]"


@dataclass
class Screen:
    """The lines of one answer."""

    everything: bool = False  # --all
    lines: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return terminal_width(self.everything)

    def add(self, *lines: str) -> None:
        self.lines += lines

    def text(self, text: str, style: str | None = None) -> None:
        """A sentence, on as many lines as it needs."""
        for line in textwrap.wrap(text, self.width - 4, subsequent_indent="  "):
            self.add("  " + (paint(line, style) if style else line))

    def verdict(self, text: str, how: str = "", style: str = "strong") -> None:
        """The first line; `how` the figures were got stands at its end."""
        room = self.width - cells(text) - cells(how)
        if how and room < 2:
            self.add(paint(text, style), "  " + paint(how, "quiet"))
            return
        self.add(paint(text, style) + (" " * min(room, 5) + paint(how, "quiet") if how else ""))

    def room(self, still: int) -> int:
        """Lines left for a list, if `still` further lines follow it."""
        return 1 << 30 if self.everything else max(1, HEIGHT - len(self.lines) - still)

    def next(self, *parts: str) -> None:
        """The command that comes next; it works as printed."""
        self.add("next: " + paint(words(*parts), "command"))

    def show(self) -> None:
        for line in self.lines:
            click.echo(line, color=colour_wanted(sys.stdout))


def colour_wanted(stream: object) -> bool | None:
    """False where colours are unwelcome (NO_COLOR, a dumb terminal); None: click knows, by whether it is a terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return None


def plain(text: str) -> str:
    """A painted text without its paint."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
