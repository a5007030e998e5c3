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
from packlight.nouns.report import Report
from packlight.nouns.target import Firmware, Target
from packlight.verbs.report.costs import Data, comparison_dict, report_dict

if TYPE_CHECKING:
    from pathlib import Path

    from packlight.agreement import Compared


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
