# SPDX-License-Identifier: Apache-2.0
"""What the commands share: their arguments, their help, the way they answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from packlight.cli.faults import cannot_write
from packlight.cli.group import write_examples
from packlight.cli.screen import WIDTH, Screen
from packlight.errors import UsageError

if TYPE_CHECKING:
    from packlight.nouns.target import Target
    from packlight.verbs.resolve import MicroMutableOpResolver

_F = TypeVar("_F", bound=Callable[..., Any])

#: Models that come with the package; the name alone, without a folder or suffix, means one of them.
BUNDLED = Path(__file__).parent.parent / "models"

TOOLCHAINS = ("zig", "gcc")
FORMS = ("compiled", "image")
OPTIMIZE = ("size", "balanced", "speed")
EMULATORS = ("unicorn", "qemu")
MAX_RUNS = 100_000


class Command(click.Command):
    """A command whose help ends with runnable examples."""

    examples: tuple[str, ...] = ()

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(formatter, self.examples)


def command(name: str, *examples: str) -> Callable[[Callable[..., Any]], Command]:
    """A command `name`, with `--json` and `--all`, whose help ends with the examples."""

    def decorate(function: Callable[..., Any]) -> Command:
        function = click.option("--all", "everything", is_flag=True, help="Show everything, however long.")(function)
        function = json_option(function)
        settings = {"help_option_names": ["-h", "--help"], "max_content_width": WIDTH}
        made = click.command(name, cls=Command, context_settings=settings)(function)
        made.examples = examples
        made.params.sort(key=lambda parameter: parameter.name in ("everything", "json_to"))  # last in the help
        return made

    return decorate


def json_option(function: _F) -> _F:
    text = "Write the answer as JSON to FILE; - is standard output, and then nothing else is."
    return click.option("--json", "json_to", metavar="FILE", help=text)(function)


class ModelPath(str):
    """The path of a model, with what the user typed for it."""

    given: str

    @classmethod
    def of(cls, given: str) -> ModelPath:
        """A file, or a bundled model by its bare name."""
        bundled = BUNDLED / f"{given}.tflite"
        inside = not Path(given).exists() and bundled.parent == BUNDLED and bundled.is_file()
        made = cls(str(bundled) if inside else given)
        made.given = given
        return made


def find_models(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[ModelPath, ...]:
    return tuple(ModelPath.of(each) for each in given)


def model_argument(function: _F) -> _F:
    return click.argument("model", callback=lambda context, parameter, given: ModelPath.of(given))(function)


def target_option(function: _F) -> _F:
    text = "The core to build for, by name (see `packlight targets`), or a .toml file."
    return click.option("--target", "-t", required=True, metavar="TARGET", help=text)(function)


def operators_option(function: _F) -> _F:
    text = "A folder of operators of your own; may be given again."
    return click.option("--operators", metavar="FOLDER", multiple=True, help=text)(function)


def runs_option(default: int) -> Callable[[_F], _F]:
    """--runs, at least 1; None where it is not given."""

    def check(context: click.Context, parameter: click.Parameter, given: int | None) -> int | None:
        if given is not None and not 1 <= given <= MAX_RUNS:
            raise click.BadParameter(f"{given:,} is not between 1 and {MAX_RUNS:,}", context, parameter)
        return given

    text = f"How many sets of random inputs.  [default: {default}]"
    return click.option("--runs", type=int, metavar="N", callback=check, help=text)


def input_option(function: _F) -> _F:
    text = "A .npy for each input in turn, or one .npz (in0, in1, ... for each run).  [default: random values]"
    return click.option("--input", "-i", "files", metavar="FILE", multiple=True, help=text)(function)


def optimize_option(function: _F) -> _F:
    text = "What kernels and compiler aim at.  [default: size]"
    return click.option("--optimize", type=click.Choice(OPTIMIZE), default="size", help=text)(function)


def toolchain_options(function: _F) -> _F:
    """--optimize and --toolchain"""
    text = "The compiler: zig from PyPI, or an installed GNU compiler.  [default: zig]"
    return click.option("--toolchain", type=click.Choice(TOOLCHAINS), help=text)(optimize_option(function))


def form_option(function: _F) -> _F:
    text = "Plain C, or an image with the interpreter that runs it.  [default: compiled]"
    return click.option("--form", type=click.Choice(FORMS), default="compiled", help=text)(function)


def emulator_option(function: _F) -> _F:
    text = "The emulator.  [default: unicorn where it has the core]"
    return click.option("--emulator", type=click.Choice(EMULATORS), help=text)(function)


def emulated(target: str) -> Target:
    """The target of that name, which must be one that an emulator can run."""
    from packlight.targets import load_target

    found = load_target(target)
    if found.is_host:
        raise UsageError("E427", f"the target {found.name} has no emulator", fix="packlight run, or packlight build")
    return found


def again(
    folders: tuple[str, ...] = (), *, form: str = "compiled", optimize: str = "size", toolchain: str | None = None
) -> list[str]:
    """The options that a command was given, for the next one; what is the default is left out."""
    words = [word for folder in folders for word in ("--operators", folder)]
    words += ["--form", form] if form != "compiled" else []
    words += ["--optimize", optimize] if optimize != "size" else []
    return words + (["--toolchain", toolchain] if toolchain else [])


def user_resolver(folders: tuple[str, ...]) -> MicroMutableOpResolver | None:
    """All of packlight's operators and those of the user's folders; None, which means the former, without folders.

    A folder is an operator's own, with an op.py, or holds several of these.
    """
    if not folders:
        return None
    from packlight import ops
    from packlight.verbs.resolve import MicroMutableOpResolver, load_operators

    found: list[Path] = []
    for folder in map(Path, folders):
        inside = sorted(file.parent for file in folder.glob("*/op.py"))
        found += [folder] if (folder / "op.py").is_file() or not inside else inside
    everything = {**ops.operators(), **load_operators(*found)}
    resolver = MicroMutableOpResolver(len(everything))
    for name, operator in everything.items():
        resolver.add_custom(name, operator)
    return resolver


def answer(screen: Screen, data: Mapping[str, Any], json_to: str | None) -> None:
    """Shows the screen, and writes the JSON where it was asked for."""
    if json_to is None:
        screen.show()
        return
    from packlight.verbs.report import json_text

    if json_to == "-":
        click.echo(json_text(data), nl=False)
        return
    try:
        Path(json_to).write_text(json_text(data), encoding="utf-8")
    except OSError as error:
        raise cannot_write(json_to, error) from error
    screen.show()


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Shows on standard error, if that is a terminal, what is being done; yields what changes the title."""
    if not sys.stderr.isatty():
        yield lambda title: None
        return
    from rich.console import Console

    with Console(stderr=True).status(title) as status:
        yield status.update
