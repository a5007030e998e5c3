# SPDX-License-Identifier: Apache-2.0
"""What all emulated boards share: the firmware's symbols, stack paint, and errors that name a function."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from packlight.elf import Elf
from packlight.errors import MeasureError
from packlight.nouns.target import MemoryRegion, Target

_PAINT = 0xA5
_Self = TypeVar("_Self", bound="FirmwareMachine")


class FirmwareMachine(ABC):
    """The half of a `Machine` that does not depend on the emulator."""

    def __init__(self, elf: Path, target: Target, *, count: bool, limit: int) -> None:
        assert target.flash is not None and target.ram is not None
        self.elf = Elf(elf)
        self.target = target
        self.flash: MemoryRegion = target.flash
        self.ram: MemoryRegion = target.ram
        self.count = count
        self.limit = limit
        self.is_riscv = target.startup == "rv32"
        self.invoke_at = self.address_of("pl_firmware_invoke")
        self._stack_limit, self._stack_top = self.address_of("pl_stack_limit"), self.address_of("pl_stack_top")

    @property
    def symbols(self) -> Mapping[str, tuple[int, int]]:
        return self.elf.addresses

    def address_of(self, name: str) -> int:
        """The address of a symbol that every firmware has."""
        if name not in self.elf.addresses:
            raise MeasureError(
                "E604",
                f"{self.elf.path.name} is not a packlight firmware",
                why=f"it has no symbol {name}",
                fix="build it with packlight build",
            )
        return self.elf.addresses[name][0]

    @abstractmethod
    def read(self, address: int, size: int) -> bytes: ...

    @abstractmethod
    def write(self, address: int, data: bytes) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    def paint_stack(self) -> None:
        self.write(self._stack_limit, bytes([_PAINT]) * (self._stack_top - self._stack_limit))

    def stack_bytes(self) -> int:
        area = self.read(self._stack_limit, self._stack_top - self._stack_limit)
        used = len(area.lstrip(bytes([_PAINT])))
        if used == len(area):
            raise MeasureError(
                "E603",
                f"the stack of {self.elf.path.name} grew into its data",
                why=f"all {used:,} bytes between the data and the end of RAM were used",
                fix="use a target with more RAM, or a smaller arena",
            )
        return used

    def place(self, address: int) -> str:
        """An address of the code, with its function."""
        function = self.elf.function_at(address)
        return f"pc {address:#010x}" + (f" in {function}" if function else "")

    def fault(self, pc: int, what: str) -> MeasureError:
        """The error for a core that cannot go on; `what` is a clause such as "it read address 0x40"."""
        return MeasureError("E601", f"{self.elf.path.name} crashed", at=self.place(pc), why=what)

    def hang(self, pc: int, executed: int) -> MeasureError:
        """The error for a run that does not end."""
        done = f"after {executed:,} instructions" if self.count else "after its time was over"
        return MeasureError("E602", f"{self.elf.path.name} hangs", at=self.place(pc), why=f"it was stopped {done}")

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
