# SPDX-License-Identifier: Apache-2.0
"""What commands show: every screen fits, says what is, and ends with a command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from packlight import tflm
from packlight.cli import screen
from packlight.cli.group import packlight
from packlight.dev.case import tensor
from packlight.dev.write import write
from small_models import chain, network
from terminal import (
    HOSTILE,
    Terminal,
    hostile,
    long,
)

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
    operand = tensor(one.type, *one.shape)
    model = network([operand, operand], [("LOCAL_RESPONSE_NORMALIZATION", 1, "NONE", {}, (0,), (1,))], [0], [1])
    Path("lrn.tflite").write_bytes(write(model))
    code, out, _ = run("resolver", "lrn.tflite", "--lang", "tflm")
    assert code == 3
    assert "// E208: TFLM has no kernel for LOCAL_RESPONSE_NORMALIZATION" in out
