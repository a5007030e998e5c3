# SPDX-License-Identifier: Apache-2.0
"""`report`: every answer of packlight as data for JSON. docs/json.md says what each key means.

Each command has a schema, "packlight.COMMAND/N". N grows when a key goes away or changes its meaning; new keys may
come at any time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from packlight.errors import Problem
from packlight.nouns.inspection import InspectedOperator, Inspection, Need, ResolverLines
from packlight.nouns.model import Tensor
from packlight.nouns.program import Program
from packlight.nouns.report import Difference, Report
from packlight.nouns.target import Firmware, Target

if TYPE_CHECKING:
    from pathlib import Path

    from packlight.agreement import Compared
    from packlight.nouns.choice import Trial
    from packlight.verbs.explore import Frontier
    from packlight.verbs.profile import Profile

Data = dict[str, Any]


def report(answer: Report | Sequence[Report] | Inspection | Program) -> Data:
    """What `measure`, `compare`, `inspect` or `plan` found, as the command of that name writes it with `--json`."""
    if isinstance(answer, Report):
        return report_dict(answer)
    if isinstance(answer, Inspection):
        return inspection_dict(answer)
    return plan_dict(answer) if isinstance(answer, Program) else comparison_dict(answer)


def json_text(data: Mapping[str, Any]) -> str:
    """JSON text, the same for the same data; numbers that JSON lacks (NaN, infinities) are strings."""
    return _text(_plain(data), "") + "\n"


def errors_dict(problems: Sequence[Problem]) -> Data:
    """What any command answers instead when it cannot do its work."""
    every = [problem_dict(problem) for problem in problems]
    return {"schema": "packlight.error/1", "error": every[0], "errors": every}


def problem_dict(problem: Problem) -> Data:
    return {
        "code": problem.code,
        "message": problem.message,
        "where": problem.at,
        "why": problem.why,
        "hint": problem.fix,
    }


def tensor_dict(tensor: Tensor) -> Data:
    quantization = tensor.quantization
    return {
        "name": tensor.name,
        "type": tensor.type,
        "shape": list(tensor.shape),
        "bytes": tensor.bytes,
        "scale": list(quantization.scale) if quantization else [],
        "zero_point": list(quantization.zero_point) if quantization else [],
    }


def inspection_dict(inspection: Inspection) -> Data:
    """`packlight inspect`"""
    known = inspection.arena_bytes is not None
    return {
        "schema": "packlight.inspect/1",
        "model": inspection.model,
        "file": {
            "path": inspection.source,
            "bytes": inspection.file_bytes,
            "constants": inspection.constant_bytes,
            "rest": inspection.file_bytes - inspection.constant_bytes,
        },
        "supported": not inspection.unsupported,
        "subgraphs": inspection.subgraphs,
        "types": list(inspection.activation_types),
        "inputs": [tensor_dict(tensor) for tensor in inspection.inputs],
        "outputs": [tensor_dict(tensor) for tensor in inspection.outputs],
        "operators": [_operator_dict(operator) for operator in inspection.operators],
        "macs": inspection.macs,
        "ram": {
            "arena": inspection.arena_bytes,
            "persistent": inspection.persistent_bytes,
            "largest_live_set": inspection.largest_live_set,
            "peak": inspection.peak,
        }
        if known
        else None,
        "errors": [problem_dict(problem) for problem in inspection.problems],
    }


def _operator_dict(operator: InspectedOperator) -> Data:
    return {
        "index": operator.index,
        "name": operator.name,
        "custom": operator.custom,
        "version": operator.version,
        "types": operator.types,
        "supported": operator.supported,
        "outputs": [tensor_dict(tensor) for tensor in operator.outputs],
        "macs": operator.macs,
        "weights": operator.weight_bytes,
        "live": operator.live_bytes,
        "kernels": list(operator.kernels),
    }


def run_dict(
    program: Program, outputs: Sequence[Sequence[Any]], against: str | None, compared: Sequence[Compared]
) -> Data:
    """`packlight run`; the outputs of each run as nested lists of what is stored."""
    return {
        "schema": "packlight.run/1",
        "model": program.name,
        "runs": len(outputs),
        "outputs": [
            [
                {**tensor_dict(value.tensor), "values": array.tolist()}
                for value, array in zip(program.outputs, arrays, strict=True)
            ]
            for arrays in outputs
        ],
        "against": against,
        "identical": all(each.identical for each in compared) if against else None,
        "agrees": all(each.agrees for each in compared) if against else None,
        "tensors": [
            {
                "node": each.node,
                "operator": each.operator,
                "name": each.tensor.name,
                "identical": each.identical,
                "agrees": each.agrees,
                "differing": each.differing,
                "largest": each.largest,
                "first": None
                if each.agrees
                else {"run": each.run, "index": list(each.index), "ours": each.ours, "theirs": each.theirs},
            }
            for each in compared
        ],
    }


def resolver_dict(models: Sequence[str], language: str, needs: Sequence[Need], lines: ResolverLines) -> Data:
    """`packlight resolver`"""
    return {
        "schema": "packlight.resolver/1",
        "models": list(models),
        "lang": language,
        "count": lines.count,
        "operators": [
            {"name": need.name, "custom": need.custom, "types": need.types, "kernels": sorted(set(need.kernels))}
            for need in needs
        ],
        "lines": [*lines.before, lines.resolver, *lines.statements],
        "errors": [problem_dict(problem) for problem in lines.problems],
    }


def plan_dict(program: Program) -> Data:
    """`packlight plan`"""
    plan = program.plan
    return {
        "schema": "packlight.plan/1",
        "model": program.name,
        "ram": {
            "arena": plan.arena_bytes,
            "persistent": plan.persistent_bytes,
            "largest_live_set": plan.largest_live_set,
            "alignment": plan.alignment,
        },
        "calls": [
            {
                "index": call.index,
                "node": call.node,
                "operator": call.operator,
                "label": call.label,
                "kernel": call.kernel.name,
            }
            for call in program.calls
        ],
        "buffers": [
            {
                "name": buffer.name,
                "role": buffer.role,
                "bytes": buffer.size,
                "offset": plan.offsets[buffer.index],
                "first": plan.lifetimes[buffer.index].first,
                "last": plan.lifetimes[buffer.index].last,
            }
            for buffer in program.buffers
            if buffer.area != "constant"
        ],
    }


def emitted_dict(program: Program, form: str, folder: str, sizes: Mapping[Path, int]) -> Data:
    """`packlight emit`"""
    return {
        "schema": "packlight.emit/1",
        "model": program.name,
        "form": form,
        "ram": {"arena": program.plan.arena_bytes},
        "kernels": [kernel.name for kernel in program.kernels],
        "files": [{"path": file.relative_to(folder).as_posix(), "bytes": size} for file, size in sizes.items()],
    }


def firmware_dict(program: Program, firmware: Firmware, flash: int | None) -> Data:
    """`packlight build`; `flash` is the sum of the loadable bytes, None on the host."""
    return {
        "schema": "packlight.build/1",
        "model": program.name,
        "target": firmware.target.name,
        "toolchain": firmware.toolchain,
        "form": firmware.form,
        "optimize": firmware.optimize,
        "elf": str(firmware.elf),
        "flash": {"total": flash},
        "ram": {"arena": program.plan.arena_bytes},
    }


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


def target_dict(target: Target) -> Data:
    """One of `packlight targets`."""
    return {
        "name": target.name,
        "title": target.title,
        "core": target.core,
        "features": list(target.features),
        "flash": target.flash.length if target.flash else None,
        "ram": target.ram.length if target.ram else None,
        "emulators": [
            name for name, there in (("unicorn", target.unicorn_cpu), ("qemu", target.qemu)) if there is not None
        ],
    }


def _text(value: Any, indent: str) -> str:
    """Indented JSON; lists of numbers, and of lists of numbers, take one line."""
    inner = indent + "  "
    if isinstance(value, dict) and value:
        parts = [f"{inner}{json.dumps(key)}: {_text(each, inner)}" for key, each in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    if isinstance(value, list) and value and "{" not in (flat := json.dumps(value, allow_nan=False)):
        return flat
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(inner + _text(each, inner) for each in value) + f"\n{indent}]"
    return json.dumps(value, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
