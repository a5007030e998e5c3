# SPDX-License-Identifier: Apache-2.0
"""`packlight run`: inputs and outputs as files, comparisons with other interpreters."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from terminal import (
    Terminal,
    needs_tflm,
)


def test_run_and_its_files(run: Terminal) -> None:
    code, out, _ = run("run", "chain.tflite", "--runs", "3", "--output", "three.npz")
    assert code == 0
    assert out.startswith("ran   3 inputs on this computer")
    assert sorted(np.load("three.npz").files) == ["in0", "in1", "in2", "out0", "out1", "out2"]
    code, out, _ = run("run", "chain.tflite", "--against", "three.npz")
    assert code == 0
    assert out.startswith("identical   1 output, 3 inputs, against three.npz\n")
    again = run.json("run", "chain.tflite", "--input", "three.npz")
    direct = run.json("run", "chain.tflite", "--runs", "3")
    assert again["outputs"] == direct["outputs"]
    assert run.json("run", "chain.tflite", "--seed", "2")["outputs"] == direct["outputs"][2:]


def test_run_takes_an_array_for_each_input_and_one_more_dimension_for_runs(run: Terminal) -> None:
    np.save("y.npy", np.ones((1, 3), np.float32))
    np.save("x.npy", np.ones((4,), np.float32))
    assert run.json("run", "pair.tflite", "-i", "y.npy", "-i", "x.npy")["runs"] == 1
    np.save("y.npy", np.ones((5, 1, 3), np.float32))
    np.save("x.npy", np.ones((5, 1, 4), np.float32))
    assert run.json("run", "pair.tflite", "-i", "y.npy", "-i", "x.npy")["runs"] == 5
    np.savez("named.npz", t0=np.ones((1, 3), np.float32), t3=np.ones((1, 4), np.float32))
    assert run.json("run", "pair.tflite", "-i", "named.npz")["runs"] == 1


def test_run_differs(run: Terminal) -> None:
    run("run", "chain.tflite", "--runs", "2", "-o", "golden.npz")
    arrays = dict(np.load("golden.npz"))
    arrays["out1"][0, 3] ^= 1
    np.savez("golden.npz", **arrays)
    code, out, _ = run("run", "chain.tflite", "--against", "golden.npz")
    assert code == 1
    ours, theirs = int(arrays["out1"][0, 3] ^ 1), int(arrays["out1"][0, 3])
    assert out.startswith(f'differs   operator #3 FULLY_CONNECTED, "t10"[0, 3]: {ours}, the file has {theirs}\n')
    data = run.json("run", "chain.tflite", "--against", "golden.npz", code=1)
    assert (data["identical"], data["agrees"]) == (False, False)
    assert data["tensors"][0]["first"] == {"run": 1, "index": [0, 3], "ours": ours, "theirs": theirs}


@needs_tflm
@pytest.mark.parametrize("name", ["chain", "pair"])
def test_run_against_tflm_compares_every_operator(run: Terminal, name: str) -> None:
    code, out, _ = run("run", f"{name}.tflite", "--against", "tflm", "--runs", "2")
    assert code == 0
    number = {"chain": 4, "pair": 2}[name]
    assert re.match(
        rf"(identical|agrees)   all {number} operators' outputs, 2 inputs, against TFLM's reference kernels\n", out
    )


def test_a_reference_that_is_not_installed(run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packlight.oracles.Oracle.installed", False)
    code, _, err = run("run", "chain.tflite", "--against", "tflm")
    assert code == 4
    assert "error[E406]: TFLM is not installed" in err
    assert "pip install tflite-micro" in err


INPUT_FAULTS = {
    "E020": ["-i", "a.npy", "-i", "a.npy", "-i", "a.npz"],
    "E021": ["-i", "a.npz"],
    "E022": ["-i", "missing.npy"],
    "E023": ["-o", "out.txt"],
    "E024": ["-i", "float.npy"],
    "E025": ["-i", "shape.npy"],
    "E026": ["-i", "a.npy", "--seed", "1"],
    "E027": ["--against", "tensorflow"],
}


@pytest.mark.parametrize("code", INPUT_FAULTS)
def test_faults_of_inputs(run: Terminal, code: str) -> None:
    np.save("a.npy", np.zeros((1, 6, 6, 2), np.int8))
    np.save("float.npy", np.zeros((1, 6, 6, 2), np.float32))
    np.save("shape.npy", np.zeros((1, 6, 6, 3), np.int8))
    np.savez("a.npz", other=np.zeros(3))
    got, out, err = run("run", "chain.tflite", *INPUT_FAULTS[code])
    assert (got, out) == (2, "")
    assert err.startswith(f"error[{code}]: ")
    if code == "E024":
        assert "numpy.clip(numpy.round(x / " in err


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"PK\x03\x04 no zip", b"text"])
def test_files_that_hold_no_arrays(run: Terminal, content: bytes) -> None:
    Path("bad.npy").write_bytes(content)
    code, _, err = run("run", "chain.tflite", "-i", "bad.npy")
    assert code == 2
    assert "error[E022]: bad.npy holds no arrays" in err
