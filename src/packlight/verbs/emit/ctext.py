# SPDX-License-Identifier: Apache-2.0
"""C text: numbers, initialisers and names, the same for the same values on every machine."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from packlight.header import sources_of
from packlight.nouns.choice import LEVELS
from packlight.nouns.kernel import Kernel, Struct
from packlight.nouns.model import NUMPY_NAMES
from packlight.nouns.program import Buffer, Program

WIDTH = 118
LICENSE = "// SPDX-License-Identifier: Apache-2.0"

#: The C type of each stored type's elements.
C_TYPES: Mapping[str, str] = {
    type_: {"float32": "float", "float64": "double", "bool": "uint8_t", "float16": "uint16_t"}.get(name, f"{name}_t")
    for type_, name in NUMPY_NAMES.items()
}

#: The part of a model's work, in multiply-accumulates or else bytes, below which a kernel's speed hardly shows.
FAINT = 1 / 100

#: How compilers are told what to aim at.
FLAGS: Mapping[str, str] = {"size": "-Os", "balanced": "-O2", "speed": "-O3"}


def identifier(name: str) -> str:
    """A C name in lower case: letters, digits and single underscores, never a digit first."""
    made = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "model"
    return f"m_{made}" if made[0].isdigit() else made


def number(value: float, c_type: str) -> str:
    """A literal of exactly this value: floats in hexadecimal, the least integers without overflow."""
    if c_type in ("float", "double"):
        return float_literal(float(value)) if c_type == "float" else float(value).hex()
    integer = int(value)
    if c_type == "int64_t":
        return "(-INT64_C(9223372036854775807) - 1)" if integer == -(1 << 63) else f"INT64_C({integer})"
    if c_type == "int32_t" and integer == -(1 << 31):
        return "(-2147483647 - 1)"
    return f"{integer}U" if c_type in ("uint32_t", "uint64_t") else str(integer)


def float_literal(value: float) -> str:
    """A float32 in C99's hexadecimal notation."""
    if np.isnan(value) or np.isinf(value):
        return "(0.0f / 0.0f)" if np.isnan(value) else ("(1.0f / 0.0f)" if value > 0 else "(-1.0f / 0.0f)")
    mantissa, exponent = float(np.float32(value)).hex().split("p")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}p{exponent}f"


def initializer(struct: Struct, values: Mapping[str, Any]) -> str:
    """A designated initialiser of a struct; a pointer's value is the C expression it takes."""
    parts = []
    for member in struct.fields:
        value = values[member.name]
        items = [value] if member.count is None else list(value)
        texts = [
            initializer(member.struct, item)
            if member.struct
            else item
            if member.is_pointer
            else number(item, member.type)
            for item in items
        ]
        parts.append(f".{member.name} = " + (texts[0] if member.count is None else "{" + ", ".join(texts) + "}"))
    return "{" + ", ".join(parts) + "}"


def array(declaration: str, buffer: Buffer) -> str:
    """`declaration` = the elements of a constant buffer;"""
    c_type = C_TYPES[buffer.type]
    data = buffer.data or b""
    dtype = {"bool": "uint8", "float16": "uint16"}.get(NUMPY_NAMES[buffer.type], NUMPY_NAMES[buffer.type])
    values = np.frombuffer(data, np.dtype(dtype).newbyteorder("<")).tolist() or [0]
    return f"{declaration} = {{\n{wrap(', '.join(number(value, c_type) for value in values))}\n}};"


def wrap(text: str, indent: str = "    ") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def comment(text: str) -> str:
    """A name from a model, safe within a // comment."""
    return re.sub(r"[^\x20-\x7e]|\\$", "?", text)


def levels_of_kernels(program: Program, optimize: str) -> dict[str, str]:
    """What the compiler aims at in each kernel: what `program.levels` says, by default `optimize`.

    But for speed, a kernel whose calls do less than `FAINT` of the work is balanced: unrolling and inlining it would
    spend flash on instructions that hardly show.
    """
    areas = {buffer.index: buffer.size for buffer in program.buffers if buffer.area != "constant"}
    work: dict[str, int] = {}
    for call in program.calls:
        touched = sum(areas.get(index, 0) for index in {*call.reads, *call.writes})
        work[call.kernel.name] = work.get(call.kernel.name, 0) + max(call.macs, touched)
    most = sum(work.values())
    return {
        name: program.levels.get(name) or ("balanced" if optimize == "speed" and done < FAINT * most else optimize)
        for name, done in work.items()
    }


def levels_of_files(program: Program) -> dict[str, str]:
    """What the compiler aims at in C files of a folder, where `program.levels` says it.

    A file that several kernels need is treated as the one of them that aims highest.
    """
    found: dict[str, str] = {}
    for kernel in program.kernels:
        level = program.levels.get(kernel.name)
        for file in kernel_files([kernel]) if level else ():
            if file.endswith(".c"):
                found[file] = max(found.get(file, "size"), level or "size", key=LEVELS.index)
    return found


def cmake_levels(program: Program) -> str:
    """Lines of a CMakeLists.txt that give files the compiler's level of `levels_of_files`."""
    lines = (
        f"set_source_files_properties({file} PROPERTIES COMPILE_OPTIONS {FLAGS[level]})\n"
        for file, level in levels_of_files(program).items()
    )
    return "".join(lines)


def kernel_files(kernels: Iterable[Kernel], also: Iterable[str] = ()) -> dict[str, str]:
    """The C files that kernels need, under kernels/ (operator folders) and runtime/; `also` names runtime files."""
    from packlight.header import RUNTIME

    starts = [kernel.source for kernel in kernels] + [RUNTIME / name for name in also]
    needed = dict.fromkeys(path for start in starts for path in sources_of(start))
    files = {}
    for path in sorted(needed):
        place = f"runtime/{path.name}" if path.parent == RUNTIME else f"kernels/{path.parent.name}/{path.name}"
        files[place] = path.read_text(encoding="utf-8")
    return files
