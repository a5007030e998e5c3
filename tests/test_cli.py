# SPDX-License-Identifier: Apache-2.0
"""The command line as a user runs it: help, bundled models by name, colours and pipes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from packlight.cli import options, screen
from packlight.cli.group import packlight
from packlight.dev.write import write
from small_models import chain
from terminal import (
    COMMANDS,
    Terminal,
)


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
