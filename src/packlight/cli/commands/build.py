# SPDX-License-Identifier: Apache-2.0
"""`packlight build`: a model as linked firmware."""

from __future__ import annotations

import click

from packlight.cli import options
from packlight.cli.screen import Screen, safe


@options.command(
    "build",
    "packlight build sine --target cortex-m4 -o sine_m4",
    "packlight build sine --target rv32imc -o sine_rv32 --optimize speed",
    "packlight build sine --target cortex-m0plus -o sine_m0 --form image",
)
@options.model_argument
@options.target_option
@click.option("--output", "-o", "folder", metavar="DIR", required=True, help="The folder for the sources and the ELF.")
@options.form_option
@options.toolchain_options
@options.operators_option
def command(
    *,
    model: options.ModelPath,
    target: str,
    folder: str,
    form: str,
    optimize: str,
    toolchain: str | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Build firmware for a target.

    It boots from its reset handler and runs the model for ever. DIR receives the sources and the ELF.
    """
    from packlight.elf import Elf
    from packlight.targets import load_target
    from packlight.verbs.build import build
    from packlight.verbs.pack import pack
    from packlight.verbs.report import firmware_dict

    core = load_target(target)
    program = pack(model, options.user_resolver(operators), target=core, optimize=optimize)
    with options.progress(f"Building {safe(program.name)} for {core.name} ..."):
        firmware = build(program, core, form=form, toolchain=toolchain, optimize=optimize, folder=folder)  # type: ignore[arg-type]
    host = firmware.target.is_host
    flash = None if host else sum(len(segment.data) for segment in Elf(firmware.elf).segments)
    screen = Screen(everything)
    size = f"{firmware.elf.stat().st_size:,} B file" if flash is None else f"{flash:,} B flash"
    screen.verdict(f"built   {size}, {program.plan.arena_bytes:,} B arena", "" if host else "measured: linked ELF")
    screen.add(f"  {safe(program.name)} on {firmware.target.name}, {firmware.toolchain}, {optimize}, {form} form")
    screen.add(f"  {safe(str(firmware.elf))}")
    if host:
        screen.next("packlight", "run", model.given, *options.again(operators))
    else:
        chosen = options.again(operators, form=form, optimize=optimize, toolchain=toolchain)
        screen.next("packlight", "measure", model.given, "--target", target, *chosen)
    options.answer(screen, firmware_dict(program, firmware, flash), json_to)
