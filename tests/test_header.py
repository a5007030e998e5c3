# SPDX-License-Identifier: Apache-2.0
"""The layouts that Python reads from the headers are those of the compilers, on 64 and on 32 bits."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from packlight import ops
from packlight.header import RUNTIME, locate, sources_of, structs_of
from packlight.nouns.kernel import Struct

HEADERS = sorted(ops.FOLDER.glob("*/kernel.h"))


def sizes(struct: Struct, pointer_bytes: int) -> Iterator[tuple[str, int]]:
    """C expressions of a struct's size and its members' offsets and sizes, with what Python makes of them."""
    yield f"sizeof({struct.name})", struct.size(pointer_bytes)
    for member, offset in struct.offsets(pointer_bytes):
        yield f"offsetof({struct.name}, {member.name})", offset
        size = member.element(pointer_bytes)[0] * (1 if member.count is None else member.count)
        yield f"sizeof((({struct.name} *)0)->{member.name})", size
        yield f"offsetof(struct {{ char c; {struct.name} s; }}, s)", struct.alignment(pointer_bytes)


def assertions(headers: list[Path], pointer_bytes: int) -> str:
    """A C file that compiles only if Python is right about every struct."""
    lines = [f'#include "{header}"' for header in headers]
    found = {name: struct for header in headers for name, struct in structs_of(header).items()}
    assert found
    for struct in found.values():
        lines += [f'_Static_assert({c} == {size}, "{c} is not {size}");' for c, size in sizes(struct, pointer_bytes)]
    return "\n".join(lines) + "\n"


def compile_(command: list[str], headers: list[Path], pointer_bytes: int, folder: Path) -> str:
    """What the compiler complains about."""
    source = folder / "layouts.c"
    source.write_text(assertions(headers, pointer_bytes), encoding="utf-8")
    includes = [f"-I{each}" for each in (RUNTIME, ops.FOLDER)]
    flags = ["-std=c11", "-Werror", *includes, "-c", str(source), "-o", str(folder / "layouts.o")]
    return subprocess.run([*command, *flags], capture_output=True, text=True, check=False).stderr


COMPILERS = [
    pytest.param(["cc"], 8, id="host", marks=pytest.mark.skipif(sys.maxsize < 1 << 32, reason="a 32-bit host")),
    *(pytest.param([sys.executable, "-m", "ziglang", "cc", f"--target={triple}"], 4, id=triple)
      for triple in ("thumb-freestanding-eabi", "riscv32-freestanding-none")),
]  # fmt: skip


def usable(command: list[str]) -> bool:
    return bool(shutil.which(command[0])) and ("ziglang" not in command or bool(importlib.util.find_spec("ziglang")))


@pytest.mark.parametrize(("command", "pointer_bytes"), COMPILERS)
def test_layouts_are_those_of_the_compiler(command: list[str], pointer_bytes: int, tmp_path: Path) -> None:
    if not usable(command):
        pytest.skip(f"{' '.join(command)} is not there")
    assert compile_(command, HEADERS, pointer_bytes, tmp_path) == ""


MADE = """\
#include "pl.h"
/* A struct { int32_t no; } in a comment. */
typedef struct {
  int8_t a;  // one; byte
  int64_t b;
  uint8_t c[3], d;
  int16_t e;
} pl_inner;
typedef struct { pl_inner pair[2]; uint8_t x; float f; uint64_t y; int8_t z; } pl_made_params;
typedef struct { pl_made_params params; const int8_t *input; void *scratch; float *output; uint8_t tail; } pl_made_args;
"""


@pytest.mark.parametrize(("command", "pointer_bytes"), COMPILERS)
def test_padding_and_nesting(command: list[str], pointer_bytes: int, tmp_path: Path) -> None:
    if not usable(command):
        pytest.skip(f"{' '.join(command)} is not there")
    header = tmp_path / "made.h"
    header.write_text(MADE, encoding="utf-8")
    assert compile_(command, [header], pointer_bytes, tmp_path) == ""


def test_the_test_itself_notices_a_wrong_layout(tmp_path: Path) -> None:
    if not usable(["cc"]):
        pytest.skip("cc is not there")
    header = tmp_path / "made.h"
    header.write_text(MADE, encoding="utf-8")
    assert "is not" in compile_(["cc"], [header], 4, tmp_path)


def test_members(tmp_path: Path) -> None:
    header = tmp_path / "made.h"
    header.write_text(MADE, encoding="utf-8")
    structs = structs_of(header)
    assert {"pl_tile", "pl_activation", "pl_inner", "pl_made_params", "pl_made_args"} <= structs.keys()
    assert [(f.name, f.type, f.count) for f in structs["pl_inner"].fields] == [
        ("a", "int8_t", None), ("b", "int64_t", None), ("c", "uint8_t", 3), ("d", "uint8_t", None),
        ("e", "int16_t", None),
    ]  # fmt: skip
    args = {field.name: field for field in structs["pl_made_args"].fields}
    assert [name for name, field in args.items() if field.is_pointer] == ["input", "scratch", "output"]
    assert [name for name, field in args.items() if field.is_written] == ["scratch", "output"]
    assert args["params"].struct == structs["pl_made_params"]


def test_packed_bytes_are_what_c_reads(tmp_path: Path) -> None:
    header = tmp_path / "made.h"
    header.write_text(MADE, encoding="utf-8")
    inner = structs_of(header)["pl_inner"]
    values = {"a": -1, "b": 1 << 40, "c": [1, 2, 3], "d": 4, "e": -2}
    assert inner.pack(values).hex(" ") == "ff 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 01 02 03 04 fe ff 00 00"
    with pytest.raises(ValueError, match="cannot hold 128"):
        inner.pack({**values, "a": 128})
    with pytest.raises(ValueError, match="takes 3 values, got 2"):
        inner.pack({**values, "c": [1, 2]})
    with pytest.raises(KeyError, match="missing"):
        inner.pack({"a": 1})
    with pytest.raises(KeyError, match="unknown"):
        inner.pack({**values, "f": 1})


@pytest.mark.parametrize(
    "member",
    ["int a;", "unsigned int a;", "int8_t a[N];", "pl_unknown a;", "int8_t *a, *b;", "int8_t **a;", "long a:3;"],
)
def test_other_c_is_refused(member: str, tmp_path: Path) -> None:
    header = tmp_path / "made.h"
    header.write_text(f"typedef struct {{ {member} }} pl_made;\n", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot read the member"):
        structs_of(header)


def test_sources_are_those_that_the_includes_need(tmp_path: Path) -> None:
    folder = tmp_path / "fft"
    folder.mkdir()
    (folder / "kernel.h").write_text('#include "pl.h"\n', encoding="utf-8")
    (folder / "twiddle.h").write_text("", encoding="utf-8")
    (folder / "twiddle.c").write_text('#include "pl_requantize.h"\n', encoding="utf-8")
    (folder / "s8.c").write_text(
        '#include "fft/kernel.h"\n#include "twiddle.h"\n// #include "no.h"\n', encoding="utf-8"
    )
    names = {file.name for file in sources_of(folder / "s8.c")}
    assert names == {"s8.c", "kernel.h", "twiddle.h", "twiddle.c", "pl.h", "pl_requantize.h", "pl_requantize.c"}
    with pytest.raises(FileNotFoundError, match=r"nothing\.h"):
        locate("nothing.h", folder)


@pytest.mark.parametrize("kernel", ops.all_kernels(), ids=lambda kernel: kernel.name)
def test_args_hold_the_params_first_and_then_pointers(kernel: object) -> None:
    from packlight.nouns.kernel import Kernel

    assert isinstance(kernel, Kernel)
    first, *others = kernel.args.fields
    pointers = others if kernel.params else [first, *others]
    assert all(field.is_pointer and field.count is None for field in pointers)
    assert any(field.is_written for field in pointers)
    if kernel.params:
        assert first.name == "params"
        assert first.struct is kernel.params
        assert not any(field.is_pointer for field in kernel.params.fields)
        assert kernel.params.size(4) == kernel.params.size(8)
