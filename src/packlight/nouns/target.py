# SPDX-License-Identifier: Apache-2.0
"""What a firmware is built for (`Target`) and what comes out (`Firmware`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class MemoryRegion:
    """A span of the address space, in bytes."""

    origin: int
    length: int

    @property
    def end(self) -> int:
        """The first address behind the region."""
        return self.origin + self.length


@dataclass(frozen=True)
class QemuBoard:
    """The QEMU board whose core and memories can run a target's firmware unchanged."""

    program: str  # "qemu-system-arm"
    machine: str  # "mps2-an386"
    cpu: str | None  # None: the board's own
    vectors: int | None  # where the board fetches its vector table, if that is not the origin of the flash


@dataclass(frozen=True)
class Target:
    """A core with its compiler flags, memory map and emulators: one TOML file of `packlight.targets`."""

    name: str  # "cortex-m4": the file's name
    title: str
    core: str  # the core's own name; several targets may share a core
    features: tuple[str, ...]  # which faster kernels may be used: "dsp", "fpu", "mve"
    startup: str  # the family of start-up code and linker script: "cortex_m", "rv32"; "host" has none
    zig: tuple[str, ...]  # flags that make each compiler generate code for this core
    gcc: tuple[str, ...]
    flash: MemoryRegion | None  # None only on the host
    ram: MemoryRegion | None
    unicorn_cpu: str | None  # the model's name in unicorn (UC_CPU_ARM_..., UC_CPU_RISCV32_...), if it has one
    qemu: QemuBoard | None

    @property
    def is_host(self) -> bool:
        """Whether firmware for it is an ordinary program of this computer."""
        return self.startup == "host"


@dataclass(frozen=True)
class Firmware:
    """A linked ELF, and how it was made."""

    elf: Path
    target: Target
    toolchain: str  # name and version: "zig 0.17.1", "gcc 12.2.1"
    optimize: str  # "size", "balanced" or "speed"
    form: str  # "compiled" or "image"
    name: str
