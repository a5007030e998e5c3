# SPDX-License-Identifier: Apache-2.0
"""What was measured, as data: one firmware, several beside each other, a frontier, a profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from packlight.nouns.choice import Trial
from packlight.nouns.report import Difference, Report

if TYPE_CHECKING:
    from packlight.verbs.explore import Frontier
    from packlight.verbs.profile import Profile

Data = dict[str, Any]


def report_dict(report: Report) -> Data:
    """`packlight measure`"""
    return {"schema": "packlight.measure/1", **_measured(report)}


def comparison_dict(reports: Sequence[Report]) -> Data:
    """`packlight compare`: a row for each report, in the order of the table."""
    first = reports[0]
    return {
        "schema": "packlight.compare/1",
        "model": first.model,
        "target": first.target,
        "toolchain": first.toolchain,
        "emulator": first.emulator,
        "optimize": first.optimize,
        "bit_exact": all(report.bit_exact for report in reports),
        "rows": [{"name": report.name, **_measured(report)} for report in reports],
    }


def frontier_dict(frontier: Frontier) -> Data:
    """`packlight explore`"""
    return {
        "schema": "packlight.explore/1",
        "model": frontier.program.name,
        "target": frontier.target,
        "toolchain": frontier.toolchain,
        "form": frontier.form,
        "points": [_trial_dict(frontier, trial) for trial in frontier.points],
        "beaten": [_trial_dict(frontier, trial) for trial in frontier.tried if trial not in frontier.points],
    }


def _trial_dict(frontier: Frontier, trial: Trial) -> Data:
    return {
        "optimize": frontier.titles(trial),
        "flash": {"total": trial.flash, "code": trial.flash_code},
        "ram": {"total": trial.ram, "arena": trial.arena},
        "instructions": {"total": trial.instructions},
        "kernels": list(trial.choice.kernels),
        "level": trial.choice.optimize,
        "levels": [{"kernel": kernel, "level": level} for kernel, level in sorted(trial.choice.levels.items())],
    }


def profile_dict(found: Profile) -> Data:
    """`packlight profile`"""
    report = found.report
    return {
        "schema": "packlight.profile/1",
        **{"model": report.model, "target": report.target, "toolchain": report.toolchain},
        **{"emulator": report.emulator, "form": report.form, "optimize": report.optimize},
        "flash": {"total": report.flash_total, "code": report.flash_code, "shared": found.shared},
        "instructions": {"total": report.instructions},
        "macs": found.macs,
        "calls": [
            {
                **{"index": call.cost.index, "node": call.cost.node, "operator": call.cost.operator},
                **{"label": call.cost.label, "kernel": call.cost.kernel, "general": call.general},
                **{"macs": call.cost.macs, "instructions": call.cost.instructions, "per_mac": call.per_mac},
                **{"code": call.code, "constants": call.constants, "passed_over": list(call.passed_over)},
            }
            for call in found.calls
        ],
        "operators": [
            {
                **{"operator": each.operator, "calls": each.calls, "macs": each.macs},
                **{"instructions": each.instructions, "code": each.code},
            }
            for each in found.operators
        ],
        "bit_exact": report.bit_exact,
    }


def _measured(report: Report) -> Data:
    return {
        "model": report.model,
        "target": report.target,
        "toolchain": report.toolchain,
        "emulator": report.emulator,
        "form": report.form,
        "optimize": report.optimize,
        "flash": {
            "total": report.flash_total,
            "constants": report.flash_constants,
            "code": report.flash_code,
            "items": [
                {
                    "kind": item.kind,
                    "name": item.name,
                    "bytes": item.bytes,
                    "calls": list(item.calls),
                    "detail": item.detail,
                }
                for item in report.flash
            ],
        },
        "ram": {
            "total": report.ram.total,
            "arena": report.ram.arena,
            "static": report.ram.static,
            "stack": report.ram.stack,
        },
        "instructions": {
            "total": report.instructions,
            "boot": report.boot_instructions,
            "calls": [
                {
                    "index": call.index,
                    "node": call.node,
                    "operator": call.operator,
                    "label": call.label,
                    "kernel": call.kernel,
                    "macs": call.macs,
                    "instructions": call.instructions,
                }
                for call in report.calls
            ],
        },
        "cycles": {
            "total": report.cycles.total,
            "error_percent": report.cycles.error,
            "calls": list(report.cycles.calls),
        }
        if report.cycles
        else None,
        "bit_exact": report.bit_exact,
        "difference": _difference_dict(report.difference),
        "runs": report.runs,
        "elf": report.elf,
        "notes": list(report.notes),
    }


def _difference_dict(difference: Difference | None) -> Data | None:
    if difference is None:
        return None
    return {
        "run": difference.run,
        "output": difference.output,
        "index": list(difference.index),
        "device": difference.device,
        "pc": difference.pc,
    }
