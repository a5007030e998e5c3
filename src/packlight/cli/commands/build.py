# SPDX-License-Identifier: Apache-2.0
"""`packlight build`: a model as linked firmware."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from packlight.cli import choosing, options
from packlight.cli.screen import Screen, safe


@options.command(
    "build",
    "packlight build sine --target cortex-m4 -o sine_m4",
    "packlight build sine --target rv32imc -o sine_rv32 --flash-budget 4K",
    "packlight build sine --target cortex-m0plus -o sine_m0 --form image",
)
@options.model_argument
@options.target_option
@click.option("--output", "-o", "folder", metavar="DIR", required=True, help="The folder for the sources and the ELF.")
@options.form_option
@choosing.choice_options
@choosing.toolchain_option
@options.operators_option
def command(
    *,
    model: options.ModelPath,
    target: str,
    folder: str,
    form: str,
    toolchain: str | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
    **given: Any,
) -> None:
    """Build firmware for a target.

    It boots from its reset handler and runs the model for ever. DIR receives the sources and the ELF. With a budget, or
    --optimize balanced, kernels and compiler are chosen by measuring them; exit code 1 if nothing keeps to the budget.
    """
    from packlight.elf import Elf
    from packlight.targets import load_target
    from packlight.verbs.build import build
    from packlight.verbs.report import firmware_dict

    core = load_target(target)
    wanted = choosing.Wanted.of(given)
    how: dict[str, Any] = {"form": form, "toolchain": toolchain}
    with options.progress(f"Building for {core.name} ...") as title:
        chosen = choosing.choose_program(model, core, wanted, operators=operators, progress=title, **how)
        program = chosen.program
        made = build(program, core, optimize=chosen.optimize, folder=folder, **how)
        firmware = replace(made, optimize=chosen.goal)
    host = firmware.target.is_host
    flash = None if host else sum(len(segment.data) for segment in Elf(firmware.elf).segments)
    screen = Screen(everything)
    size = f"{firmware.elf.stat().st_size:,} B file" if flash is None else f"{flash:,} B flash"
    screen.verdict(f"built   {size}, {program.plan.arena_bytes:,} B arena", "" if host else "measured: linked ELF")
    screen.add(f"  {safe(program.name)} on {firmware.target.name}, {firmware.toolchain}, {chosen.goal}, {form} form")
    screen.add(f"  {safe(str(firmware.elf))}")
    screen.text(chosen.note)
    if host:
        screen.next("packlight", "run", model.given, *options.again(operators))
    else:
        again = [*options.again(operators, form=form, toolchain=toolchain), *wanted.words]
        screen.next("packlight", "measure", model.given, "--target", target, *again)
    options.answer(screen, firmware_dict(program, firmware, flash), json_to)
