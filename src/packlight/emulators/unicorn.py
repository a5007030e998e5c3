# SPDX-License-Identifier: Apache-2.0
"""Cortex-M0 to M33 and RV32 in unicorn, inside this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packlight.emulators import INSTRUCTION_LIMIT, InvokeResult
from packlight.emulators.counter import BlockCounter, attach_counter, unicorn_module
from packlight.emulators.machine import FirmwareMachine
from packlight.errors import MeasureError, ToolError, UsageError
from packlight.nouns.target import Target

if TYPE_CHECKING:
    from packlight.cycles import CycleModel

_PAGE = 0x1000
_SYSTEM_CONTROL = 0xE000E000  # of a Cortex-M: plain memory here; start-up writes CPACR and CCR in it
_UNCOUNTED_SECONDS = 300  # a run without a counter is ended by the clock


class UnicornMachine(FirmwareMachine):
    """A core, the target's flash and RAM, and nothing else: every other address faults."""

    name = "unicorn"

    def __init__(
        self,
        elf: Path,
        target: Target,
        *,
        count: bool = True,
        limit: int = INSTRUCTION_LIMIT,
        model: CycleModel | None = None,
    ) -> None:
        super().__init__(elf, target, count=count, limit=limit)
        self._uc = _engine(target)
        self._pc, self._link, self._sp = _registers(self.is_riscv)
        self._bad_access: str | None = None
        self._map()
        self._counter: BlockCounter | None = None
        if count:
            code = self.elf.segments[0]
            self._counter = attach_counter(self._uc, code.address, code.data, self._link, self.is_riscv, model)

    def boot(self) -> int:
        for segment in self.elf.segments:
            self.write(segment.address, segment.data)
        self.paint_stack()
        start = self.elf.entry & ~1
        if not self.is_riscv:
            vectors = self.read(self.flash.origin, 8)
            self._uc.reg_write(self._sp, int.from_bytes(vectors[:4], "little"))
            start = int.from_bytes(vectors[4:], "little") & ~1
        return self._run(start, self.invoke_at)

    def read(self, address: int, size: int) -> bytes:
        return bytes(self._access("read", self._uc.mem_read, address, size, size))

    def write(self, address: int, data: bytes) -> None:
        self._access("write", self._uc.mem_write, address, data, len(data))

    def invoke(self, marks: Mapping[int, str] | None = None) -> InvokeResult:
        home = self._uc.reg_read(self._link) & ~1
        executed = self._run(self.invoke_at, home, marks or ())
        calls = self._counter.calls() if self._counter else ()
        cycles = self._counter.cycles if self._counter else None
        self._run(home, self.invoke_at)
        return InvokeResult(executed, calls, cycles)

    def close(self) -> None:
        del self._uc, self._counter

    def _run(self, start: int, until: int, marks: Iterable[int] = ()) -> int:
        """Run from `start` to `until`, which begins a block; the executed instructions, or 0 uncounted."""
        # A block at `until` that was translated before would be run through.
        self._uc.ctl_remove_cache(until, until + 2)
        if self._counter:
            self._counter.start(marks)
            self._counter.limit = self.limit
        self._bad_access = None
        seconds = 0 if self._counter else _UNCOUNTED_SECONDS
        try:
            self._uc.emu_start(start | (not self.is_riscv), until, timeout=seconds * 1_000_000)
        except unicorn_module().UcError as error:
            pc = self._uc.reg_read(self._pc) & ~1
            raise self.fault(pc, self._bad_access or f"the core stopped: {error}") from error
        executed = self._counter.instructions if self._counter else 0
        pc = self._uc.reg_read(self._pc) & ~1
        if pc != until:
            if self._counter and self._counter.strayed is not None:
                raise self.fault(pc, f"it jumped to {self._counter.strayed:#010x}, where there is no code")
            raise self.hang(pc, executed)
        return executed

    def _map(self) -> None:
        from unicorn import UC_HOOK_MEM_INVALID, UC_PROT_EXEC, UC_PROT_READ, UC_PROT_WRITE

        self._uc.mem_map(self.flash.origin, _whole_pages(self.flash.length), UC_PROT_READ | UC_PROT_EXEC)
        self._uc.mem_map(self.ram.origin, _whole_pages(self.ram.length), UC_PROT_READ | UC_PROT_WRITE)
        if not self.is_riscv:
            self._uc.mem_map(_SYSTEM_CONTROL, _PAGE, UC_PROT_READ | UC_PROT_WRITE)
        self._uc.hook_add(UC_HOOK_MEM_INVALID, self._note_bad_access)

    def _note_bad_access(self, _: object, access: int, address: int, size: int, value: int, __: object) -> bool:
        from unicorn import unicorn_const as names

        if access in (names.UC_MEM_FETCH_UNMAPPED, names.UC_MEM_FETCH_PROT):
            self._bad_access = f"it jumped to {address:#010x}, where there is no code"
        else:
            reads = access in (names.UC_MEM_READ_UNMAPPED, names.UC_MEM_READ_PROT)
            is_flash = self.flash.origin <= address < self.flash.end
            where = "which is flash" if is_flash else "where there is no memory"
            self._bad_access = f"it {'read' if reads else 'wrote'} {size} bytes at {address:#010x}, {where}"
        return False

    def _access(self, verb: str, function: Any, address: int, argument: bytes | int, size: int) -> Any:
        try:
            return function(address, argument)
        except unicorn_module().UcError as error:
            what = f"cannot {verb} {size} bytes at {address:#010x}"
            raise MeasureError("E606", what, why="the emulated board has no memory there") from error


def _engine(target: Target) -> Any:
    """A unicorn engine with the target's core."""
    if target.unicorn_cpu is None:
        raise UsageError("E427", f"unicorn has no {target.core}", fix="use --emulator qemu")
    try:
        unicorn = unicorn_module()
        from unicorn import arm_const, riscv_const
    except ImportError as error:
        fix = 'pip install "packlight[build]"'
        raise ToolError("E405", "unicorn, the default emulator, is not installed", fix=fix) from error
    constants, prefix = (riscv_const, "UC_CPU_RISCV32_") if target.startup == "rv32" else (arm_const, "UC_CPU_ARM_")
    model = getattr(constants, prefix + target.unicorn_cpu, None)
    if model is None:
        raise UsageError("E427", f"unicorn has no core {target.unicorn_cpu!r}", at=f"emulator.unicorn of {target.name}")
    if target.startup == "rv32":
        engine = unicorn.Uc(unicorn.UC_ARCH_RISCV, unicorn.UC_MODE_RISCV32)
    else:
        engine = unicorn.Uc(unicorn.UC_ARCH_ARM, unicorn.UC_MODE_THUMB)  # with UC_MODE_MCLASS the model is ignored
    engine.ctl_set_cpu_model(model)
    return engine


def _registers(is_riscv: bool) -> tuple[int, int, int]:
    """unicorn's numbers of the program counter, the link register and the stack pointer."""
    if is_riscv:
        from unicorn.riscv_const import UC_RISCV_REG_PC, UC_RISCV_REG_RA, UC_RISCV_REG_SP

        return UC_RISCV_REG_PC, UC_RISCV_REG_RA, UC_RISCV_REG_SP
    from unicorn.arm_const import UC_ARM_REG_LR, UC_ARM_REG_PC, UC_ARM_REG_SP

    return UC_ARM_REG_PC, UC_ARM_REG_LR, UC_ARM_REG_SP


def _whole_pages(size: int) -> int:
    return -(-size // _PAGE) * _PAGE
