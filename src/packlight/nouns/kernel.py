# SPDX-License-Identifier: Apache-2.0
"""`Kernel`: one C function, and `Struct`: the layout of its args as its `kernel.h` declares them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

#: struct-module codes of the fixed-width C types that a params struct may hold.
SCALARS: Mapping[str, str] = {
    "int8_t": "b", "uint8_t": "B", "int16_t": "h", "uint16_t": "H", "int32_t": "i", "uint32_t": "I", "int64_t": "q",
    "uint64_t": "Q", "float": "f",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One member of a struct: a scalar, a nested struct, a fixed array of either, or a pointer."""

    name: str
    type: str  # the C type: "int32_t", "pl_activation", "const int8_t *"
    count: int | None = None  # elements of an array member; None for a plain member
    struct: Struct | None = None  # the layout of a nested struct

    @property
    def is_pointer(self) -> bool:
        return self.type.endswith("*")

    @property
    def is_written(self) -> bool:
        """Whether a kernel may write through this pointer."""
        return self.is_pointer and not self.type.startswith("const ")

    def element(self, pointer_bytes: int) -> tuple[int, int]:
        """(size, alignment) in bytes of one element."""
        if self.struct:
            return self.struct.size(pointer_bytes), self.struct.alignment(pointer_bytes)
        size = pointer_bytes if self.is_pointer else struct.calcsize("<" + SCALARS[self.type])
        return size, size


@dataclass(frozen=True)
class Struct:
    """A C struct with the natural layout that all our targets share; only the size of a pointer differs."""

    name: str
    fields: tuple[Field, ...]

    def offsets(self, pointer_bytes: int) -> Iterator[tuple[Field, int]]:
        """Each field with its byte offset."""
        position = 0
        for member in self.fields:
            size, alignment = member.element(pointer_bytes)
            position = align(position, alignment)
            yield member, position
            position += size * (1 if member.count is None else member.count)

    def alignment(self, pointer_bytes: int) -> int:
        return self._sizes[pointer_bytes][1]

    def size(self, pointer_bytes: int) -> int:
        return self._sizes[pointer_bytes][0]

    @cached_property
    def _sizes(self) -> Mapping[int, tuple[int, int]]:
        """(size, alignment) in bytes, for pointers of 4 and of 8 bytes."""
        found: dict[int, tuple[int, int]] = {}
        for pointer_bytes in (4, 8):
            end = 0
            for member, offset in self.offsets(pointer_bytes):
                end = offset + member.element(pointer_bytes)[0] * (1 if member.count is None else member.count)
            alignment = max((member.element(pointer_bytes)[1] for member in self.fields), default=1)
            found[pointer_bytes] = align(end, alignment), alignment
        return found

    def pack(self, values: Mapping[str, Any], pointer_bytes: int = 4) -> bytes:
        """The struct's little-endian bytes. Every field must have a value, and no value may lack a field."""
        unknown = values.keys() - {member.name for member in self.fields}
        missing = {member.name for member in self.fields} - values.keys()
        if unknown or missing:
            raise KeyError(f"{self.name}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        image = bytearray(self.size(pointer_bytes))
        for member, offset in self.offsets(pointer_bytes):
            given = values[member.name]
            size, _ = member.element(pointer_bytes)
            elements = [given] if member.count is None else list(given)
            if member.count is not None and len(elements) != member.count:
                raise ValueError(f"{self.name}.{member.name} takes {member.count} values, got {len(elements)}")
            for index, value in enumerate(elements):
                start = offset + index * size
                image[start : start + size] = _pack_one(member, value, pointer_bytes)
        return bytes(image)


@dataclass(frozen=True)
class Kernel:
    """One C function that does the work of an operator for one choice of types."""

    name: str  # "conv_2d_s8"; the C function is pl_conv_2d_s8
    source: Path  # the C file that defines it
    params: Struct | None  # the numbers that prepare fills; None where the kernel needs none
    args: Struct  # params first, then a pointer for each operand

    @property
    def function(self) -> str:
        return "pl_" + self.name

    @property
    def operands(self) -> tuple[Field, ...]:
        return tuple(member for member in self.args.fields if member.is_pointer)


def align(position: int, alignment: int) -> int:
    """The next multiple of `alignment` at or after `position`."""
    return -(-position // alignment) * alignment


def _pack_one(member: Field, value: Any, pointer_bytes: int) -> bytes:
    if member.struct:
        return member.struct.pack(value, pointer_bytes)
    code = ("I" if pointer_bytes == 4 else "Q") if member.is_pointer else SCALARS[member.type]
    try:
        return struct.pack("<" + code, value)
    except struct.error as error:
        raise ValueError(f"{member.type} {member.name} cannot hold {value!r}") from error
