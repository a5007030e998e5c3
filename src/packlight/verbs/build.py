# SPDX-License-Identifier: Apache-2.0
"""`build`: a program and a target become a linked firmware, real enough to boot from its reset handler."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from packlight.errors import UsageError
from packlight.nouns.program import Program
from packlight.nouns.target import Firmware, Target
from packlight.targets import load_target
from packlight.toolcache import cache_folder, digest
from packlight.toolchains import OPTIMIZE, find_toolchain
from packlight.verbs.emit import Form
from packlight.verbs.emit.compiled import compiled, firmware_main
from packlight.verbs.emit.ctext import identifier, levels_of_files, levels_of_kernels
from packlight.verbs.emit.folder import write_folder
from packlight.verbs.resolve import OpResolver

#: Arenas need no clearing at start: every byte is written before it is read, which the plan's validator proves. `used`:
#: whoever drives the firmware writes inputs and reads outputs there, of which a compiler that sees all the rest at link
#: time would know nothing.
DEFINES = {"PL_ARENA_ATTRIBUTE": '__attribute__((used, section(".noinit")))'}


def build(
    program: Program,
    target: Target | str,
    *,
    form: Form = "compiled",
    toolchain: str | None = None,
    optimize: str = "size",
    resolver: OpResolver | None = None,
    folder: str | os.PathLike[str] | None = None,
    lto: bool | None = None,
) -> Firmware:
    """A firmware that runs the program for ever.

    `toolchain` is "zig" (the default, from PyPI) or "gcc". `optimize` is size, balanced or speed: what the compiler
    aims at, but in the kernels that `program.levels` names and, for speed, in those whose speed hardly shows. The image
    form registers what `resolver` has, by default the kernels that the program calls. `folder` receives the sources and
    the ELF; without it they go to the cache. `lto` optimises over all files at link time; by default in the compiled
    form, where it specialises kernels that are called once.
    """
    target = load_target(target) if isinstance(target, str) else target
    if optimize not in OPTIMIZE:
        raise UsageError("E424", f"optimize cannot be {optimize!r}", fix="choose one of " + ", ".join(OPTIMIZE))
    name = identifier(program.name)
    found = find_toolchain(toolchain, target)
    files: dict[str, str | bytes]
    if form == "compiled":
        files = {**compiled(program, name), "main.c": firmware_main(program, name)}
    else:
        from packlight.verbs.emit.image import image_files, image_main

        files = {**image_files(program, name, resolver), "main.c": image_main(program, name)}
    place = Path(folder) if folder is not None else _cache_place(name, files)
    sources = write_folder(place / "source", files, shared=folder is None)
    aims = levels_of_files(replace(program, levels=levels_of_kernels(program, optimize)))
    levels = {file: level for file, level in aims.items() if level != optimize}
    elf = found.compile_and_link(
        [path for path in sources if path.suffix in (".c", ".S")],
        [place / "source", place / "source" / "runtime", place / "source" / "kernels"],
        target,
        optimize,
        place / f"{name}-{target.name}-{form}-{found.name}-{optimize}{_mark(levels)}.elf",
        defines=DEFINES,
        lto=form == "compiled" if lto is None else lto,
        levels={place / "source" / file: level for file, level in levels.items()},
    )
    return Firmware(elf, target, str(found), optimize, form, name)


def _mark(levels: Mapping[str, str]) -> str:
    """What tells firmware of the same sources apart that the compiler treats differently."""
    return "-" + digest(repr(sorted(levels.items())).encode())[:8] if levels else ""


def _cache_place(name: str, files: Mapping[str, str | bytes]) -> Path:
    digest = hashlib.sha256()
    for file, content in sorted(files.items()):
        digest.update(file.encode() + b"\0" + (content.encode() if isinstance(content, str) else content) + b"\0")
    return cache_folder() / "firmware" / f"{name}-{digest.hexdigest()[:16]}"
