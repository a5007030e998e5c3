# SPDX-License-Identifier: Apache-2.0
"""`packlight-dev`: what only those need who change packlight or write an operator."""

from __future__ import annotations

import itertools
import secrets
import sys
import time
from pathlib import Path

import click

from packlight.errors import PacklightError

ROOT = Path(__file__).parents[3]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Tools for developing packlight itself, or an operator of your own."""


@group.command("new-operator")
@click.argument("name")
@click.option("--into", type=click.Path(path_type=Path), help="The folder to write to; by default packlight's own ops.")
def new_operator(name: str, into: Path | None) -> None:
    """Write the folder of operator NAME: a small one that works, for you to change."""
    from packlight import ops
    from packlight.dev import scaffold

    for file in scaffold.new_operator(name, into or ops.FOLDER):
        click.echo(file)
    click.echo("next: packlight-dev host && packlight-dev generate && pytest tests/test_operators.py")


@group.command()
def host() -> None:
    """Build the host library again from the kernels' sources, in place."""
    from packlight import host as room

    click.echo(room.build_library())


@group.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a file is out of date.")
def generate(check: bool) -> None:
    """Write the files that are made from the sources: documents and the resolvers' type stub."""
    files = generated()
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        click.echo(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], "utf-8")
    sys.exit(1 if check and stale else 0)


@group.command()
@click.argument("folders", nargs=-1)
@click.option("--on", default="host", show_default=True, help="host, sanitized, or a target: its core is emulated.")
@click.option("--minutes", type=float, default=10, show_default=True, help="How long new rounds are begun.")
@click.option("--rounds", type=int, help="At most so many rounds.")
@click.option("--seed", type=int, help="Of the first round; those after it count on. By default another each time.")
@click.option("--count", default=30, show_default=True, help="Cases drawn of each folder in a round.")
@click.option("--form", type=click.Choice(["compiled", "alone", "image"]), default="compiled", show_default=True)
@click.option("--toolchain", type=click.Choice(["zig", "gcc"]), default="zig", show_default=True)
@click.option("--emulator", type=click.Choice(["unicorn", "qemu"]), help="By default unicorn where it has the core.")
@click.option("--optimize", type=click.Choice(["size", "balanced", "speed"]), default="speed", show_default=True)
def draws(
    folders: tuple[str, ...], on: str, minutes: float, rounds: int | None, seed: int | None, count: int, **firmware: str
) -> None:
    """Draw random cases and networks, run them in every kernel that they can have, report the first that differ.

    FOLDERS are operators' folders, and "networks"; by default all. On host and sanitized, results are compared with
    TensorFlow Lite Micro's; on a target, with the portable kernels on this computer, to the last bit. Forms of
    firmware: many programs compiled into one, each program alone and optimised at link time, or images.
    """
    from packlight.dev import draws as room

    known, first = room.all_folders(), secrets.randbelow(1_000_000) if seed is None else seed
    if unknown := sorted(set(folders) - set(known)):
        raise click.BadParameter(f"{unknown[0]} is none of {', '.join(known)}")
    place, tally, end = room.open_place(on, **firmware), room.Tally(), time.monotonic() + 60 * minutes
    for number in itertools.count():
        if number == rounds or (number and time.monotonic() > end):
            break
        room.draw_round(place, folders or known, first + number, count, tally)
        click.echo(f"{place.executor.name}, seed {first + number}: {tally.programs:,} programs so far")
        if tally.findings:
            click.echo("\n".join(tally.findings[:5]))
            click.echo(f"{len(tally.findings)} programs differ: repeat it with --seed {first + number} --rounds 1")
            break
    place.executor.close()
    for title, counts in (("calls", tally.kernels), ("models refused", tally.refused)):
        for name, number in sorted(counts.items()):
            click.echo(f"{number:10,} {title}  {name}")
    sys.exit(1 if tally.findings else 0)


def generated() -> dict[Path, str]:
    """Every generated file of the repository with the content it should have."""
    from packlight.dev import docs, stubs

    files = {ROOT / "docs" / name: text for name, text in docs.pages().items()}
    files[ROOT / "README.md"] = docs.with_outputs((ROOT / "README.md").read_text("utf-8"))
    files[ROOT / "src" / "packlight" / "resolver_methods.pyi"] = stubs.stub_source()
    return files


def main() -> None:
    """The entry point: errors as packlight tells them, never a traceback for what was foreseen."""
    try:
        group.main(standalone_mode=True)
    except PacklightError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
