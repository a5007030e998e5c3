# SPDX-License-Identifier: Apache-2.0
"""The two counters for unicorn: count.c, and the same in Python where that is not to be had."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from packlight.emulators import CountedCall
from packlight.errors import PacklightError

if TYPE_CHECKING:
    from packlight.cycles import BlockCycles, CycleModel

_CALLS = 1 << 16  # counted calls of one run that are kept
_NO_RETURN = 1  # odd: no instruction is there


class _Block(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint16) for name in ("bytes", "instructions", "marked", "inside", "leave", "enter")]


class _Call(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("address", "instructions", "cycles")]


_Time = ctypes.CFUNCTYPE(None, ctypes.c_uint64, ctypes.c_uint32, ctypes.POINTER(_Block))


class _Counter(ctypes.Structure):
    """`pl_counter` of count.c, which says what the fields are."""

    _fields_ = [
        *((name, ctypes.c_uint64) for name in ("instructions", "limit", "cycles", "next", "leave")),
        *((name, ctypes.c_uint64) for name in ("code_base", "code_size")),
        ("code", ctypes.c_char_p),
        ("blocks", ctypes.POINTER(_Block)),
        ("calls", ctypes.POINTER(_Call)),
        *((name, ctypes.c_uint64) for name in ("call_capacity", "call_count", "call_address", "call_start")),
        *((name, ctypes.c_uint64) for name in ("call_cycles", "return_address", "strayed")),
        ("read_register", ctypes.c_void_p),
        ("stop", ctypes.c_void_p),
        ("time", _Time),
        ("return_register", ctypes.c_int32),
        *((name, ctypes.c_uint32) for name in ("is_riscv", "has_strayed")),
    ]


class BlockCounter(Protocol):
    """Counts in a machine's block hook; set `marks` and `limit`, run, then look."""

    instructions: int
    limit: int

    @property
    def cycles(self) -> int | None:
        """Estimated, since `start`, the branch behind the last block included; None without a model of the core."""

    def start(self, marks: Iterable[int]) -> None:
        """Forget the calls; from now on count calls of the functions at `marks`, and instructions from 0."""

    def calls(self) -> tuple[CountedCall, ...]:
        """The calls since `start`; one that is still under way ends now (a tail call ends with its caller)."""

    @property
    def strayed(self) -> int | None:
        """The address of a block outside the code, if one was executed."""


def unicorn_module() -> Any:
    """The package unicorn; ImportError if it is not installed. Its own types are of no use to a type checker."""
    return importlib.import_module("unicorn")


def counting_library() -> ctypes.CDLL | None:
    """The library that has count.c in it: packlight's host library, if it is built."""
    try:
        library: ctypes.CDLL = importlib.import_module("packlight.host").library()
    except (ImportError, OSError, PacklightError):
        return None
    return library if hasattr(library, "pl_count_block") else None


def attach_counter(
    engine: Any, code_base: int, code: bytes, return_register: int, is_riscv: bool, model: CycleModel | None = None
) -> BlockCounter:
    """A counter that is called at every block of `engine`, a unicorn.Uc; `code` is all that it may execute."""
    library = counting_library()
    try:
        from unicorn.unicorn_py3.unicorn import uclib
    except ImportError:
        library = None
    if library is None:
        return PythonCounter(engine, code_base, code, return_register, is_riscv, model)
    return NativeCounter(library, uclib, engine, code_base, code, return_register, is_riscv, model)


class NativeCounter:
    """count.c, called by unicorn without Python in between."""

    def __init__(
        self,
        library: ctypes.CDLL,
        unicorn: Any,
        engine: Any,
        base: int,
        code: bytes,
        register: int,
        is_riscv: bool,
        model: CycleModel | None = None,
    ) -> None:
        from unicorn.unicorn_const import UC_HOOK_BLOCK

        library.pl_counter_size.restype = ctypes.c_uint64
        assert library.pl_counter_size() == ctypes.sizeof(_Counter)
        self._blocks = (_Block * (len(code) // 2 + 1))()
        self._calls = (_Call * _CALLS)()
        self._marked: list[int] = []
        self._has_model = model is not None
        self._state = _Counter(
            code_base=base,
            code_size=len(code),
            code=code,
            blocks=self._blocks,
            calls=self._calls,
            call_capacity=_CALLS,
            return_address=_NO_RETURN,
            read_register=ctypes.cast(unicorn.uc_reg_read, ctypes.c_void_p).value,
            stop=ctypes.cast(unicorn.uc_emu_stop, ctypes.c_void_p).value,
            return_register=register,
            is_riscv=is_riscv,
        )
        if model is not None:
            self._state.time = _timer(model, base, code)
        self._hook = ctypes.c_size_t()
        hook = ctypes.cast(library.pl_count_block, ctypes.c_void_p)
        state = ctypes.cast(ctypes.pointer(self._state), ctypes.c_void_p)
        status = unicorn.uc_hook_add(engine._uch, ctypes.byref(self._hook), UC_HOOK_BLOCK, hook, state, 1, 0)
        if status != 0:
            raise unicorn_module().UcError(status)

    @property
    def instructions(self) -> int:
        return int(self._state.instructions)

    @instructions.setter
    def instructions(self, value: int) -> None:
        self._state.instructions = value

    @property
    def limit(self) -> int:
        return int(self._state.limit)

    @limit.setter
    def limit(self, value: int) -> None:
        self._state.limit = value

    @property
    def cycles(self) -> int | None:
        return int(self._state.cycles + self._state.leave) if self._has_model else None

    @property
    def strayed(self) -> int | None:
        return int(self._state.strayed) if self._state.has_strayed else None

    def start(self, marks: Iterable[int]) -> None:
        base, size = self._state.code_base, self._state.code_size
        for index in self._marked:
            self._blocks[index].marked = 0
        self._marked = [(mark - base) >> 1 for mark in marks if base <= mark < base + size]
        for index in self._marked:
            self._blocks[index].marked = 1
        state = self._state
        state.instructions, state.call_count, state.return_address, state.has_strayed = 0, 0, _NO_RETURN, 0
        state.cycles, state.leave = 0, 0

    def calls(self) -> tuple[CountedCall, ...]:
        state = self._state
        found = [
            CountedCall(call.address, call.instructions, call.cycles if self._has_model else None)
            for call in self._calls[: min(state.call_count, _CALLS)]
        ]
        if state.return_address != _NO_RETURN:
            cycles = None if self.cycles is None else self.cycles - state.call_cycles
            found.append(CountedCall(state.call_address, state.instructions - state.call_start, cycles))
        return tuple(found)


def _timer(model: CycleModel, base: int, code: bytes) -> Any:
    """`pl_counter.time`: called once for each block."""

    def time(address: int, size: int, block: Any) -> None:
        found = model.block(code[address - base : address - base + size], address)
        block[0].inside, block[0].leave, block[0].enter = found.inside, found.leave, found.enter

    return _Time(time)


class PythonCounter:
    """The same, some fifteen times slower."""

    def __init__(
        self,
        engine: Any,
        base: int,
        code: bytes,
        return_register: int,
        is_riscv: bool,
        model: CycleModel | None = None,
    ) -> None:
        from unicorn.unicorn_const import UC_HOOK_BLOCK

        self.instructions = 0
        self.limit = 0
        self.strayed: int | None = None
        self._engine, self._base, self._code = engine, base, code
        self._return_register, self._is_riscv, self._model = return_register, is_riscv, model
        self._known: dict[tuple[int, int], int] = {}
        self._timed: dict[tuple[int, int], BlockCycles] = {}
        self._calls: list[CountedCall] = []
        self.start(())
        engine.hook_add(UC_HOOK_BLOCK, self._count)

    def start(self, marks: Iterable[int]) -> None:
        self._marks = frozenset(marks)
        self._calls, self._return_address, self._call = [], _NO_RETURN, (0, 0, 0)
        self.instructions, self.strayed = 0, None
        self._cycles, self._next, self._leave, self._behind = 0, 0, 0, 0

    @property
    def cycles(self) -> int | None:
        return self._cycles + self._leave if self._model else None

    def calls(self) -> tuple[CountedCall, ...]:
        if self._return_address == _NO_RETURN:
            return tuple(self._calls)
        address, start, cycles = self._call
        now = self.cycles
        return (*self._calls, CountedCall(address, self.instructions - start, None if now is None else now - cycles))

    def _count(self, engine: Any, address: int, size: int, _: object) -> None:
        if not (self._base <= address and address + size <= self._base + len(self._code)):
            self.strayed = address
            engine.emu_stop()
            return
        inside = self._arrive(address, size) if self._model else 0
        if address == self._return_address:
            self._calls, self._return_address = list(self.calls()), _NO_RETURN
        if address in self._marks and self._return_address == _NO_RETURN:
            self._return_address = engine.reg_read(self._return_register) & ~1
            self._call = (address, self.instructions, self._cycles)
        known = self._known.get((address, size))
        if known is None:
            known = self._known[address, size] = self._instructions_in(address - self._base, size)
        self.instructions += known
        self._cycles += inside
        self._next, self._leave = address + size, self._behind
        if self.instructions > self.limit:
            engine.emu_stop()

    def _arrive(self, address: int, size: int) -> int:
        """The cycles of a block; those of the branch that led to it are added to the block before."""
        assert self._model is not None
        block = self._timed.get((address, size))
        if block is None:
            at = address - self._base
            block = self._timed[address, size] = self._model.block(self._code[at : at + size], address)
        branched = address != self._next
        self._cycles += self._leave if branched else 0
        self._leave, self._behind = 0, block.leave
        return block.inside + (block.enter if branched else 0)

    def _instructions_in(self, at: int, size: int) -> int:
        found, end = 0, at + size
        while at < end:
            low, high = self._code[at], self._code[at + 1]
            wide = low & 3 == 3 if self._is_riscv else high >> 3 >= 0x1D
            at += 4 if wide else 2
            found += 1
        return found
