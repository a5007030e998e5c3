# SPDX-License-Identifier: Apache-2.0
"""The ratchet: what each known model costs on each core, kept in tests/records and changed only on purpose."""

from __future__ import annotations

import json
from pathlib import Path

from packlight.nouns.report import Report

FOLDER = Path(__file__).parent / "records"
UPDATE = "pytest tests/test_models.py --update-records"


def figures(report: Report) -> dict[str, int]:
    """The recorded figures of a firmware, in bytes and instructions."""
    return {
        "flash.total": report.flash_total,
        "flash.constants": report.flash_constants,
        "flash.code": report.flash_code,
        "ram.total": report.ram.total,
        "ram.arena": report.ram.arena,
        "instructions": report.instructions,
    }


def load(core: str) -> tuple[str, dict[str, dict[str, int]]]:
    """The toolchain that a core's figures were recorded with, and the figures by row ("ds_cnn, compiled")."""
    file = FOLDER / f"{core}.json"
    if not file.is_file():
        return "", {}
    stored = json.loads(file.read_text(encoding="utf-8"))
    return stored["toolchain"], stored["rows"]


def save(core: str, toolchain: str, row: str, found: dict[str, int]) -> None:
    """Records one row, and drops those of another toolchain. One line a row, so that a difference is easily read."""
    before, rows = load(core)
    rows = {**(rows if before == toolchain else {}), row: found}
    lines = [f"    {json.dumps(name)}: {json.dumps(rows[name])}" for name in sorted(rows)]
    text = f'{{\n  "toolchain": {json.dumps(toolchain)},\n  "rows": {{\n' + ",\n".join(lines) + "\n  }\n}\n"
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{core}.json").write_text(text, encoding="utf-8")


def changes(before: dict[str, int], after: dict[str, int]) -> str:
    """What became different, in a line: "flash.code 2,148 -> 2,090 (-58)"."""
    parts = [
        f"{name} {before.get(name, 0):,} -> {after[name]:,} ({after[name] - before.get(name, 0):+,})"
        for name in after
        if before.get(name) != after[name]
    ]
    return ", ".join(parts)
