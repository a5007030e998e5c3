# SPDX-License-Identifier: Apache-2.0
"""A QEMU board, driven through the gdb protocol; a plugin (qemu_count.c) counts exactly."""

from __future__ import annotations

import mmap
import re
import shutil
import subprocess
import tempfile
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

from packlight.emulators import INSTRUCTION_LIMIT, CountedCall, InvokeResult
from packlight.emulators.gdb import GdbConnection, GdbError
from packlight.emulators.machine import FirmwareMachine
from packlight.errors import MeasureError, ToolError, UsageError
from packlight.nouns.target import QemuBoard, Target

_P = ParamSpec("_P")
_T = TypeVar("_T")
_UNCOUNTED_SECONDS = 300  # a run without a counter is ended by the clock
_POLL_SECONDS = 0.2
_LOOK_SECONDS = 1.0  # some boards execute unmapped addresses as zeros, slowly: look where the core is
_PACKAGES = {"qemu-system-arm": "qemu-system-arm", "qemu-system-riscv32": "qemu-system-misc"}  # Debian's names
_CFSR, _BFAR, _BFAR_VALID = 0xE000ED28, 0xE000ED38, 1 << 15  # of a Cortex-M: fault status, bus fault address
_STACKED_PC = 24  # offset in the frame that a Cortex-M pushes on an exception


class QemuMachine(FirmwareMachine):
    """One QEMU process, its core halted except while it runs a firmware."""

    name = "qemu"

    def __init__(self, elf: Path, target: Target, *, count: bool = True, limit: int = INSTRUCTION_LIMIT) -> None:
        super().__init__(elf, target, count=count, limit=limit)
        if target.qemu is None:
            raise UsageError("E427", f"QEMU has no board for {target.name}", fix="use --emulator unicorn")
        self._fault_at = self.address_of("pl_fault")
        self._pc, self._link = (32, 1) if self.is_riscv else (15, 14)  # gdb's numbers of the registers
        program = _program(target.qemu)
        plugin = _plugin(program) if count else None
        self._folder = tempfile.TemporaryDirectory(prefix="packlight-")
        counter = Path(self._folder.name) / "counter"
        counter.write_bytes(bytes(mmap.PAGESIZE))
        with counter.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 8)
        command = [program, *self._board(target.qemu), *self._firmware(target.qemu)]
        if plugin:
            command += ["-plugin", f"file={plugin},counter={counter}"]
        self._errors = (Path(self._folder.name) / "errors").open("w+b")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, bufsize=0
        )
        self._end = weakref.finalize(self, self._process.kill)  # also when nobody closes it
        self._gdb = GdbConnection(self._process)

    def boot(self) -> int:
        self._ask(self._gdb.request, "qXfer:features:read:target.xml:0,ff")  # else QEMU gives no single register
        self.paint_stack()
        start = self._executed
        self._run((self.invoke_at,))
        return self._executed - start

    def read(self, address: int, size: int) -> bytes:
        return self._ask(self._gdb.read, address, size)

    def write(self, address: int, data: bytes) -> None:
        self._ask(self._gdb.write, address, data)

    def invoke(self, marks: Mapping[int, str] | None = None) -> InvokeResult:
        home = self._ask(self._gdb.register, self._link) & ~1
        stops = (home, *(marks or ())) if self.count else (home,)
        start, calls = self._executed, []
        while (entry := self._run(stops)) != home:
            back, before = self._ask(self._gdb.register, self._link) & ~1, self._executed
            self._run({back, home})
            calls.append(CountedCall(entry, self._executed - before))
            if self._ask(self._gdb.register, self._pc) == home:
                break
        executed = self._executed - start
        self._run((self.invoke_at,))
        return InvokeResult(executed, tuple(calls))

    def close(self) -> None:
        self._end()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._errors.close()
        self._shared.close()
        self._folder.cleanup()

    @property
    def _executed(self) -> int:
        return int.from_bytes(self._shared[:8], "little")

    def _board(self, board: QemuBoard) -> list[str]:
        cpu = ["-cpu", board.cpu] if board.cpu else []
        quiet = ["-display", "none", "-monitor", "none", "-serial", "none", "-nic", "none"]
        return ["-machine", board.machine, *cpu, *quiet, "-gdb", "stdio", "-S"]

    def _firmware(self, board: QemuBoard) -> list[str]:
        """Options that put the firmware into the flash, and its vector table also where the board looks for one."""
        path = str(self.elf.path).replace(",", ",,")
        if self.is_riscv:
            return ["-bios", "none", "-device", f"loader,file={path},cpu-num=0"]
        options = ["-kernel", str(self.elf.path)]
        if board.vectors is not None:
            copy = Path(self._folder.name) / "vectors"
            copy.write_bytes(self.elf.segments[0].data[: self.symbols["pl_vector_table"][1]])
            options += ["-device", f"loader,file={copy},addr={board.vectors:#x},force-raw=on"]
        return options

    def _run(self, stops: Iterable[int]) -> int:
        """Run to the first of `stops`, and return it; a fault or a hang is an error."""
        wanted = {self._fault_at, *stops}
        for address in wanted:
            self._ask(self._gdb.set_breakpoint, address)
        self._ask(self._gdb.send, "c")
        self._wait(self._executed + self.limit, wanted)
        pc = self._ask(self._gdb.register, self._pc) & ~1
        for address in wanted:
            self._ask(self._gdb.clear_breakpoint, address)
        if pc == self._fault_at:
            raise self._core_fault()
        if not self._is_code(pc):
            raise self.fault(pc, f"it jumped to {pc:#010x}, where there is no code")
        if pc not in wanted:
            raise self.hang(pc, self.limit)
        return pc

    def _wait(self, limit: int, wanted: set[int]) -> None:
        """Wait until the core stops at a breakpoint; one that strays or does not end is halted."""
        looked = start = time.monotonic()
        while self._ask(self._gdb.wait, _POLL_SECONDS) is None:
            now = time.monotonic()
            over = self._executed > limit or (not self.count and now - start > _UNCOUNTED_SECONDS)
            if not over and now - looked < _LOOK_SECONDS:
                continue
            self._ask(self._gdb.interrupt)
            self._ask(self._gdb.wait, 10.0)
            pc = self._ask(self._gdb.register, self._pc) & ~1
            if over or pc in wanted or not self._is_code(pc):
                return
            looked = now
            self._ask(self._gdb.send, "c")

    def _is_code(self, pc: int) -> bool:
        return self.flash.origin <= pc < self.flash.end

    def _core_fault(self) -> MeasureError:
        """What the core knows about the fault that it has taken."""
        if self.is_riscv:
            told = self._ask(self._gdb.monitor, "info registers")
            values = dict(re.findall(r"\b(mepc|mcause|mtval)\s+([0-9a-f]+)", told))
            numbers = {name: int(value, 16) for name, value in values.items()}
            what = f"exception {numbers.get('mcause', 0)}, address {numbers.get('mtval', 0):#010x}"
            return self.fault(numbers.get("mepc", self._fault_at), what)
        sp = self._ask(self._gdb.register, 13)
        if not self.ram.origin <= sp <= self.ram.end - 32:
            return self.fault(self._fault_at, f"a fault with the stack pointer at {sp:#010x}, outside the RAM")
        pc = int.from_bytes(self.read(sp + _STACKED_PC, 4), "little")
        try:
            status, address = (int.from_bytes(self._gdb.read(at, 4), "little") for at in (_CFSR, _BFAR))
        except GdbError:
            return self.fault(pc, "the core took a fault")
        bad = f" at address {address:#010x}" if status & _BFAR_VALID else ""
        return self.fault(pc, f"the core took a fault{bad} (CFSR {status:#010x})")

    def _ask(self, function: Callable[_P, _T], *arguments: _P.args, **options: _P.kwargs) -> _T:
        """Call the gdb client; if QEMU is gone, say what its last words were."""
        try:
            return function(*arguments, **options)
        except GdbError as error:
            self._process.poll()
            self._errors.seek(0)
            words = self._errors.read().decode("utf-8", "replace").strip().splitlines()
            why = "\n".join([str(error), *words[:4]])
            raise MeasureError("E605", f"QEMU cannot run {self.elf.path.name}", why=why) from error


def _program(board: QemuBoard) -> str:
    path = shutil.which(board.program)
    if path is None:
        raise ToolError(
            "E405",
            f"{board.program} is not installed",
            why="no such program is on the PATH",
            fix=f"install QEMU (Debian, Ubuntu: apt install {_PACKAGES.get(board.program, board.program)})",
        )
    return path


@cache
def _plugin(program: str) -> Path:
    """The counting plugin, compiled for the interface that the installed QEMU has."""
    from packlight.toolchains import compile_shared_library

    told = subprocess.run([program, "--version"], capture_output=True, text=True, errors="replace", check=False).stdout
    major = re.search(r"version (\d+)", told)
    version = 1 if major is None or int(major.group(1)) < 9 else 2
    source = Path(__file__).with_name("qemu_count.c")
    return compile_shared_library([source], [], defines={"PL_QEMU_PLUGIN_VERSION": version})
