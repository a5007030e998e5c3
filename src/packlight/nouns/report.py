# SPDX-License-Identifier: Apache-2.0
"""`Report`: every byte and every instruction of a firmware with its owner, as measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

#: What a byte of flash can be. The first three are constants; all others count as code.
CONSTANT_KINDS = ("weights", "bias", "table")
KINDS = (*CONSTANT_KINDS, "kernel", "runtime", "glue", "helper", "startup", "padding", "unowned")


@dataclass(frozen=True)
class FlashItem:
    """A run of flash bytes with one owner."""

    kind: str  # one of KINDS
    name: str  # the symbol, as the linker knows it
    bytes: int
    calls: tuple[int, ...] = ()  # the calls that need it
    detail: str = ""  # the tensor of a constant, the callers of a helper


@dataclass(frozen=True)
class CallCost:
    """Executed instructions of one call, from the kernel's entry to its return, helpers included."""

    index: int
    node: int
    operator: str
    label: str  # the operator's first output
    kernel: str
    macs: int
    instructions: int


@dataclass(frozen=True)
class Ram:
    """Bytes of RAM: where the model works, what else is static, and how deep the stack got."""

    arena: int
    static: int
    stack: int

    @property
    def total(self) -> int:
        return self.arena + self.static + self.stack


@dataclass(frozen=True)
class Difference:
    """The first output element in which a firmware and the PC differ."""

    run: int  # which set of inputs
    output: int
    index: tuple[int, ...]
    device: float
    pc: float


@dataclass(frozen=True)
class Cycles:
    """Estimated cycles of one inference on memory without wait states; docs/cycles.md says how they are found."""

    total: int
    calls: tuple[int, ...]  # in the order of the calls
    error: int  # percent, either way: the largest difference from silicon that was found


@dataclass(frozen=True)
class Report:
    """What one firmware costs, measured in an emulator."""

    model: str
    target: str
    toolchain: str
    emulator: str
    form: str
    optimize: str
    flash: tuple[FlashItem, ...]
    ram: Ram
    boot_instructions: int  # from reset to the first inference
    instructions: int  # of one inference, the first
    calls: tuple[CallCost, ...]
    runs: int  # sets of inputs that were compared with the PC
    difference: Difference | None = None
    cycles: Cycles | None = None  # None: there is no model of the core, or the emulator counts instructions alone
    elf: str = ""
    name: str = ""  # the row's title in a comparison
    notes: Sequence[str] = field(default=())

    @property
    def bit_exact(self) -> bool:
        return self.difference is None

    @property
    def flash_total(self) -> int:
        return sum(item.bytes for item in self.flash)

    @property
    def flash_constants(self) -> int:
        return sum(item.bytes for item in self.flash if item.kind in CONSTANT_KINDS)

    @property
    def flash_unowned(self) -> int:
        """Bytes that belong to no symbol and are more than alignment needs."""
        return sum(item.bytes for item in self.flash if item.kind == "unowned")

    @property
    def flash_code(self) -> int:
        return self.flash_total - self.flash_constants
