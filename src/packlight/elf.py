# SPDX-License-Identifier: Apache-2.0
"""A linked 32-bit ELF file: what an emulator loads and what a ledger names."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packlight.errors import MeasureError

if TYPE_CHECKING:
    from elftools.elf.elffile import ELFFile


@dataclass(frozen=True)
class Segment:
    """Bytes that are in the flash before the core starts."""

    address: int  # where they are stored: for .data in the flash, not in RAM
    data: bytes


@dataclass(frozen=True)
class Section:
    name: str
    address: int  # where it is at run time
    size: int
    stored: bool  # False for .bss and the like


@dataclass(frozen=True)
class Symbol:
    """A named function, object or address; of a Thumb function the even address."""

    name: str
    address: int
    size: int
    is_function: bool


class Elf:
    """One linked file; everything is read on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _open(path)

    @property
    def is_arm(self) -> bool:
        return bool(self._file["e_machine"] == "EM_ARM")

    @property
    def entry(self) -> int:
        """The address of the first instruction."""
        return int(self._file["e_entry"])

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The stored parts of the loadable segments, in the file's order."""
        loaded = [s for s in self._file.iter_segments() if s["p_type"] == "PT_LOAD" and s["p_filesz"]]
        return tuple(Segment(segment["p_paddr"], segment.data()) for segment in loaded)

    @property
    def flash_bytes(self) -> int:
        """The bytes that the firmware occupies in flash: the sum of its stored segments."""
        return sum(len(segment.data) for segment in self.segments)

    def bytes_at(self, address: int, size: int) -> bytes:
        """Bytes as stored in flash; fewer than `size` at the end of a segment, none outside."""
        for segment in self.segments:
            if segment.address <= address < segment.address + len(segment.data):
                return segment.data[address - segment.address :][:size]
        return b""

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The sections that are in memory at run time, by name."""
        in_memory = [section for section in self._file.iter_sections() if section["sh_flags"] & 2]
        return {s.name: Section(s.name, s["sh_addr"], s["sh_size"], s["sh_type"] != "SHT_NOBITS") for s in in_memory}

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The named functions, objects and linker symbols, by address, local ones included, mapping symbols not."""
        table: Any = self._file.get_section_by_name(".symtab")
        found = []
        for symbol in table.iter_symbols() if table else ():
            kind = symbol["st_info"]["type"]
            named = symbol.name and symbol.name[0] != "$" and kind not in ("STT_SECTION", "STT_FILE")
            if named and symbol["st_shndx"] != "SHN_UNDEF":
                is_function = kind == "STT_FUNC"
                address = symbol["st_value"] & ~1 if is_function and self.is_arm else symbol["st_value"]
                found.append(Symbol(symbol.name, address, symbol["st_size"], is_function))
        return tuple(sorted(found, key=lambda symbol: (symbol.address, symbol.name)))

    @cached_property
    def addresses(self) -> Mapping[str, tuple[int, int]]:
        """(address, size in bytes) by name."""
        return {symbol.name: (symbol.address, symbol.size) for symbol in self.symbols}

    def function_at(self, address: int) -> str | None:
        """The name of the function that `address` lies in, if there is one."""
        functions = self._functions
        index = bisect_right(functions, address, key=lambda symbol: symbol.address) - 1
        if index < 0 or address >= functions[index].address + max(functions[index].size, 2):
            return None
        return functions[index].name

    @cached_property
    def _functions(self) -> tuple[Symbol, ...]:
        return tuple(symbol for symbol in self.symbols if symbol.is_function)


def _open(path: Path) -> ELFFile:
    from elftools.common.exceptions import ELFError
    from elftools.elf.elffile import ELFFile

    try:
        file = ELFFile(io.BytesIO(path.read_bytes()))
    except ELFError:
        file = None
    if file is None or file.elfclass != 32 or not file.little_endian:
        raise MeasureError("E604", f"{path.name} is not a 32-bit little-endian ELF file", fix="build it again")
    return file
