# SPDX-License-Identifier: Apache-2.0
"""What whole models cost on emulated cores, for size and for speed: Markdown on standard output, and JSON.

    python benchmarks/run.py [MODEL.tflite ...] [--target cortex-m4 ...] [--toolchain gcc] [--json FILE]

Without models it takes those that come with packlight. Every figure is measured: the linked ELF, the emulator. What a
machine has no compiler or emulator for is left out, and named below the tables.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

import packlight
from packlight.errors import PacklightError
from packlight.nouns.report import Report
from packlight.targets import load_target
from packlight.verbs.build import build
from packlight.verbs.measure import measure
from packlight.verbs.pack import pack

TARGETS = ("cortex-m4", "cortex-m0plus", "cortex-m55", "rv32imc")
GOALS = ("size", "speed")
PACKAGES = ("packlight", "unicorn", "ziglang", "capstone", "numpy")
COLUMNS = ("model", "optimize", "flash.code B", "flash B", "RAM B", "MACs", "instructions", "each MAC", "identical")


def figures(report: Report) -> dict[str, Any]:
    """One row of a table, as data."""
    return {
        **{"model": report.model, "target": report.target, "optimize": report.optimize},
        **{"toolchain": report.toolchain, "emulator": report.emulator, "form": report.form},
        **{"flash_code": report.flash_code, "flash": report.flash_total, "ram": report.ram.total},
        **{"macs": sum(call.macs for call in report.calls), "instructions": report.instructions},
        **{"bit_exact": report.bit_exact, "runs": report.runs},
    }


def rows(
    files: Sequence[Path], target: str, toolchain: str | None, runs: int, missing: list[str]
) -> Iterator[dict[str, Any]]:
    """A row for each model and goal on one target; what cannot be had is told in `missing`."""
    core = load_target(target)
    for file in files:
        for goal in GOALS:
            try:
                program = pack(file, target=core, optimize=goal)
                firmware = build(program, core, toolchain=toolchain, optimize=goal)
                yield figures(measure(firmware, program, runs=runs))
            except PacklightError as error:
                problem = error.problems[0]
                missing.append(f"{file.stem} on {target}, {goal}: {problem.message}")
                break


def table(target: str, found: Sequence[dict[str, Any]]) -> list[str]:
    """A Markdown table of one target."""
    first = found[0]
    lines = ["", f"## {target}, {first['toolchain']}, {first['emulator']}", ""]
    lines += ["| " + " | ".join(COLUMNS) + " |", "|---|---|" + "---:|" * (len(COLUMNS) - 3) + "---|"]
    for row in found:
        each = f"{row['instructions'] / row['macs']:.2f}" if row["macs"] else ""
        numbers = [f"{row[key]:,}" for key in ("flash_code", "flash", "ram", "macs", "instructions")]
        same = f"{row['runs']} of {row['runs']}" if row["bit_exact"] else "no"
        lines.append("| " + " | ".join([row["model"], row["optimize"], *numbers, each, same]) + " |")
    return lines


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@click.command()
@click.argument("files", nargs=-1, metavar="[MODEL]...", type=click.Path(exists=True, path_type=Path))
@click.option("--target", "-t", "targets", multiple=True, default=TARGETS, help="A core; may be given again.")
@click.option("--toolchain", type=click.Choice(("zig", "gcc")), help="The compiler.  [default: zig]")
@click.option("--runs", default=3, help="Random inputs that are compared with this computer's outputs.")
@click.option("--json", "json_to", type=click.Path(path_type=Path), help="Write the figures as JSON too.")
def main(
    files: tuple[Path, ...], targets: tuple[str, ...], toolchain: str | None, runs: int, json_to: Path | None
) -> None:
    """Whole models on emulated cores: flash, RAM, executed instructions, for size and for speed."""
    chosen = files or tuple(sorted((Path(packlight.__file__).parent / "models").glob("*.tflite")))
    found: list[dict[str, Any]] = []
    missing: list[str] = []
    click.echo("# Whole models, one inference\n")
    click.echo(", ".join(f"{name} {number}" for name, number in versions().items()))
    for target in targets:
        here = list(rows(chosen, target, toolchain, runs, missing))
        found += here
        if here:
            click.echo("\n".join(table(target, here)))
    if missing:
        click.echo("\nLeft out:\n\n" + "\n".join(f"* {line}" for line in missing))
    if json_to:
        data = {"schema": "packlight.benchmarks/1", "versions": versions(), "rows": found, "missing": missing}
        json_to.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if all(row["bit_exact"] for row in found) else 1)


if __name__ == "__main__":
    main()
