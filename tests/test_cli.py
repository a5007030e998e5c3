# SPDX-License-Identifier: Apache-2.0
"""The command line as a user runs it: screens, exit codes, errors, JSON."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest

from packlight import tflm
from packlight.cli import choosing, faults, main, options, screen
from packlight.cli.group import packlight
from packlight.dev.write import write
from packlight.nouns.model import Model, StoredOperator
from small_models import Step, chain, custom, network, pair, stateful, write_custom_folder

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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """In a folder with models; `sine` is the bundled one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    for name, model in (("chain", chain()), ("pair", pair()), ("stateful", stateful()), ("custom", custom())):
        Path(f"{name}.tflite").write_bytes(write(model))
    yield Terminal(capsys)


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


# ---- help


@pytest.mark.parametrize("words", [[], ["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_ends_with_three_examples_that_parse(run: Terminal, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    examples = out.partition("Examples:\n")[2].splitlines()
    assert len(examples) == 3
    for example in examples:
        program, name, *arguments = shlex.split(example)
        assert program == "packlight"
        if words and words[0] in COMMANDS:
            assert name in (words[0], "build")
        found = packlight.get_command(click.Context(packlight), name)
        assert found
        found.make_context(name, arguments, click.Context(packlight))


def test_commands_are_found_by_their_files_and_described() -> None:
    expected = {"inspect", "resolver", "run", "plan", "emit", "build", "measure", "compare", "explore", "profile"}
    assert expected | {"targets"} <= set(COMMANDS)
    for name in COMMANDS:
        found = packlight.get_command(click.Context(packlight), name)
        assert found
        assert not found.get_short_help_str(60).endswith("...")


def test_help_is_quick_because_it_imports_little() -> None:
    script = "import sys; from packlight.cli import main; main(['measure', '--help']); main(['--help']); " + (
        "sys.exit(any(name in sys.modules for name in ('numpy', 'rich', 'unicorn', 'importlib.metadata')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_version(run: Terminal) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert re.fullmatch(r"packlight \S+\n", out)


# ---- screens


SCREENS = [
    "inspect chain.tflite",
    "inspect chain.tflite --lang c",
    "inspect chain.tflite --lang tflm",
    "inspect long.tflite",
    "inspect hostile.tflite",
    "inspect stateful.tflite",
    "inspect custom.tflite",
    "plan chain.tflite",
    "plan long.tflite",
    "plan hostile.tflite",
    "plan stateful.tflite",
    "run chain.tflite",
    "run long.tflite --runs 30",
    "run pair.tflite --seed 5",
    "run hostile.tflite",
    "resolver chain.tflite pair.tflite",
    "emit chain.tflite -o chain_c",
    "emit chain.tflite -o chain_image --form image",
    "targets",
    "inspect sine",
]


@pytest.mark.parametrize("columns", ["80", "96", "200"])
@pytest.mark.parametrize("line", SCREENS)
def test_a_screen_fits_and_ends_with_a_command(
    run: Terminal, line: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    Path("long.tflite").write_bytes(write(long()))
    Path("hostile.tflite").write_bytes(write(hostile()))
    code, out, err = run(*shlex.split(line))
    assert (code, err) == (3 if "custom" in line else 0, "")
    assert out.count("\n") <= screen.HEIGHT
    assert max(map(screen.cells, out.splitlines())) <= min(int(columns), screen.WIDTH)
    assert "\x1b" not in out
    assert "\u202e" not in out
    following = re.search(r"next: packlight (\w+) (.*)\n\Z", out)
    assert following, out
    found = packlight.get_command(click.Context(packlight), following[1])
    assert found
    context = found.make_context(following[1], shlex.split(following[2]), click.Context(packlight))
    model = context.params.get("model") or context.params["models"][0]
    assert Path(model).is_file()


def test_inspect(run: Terminal) -> None:
    code, out, _ = run("inspect", "chain.tflite")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "chain.tflite   3,316 B   int8   4 operators, 3 need code, all supported" or (
        re.match(r"chain\.tflite   [\d,]+ B   int8   4 operators, 3 need code, all supported", lines[0])
    )
    assert "t0   int8  [1, 6, 6, 2]  scale 0.05 zero -3" in lines[1]
    assert any(re.search(r"0  CONV_2D +6x6x4 +2,592 +88 +216", line) for line in lines)
    assert any("RESHAPE" in line and "no code, no copy" in line for line in lines)
    assert any("<- peak" in line for line in lines)
    assert "resolver = MicroMutableOpResolver(3)" in out
    assert "resolver.add_conv_2d(); resolver.add_reshape(); resolver.add_fully_connected()" in out


def test_inspect_shows_everything_when_asked(run: Terminal) -> None:
    Path("long.tflite").write_bytes(write(long()))
    _, short, _ = run("inspect", "long.tflite")
    _, whole, _ = run("inspect", "long.tflite", "--all")
    assert "smaller ones: --all" in short
    assert sum("RESHAPE" in line for line in whole.splitlines()) == 37


def test_scales_that_are_powers_of_two_are_fractions() -> None:
    texts = {1 / 256: "1/256", 0.5: "1/2", 1.0: "1", 0.1017: "0.1017", 1 / 3: "0.3333", 0.0: "0", 2.0: "2"}
    assert {value: screen.real(value) for value in texts} == texts


def test_names_are_made_safe_and_short() -> None:
    assert screen.safe(HOSTILE) == "t\\x1b[31m\\u202e\\n\u8aad"
    assert (
        screen.middle("functional/layer/relu", 12) == "funct..relu"
        or len(screen.middle("functional/layer/relu", 12)) == 12
    )
    assert screen.cells("\u8aad\u3080") == 4
    assert screen.cells(screen.middle("\u8aad" * 20, 11)) <= 11


def test_plan_draws_every_buffer(run: Terminal) -> None:
    _, out, _ = run("plan", "chain.tflite")
    arena = run.json("plan", "chain.tflite")["ram"]["arena"]
    assert out.startswith(f"chain   arena {arena:,} B = the largest live set")
    picture = [line for line in out.splitlines() if re.match(r" *[\d,]+  [A-Z.]+$", line)]
    assert len(picture) == 10
    assert {letter for line in picture for letter in line.split()[1]} >= set("AB")
    assert "fullest" in out


def test_resolver_lines(run: Terminal) -> None:
    _, python, _ = run("resolver", "chain.tflite", "pair.tflite", "--by-type")
    scope: dict[str, Any] = {}
    exec(python, scope)
    assert {name: types for name, (_, types) in scope["resolver"].registered.items()} == {
        "CONV_2D": ("INT8",), "RESHAPE": ("INT8",), "FULLY_CONNECTED": ("INT8", "FLOAT32"),
    }  # fmt: skip
    _, c, _ = run("resolver", "chain.tflite", "--lang", "c")
    assert (
        "PL_RESOLVER(resolver, 2);\npl_resolver_add_conv_2d(&resolver);\npl_resolver_add_fully_connected(&resolver);\n"
        in c
    )
    _, cpp, _ = run("resolver", "chain.tflite", "--lang", "tflm", "--by-type")
    assert "tflite::MicroMutableOpResolver<3> resolver;\n" in cpp
    assert "resolver.AddConv2D(tflite::Register_CONV_2D_INT8());\nresolver.AddReshape();\n" in cpp


def test_the_c_lines_are_functions_of_the_emitted_header(run: Terminal) -> None:
    run("emit", "chain.tflite", "-o", "out", "--form", "image")
    header = Path("out/pl_kernels.h").read_text(encoding="utf-8")
    lines = run.json("resolver", "chain.tflite", "--lang", "c")["lines"][2:]
    assert lines
    assert all(f"static inline pl_status {line.partition('(')[0]}(pl_resolver *resolver)" in header for line in lines)


def test_names_of_tflm() -> None:
    known = {
        "CONV_2D": "AddConv2D", "DEPTHWISE_CONV_2D": "AddDepthwiseConv2D", "FULLY_CONNECTED": "AddFullyConnected",
        "L2_POOL_2D": "AddL2Pool2D", "BATCH_MATMUL": "AddBatchMatMul", "RELU6": "AddRelu6", "PADV2": "AddPadV2",
        "SPACE_TO_BATCH_ND": "AddSpaceToBatchNd", "TRANSPOSE_CONV": "AddTransposeConv", "SPLIT_V": "AddSplitV",
        "UNIDIRECTIONAL_SEQUENCE_LSTM": "AddUnidirectionalSequenceLSTM", "CUMSUM": "AddCumSum", "SVDF": "AddSvdf",
        "RESIZE_NEAREST_NEIGHBOR": "AddResizeNearestNeighbor", "LOCAL_RESPONSE_NORMALIZATION": None, "L": None,
    }  # fmt: skip
    assert {name: tflm.method(name) for name in known} == known
    assert tflm.method("SignalPCAN", custom=True) == "AddPCAN"
    assert tflm.method("CONV_2D", custom=True) is None


def test_an_operator_that_tflm_lacks_is_told(run: Terminal) -> None:
    one = chain().subgraphs[0].tensors[0]
    assert one.quantization
    operand = options_free(one.type, one.shape)
    model = network([operand, operand], [("LOCAL_RESPONSE_NORMALIZATION", 1, "NONE", {}, (0,), (1,))], [0], [1])
    Path("lrn.tflite").write_bytes(write(model))
    code, out, _ = run("resolver", "lrn.tflite", "--lang", "tflm")
    assert code == 3
    assert "// E208: TFLM has no kernel for LOCAL_RESPONSE_NORMALIZATION" in out


def options_free(type_: str, shape: tuple[int, ...]) -> Any:
    from packlight.dev.case import tensor

    return tensor(type_, *shape)


# ---- run


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


# ---- errors


def test_eight_faults_give_eight_sentences(run: Terminal) -> None:
    good = write(chain())
    operand = options_free("FLOAT64", (1, 4))
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
    operand = options_free("FLOAT32", (1, 4))
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


# ---- bundled models, colours, pipes


def test_a_bundled_model_by_its_bare_name(run: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "bundled"
    folder.mkdir()
    (folder / "wave.tflite").write_bytes(write(chain()))
    monkeypatch.setattr(options, "BUNDLED", folder)
    code, out, _ = run("inspect", "wave")
    assert code == 0
    assert out.startswith("wave.tflite")
    assert out.endswith("next: packlight measure wave --target cortex-m4\n")
    assert run("inspect", "no_such_wave")[0] == 3
    Path("wave").write_bytes(b"")
    assert "E104" in run("inspect", "wave")[2]  # a file of that name comes first


def shell(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    command = [sys.executable, "-m", "packlight", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**known, **environment}, encoding="utf-8"
    )


def test_from_a_shell() -> None:
    done = shell("inspect", "sine")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= screen.WIDTH
    wrong = shell("inspect", "nothing.tflite")
    assert wrong.returncode == 3
    assert wrong.stdout == ""
    assert wrong.stderr.startswith("error[E101]: nothing.tflite does not exist\n  why: ")
    assert shell("run", "sine", PYTHONIOENCODING="ascii").returncode == 0


def test_colours_are_for_terminals_that_want_them(run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert screen.colour_wanted(sys.stdout) is None  # click decides: colours on a terminal, none elsewhere
    monkeypatch.setenv("NO_COLOR", "1")
    assert screen.colour_wanted(sys.stdout) is False
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert screen.colour_wanted(sys.stdout) is False


# ---- measured


@needs_build
def test_build_measure_and_compare_agree(run: Terminal) -> None:
    _, out, _ = run("build", "chain.tflite", "--target", "cortex-m0plus", "-o", "firmware")
    built = run.json("build", "chain.tflite", "--target", "cortex-m0plus", "-o", "firmware")
    assert out.startswith(f"built   {built['flash']['total']:,} B flash")
    assert Path(built["elf"]).is_file()
    code, out, _ = run("measure", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2", "--json", "measured.json")
    measured = json.loads(Path("measured.json").read_text(encoding="utf-8"))
    assert code == 0
    flash, ram = measured["flash"], measured["ram"]
    first = f"{flash['total']:,} B flash   {ram['total']:,} B RAM   {measured['instructions']['total']:,} instructions"
    assert out.startswith(first)
    assert out.count("\n") <= screen.HEIGHT
    assert "Outputs identical to the PC on 2 inputs." in out
    assert flash["total"] == flash["constants"] + flash["code"] == sum(item["bytes"] for item in flash["items"])
    assert ram["total"] == ram["arena"] + ram["static"] + ram["stack"]
    compared = run.json("compare", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2")
    assert compared["rows"][-1] == {
        "name": compared["rows"][-1]["name"],
        **{k: v for k, v in measured.items() if k != "schema"},
    }
    inspected, planned = run.json("inspect", "chain.tflite"), run.json("plan", "chain.tflite")
    arenas = {data["ram"]["arena"] for data in (built, measured, inspected, planned, *compared["rows"])}
    assert len(arenas) == 1
    assert inspected["macs"] == sum(call["macs"] for call in measured["instructions"]["calls"])
    assert inspected["file"]["constants"] == sum(i["bytes"] for i in flash["items"] if i["kind"] in ("weights", "bias"))
    assert built["flash"]["total"] == flash["total"]
    document_holds(built, measured, compared)
    _, out, _ = run("compare", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2")
    lines = out.splitlines()
    assert "B flash instead of" in lines[0]
    assert [line.split("  ")[1] for line in lines[3:7]] == [row["name"] for row in compared["rows"]]
    assert lines[-2] == "  All outputs identical to the PC on 2 inputs."
    _, out, _ = run("measure", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2", "--all")
    assert all(item["name"] in out for item in flash["items"])


# ---- the choice of size against speed


@pytest.mark.parametrize(
    ("text", "kilo", "amount"),
    [("24576", 1024, 24576), ("24K", 1024, 24576), ("1.5k", 1024, 1536), ("1M", 1024, 1 << 20), ("3M", 1000, 3000000)],
)
def test_amounts(text: str, kilo: int, amount: int) -> None:
    assert choosing.amount(text, kilo) == amount


CHOICE_FAULTS = {
    "measure chain.tflite -t cortex-m4 --flash-budget plenty": "E001",
    "measure chain.tflite -t cortex-m4 --ram-budget -3": "E001",
    "emit chain.tflite -o out --flash-budget 9K": "E430",
    "build chain.tflite -t host -o out --flash-budget 9K": "E427",
    "explore chain.tflite -t host": "E427",
    "explore chain.tflite -t cortex-m4 --points 1": "E001",
    "profile chain.tflite -t host": "E427",
}


@pytest.mark.parametrize("line", CHOICE_FAULTS)
def test_faults_of_choices(run: Terminal, line: str) -> None:
    code, out, err = run(*line.split())
    assert (code, out) == (2, "")
    assert err.startswith(f"error[{CHOICE_FAULTS[line]}]: ")


@needs_build
@pytest.mark.parametrize("columns", ["80", "96"])
def test_screens_of_explore_and_profile(run: Terminal, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for line in (
        "explore chain.tflite --target cortex-m4 --points 4",
        "profile chain.tflite --target cortex-m4",
        "profile chain.tflite --target cortex-m4 --optimize size",
        "profile chain.tflite --target rv32imc --optimize balanced",
    ):
        code, out, err = run(*line.split())
        assert (code, err) == (0, ""), line
        assert out.count("\n") <= screen.HEIGHT
        assert max(map(screen.cells, out.splitlines())) <= int(columns), out
        following = re.search(r"next: packlight (\w+) (.*)\n\Z", out)
        assert following, out
        found = packlight.get_command(click.Context(packlight), following[1])
        assert found
        found.make_context(following[1], shlex.split(following[2]), click.Context(packlight))


@needs_build
def test_explore_profile_and_measure_agree(run: Terminal) -> None:
    explored = run.json("explore", "chain.tflite", "--target", "cortex-m4", "--points", "4")
    small, fast = explored["points"][0], explored["points"][-1]
    budget = (small["flash"]["total"] + fast["flash"]["total"]) // 2
    words = ("chain.tflite", "--target", "cortex-m4", "--flash-budget", str(budget))
    measured, profiled = run.json("measure", *words), run.json("profile", *words)
    assert measured["flash"]["total"] <= budget
    assert measured["optimize"] == "speed"
    assert "to spare" in measured["notes"][0]
    for figure in ("flash", "instructions"):
        assert measured[figure]["total"] == profiled[figure]["total"]
    built = run.json("build", *words, "-o", "within")
    assert built["flash"]["total"] == measured["flash"]["total"]
    for goal in ("size", "balanced", "speed"):
        points = [*explored["points"], *explored["beaten"]]
        named = next(point for point in points if goal in point["optimize"])
        own = run.json("measure", "chain.tflite", "--target", "cortex-m4", "--optimize", goal, "--runs", "1")
        assert named["flash"]["total"] == own["flash"]["total"]
        assert named["ram"]["total"] == own["ram"]["total"]
        assert named["instructions"]["total"] == own["instructions"]["total"]
    document_holds(explored, profiled, measured)
    sized = run.json("profile", "chain.tflite", "--target", "cortex-m4", "--optimize", "size")
    assert all(call["passed_over"] for call in sized["calls"])
    assert run("measure", "chain.tflite", "--target", "cortex-m4", "--optimize", "size")[0] == 0


@needs_build
def test_a_budget_that_cannot_be_kept_to(run: Terminal) -> None:
    code, out, err = run("measure", "chain.tflite", "--target", "cortex-m4", "--flash-budget", "100")
    assert (code, out) == (1, "")
    assert re.match(r"error\[E621\]: \w+ cannot keep to 100 B of flash\n", err)
    assert re.search(r"why: +the closest is [\d,]+ B of flash", err)


@needs_build
def test_emit_writes_what_was_chosen(run: Terminal) -> None:
    code, out, _ = run("emit", "chain.tflite", "-o", "out", "--target", "cortex-m4", "--optimize", "balanced")
    assert code == 0
    assert "The best trade of those measured" in out


@needs_build
def test_a_picture_of_the_frontier(run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("explore", "chain.tflite", "--target", "cortex-m4", "--points", "4", "--png", "frontier.png")
    if importlib.util.find_spec("matplotlib"):
        assert run(*words)[0] == 0
        assert Path("frontier.png").read_bytes().startswith(b"\x89PNG")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, _, err = run(*words)
    assert code == 4
    assert "error[E408]: matplotlib is not installed" in err
    assert 'pip install "packlight[plot]"' in err


# ---- the document of the JSON


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


def test_every_key_is_documented(run: Terminal) -> None:
    run("run", "chain.tflite", "-o", "golden.npz")
    arrays = dict(np.load("golden.npz"))
    arrays["out0"] ^= 1
    np.savez("golden.npz", **arrays)
    document_holds(
        run.json("inspect", "chain.tflite"),
        run.json("inspect", "custom.tflite", code=3),
        run.json("resolver", "custom.tflite", code=3),
        run.json("run", "chain.tflite", "--against", "golden.npz", code=1),
        run.json("plan", "chain.tflite"),
        run.json("emit", "chain.tflite", "-o", "out"),
        run.json("targets"),
        run.json("plan", "custom.tflite", code=3),
    )
