# SPDX-License-Identifier: Apache-2.0
"""The choice of size against speed: what may be spent (`Budget`), what is taken (`Choice`), what it costs (`Trial`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What the compiler can aim at, the smallest code first: -Os, -O2, -O3.
LEVELS = ("size", "balanced", "speed")


@dataclass(frozen=True)
class Budget:
    """The most that a firmware may need; None: as much as it likes."""

    flash: int | None = None  # bytes, weights included
    ram: int | None = None  # bytes: arena, static data and stack
    instructions: int | None = None  # of one inference

    def __bool__(self) -> bool:
        return any(limit is not None for limit in (self.flash, self.ram, self.instructions))

    def holds(self, flash: int, ram: int, instructions: int) -> bool:
        pairs = (self.flash, flash), (self.ram, ram), (self.instructions, instructions)
        return all(limit is None or figure <= limit for limit, figure in pairs)


@dataclass(frozen=True)
class Choice:
    """Which kernel serves each call of a program, and what the compiler aims at."""

    kernels: tuple[str, ...]  # by call
    optimize: str = "size"  # one of LEVELS
    levels: Mapping[str, str] = field(default_factory=dict)  # by kernel, where it is not `optimize`

    @property
    def key(self) -> str:
        """A text that is the same for the same choice."""
        levels = (f"{name}={self.levels[name]}" for name in sorted(self.levels))
        return " ".join((self.optimize, *self.kernels, *levels))


@dataclass(frozen=True)
class Trial:
    """A choice that was built and run: what it costs as a whole, and what its parts cost."""

    choice: Choice
    flash: int  # bytes
    flash_code: int  # bytes, constants apart
    arena: int  # bytes
    ram: int  # bytes: arena, static data and stack
    instructions: int  # of one inference
    call_instructions: tuple[int, ...]
    call_bytes: tuple[int, ...]  # constants and params that one call alone needs
    kernel_bytes: Mapping[str, int]  # by kernel
    shared: Mapping[str, Mapping[str, int]]  # by kernel: the functions beside kernels that it reaches, and their bytes

    @property
    def trade(self) -> int:
        """What `balanced` makes as small as possible: a step to more flash must save a greater part of instructions."""
        return self.flash * self.instructions
