# SPDX-License-Identifier: Apache-2.0
"""The targets: one TOML file each, found by its name, in this folder and in the user's (PACKLIGHT_TARGETS)."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from packlight.errors import UsageError
from packlight.nouns.target import MemoryRegion, QemuBoard, Target

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent
_STARTUPS = ("cortex_m", "rv32", "host")
_FEATURES = ("thumb", "dsp", "fpu", "mve", "rv32")
_SUFFIXES = {"K": 1 << 10, "M": 1 << 20}  # of lengths in bytes


def target_files() -> dict[str, Path]:
    """Every known target's file by name; a file in the user's folder replaces a built-in one of the same name."""
    user = os.environ.get("PACKLIGHT_TARGETS")
    folders = [FOLDER, Path(user)] if user else [FOLDER]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def target_names() -> tuple[str, ...]:
    """The names that `load_target` knows, in alphabetical order."""
    return tuple(sorted(target_files()))


def load_target(name_or_path: str | Path) -> Target:
    """The target of that name, or the one in that .toml file; anything amiss in it is a UsageError."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        known = target_files()
        found = known.get(str(name_or_path))
        if found is None:
            raise UsageError(
                "E420",
                f"there is no target {str(name_or_path)!r}",
                why="known targets: " + ", ".join(sorted(known)),
                fix=_suggestion(str(name_or_path), sorted(known)) or "choose one of them, or name a .toml file",
            )
        path = found
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError("E421", f"{path} cannot be read", why=error.strerror, fix="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError("E422", f"{path} is not a TOML file", why=str(error), fix="correct the line named") from error
    return _Reader(path).target(table)


def _suggestion(word: str, known: Sequence[str]) -> str | None:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else None


class _Reader:
    """Turns the tables of one file into a Target; every key is known, of the right type, and present if needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def target(self, table: Mapping[str, Any]) -> Target:
        host = table.get("startup") == "host"
        tables = () if host else ("toolchain", "memory", "emulator")
        self.keys(table, "", ("title", "core", "features", "startup", *tables))
        toolchain, memory, emulator = (self.value(table, "", name, dict) if tables else {} for name in _TABLES)
        if tables:
            self.keys(toolchain, "toolchain", ("zig", "gcc"))
            self.keys(memory, "memory", ("flash", "ram"))
            self.keys(emulator, "emulator", (), ("unicorn", "qemu"))
        return Target(
            name=self.path.stem,
            title=self.value(table, "", "title", str),
            core=self.value(table, "", "core", str),
            features=tuple(self.choice("features", item, _FEATURES) for item in self.strings(table, "", "features")),
            startup=self.choice("startup", self.value(table, "", "startup", str), _STARTUPS),
            zig=self.strings(toolchain, "toolchain", "zig"),
            gcc=self.strings(toolchain, "toolchain", "gcc"),
            flash=self.region(memory, "flash"),
            ram=self.region(memory, "ram"),
            unicorn_cpu=self.value(emulator, "emulator", "unicorn", str) if "unicorn" in emulator else None,
            qemu=self.board(emulator),
        )

    def board(self, emulator: Mapping[str, Any]) -> QemuBoard | None:
        if "qemu" not in emulator:
            return None
        where = "emulator.qemu"
        table = self.value(emulator, "emulator", "qemu", dict)
        self.keys(table, where, ("program", "machine"), ("cpu", "vectors"))
        return QemuBoard(
            program=self.value(table, where, "program", str),
            machine=self.value(table, where, "machine", str),
            cpu=self.value(table, where, "cpu", str) if "cpu" in table else None,
            vectors=self.value(table, where, "vectors", int) if "vectors" in table else None,
        )

    def region(self, memory: Mapping[str, Any], name: str) -> MemoryRegion | None:
        if not memory:
            return None
        table = self.value(memory, "memory", name, dict)
        where = f"memory.{name}"
        self.keys(table, where, ("origin", "length"))
        length = table["length"]
        if isinstance(length, str):
            digits, factor = (length[:-1], _SUFFIXES[length[-1]]) if length[-1:] in _SUFFIXES else (length, 1)
            length = int(digits) * factor if digits.isdecimal() else None
        origin = self.value(table, where, "origin", int)
        if not isinstance(length, int) or origin < 0 or length <= 0 or origin + length > 1 << 32:
            fix = "length: bytes, or such as '512K', '4M'"
            raise self.wrong(f"{where} is not a span of a 32-bit address space", fix)
        return MemoryRegion(origin, length)

    def keys(self, table: Mapping[str, Any], where: str, needed: Sequence[str], optional: Sequence[str] = ()) -> None:
        known = [*needed, *optional]
        for key in table:
            if key not in known:
                fix = _suggestion(key, known) or "known keys: " + ", ".join(known)
                raise self.wrong(f"unknown key {_dotted(where, key)!r}", fix)
        for key in needed:
            if key not in table:
                raise self.wrong(f"the key {_dotted(where, key)!r} is missing", f"add {key!r}")

    def value(self, table: Mapping[str, Any], where: str, key: str, kind: type) -> Any:
        value = table[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            names = {str: "a string", int: "a whole number", dict: "a table", list: "a list"}
            raise self.wrong(f"{_dotted(where, key)!r} must be {names[kind]}", f"it reads {value!r}")
        return value

    def strings(self, table: Mapping[str, Any], where: str, key: str) -> tuple[str, ...]:
        if where and not table:
            return ()
        items = self.value(table, where, key, list)
        if not all(isinstance(item, str) for item in items):
            raise self.wrong(f"{_dotted(where, key)!r} must hold strings only", f"it reads {items!r}")
        return tuple(items)

    def choice(self, key: str, word: str, known: Sequence[str]) -> str:
        if word not in known:
            raise self.wrong(f"{key!r} cannot be {word!r}", _suggestion(word, known) or "known: " + ", ".join(known))
        return word

    def wrong(self, what: str, fix: str) -> UsageError:
        return UsageError("E423", f"target file {self.path.name}: {what}", at=str(self.path), fix=fix)


_TABLES = ("toolchain", "memory", "emulator")


def _dotted(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
