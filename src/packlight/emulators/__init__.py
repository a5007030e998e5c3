# SPDX-License-Identifier: Apache-2.0
"""Emulated boards: they run a firmware's ELF from its reset handler and count what it executes."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from packlight.errors import ToolError, UsageError
from packlight.nouns.target import Target

if TYPE_CHECKING:
    from packlight.cycles import CycleModel

EMULATORS = ("unicorn", "qemu")
INSTRUCTION_LIMIT = 2_000_000_000  # of one run; beyond it the firmware is taken to hang


@dataclass(frozen=True)
class CountedCall:
    """One call of a marked function."""

    address: int  # its entry
    instructions: int  # executed from its entry until it returned to its caller, helpers included
    cycles: int | None = None  # estimated, of the same; None without a model of the core


@dataclass(frozen=True)
class InvokeResult:
    """What one call of `pl_firmware_invoke` executed; nothing is counted on a machine opened with count=False."""

    instructions: int  # between its entry and its return
    calls: tuple[CountedCall, ...]  # of marked functions, in order
    cycles: int | None = None  # estimated; None without a model of the core


class Machine(Protocol):
    """A board with one firmware on it. `close` it, or use it in a `with` statement."""

    name: str  # of the emulator: "unicorn", "qemu"

    @property
    def symbols(self) -> Mapping[str, tuple[int, int]]:
        """(address, size in bytes) of the functions, objects and linker symbols, by name."""

    def boot(self) -> int:
        """Paint the stack and run from reset to the first entry of `pl_firmware_invoke`; the executed instructions."""

    def read(self, address: int, size: int) -> bytes:
        """`size` bytes of memory."""

    def write(self, address: int, data: bytes) -> None:
        """Overwrite memory, RAM or flash."""

    def invoke(self, marks: Mapping[int, str] | None = None) -> InvokeResult:
        """Run one call of `pl_firmware_invoke` and on to its next entry.

        `marks` names functions by the address of their entry: each of their calls is counted on its own. Calls within
        a call are part of it.
        """

    def stack_bytes(self) -> int:
        """The deepest that the stack has been since `boot`, in bytes below `pl_stack_top`."""

    def close(self) -> None:
        """Give back what the emulator holds; the machine is of no use afterwards."""

    def __enter__(self) -> Machine: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_machine(
    elf: Path,
    target: Target,
    *,
    emulator: str | None = None,
    count: bool = True,
    limit: int = INSTRUCTION_LIMIT,
    model: CycleModel | None = None,
) -> Machine:
    """A board for `target` with the firmware `elf`, not booted yet.

    `emulator` is "unicorn" or "qemu"; by default unicorn where it has the core, else QEMU. With count=False it runs
    at full speed and only memory can be looked at. `limit` is the number of instructions after which a run hangs.
    With a `model` of its core, unicorn estimates cycles too.
    """
    if emulator not in (None, *EMULATORS):
        raise UsageError("E426", f"there is no emulator {emulator!r}", fix="choose " + " or ".join(EMULATORS))
    if target.unicorn_cpu is None and target.qemu is None:
        raise UsageError("E427", f"the target {target.name} has no emulator", fix="run it on the hardware itself")
    chosen = emulator or _default_emulator(target)
    if chosen == "unicorn":
        from packlight.emulators.unicorn import UnicornMachine

        return UnicornMachine(elf, target, count=count, limit=limit, model=model)
    from packlight.emulators.qemu import QemuMachine

    return QemuMachine(elf, target, count=count, limit=limit)


def _default_emulator(target: Target) -> str:
    if target.unicorn_cpu is None:
        return "qemu"
    if importlib.util.find_spec("unicorn") is not None:
        return "unicorn"
    if target.qemu is not None and shutil.which(target.qemu.program):
        return "qemu"
    raise ToolError("E405", "unicorn, the default emulator, is not installed", fix='pip install "packlight[build]"')
