# SPDX-License-Identifier: Apache-2.0
"""A reader of linked 32-bit little-endian ELF files: what an emulator loads and what a ledger names."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from packlight.errors import MeasureError

_SHT_SYMTAB, _SHT_NOBITS = 2, 8
_PT_LOAD = 1
_STT_FUNC, _STT_SECTION, _STT_FILE = 2, 3, 4
_EM_ARM = 40


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
        self._bytes = path.read_bytes()
        if self._bytes[:6] != b"\x7fELF\x01\x01" or len(self._bytes) < 52:
            raise MeasureError("E504", f"{path.name} is not a 32-bit little-endian ELF file", fix="build it again")
        header = struct.unpack_from("<HHIIIIIHHHHHH", self._bytes, 16)
        self._machine: int = header[1]
        self.entry: int = header[3]
        self._segments_at, self._sections_at = header[4], header[5]
        self._segment_count, self._section_count, self._names_index = header[9], header[11], header[12]

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The stored parts of the loadable segments, in the file's order."""
        found = []
        for index in range(self._segment_count):
            kind, offset, _, address, stored, _, _, _ = struct.unpack_from(
                "<8I", self._bytes, self._segments_at + 32 * index
            )
            if kind == _PT_LOAD and stored:
                found.append(Segment(address, self._bytes[offset : offset + stored]))
        return tuple(found)

    @property
    def is_arm(self) -> bool:
        return self._machine == _EM_ARM

    def bytes_at(self, address: int, size: int) -> bytes:
        """Bytes as stored in flash; fewer than `size` at the end of a segment, none outside."""
        for segment in self.segments:
            if segment.address <= address < segment.address + len(segment.data):
                return segment.data[address - segment.address :][:size]
        return b""

    @property
    def flash_bytes(self) -> int:
        """The bytes that the firmware occupies in flash: the sum of its stored segments."""
        return sum(len(segment.data) for segment in self.segments)

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The sections that are in memory at run time, by name."""
        found = {}
        for header in self._headers:
            name, kind, flags, address, _, size = header[:6]
            if flags & 2:
                text = self._text(self._headers[self._names_index][4], name)
                found[text] = Section(text, address, size, kind != _SHT_NOBITS)
        return found

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The named functions, objects and linker symbols, by address, local ones included, mapping symbols not."""
        found = []
        for header in self._headers:
            if header[1] == _SHT_SYMTAB:
                names = self._headers[header[6]][4]
                for offset in range(header[4] + 16, header[4] + header[5], 16):
                    symbol = self._symbol(offset, names)
                    if symbol is not None:
                        found.append(symbol)
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

    @cached_property
    def _headers(self) -> tuple[tuple[int, ...], ...]:
        return tuple(
            struct.unpack_from("<10I", self._bytes, self._sections_at + 40 * index)
            for index in range(self._section_count)
        )

    def _symbol(self, offset: int, names: int) -> Symbol | None:
        name, value, size, info, _, section = struct.unpack_from("<IIIBBH", self._bytes, offset)
        kind = info & 15
        text = self._text(names, name)
        if not text or text[0] == "$" or text.startswith(".L") or section == 0 or kind in (_STT_SECTION, _STT_FILE):
            return None
        is_function = kind == _STT_FUNC
        return Symbol(text, value & ~1 if is_function and self._machine == _EM_ARM else value, size, is_function)

    def _text(self, table: int, offset: int) -> str:
        start = table + offset
        return self._bytes[start : self._bytes.index(b"\0", start)].decode("utf-8", "replace")
