# SPDX-License-Identifier: Apache-2.0
"""The group `packlight`: one module of `commands` is one command, imported when it is asked for."""

from __future__ import annotations

import difflib
from importlib import import_module
from pathlib import Path

import click

from packlight.cli.screen import WIDTH

_FOLDER = Path(__file__).parent / "commands"


class Group(click.Group):
    """Finds its commands by file name."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(file.stem for file in _FOLDER.glob("[a-z]*.py"))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(context):
            return None
        found = import_module(f"packlight.cli.commands.{name}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(context)
        if args and not args[0].startswith("-") and args[0] not in known:
            error = click.UsageError(f"there is no command {args[0]!r}", context)
            error.possibilities = difflib.get_close_matches(args[0], known, 1)  # type: ignore[attr-defined]
            raise error
        return super().resolve_command(context, args)


def _version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        import packlight as package

        click.echo(f"packlight {package.__version__}")
        context.exit()


class _Examples(Group):
    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        examples = (
            "packlight inspect sine",
            "packlight measure sine --target cortex-m4",
            "packlight emit sine -o sine_c",
        )
        write_examples(formatter, examples)


def write_examples(formatter: click.HelpFormatter, examples: tuple[str, ...]) -> None:
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"  {example}\n")


@click.group(
    cls=_Examples,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def packlight(context: click.Context) -> None:
    """Carry only the operators your model needs.

    From a trained .tflite file to small, exact firmware. MODEL is a file, or the name of a bundled model, as `sine`.
    The usual way: inspect, run, measure, compare, emit. No command uses the network.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
