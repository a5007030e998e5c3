# SPDX-License-Identifier: Apache-2.0
"""`packlight emit`: a model as C sources, or as an image with the interpreter that runs it."""

from __future__ import annotations

from pathlib import Path

import click

from packlight.cli import options
from packlight.cli.screen import Column, Screen, count, safe, table


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
@options.optimize_option
@options.operators_option
def command(
    *,
    model: options.ModelPath,
    folder: str,
    form: str,
    name: str | None,
    target: str | None,
    optimize: str,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Write a model as C sources, or as an image.

    C99, no heap, no standard library, just the kernels that the model needs. The folder has a README.md with a ten-
    line example and a CMakeLists.txt.
    """
    from packlight.targets import load_target
    from packlight.verbs.emit import emit
    from packlight.verbs.pack import pack
    from packlight.verbs.report import emitted_dict

    core = load_target(target) if target else None
    program = pack(model, options.user_resolver(operators), target=core, optimize=optimize)
    files = emit(program, folder, form=form, name=name)  # type: ignore[arg-type]
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
    screen.next(
        *("packlight", "measure", model.given, "--target", target or "cortex-m4"),
        *options.again(operators, form=form, optimize=optimize),
    )
    options.answer(screen, emitted_dict(program, form, folder, sizes), json_to)
