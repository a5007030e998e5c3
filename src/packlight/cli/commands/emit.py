# SPDX-License-Identifier: Apache-2.0
"""`packlight emit`: a model as C sources, or as an image with the interpreter that runs it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packlight.cli import choosing, options
from packlight.cli.screen import Column, Screen, count, safe, table

if TYPE_CHECKING:
    from packlight.verbs.emit import Form


@options.command(
    "emit",
    "packlight emit sine -o sine_c",
    "packlight emit sine -o sine_image --form image",
    "packlight emit sine -o wave_c --name wave --target cortex-m4 --optimize speed",
)
@options.model_argument
@click.option(
    "--output", "-o", "folder", metavar="DIR", required=True, help="The folder to write: new, empty, or written before."
)
@options.form_option
@click.option("--name", metavar="NAME", help="The prefix of all C names.  [default: the model's name]")
@click.option("--target", "-t", metavar="TARGET", help="The core whose faster kernels may be used.  [default: any]")
@choosing.choice_options
@choosing.toolchain_option
@options.operators_option
def command(
    *,
    model: options.ModelPath,
    folder: str,
    form: Form,
    name: str | None,
    target: str | None,
    toolchain: str | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
    **given: Any,
) -> None:
    """Write a model as C sources, or as an image.

    C99, no heap, no standard library, just the kernels that the model needs. The folder has a README.md with a ten-
    line example and a CMakeLists.txt.
    """
    from packlight.targets import load_target
    from packlight.verbs.emit import emit
    from packlight.verbs.emit.ctext import levels_of_kernels
    from packlight.verbs.report import emitted_dict

    core = load_target(target) if target else None
    wanted = choosing.Wanted.of(given)
    with options.progress("Choosing kernels ...") as title:
        chosen = choosing.choose_program(
            model, core, wanted, operators=operators, progress=title, form=form, toolchain=toolchain
        )
    program = chosen.program
    if chosen.note and chosen.optimize != "size":  # the user's own build says nothing of it
        program = replace(program, levels=levels_of_kernels(program, chosen.optimize))
    files = emit(program, folder, form=form, name=name)
    sizes = {file: file.stat().st_size for file in files}
    screen = Screen(everything)
    screen.verdict(f"wrote {count(len(files), 'file')}, {sum(sizes.values()):,} B, to {safe(folder)}")
    groups: dict[str, list[Path]] = {}
    for file in files:
        inside = file.relative_to(folder)
        groups.setdefault(str(inside) if everything or len(inside.parts) == 1 else f"{inside.parts[0]}/", []).append(
            file
        )
    rows = [
        [
            safe(group),
            f"{sum(sizes[file] for file in inside):,}",
            "" if len(inside) == 1 else count(len(inside), "file"),
        ]
        for group, inside in groups.items()
    ]
    screen.add(*table([Column("file", least=20), Column("B", right=True), Column("")], rows, screen.width))
    screen.add(
        f"  on the device: {program.plan.arena_bytes:,} B of arena (computed), {count(len(program.kernels), 'kernel')}"
    )
    screen.text(chosen.note)
    screen.next(
        *("packlight", "measure", model.given, "--target", target or "cortex-m4"),
        *options.again(operators, form=form, toolchain=toolchain),
        *wanted.words,
    )
    options.answer(screen, emitted_dict(program, form, folder, sizes), json_to)
