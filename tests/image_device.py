# SPDX-License-Identifier: Apache-2.0
"""The interpreter of images in the host library, driven through ctypes, with guards around image and arena."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import host
from packlight.nouns.kernel import Kernel
from packlight.verbs.emit.binary import kernel_id

Array = npt.NDArray[Any]
POINTER_BYTES = ctypes.sizeof(ctypes.c_void_p)
GUARD, GUARD_BYTES = 0xA5, 64
ALIGNMENT = 16


class Entry(ctypes.Structure):
    """`pl_resolver_entry`"""

    _fields_ = (("id", ctypes.c_uint32), ("kernel", ctypes.c_void_p))


class CResolver(ctypes.Structure):
    """`pl_resolver`"""

    _fields_ = (("entries", ctypes.POINTER(Entry)), ("count", ctypes.c_uint32), ("capacity", ctypes.c_uint32))


class CInterpreter(ctypes.Structure):
    """`pl_interpreter`"""

    _fields_ = (
        ("image", ctypes.c_void_p),
        ("end", ctypes.c_void_p),
        ("arena", ctypes.c_void_p),
        ("kernels", ctypes.c_void_p),
        ("args", ctypes.c_void_p),
        ("arena_bytes", ctypes.c_uint32),
        ("missing_kernel", ctypes.c_uint32),
    )


def call(function: str, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    """Calls a C function of the host library."""
    found = getattr(host.library(), function)
    found.restype = result
    return found(*arguments)


def name_of(status: int) -> str:
    return str(call("pl_status_name", status, result=ctypes.c_char_p).decode())


class Resolver:
    """A `pl_resolver` with room for `capacity` kernels."""

    def __init__(self, capacity: int, kernels: Iterable[Kernel] = ()) -> None:
        self.entries = (Entry * max(1, capacity))()
        self.struct = CResolver(self.entries, 0, capacity)
        for kernel in kernels:
            assert self.add(kernel_id(kernel), host.address(kernel)) == "PL_OK"

    def add(self, id_: int, address: int) -> str:
        added = call("pl_resolver_add", ctypes.byref(self.struct), ctypes.c_uint32(id_), ctypes.c_void_p(address))
        return name_of(added)


def memory(size: int, shift: int = 0) -> Array:
    """Bytes at an address that is `shift` behind a multiple of 16, guards before and after them included."""
    room = np.full(size + 2 * GUARD_BYTES + 2 * ALIGNMENT, GUARD, np.uint8)
    start = -room.ctypes.data % ALIGNMENT + shift
    return room[start : start + size + 2 * GUARD_BYTES]


class Device:
    """An image and an arena in memory, both with guards around them, and an interpreter for them."""

    def __init__(
        self, image: bytes, arena_bytes: int, resolver: Resolver, *, shift: int = 0, arena_shift: int = 0
    ) -> None:
        self._image = memory(len(image), shift)
        self._image[GUARD_BYTES : GUARD_BYTES + len(image)] = np.frombuffer(image, np.uint8)
        self._before = self._image.copy()
        self._arena = memory(arena_bytes, arena_shift)
        self.arena = self._arena[GUARD_BYTES : GUARD_BYTES + arena_bytes]
        self.resolver = resolver
        self.struct = CInterpreter()
        self.image_bytes = len(image)

    def init(self, image_bytes: int | None = None) -> str:
        status = call(
            "pl_interpreter_init",
            ctypes.byref(self.struct),
            ctypes.c_void_p(self._image.ctypes.data + GUARD_BYTES),
            ctypes.c_size_t(self.image_bytes if image_bytes is None else image_bytes),
            ctypes.byref(self.resolver.struct),
            ctypes.c_void_p(self.arena.ctypes.data),
            ctypes.c_size_t(self.arena.size),
        )
        self.check_guards()
        return name_of(status)

    def invoke(self) -> str:
        status = self.ask("invoke")
        self.check_guards()
        return name_of(status)

    def ask(self, what: str, *index: int, result: Any = ctypes.c_int) -> Any:
        """Calls pl_interpreter_WHAT."""
        numbers = [ctypes.c_uint32(number) for number in index]
        return call(f"pl_interpreter_{what}", ctypes.byref(self.struct), *numbers, result=result)

    def value(self, kind: str, index: int) -> Array:
        """The bytes of an input or output where they are."""
        address = self.ask(kind, index, result=ctypes.c_void_p)
        size = self.ask(f"{kind}_size", index, result=ctypes.c_uint32)
        return np.ctypeslib.as_array((ctypes.c_uint8 * size).from_address(address))

    def check_guards(self) -> None:
        """That not one byte was written before or behind the arena, nor in the image."""
        assert (self._arena[:GUARD_BYTES] == GUARD).all() and (self._arena[-GUARD_BYTES:] == GUARD).all()
        assert (self._image == self._before).all()


def repaired(image: bytes | bytearray) -> bytes:
    """The image with the CRC-32 that its size and its bytes ask for, if it has room for one."""
    made = bytearray(image)
    (size,) = struct.unpack_from("<I", made, 8)
    if size % 4 == 0 and 4 <= size <= len(made):
        struct.pack_into("<I", made, size - 4, zlib.crc32(made[: size - 4]))
    return bytes(made)
