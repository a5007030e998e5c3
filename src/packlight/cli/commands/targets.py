# SPDX-License-Identifier: Apache-2.0
"""`packlight targets`: the cores that firmware can be built for."""

from __future__ import annotations

from packlight.cli import options
from packlight.cli.screen import Column, Screen, count, table


@options.command(
    "targets", "packlight targets", "packlight targets --json -", "packlight build sine --target cortex-m0plus -o m0"
)
def command(everything: bool, json_to: str | None) -> None:
    """List the targets.

    These are the cores that firmware can be built for. The folder named by PACKLIGHT_TARGETS may hold more: one
    TOML file is one target.
    """
    from packlight.targets import load_target, target_names
    from packlight.verbs.report import target_dict

    targets = [load_target(name) for name in target_names()]
    screen = Screen(everything)
    screen.verdict(count(len(targets), "target"))
    rows = []
    for target in targets:
        there = [name for name, has in (("unicorn", target.unicorn_cpu), ("QEMU", target.qemu)) if has is not None]
        sizes = [f"{region.length:,}" if region else "" for region in (target.flash, target.ram)]
        rows.append([target.name, *sizes, ", ".join(there) or "none", target.title])
    columns = [Column("target"), Column("flash B", right=True), Column("RAM B", right=True), Column("emulator")]
    screen.add(*table([*columns, Column("core", least=20)], rows, screen.width))
    screen.next("packlight", "measure", "sine", "--target", "cortex-m4")
    data = {"schema": "packlight.targets/1", "targets": [target_dict(target) for target in targets]}
    options.answer(screen, data, json_to)
