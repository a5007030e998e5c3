# SPDX-License-Identifier: Apache-2.0
"""The command line in this process, models for it, and what its documents promise: for the tests of `test_cli_*.py`."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest

from packlight.cli import main
from packlight.cli.group import packlight
from packlight.nouns.model import Model, StoredOperator
from small_models import chain

COMMANDS = packlight.list_commands(click.Context(packlight))
DOCUMENT = Path(__file__).parent.parent / "docs" / "json.md"
HOSTILE = "t\x1b[31m\u202e\n\u8aad"  # a colour, an override of direction, a new line, a wide letter

needs_tflm = pytest.mark.skipif(
    importlib.util.find_spec("tflite_micro") is None, reason="tflite-micro is not installed"
)
needs_build = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("ziglang", "unicorn", "capstone")),
    reason="packlight[build] is not installed",
)


class Terminal:
    """Runs commands in this process."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self.captured = captured

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        code = main([str(word) for word in words])
        out, err = self.captured.readouterr()
        return code, out, err

    def json(self, *words: str | Path, code: int = 0) -> Any:
        got, out, _ = self(*words, "--json", "-")
        assert got == code, out
        return json.loads(out)


def hostile() -> Model:
    """The chain with names that a terminal would obey."""
    model = chain()
    graph = model.subgraphs[0]
    tensors = tuple(replace(tensor, name=HOSTILE + tensor.name) for tensor in graph.tensors)
    return replace(model, subgraphs=(replace(graph, tensors=tensors),))


def long() -> Model:
    """Forty operators."""
    model = chain()
    graph = model.subgraphs[0]
    code = graph.operators[2].code
    tensors, operators = list(graph.tensors), list(graph.operators)
    for _ in range(36):
        last = tensors[-1]
        tensors.append(replace(last, index=last.index + 1, name="a/rather/long/name/of/a/tensor" * 4))
        operators.append(StoredOperator(len(operators), code, (last.index,), (last.index + 1,), "ReshapeOptions"))
    made = replace(graph, tensors=tuple(tensors), operators=tuple(operators), outputs=(len(tensors) - 1,))
    return replace(model, subgraphs=(made,))


def keys_of(data: Any, prefix: str = "") -> Iterator[str]:
    """Every key of JSON data with its path: `flash.items[].bytes`."""
    if isinstance(data, dict):
        for key, value in data.items():
            path = f"{prefix}.{key}" if prefix else key
            yield path
            yield from keys_of(value, path)
    elif isinstance(data, list):
        for value in data:
            yield from keys_of(value, prefix + "[]")


def documented() -> dict[str, set[str]]:
    """The keys that docs/json.md names, by schema."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = {}
    for part in text.split("\n## ")[1:]:
        schema = re.search(r"`(packlight\.\w+/\d+)`", part.split("\n", 1)[0])
        rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
        found[schema[1] if schema else part.split("\n", 1)[0]] = set(re.findall(r"`([^`]+)`", " ".join(rows)))
    return found


TENSOR = {"name", "type", "shape", "bytes", "scale", "zero_point", "values"}
PROBLEM = {"code", "message", "where", "why", "hint"}
SHARED = {"inputs[]": TENSOR, "outputs[]": TENSOR, "outputs[][]": TENSOR, "operators[].outputs[]": TENSOR}
SHARED |= {"error": PROBLEM, "errors[]": PROBLEM, "rows[]": set()}


def document_holds(*answers: Any) -> None:
    """That the document names every key of the answers."""
    keys = documented()
    for answer in answers:
        known = keys[answer["schema"]] | {"schema"}
        known |= {f"{prefix}.{key}" for prefix, inner in SHARED.items() for key in inner}
        if answer["schema"] == "packlight.explore/1":
            known |= {key.replace("points", "beaten") for key in known}
        if answer["schema"] == "packlight.compare/1":
            known |= {f"rows[].{key}" for key in keys["packlight.measure/1"]}
        plain = set(keys_of(answer))
        parents = {path[: match.start()] for path in known for match in re.finditer(r"\.|\[\]", path)}
        unknown = plain - known - parents
        assert not unknown, f"docs/json.md does not name {sorted(unknown)} of {answer['schema']}"
