# SPDX-License-Identifier: Apache-2.0
"""`packlight-dev`: what only those need who change packlight or write an operator."""

from __future__ import annotations

import sys
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
