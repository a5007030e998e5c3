# SPDX-License-Identifier: Apache-2.0
"""The example of a user's own operators: every line of its README, and what its model computes."""

from __future__ import annotations

import importlib.util
import re
import runpy
import shutil
import sys
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from packlight.cli import main
from packlight.verbs.build import build
from packlight.verbs.emit import Form
from packlight.verbs.emit.registration import kernels_header
from packlight.verbs.measure import measure
from packlight.verbs.pack import pack
from packlight.verbs.resolve import MicroMutableOpResolver
from packlight.verbs.run import MicroInterpreter

EXAMPLE = Path(__file__).parent.parent / "examples" / "custom_operator"
README = (EXAMPLE / "README.md").read_text(encoding="utf-8")
LINES = re.findall(r"^packlight (.+)$", README, re.MULTILINE)
BUILDS = {"build", "measure", "profile", "explore", "compare"}

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ziglang") is None and not shutil.which("cc"), reason="there is no C compiler"
)
needs_build = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("ziglang", "unicorn", "capstone")),
    reason="packlight[build] is not installed",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, with its model, as the working directory."""
    copy = tmp_path / "custom_operator"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(copy)
    monkeypatch.setattr(sys, "argv", ["make_model.py"])
    runpy.run_path("make_model.py", run_name="__main__")
    return copy


@pytest.mark.parametrize(
    "line", [pytest.param(line, marks=[needs_build] if line.split()[0] in BUILDS else []) for line in LINES]
)
def test_a_line_of_the_readme(line: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 0, capsys.readouterr().err


def test_the_readme_has_every_stage() -> None:
    stages = {line.split()[0] for line in LINES}
    assert {*BUILDS, "inspect", "resolver", "run", "plan", "emit"} == stages
    assert {"--form image" in line for line in LINES if line.startswith("emit")} == {True, False}
    assert {"--form image" in line for line in LINES if line.startswith("measure")} == {True, False}


def test_the_python_of_the_readme(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert source
    exec(compile(source[1], "README.md", "exec"), {})
    assert capsys.readouterr().out.split() == ["[[1.0039216", *["1.0039216"] * 6, "1.0039216]]"]


def resolver_of(folder: Path) -> MicroMutableOpResolver:
    resolver = MicroMutableOpResolver(4)
    resolver.add_quantize()
    resolver.add_dequantize()
    resolver.add_custom("ClippedSquare", folder / "operators" / "clipped_square")
    resolver.add_custom("LeakyIntegrator", folder / "operators" / "leaky_integrator")
    return resolver


def test_what_it_computes(folder: Path) -> None:
    interpreter = MicroInterpreter("energy.tflite", resolver_of(folder))
    interpreter.allocate_tensors()
    random = np.random.default_rng(0)
    for _ in range(2):
        level = np.zeros((1, 8))
        for _ in range(5):
            x = random.normal(0, 2, (1, 8)).astype(np.float32)
            level = 0.75 * level + np.minimum(np.clip(x, -3.2, 3.175) ** 2, 4.0)
            interpreter.input()[...] = x
            interpreter.invoke()
            # half a step of the input's scale at 2, and half of one of the energy's, summed over invokes
            np.testing.assert_allclose(interpreter.output(), level, atol=(2 * 2 * 0.0125 + 0.01) * 4)
        interpreter.reset()


@needs_build
@pytest.mark.parametrize("form", get_args(Form))
def test_firmware_of_the_api(form: Form, folder: Path) -> None:
    resolver = resolver_of(folder)
    program = pack("energy.tflite", resolver)
    firmware = build(program, "cortex-m4", form=form, resolver=resolver if form == "image" else None)
    report = measure(firmware, program, runs=3)
    assert report.bit_exact
    assert [call.operator for call in report.calls] == ["QUANTIZE", "ClippedSquare", "DEQUANTIZE", "LeakyIntegrator"]
    owned = {item.detail for item in report.flash if item.kind == "kernel"}
    called = {"quantize_f32_8", "lut_8", "dequantize_s8", "leaky_integrator_f32"}
    assert owned == called if form == "compiled" else owned > called


def test_a_name_that_is_none_in_c(folder: Path) -> None:
    declared = folder / "operators" / "leaky_integrator" / "op.py"
    declared.write_text(declared.read_text("utf-8").replace('"LeakyIntegrator"', '"my-ops.Leaky/2"'), "utf-8")
    resolver = MicroMutableOpResolver(1)
    resolver.add_custom("my-ops.Leaky/2", declared.parent)
    assert "pl_resolver_add_my_ops_leaky_2(pl_resolver *resolver)" in kernels_header(resolver)
