# SPDX-License-Identifier: Apache-2.0
"""Documents that are made from the sources: what is supported, within which limits, and every error."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from packlight import ops, walk
from packlight.dev import evidence
from packlight.nouns.operator import Operator

PACKAGE = Path(__file__).parent.parent
_OUTPUT = re.compile(r"<!-- output: (.*?) -->\n```\n.*?```", re.DOTALL)
_SOME = 12  # types that are named in the table of all operators
_NOTE = "<!-- Made by `packlight-dev generate` from the sources. Do not edit. -->\n"


def pages() -> dict[str, str]:
    """File name under docs/ -> content."""
    return {"operators.md": operators_page(), "errors.md": errors_page()}


def with_outputs(text: str) -> str:
    """A page in which each block behind `<!-- output: packlight ... -->` is what the command prints."""

    def shown(match: re.Match[str]) -> str:
        command = [sys.executable, "-m", *shlex.split(match[1])]
        environment = {**os.environ, "COLUMNS": "96", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, encoding="utf-8")
        return f"<!-- output: {match[1]} -->\n```\n{done.stdout}```"

    return _OUTPUT.sub(shown, text)


def operators_page() -> str:
    """Every operator with its types, versions, limits, and what its kernels cost and are compared with."""
    operators = ops.operators().values()
    lines = [
        "# Operators\n",
        _NOTE,
        f"{len(operators)} operators, {len(evidence.kernel_bytes(evidence.TARGETS[0]))} kernels. A type is that of the",
        "operands that decide the kernel, such as the input; where several decide, they are joined by `_`, each once.",
        "Each operator runs in all forms (on the PC, compiled, image) with the same C kernel. Its cases are compared",
        "with the reference kernels of TensorFlow Lite Micro (TFLM) or, where that refuses the type, of LiteRT:",
        "integers bit for bit, floats within the tolerance stated beside the case. Sizes are bytes of flash of the",
        "kernel alone, optimised for size by zig, without functions that several kernels share.\n",
        "| operator | types | up to version |",
        "|---|---|---|",
        *(f"| [{op.name}](#{op.name.lower()}) | {_types(op.kernels, _SOME)} | {op.max_version} |" for op in operators),
    ]
    for op in operators:
        lines += ["", f"## {op.name}", "", (ast.get_docstring(_tree(op.folder / "op.py")) or "").strip()]
        lines += ["", *_kernels(op)]
        limits = list(dict.fromkeys(_limits(op.folder / "op.py")))
        if limits:
            lines += ["", "It must hold that:", "", *(f"* {limit}" for limit in limits)]
    return "\n".join(lines) + "\n"


def _kernels(op: Operator) -> list[str]:
    """A table of the operator's kernels: for which types, how large, compared with what."""
    by_kernels: dict[tuple[str, ...], list[str]] = {}
    for key in op.kernels:
        by_kernels.setdefault(op.kernels_for(key), []).append(key)
    lines = [f"| types | kernel | {' | '.join(evidence.TARGETS)} | compared with |", "|---|---|---|---|---|"]
    for names, types in by_kernels.items():
        compared = [evidence.oracles().get((op.name, each), "") for each in types]
        oracle = ", ".join(name for name in ("TFLM", "LiteRT") if any(name in each for each in compared))
        for name in names or ("",):
            kernel = ops.kernel(op.kernel_file(name)).name if name else ""
            sizes = [f"{evidence.kernel_bytes(target)[kernel]:,}" if name else "0" for target in evidence.TARGETS]
            shown = f"`{kernel}`" if name else "no code"
            lines.append(f"| {_types(types)} | {shown} | {' | '.join(sizes)} | {oracle} |")
    return lines


def errors_page() -> str:
    """Every error code with its sentence and where it is raised."""
    found: dict[str, dict[str, None]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.is_relative_to(PACKAGE / "dev"):
            continue
        for node in ast.walk(_tree(file)):
            if isinstance(node, ast.Call):
                for code, sentence in _error(node):
                    found.setdefault(code, {})[sentence] = None
    lines = [
        "# Errors\n",
        _NOTE,
        "Every error has a stable code. E0: how a command or function was called. E1: the file. E2: what the model",
        "asks for. E3: the op resolver. E4: compilers and other tools. E5: running. E6: measuring. E9: a fault of",
        "packlight's own. `...` stands for what is named.\n",
        "| code | sentence |",
        "|---|---|",
    ]
    for code in sorted(found):
        lines += [f"| {code} | {sentence.replace('|', '/')} |" for sentence in found[code]]
    return "\n".join(lines) + "\n"


def _types(types: Iterable[str], most: int | None = None) -> str:
    """The names of types; all of whole bytes in a few words; of more than `most` the number."""
    named = list(types)
    whole = [name for name in named if name in walk.MOVE]
    if len(whole) < len(walk.MOVE):
        if most and len(named) > most:
            return f"{len(named)} combinations"
        return ", ".join(f"`{name}`" for name in named)
    return ", ".join(["any of whole bytes", *(f"`{name}`" for name in named if name not in walk.MOVE)])


def _limits(file: Path) -> Iterator[str]:
    """The sentences of node.check(condition, "sentence") in a file."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "check":
            for argument in node.args[1:2]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _error(node: ast.Call) -> Iterator[tuple[str, str]]:
    """(code, sentence) where two neighbouring arguments of a call are an error code and a text."""
    for first, second in zip(node.args, node.args[1:], strict=False):
        if isinstance(first, ast.Constant) and re.fullmatch(r"E\d{3}", str(first.value)):
            sentence = _text(second)
            if sentence:
                yield str(first.value), sentence


def _text(node: ast.expr) -> str:
    """A string or an f-string with `...` for its values; empty for anything else."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "..." for part in node.values)
    return ""


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
