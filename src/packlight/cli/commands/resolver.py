# SPDX-License-Identifier: Apache-2.0
"""`packlight resolver`: the lines that register what models need, ready to be pasted."""

from __future__ import annotations

import click

from packlight.cli import options
from packlight.cli.screen import Screen, count, paint, safe, words

_UNSUPPORTED = 3  # exit code


@options.command(
    "resolver",
    "packlight resolver sine",
    "packlight resolver sine --lang tflm --by-type",
    "packlight resolver sine --lang c",
)
@click.argument("models", metavar="MODEL...", nargs=-1, required=True, callback=options.find_models)
@click.option("--lang", "language", type=click.Choice(["python", "c", "tflm"]), default="python",
              help="Python, packlight's C, or TFLM's C++.  [default: python]")  # fmt: skip
@click.option("--by-type", is_flag=True, help="Register only the types that the models use.")
@options.operators_option
@click.pass_context
def command(
    context: click.Context,
    *,
    models: tuple[options.ModelPath, ...],
    language: str,
    by_type: bool,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Print the op resolver that models need.

    Exactly their operators, and their number. All of the output is code or comment. Exit code 3 if an operator is
    missing in the language chosen; it then stands in a comment.
    """
    from packlight.cli.resolver_lines import COMMENT, lines, needs_of
    from packlight.verbs.inspect import inspect
    from packlight.verbs.read import read
    from packlight.verbs.report import resolver_dict

    resolver = options.user_resolver(operators)
    stored = [read(model) for model in models]
    needs = needs_of((model, inspect(model, resolver)) for model in stored)
    made = lines(language, needs, by_type=by_type)
    names = " and ".join(safe(model.name) for model in stored)
    sign = COMMENT[language]
    screen = Screen(everything)
    missing = f"; {len(made.problems)} missing" if made.problems else ""
    need = "needs" if len(stored) == 1 else "need"
    screen.add(paint(f"{sign} {count(made.count, 'registration')}: exactly what {names} {need}{missing}", "strong"))
    screen.add(*made.before, "", made.resolver, *made.statements)
    for problem in made.problems:
        screen.add(paint(f"{sign} {problem.code}: {safe(problem.message.split(': ', 1)[-1])}", "bad"))
    following = words("packlight", "compare", models[0].given, "--target", "cortex-m4")
    if any(need.problems for need in needs):
        following = words("packlight", "inspect", models[0].given, "--all")
    screen.add(f"{sign} next: " + paint(following, "command"))
    options.answer(screen, resolver_dict([model.name for model in stored], language, needs, made), json_to)
    context.exit(_UNSUPPORTED if made.problems else 0)
