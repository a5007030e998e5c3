# SPDX-License-Identifier: Apache-2.0
"""How the command line says no: four lines on standard error, the same as JSON where asked for, and an exit code."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from packlight.cli import INTERNAL, USAGE
from packlight.cli.screen import colour_wanted, paint, safe
from packlight.errors import PacklightError, Problem, UsageError

_PLACES = 4  # most places shown of one problem


def tell(error: Exception, words: Sequence[str]) -> int:
    """Prints an error of the command with the arguments `words` and returns its exit code."""
    if isinstance(error, PacklightError):
        problems, exit_code = error.problems, error.exit_code
    elif isinstance(error, click.ClickException):
        problems, exit_code = (_usage(error, words),), USAGE
    elif isinstance(error, OSError):
        where = str(error.filename) if error.filename else None
        problems = (Problem("E013", f"the system refuses: {error.strerror or error}", at=where, fix="check the path"),)
        exit_code = USAGE
    else:
        problems, exit_code = (_bug(error),), INTERNAL
    for problem in _gathered(problems):
        _print(problem)
    destination = json_destination(words)
    if destination:
        write_errors(problems, destination)
    return exit_code


def json_destination(words: Sequence[str]) -> str | None:
    """What `--json` names, found without parsing: the parsing itself may be what failed."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--json" and following:
            return following
        if word.startswith("--json="):
            return word.partition("=")[2] or None
    return None


def write_errors(problems: Sequence[Problem], destination: str) -> None:
    from packlight.verbs.report import errors_dict, json_text

    text = json_text(errors_dict(problems))
    if destination == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(destination).write_text(text, encoding="utf-8")
    except OSError as error:
        _print(cannot_write(destination, error).problems[0])


def cannot_write(path: str, error: OSError) -> UsageError:
    return UsageError("E012", f"{path} cannot be written", why=error.strerror, fix="name another file")


def reader_left() -> int:
    """The program that read our output has ended, as `head` does: nothing is wrong."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - else Python complains at its exit
    return 0


def _gathered(problems: Sequence[Problem]) -> list[Problem]:
    """Problems that differ in their place alone as one that names the first few places."""
    places: dict[Problem, list[str]] = {}
    for problem in problems:
        places.setdefault(replace(problem, at=None), []).append(problem.at or "")
    found = []
    for problem, where in places.items():
        more = [f"and {len(where) - _PLACES} more places"] if len(where) > _PLACES + 1 else where[_PLACES:]
        found.append(replace(problem, at="\n".join([*where[:_PLACES], *more]) or None))
    return found


def _print(problem: Problem) -> None:
    for number, line in enumerate(str(problem).split("\n")):
        shown = safe(line)
        head, colon, rest = shown.partition(":")
        click.echo(paint(head + colon, "bad" if number == 0 else "quiet") + rest if colon else shown, err=True,
                   color=colour_wanted(sys.stderr))  # fmt: skip


def _usage(error: click.ClickException, words: Sequence[str]) -> Problem:
    """A wrong command line; click's sentence, and where help is."""
    close = getattr(error, "possibilities", None)
    name = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "packlight"
    fix = f"did you mean {' or '.join(sorted(close))}?" if close else f"{name} --help"
    message = error.format_message().strip().split("\n")[0].rstrip(".")
    message = re.split(r" \(Possible options| \(?Did you mean", message)[0].rstrip(". ")
    return Problem("E001", message[:1].lower() + message[1:], at=" ".join(["packlight", *words]), fix=fix)


def _bug(error: Exception) -> Problem:
    if os.environ.get("PACKLIGHT_DEBUG"):
        traceback.print_exception(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return Problem(
        "E999",
        f"packlight has a fault of its own: {type(error).__name__}: {error}",
        at=f"{Path(place.filename).name}, line {place.lineno}",
        fix="please report it, with what the same command prints when PACKLIGHT_DEBUG=1 is set",
    )
