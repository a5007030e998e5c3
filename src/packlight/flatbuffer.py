# SPDX-License-Identifier: Apache-2.0
"""Checked access to a flatbuffer: every reference, size and count is compared with the file before it is used.

A table becomes a dict with the schema's field names: numbers, strings, enumerations as their names, dicts for tables,
pairs (table name, dict) for unions, tuples for vectors; a vector of bytes is a view, without a copy. No table of the
schema contains itself, so the depth is bounded by the schema; the numbers of tables and of elements are bounded here,
since a small hostile file may refer to the same table many times. The format: https://flatbuffers.dev/internals.
"""

from __future__ import annotations

from struct import Struct, unpack_from
from typing import Any

from packlight import schema

#: Most tables, and most elements (numbers of vectors, bytes of strings), that are read from one file.
MAX_TABLES = 100_000
MAX_ELEMENTS = 1 << 22

_Union = tuple[str, dict[str, Any]]

_MAX_SLOTS = 64  # more than any table of the schema has; further slots are of a newer schema
_UINT32 = Struct("<I")
_INT32 = Struct("<i")
_VTABLE = Struct("<HH")  # bytes of the vtable, bytes of the table


class DamageError(Exception):
    """Something in a flatbuffer cannot be right."""

    def __init__(self, what: str, byte: int, end: int | None = None) -> None:
        super().__init__(what)
        self.what = what  # completes "the file ..."
        self.byte = byte  # where it is stored
        self.end = end  # if it lies beyond the file's end: how many bytes the file would need
        self._path: list[str] = []  # innermost first

    def inside(self, step: str) -> DamageError:
        """The same damage, told that it is in the field ".name" or at the index "[0]"."""
        self._path.append(step)
        return self

    @property
    def where(self) -> str:
        """The path from the root, and the byte: "subgraphs[0].tensors[3].name, byte 1,234"."""
        return f"{''.join(reversed(self._path)).lstrip('.') or 'root'}, byte {self.byte:,}"


class UnknownValueError(DamageError):
    """A number that an enumeration of the schema does not have."""


class Flatbuffer:
    """The bytes of one flatbuffer, and how much may still be read of them."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.size = len(data)
        self._tables = min(self.size // 4, MAX_TABLES)
        self._elements = min(self.size * 8, MAX_ELEMENTS)

    def root(self, name: str) -> dict[str, Any]:
        """The root, a table `name`, with all that it refers to."""
        self._within(0, 4, 0)
        return self._table(name, self._follow(0))

    def slice(self, offset: int, size: int, byte: int = 0) -> memoryview:
        """`size` bytes from byte `offset` of the file, without a copy; the reference to them stands at `byte`."""
        self._within(offset, size, byte)
        return self.data[offset : offset + size]

    def spend(self, elements: int, byte: int = 0) -> None:
        """Counts elements that are copied out of the file; stops a file that makes too much out of few bytes."""
        self._elements -= elements
        if self._elements < 0:
            raise DamageError("refers to the same bytes too many times, or holds too many numbers", byte)

    def _within(self, start: int, size: int, byte: int) -> None:
        if start + size > self.size:
            raise DamageError(f"has {self.size:,} bytes and points to byte {start + size:,}", byte, start + size)

    def _follow(self, at: int) -> int:
        """Where the reference at byte `at` points to; there are at least 4 bytes there."""
        distance: int = _UINT32.unpack_from(self.data, at)[0]
        if distance == 0:
            raise DamageError("has a reference that points to itself", at)
        self._within(at + distance, 4, at)
        return at + distance

    def _table(self, name: str, at: int) -> dict[str, Any]:
        self._tables -= 1
        if self._tables < 0:
            raise DamageError("refers to the same tables too many times, or holds too many", at)
        positions, size = self._positions(at)
        out: dict[str, Any] = {}
        for field in schema.table(name):
            position = positions[field.slot] if field.slot < len(positions) else 0
            try:
                if field.kind == "union":
                    kind = positions[field.slot - 1] if field.slot <= len(positions) else 0
                    out[field.name] = self._union(field, at, size, kind, position)
                elif position:
                    self._inside(at, size, position, field)
                    get = self._vector if field.vector else self._one
                    out[field.name] = get(field, at + position)
                else:
                    out[field.name] = field.default
            except DamageError as damage:
                raise damage.inside(f".{field.name}") from None
        return out

    def _positions(self, at: int) -> tuple[tuple[int, ...], int]:
        """Where each slot of the table at byte `at` is stored, relative to it (0: nowhere), and the table's size."""
        vtable = at - _INT32.unpack_from(self.data, at)[0]
        if vtable < 0:
            raise DamageError(f"has a table whose layout would stand before the file, at byte {vtable:,}", at)
        self._within(vtable, 4, at)
        length, size = _VTABLE.unpack_from(self.data, vtable)
        if length < 4 or length % 2 or size < 4:
            raise DamageError(f"has a table of {size} bytes with a layout of {length} bytes", vtable)
        self._within(vtable, length, vtable)
        self._within(at, size, vtable)
        slots = min((length - 4) // 2, _MAX_SLOTS)
        return unpack_from(f"<{slots}H", self.data, vtable + 4), size

    @staticmethod
    def _inside(at: int, size: int, position: int, field: schema.Field) -> None:
        width = field.number.size if field.kind in ("number", "enum") and not field.vector and field.number else 4
        if position < 4 or position + width > size:
            raise DamageError(f"has a field at byte {position} of a table of {size} bytes", at)

    def _union(self, field: schema.Field, at: int, size: int, kind: int, position: int) -> _Union | None:
        """The table in use, by name, and its fields; None for NONE. A table in use and not stored has its defaults."""
        assert field.enum
        if kind and (kind < 4 or kind + 1 > size):
            raise DamageError(f"has a field at byte {kind} of a table of {size} bytes", at)
        name = self._name(field, self.data[at + kind] if kind else 0, at + kind)
        if name == "NONE":
            return None
        if not position:
            return name, dict(schema.defaults(name))
        self._inside(at, size, position, field)
        return name, self._table(name, self._follow(at + position))

    def _one(self, field: schema.Field, at: int) -> Any:
        """The single value stored or referred to at byte `at`."""
        if field.number:
            value = field.number.unpack_from(self.data, at)[0]
            return self._name(field, value, at) if field.enum else value
        start = self._follow(at)
        if field.kind == "table":
            return self._table(field.type, start)
        length: int = _UINT32.unpack_from(self.data, start)[0]
        text = self.slice(start + 4, length, start)
        self.spend(length, start)
        return str(text, "utf-8", "backslashreplace")

    def _vector(self, field: schema.Field, at: int) -> Any:
        start = self._follow(at)
        count: int = _UINT32.unpack_from(self.data, start)[0]
        width = field.number.size if field.number else 4
        self._within(start + 4, count * width, start)
        if field.type == "uint8":
            return self.data[start + 4 : start + 4 + count]
        self.spend(count, start)
        if field.kind == "number":
            return unpack_from(f"<{count}{schema.NUMBERS[field.type]}", self.data, start + 4)
        out = []
        for index in range(count):
            try:
                out.append(self._one(field, start + 4 + index * width))
            except DamageError as damage:
                raise damage.inside(f"[{index}]") from None
        return tuple(out)

    @staticmethod
    def _name(field: schema.Field, value: int, at: int) -> str:
        assert field.enum
        name = field.enum.names.get(value)
        if name is None:
            raise UnknownValueError(f"uses {field.enum.name} {value}", at)
        return name
