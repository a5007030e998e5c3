# SPDX-License-Identifier: Apache-2.0
"""Reads the structs that a `kernel.h` declares, so that nothing is declared a second time in Python.

The headers keep to a small part of C, which is all that is understood here: `typedef struct { ... } name;` with members
of fixed-width types, of structs declared before (in the same file or one it includes), arrays of these, and pointers.
The test suite compares the layouts found here with `offsetof` and `sizeof` of the compiler.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from packlight.nouns.kernel import SCALARS, Field, Struct

#: The C files that kernels share: `pl.h` and the helpers beside it.
RUNTIME = Path(__file__).parent / "runtime"

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
_STRUCT = re.compile(r"typedef\s+struct\s*\{(.*?)\}\s*(\w+)\s*;", re.DOTALL)
_MEMBER = re.compile(r"(?P<const>const\s+)?(?P<type>\w+)\s*(?P<pointer>\*)?\s*(?P<names>[^;*]+)$", re.DOTALL)
_NAME = re.compile(r"(\w+)(?:\s*\[\s*(\d+)\s*\])?$")


@cache
def structs_of(header: Path) -> Mapping[str, Struct]:
    """The structs of a header and of all it includes, by C name."""
    text = _COMMENT.sub("", header.read_text(encoding="utf-8"))
    found: dict[str, Struct] = {}
    for included in _INCLUDE.findall(text):
        found.update(structs_of(locate(included, header.parent)))
    for body, name in _STRUCT.findall(text):
        fields = [field for line in body.split(";") if line.strip() for field in _members(line.strip(), found, header)]
        found[name] = Struct(name, tuple(fields))
    return found


@cache
def sources_of(file: Path) -> tuple[Path, ...]:
    """A C file, with all that has to be compiled and shipped with it.

    These are the headers it includes and, where a header has a C or assembly file of the same name beside it,
    that file as well.
    """
    found: dict[Path, None] = {}
    waiting = [file.resolve()]
    while waiting:
        path = waiting.pop(0)
        if path in found or not path.is_file():
            continue
        found[path] = None
        included = _INCLUDE.findall(_COMMENT.sub("", path.read_text(encoding="utf-8")))
        waiting += [locate(name, path.parent) for name in included]
        if path.suffix == ".h":
            waiting += [path.with_suffix(".c"), path.with_suffix(".S")]
    return tuple(found)


def locate(included: str, folder: Path) -> Path:
    """The file that `#include "..."` in a file of `folder` means.

    It lies beside the file, or in a folder beside the file's own (a user's "fft/kernel.h"), or in the runtime, or under
    the package's ops.
    """
    for base in (folder, folder.parent, RUNTIME, RUNTIME.parent / "ops"):
        if (base / included).is_file():
            return (base / included).resolve()
    raise FileNotFoundError(f'#include "{included}" in {folder} names no file')


def _members(line: str, known: Mapping[str, Struct], header: Path) -> list[Field]:
    match = _MEMBER.match(line)
    if not match or not (match["pointer"] or match["type"] in SCALARS or match["type"] in known):
        raise ValueError(f"{header}: cannot read the member `{line}`")
    type_ = f"{'const ' if match['const'] else ''}{match['type']} *" if match["pointer"] else match["type"]
    fields = []
    for part in match["names"].split(","):
        name = _NAME.match(part.strip())
        if not name:
            raise ValueError(f"{header}: cannot read the member `{line}`")
        count = int(name[2]) if name[2] else None
        fields.append(Field(name[1], type_, count, None if match["pointer"] else known.get(match["type"])))
    return fields
