# SPDX-License-Identifier: Apache-2.0
"""Errors as a user sees them: one sentence, where, why and what to do; exit codes; JSON."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from packlight.cli import faults
from packlight.dev.case import tensor
from packlight.dev.write import write
from small_models import Step, chain, network, write_custom_folder
from terminal import (
    Terminal,
)


def test_eight_faults_give_eight_sentences(run: Terminal) -> None:
    good = write(chain())
    operand = tensor("FLOAT64", 1, 4)
    unknown = network([operand, operand], [("LOCAL_RESPONSE_NORMALIZATION", 1, "NONE", {}, (0,), (1,))], [0], [1])
    types = network([operand, operand], [("RESHAPE", 1, "ReshapeOptions", {}, (0,), (1,))], [0], [1])
    conv = replace(chain("FLOAT32"), subgraphs=chain("FLOAT32").subgraphs)
    tensors = list(conv.subgraphs[0].tensors)
    tensors[0], tensors[3] = (replace(tensors[at], type="FLOAT64") for at in (0, 3))
    types = replace(conv, subgraphs=(replace(conv.subgraphs[0], tensors=tuple(tensors)),))
    faulty: dict[str, bytes | None] = {
        "missing": None,
        "empty": b"",
        "stub": good[:100],
        "truncated": good[: len(good) // 2],
        "garbled": good[:8] + bytes(byte ^ 0x5A for byte in good[8:]),
        "text": b"notes, made on a Tuesday",
        "unknown": write(unknown),
        "types": write(types),
    }
    sentences = set()
    for name, data in faulty.items():
        if data is not None:
            Path(f"{name}.tflite").write_bytes(data)
        code, out, err = run("plan", f"{name}.tflite")
        assert (code, out) == (3, ""), name
        first = err.splitlines()[0]
        assert re.match(rf"error\[E\d+\]: {name}\.tflite", first)
        assert "Traceback" not in err
        sentences.add(first.replace(name, ""))
    assert len(sentences) == len(faulty)


def test_inspect_lists_what_is_unsupported(run: Terminal) -> None:
    code, out, err = run("inspect", "custom.tflite")
    assert (code, err) == (3, "")
    assert "1 of 1 operator unsupported" in out.splitlines()[0]
    assert "E201 custom operator Twice has no kernel" in out
    data = run.json("inspect", "custom.tflite", code=3)
    assert data["supported"] is False
    assert data["ram"] is None
    assert [error["code"] for error in data["errors"]] == ["E201"]


def test_a_users_operator(run: Terminal) -> None:
    write_custom_folder(Path("twice"))
    code, out, _ = run("inspect", "custom.tflite", "--operators", "twice")
    assert code == 0
    assert 'resolver.add_custom("Twice", FOLDER)' in out
    assert out.endswith("next: packlight measure custom.tflite --target cortex-m4 --operators twice\n")
    if shutil.which("cc") or importlib.util.find_spec("ziglang"):
        np.save("x.npy", np.array([1, 2, 3], np.float32))
        data = run.json("run", "custom.tflite", "-i", "x.npy", "--operators", ".")
        assert data["outputs"][0][0]["values"] == [2, 4, 6]


USAGE = {
    "inspekt chain.tflite": "did you mean inspect?",
    "inspect": "packlight inspect --help",
    "inspect chain.tflite --colour": "packlight inspect --help",
    "inspect chain.tflite --lng c": " --lang?",
    "measure chain.tflite": "packlight measure --help",
    "measure chain.tflite --target cortex-m5": "did you mean 'cortex-m",
    "measure chain.tflite --target host": "packlight run",
    "build chain.tflite -t cortex-m4 -o x --optimize fast": "packlight build --help",
    "run chain.tflite --runs 0": "packlight run --help",
    "--verbose": "--version",
}


@pytest.mark.parametrize("line", USAGE)
def test_usage_errors(run: Terminal, line: str) -> None:
    code, out, err = run(*line.split())
    assert (code, out) == (2, "")
    assert re.match(r"error\[E\d+\]: ", err)
    assert USAGE[line] in err
    data = run.json(*line.split(), code=2)
    assert data["schema"] == "packlight.error/1"
    assert data["error"]["message"]
    assert data["errors"][0] == data["error"]


def test_problems_that_differ_in_their_place_alone_are_told_together(run: Terminal) -> None:
    operand = tensor("FLOAT32", 1, 4)
    steps: list[Step] = [("LOCAL_RESPONSE_NORMALIZATION", 1, "NONE", {}, (at,), (at + 1,)) for at in range(9)]
    Path("lrn.tflite").write_bytes(write(network([operand] * 10, steps, [0], [9])))
    _, _, err = run("plan", "lrn.tflite")
    assert err.count("error[E201]") == 1
    assert err.count("operator #") == 4
    assert "and 5 more places" in err
    assert len(run.json("plan", "lrn.tflite", code=3)["errors"]) == 9


def test_errors_are_json_too(run: Terminal, tmp_path: Path) -> None:
    data = run.json("inspect", "missing.tflite", code=3)
    assert set(data["error"]) == {"code", "message", "where", "why", "hint"}
    assert data["error"]["code"] == "E101"
    code, out, err = run("inspect", "missing.tflite", "--json=errors.json")
    assert (code, out) == (3, "")
    assert "error[E101]" in err
    assert json.loads((tmp_path / "errors.json").read_text(encoding="utf-8"))["error"]["code"] == "E101"


def test_files_that_cannot_be_written(run: Terminal) -> None:
    for words in (
        ["run", "chain.tflite", "-o", "no/such/folder.npz"],
        ["plan", "chain.tflite", "--json", "no/folder.json"],
    ):
        code, _, err = run(*words)
        assert code == 2
        assert "error[E012]: no/" in err
    code, _, err = run("emit", "chain.tflite", "-o", "chain.tflite")
    assert code == 2
    assert "error[E010]" in err


def test_a_fault_of_ours_is_told_without_a_traceback(run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("surprise")

    monkeypatch.setattr("packlight.verbs.read.read", fails)
    monkeypatch.delenv("PACKLIGHT_DEBUG", raising=False)
    code, _, err = run("inspect", "chain.tflite")
    assert code == 70
    assert "error[E999]: packlight has a fault of its own: RuntimeError: surprise" in err
    assert "PACKLIGHT_DEBUG=1" in err
    assert "Traceback" not in err
    monkeypatch.setenv("PACKLIGHT_DEBUG", "1")
    assert "Traceback" in run("inspect", "chain.tflite")[2]


@pytest.mark.parametrize(
    ("raised", "expected"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 0), (OSError(5, "bad"), 2)]
)
def test_interrupts(run: Terminal, monkeypatch: pytest.MonkeyPatch, raised: BaseException, expected: int) -> None:
    def fails(*_: object) -> None:
        raise raised

    monkeypatch.setattr("packlight.verbs.read.read", fails)
    monkeypatch.setattr(faults, "reader_left", lambda: 0)
    code, out, err = run("inspect", "chain.tflite")
    assert (code, out) == (expected, "")
    assert "Traceback" not in err
