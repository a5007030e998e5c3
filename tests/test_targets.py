# SPDX-License-Identifier: Apache-2.0
"""Targets, toolchains, start-up and linker scripts: from TOML to a linked ELF."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from packlight import toolcache, toolchains
from packlight.elf import Elf
from packlight.errors import MeasureError, ToolError, UsageError
from packlight.nouns.target import Target
from packlight.targets import FOLDER, load_target, target_names
from packlight.toolchains import compile_shared_library, find_host_compiler, find_toolchain

EMPTY = """
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
void pl_firmware_invoke(void);
__attribute__((noinline)) void pl_firmware_invoke(void) { __asm__ volatile(""); }
int main(void) { for (;;) pl_firmware_invoke(); }
"""
FIRMWARE = [name for name in target_names() if not load_target(name).is_host]
MINIMAL = """
title = "mine"
core = "cortex-m4"
features = ["dsp"]
startup = "cortex_m"
toolchain = { zig = [], gcc = ["-mcpu=cortex-m4"] }
memory = { flash = { origin = 0, length = "64K" }, ram = { origin = 0x20000000, length = 4096 } }
emulator = {}
"""


def build(folder: Path, text: str, target: Target, toolchain: str = "zig", **options: Any) -> Path:
    source = folder / "firmware.c"
    source.write_text(text)
    try:
        found = find_toolchain(toolchain, target)
    except ToolError as error:
        pytest.skip(str(error.problems[0].message))
    return found.compile_and_link([source], [], target, options.pop("optimize", "size"), folder / "out.elf", **options)


def test_every_target_is_complete() -> None:
    assert {"cortex-m0plus", "cortex-m3", "cortex-m4", "cortex-m7", "cortex-m33", "cortex-m55", "rv32imc", "host"} <= {
        *target_names()
    }
    for name in FIRMWARE:
        target = load_target(name)
        assert target.name == name and target.flash and target.ram and target.zig and target.gcc
        assert target.unicorn_cpu or target.qemu
        assert (FOLDER / f"{target.startup}.c").is_file() and (FOLDER / f"{target.startup}.ld").is_file()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1\n" + MINIMAL, "unknown key 'colour'"),
        ('fitures = ["dsp"]\n' + MINIMAL.replace('features = ["dsp"]', ""), "did you mean 'features'?"),
        (MINIMAL.replace('title = "mine"', ""), "'title' is missing"),
        (MINIMAL.replace('"dsp"', '"dps"'), "did you mean 'dsp'?"),
        (MINIMAL.replace("cortex_m", "cortexm"), "did you mean 'cortex_m'?"),
        (MINIMAL.replace('"64K"', '"64Q"'), "memory.flash is not a span"),
        (MINIMAL.replace("4096", "-1"), "memory.ram is not a span"),
        (MINIMAL.replace("origin = 0x20000000, ", ""), "'memory.ram.origin' is missing"),
        (MINIMAL.replace("zig = []", "zig = 3"), "'toolchain.zig' must be a list"),
        (MINIMAL.replace("zig = []", "zig = [3]"), "must hold strings only"),
        (MINIMAL.replace("emulator = {}", "emulator = { qemu = { machin = 'x', program = 'q' } }"), "'machine'?"),
        (MINIMAL.replace("emulator = {}", "emulator = 3"), "'emulator' must be a table"),
        (MINIMAL + "this is not TOML", "is not a TOML file"),
    ],
)
def test_wrong_target_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        load_target(path)
    assert said in str(caught.value) and "mine.toml" in str(caught.value)


def test_unknown_target_suggests() -> None:
    with pytest.raises(UsageError, match="did you mean 'cortex-m4'") as caught:
        load_target("cortex-m44")
    assert caught.value.exit_code == 2
    with pytest.raises(UsageError, match="cannot be read"):
        load_target("nowhere/mine.toml")


def test_user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text(MINIMAL)
    monkeypatch.setenv("PACKLIGHT_TARGETS", str(tmp_path))
    assert "mine" in target_names()
    target = load_target("mine")
    assert target == load_target(tmp_path / "mine.toml")
    assert target.flash and target.flash.length == 64 << 10 and target.ram and target.ram.end == 0x20001000


@pytest.mark.parametrize("toolchain", ["zig", "gcc"])
@pytest.mark.parametrize("name", FIRMWARE)
def test_empty_firmware_is_small(tmp_path: Path, name: str, toolchain: str) -> None:
    elf = Elf(build(tmp_path, EMPTY, load_target(name), toolchain))
    assert elf.flash_bytes <= 96
    assert elf.sections[".text"].size == elf.flash_bytes
    assert {"Reset_Handler", "main", "pl_firmware_invoke", "pl_fault", "pl_stack_top"} <= set(elf.addresses)
    assert elf.addresses["pl_stack_top"][0] - elf.addresses["pl_stack_limit"][0] == 1 << 20


@pytest.mark.parametrize("toolchain", ["zig", "gcc"])
def test_same_bytes_wherever_built(tmp_path: Path, toolchain: str) -> None:
    text = EMPTY + "int table[] = {1, 2, 3}; int *pl_table(void); int *pl_table(void) { return table; }"
    one, two = tmp_path / "one", tmp_path / "somewhere" / "else"
    one.mkdir()
    two.mkdir(parents=True)
    target = load_target("cortex-m4")
    first = build(one, text, target, toolchain).read_bytes()
    assert first == build(two, text, target, toolchain).read_bytes()
    assert str(tmp_path).encode() not in first and b"/firmware.c" not in first


@pytest.mark.parametrize("toolchain", ["zig", "gcc"])
def test_link_time_optimisation(tmp_path: Path, toolchain: str) -> None:
    text = EMPTY.replace('__asm__ volatile("");', "static char a[99]; memset(a, a[3], (size_t)a[5]);")
    assert Elf(build(tmp_path, text, load_target("cortex-m4"), toolchain, lto=True)).flash_bytes < 300


def test_compiler_and_linker_messages_are_shown(tmp_path: Path) -> None:
    target = load_target("cortex-m4")
    with pytest.raises(ToolError, match="undeclared") as caught:
        build(tmp_path, EMPTY + "int f(void) { return nothing; }", target)
    assert caught.value.exit_code == 4 and caught.value.code == "E402"
    with pytest.raises(ToolError, match="pl_nowhere") as caught:
        build(tmp_path, EMPTY.replace('__asm__ volatile("")', "extern void pl_nowhere(void); pl_nowhere()"), target)
    assert caught.value.code == "E403"
    with pytest.raises(UsageError, match="optimize cannot be 'tiny'"):
        build(tmp_path, EMPTY, target, optimize="tiny")


def test_missing_tools_name_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    target = load_target("cortex-m4")
    toolchains._zig.cache_clear()
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ToolError, match=r'pip install "packlight\[build\]"'):
        find_toolchain(None, target)
    with pytest.raises(ToolError, match="arm-none-eabi-gcc is not installed"):
        find_toolchain("gcc", target)
    with pytest.raises(ToolError, match="no C compiler"):
        find_toolchain(None, load_target("host"))
    with pytest.raises(UsageError, match="no toolchain 'icc'"):
        find_toolchain("icc", target)


def test_objects_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKLIGHT_CACHE", str(tmp_path / "cache"))
    compiled: list[str] = []

    def spy(command: Sequence[str], **options: Any) -> str:
        compiled.extend(command[command.index("-c") + 1 :][:1] if "-c" in command else [])
        return run(command, **options)

    run = toolcache.run_tool
    monkeypatch.setattr(toolcache, "run_tool", spy)
    source, header = tmp_path / "a.c", tmp_path / "a.h"
    source.write_text('#include "a.h"\nint pl_answer(void) { return ANSWER; }\n')
    for answer in (42, 42, 43):
        header.write_text(f"int pl_answer(void);\n#define ANSWER {answer}\n")
        library = compile_shared_library([source], [tmp_path])
        assert ctypes.CDLL(str(library)).pl_answer() == answer
    assert compiled == ["a.c", "a.c"]


@pytest.mark.parametrize("changed", ["a.c", "a.h"])
def test_what_changes_under_the_compiler(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves a file while it is compiled: what the cache keeps is of one state, and known as that."""
    monkeypatch.setenv("PACKLIGHT_CACHE", str(tmp_path / "cache"))
    states = [{"a.c": '#include "a.h"\nint pl_answer(void) { return ANSWER; }\n', "a.h": "#define ANSWER 42\n"}]
    states.append({"a.c": '#include "a.h"\nint pl_answer(void) { return ANSWER + 1; }\n', "a.h": "#define ANSWER 43\n"})
    saved: list[str] = []

    def save(command: Sequence[str], **options: Any) -> str:
        said = run(command, **options)
        if "-c" in command and not saved:
            saved.append(changed)
            (tmp_path / changed).write_text(states[1][changed])
        return said

    run = toolcache.run_tool
    for name, text in states[0].items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(toolcache, "run_tool", save)
    for state, answer in ((None, 43), (states[0], 42), (states[0] | {changed: states[1][changed]}, 43)):
        for name, text in (state or {}).items():
            (tmp_path / name).write_text(text)
        library = compile_shared_library([tmp_path / "a.c"], [tmp_path])
        assert ctypes.CDLL(str(library)).pl_answer() == answer


def test_host_program(tmp_path: Path) -> None:
    host = load_target("host")
    source = tmp_path / "hello.c"
    source.write_text("int main(void) { return 7; }\n")
    program = find_toolchain(None, host).compile_and_link([source], [], host, "speed", tmp_path / "hello")
    assert subprocess.run([program], check=False).returncode == 7


def test_host_compiler_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    path = shutil.which("cc") or shutil.which("clang")
    if path is None:
        pytest.skip("no cc or clang on the PATH")
    monkeypatch.setenv("CC", path)
    assert find_host_compiler().command == (path,)


@pytest.mark.parametrize("content", [b"", b"\x7fELF", b"text" * 100, b"\x7fELF\x02\x01" + bytes(100)])
def test_what_is_no_firmware(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.elf"
    path.write_bytes(content)
    with pytest.raises(MeasureError, match="not a 32-bit"):
        Elf(path)
