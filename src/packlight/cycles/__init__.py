# SPDX-License-Identifier: Apache-2.0
"""Estimated cycles of machine code, from the timings that Arm publishes; docs/cycles.md says how good they are.

One TOML file a core. A block of instructions, as an emulator executes it, has cycles that do not depend on data, but
for how it is left and how it was reached. An emulator adds them up as it counts instructions.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FOLDER = Path(__file__).parent
_LOADS = frozenset(("ldr", "ldrb", "ldrh", "ldrsb", "ldrsh", "vldr"))
_STORES = frozenset(("str", "strb", "strh"))
_MEMORY = ("ldr", "ldm", "vldr", "vldm", "str", "stm", "push", "pop", "vpush", "vpop")  # all begin like one of these
_MULTIPLIES = ("mul", "mla", "mls", "smul", "smla", "smls", "smua", "smus", "smm", "umul", "umla", "umaal")
_SUMS = ("mla", "mls", "smla", "smls", "smml")  # multiply-accumulates; those with a sum of two words excepted
_LONG_SUMS = ("smlal", "smlsl")
_RUN = 3  # instructions
_PARTS = ("cycles", "registers", "taken", "neighbours")  # of a file


@dataclass(frozen=True)
class BlockCycles:
    """Cycles of instructions that are executed one after the other; only the last one may branch."""

    inside: int  # if the last one does not branch
    leave: int  # more, if it does
    enter: int  # more, if a branch led to the first one


@dataclass(frozen=True)
class CycleModel:
    """The timings of one core, by the names of instructions and rules; its TOML file says what they mean."""

    core: str
    error: int  # percent: the largest difference from silicon that was found, rounded up
    cycles: Mapping[str, int]
    registers: Mapping[str, int]
    taken: Mapping[str, int]
    neighbours: Mapping[str, int]  # empty: no instruction's cycles depend on those before it
    _known: dict[tuple[bytes, int], BlockCycles] = field(default_factory=dict, repr=False, compare=False)

    def block(self, code: bytes, address: int) -> BlockCycles:
        """The cycles of a block with this machine code; what is no instruction takes one."""
        place = (code, address % 4)
        if place not in self._known:
            self._known[place] = self._decoded(list(_decoder().disasm(*place)))
        return self._known[place]

    def _decoded(self, decoded: Sequence[Any]) -> BlockCycles:
        inside = sum(self._alone(each) for each in decoded)
        leave = self.taken.get(_name(decoded[-1]), self.taken["other"])
        if not self.neighbours:
            return BlockCycles(inside, leave, 0)
        inside += sum(self._because_of(*pair) for pair in zip([None, *decoded], decoded, strict=False))
        inside += self.neighbours["straddling_run"] * _straddling_runs(decoded)
        return BlockCycles(inside, leave, self.neighbours["wide_target"] * _straddles(decoded[0]))

    def _alone(self, instruction: Any) -> int:
        name = _name(instruction)
        each = self.registers.get(name)
        return self.cycles.get(name, 1) + (each * _words(instruction, name) if each else 0)

    def _because_of(self, before: Any, instruction: Any) -> int:
        """Cycles more or less because of the instruction before; None at the start of a block."""
        rules, name, after = self.neighbours, _name(instruction), _name(before) if before else ""
        written = _written(before) if before else frozenset()
        address = _address(instruction)
        is_late = bool(address & written) and not after.startswith(_MEMORY)
        more = rules["late_address"] * is_late
        if name in _LOADS and after in _LOADS and not address & written:
            more += rules["load_after_load"]
        if name in _STORES and len(address) > 1 and after not in _LOADS:
            more += rules["indexed_store"]
        if name == "it" and instruction.address % 4:
            more += rules["folded_it"]
        if name[:1] == after[:1] == "v" and not after.startswith((*_MEMORY, "vmov")):
            more += rules["late_float"] * bool(written & frozenset(instruction.regs_access()[0]))
        if after.startswith(_MULTIPLIES) and _straddles(instruction):
            more += rules["late_sum"] * (_sum(instruction, name) in written)
        return more


@cache
def load_model(core: str) -> CycleModel | None:
    """The model of a core; None if there is none, or nothing that decodes its instructions."""
    path = _FOLDER / f"{core}.toml"
    if not path.is_file():
        return None
    try:
        import_module("capstone")
    except ImportError:
        return None
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    cycles, registers, taken, neighbours = (_spread(table[part]) for part in _PARTS)
    return CycleModel(core, table["error"], cycles, registers, taken, neighbours)


def _spread(rows: Mapping[str, int]) -> dict[str, int]:
    """One entry for each of the names that a row lists."""
    return {name: value for names, value in rows.items() for name in names.split()}


@cache
def _decoder() -> Any:
    capstone = import_module("capstone")
    decoder = capstone.Cs(capstone.CS_ARCH_ARM, capstone.CS_MODE_THUMB | capstone.CS_MODE_MCLASS)
    decoder.detail = decoder.skipdata = True
    return decoder


@cache
def _memory_operand() -> int:
    return int(import_module("capstone.arm").ARM_OP_MEM)


def _name(instruction: Any) -> str:
    """The mnemonic without condition, width and type: "ldr" of "ldreq.w"; empty for what is no instruction."""
    return str(instruction.insn_name()) if instruction.id else ""


def _words(instruction: Any, name: str) -> int:
    """Words that a load or store of several registers moves: two for each double."""
    names = [instruction.reg_name(operand.reg) for operand in instruction.operands]
    listed = names if name.endswith(("push", "pop")) else names[1:]
    return sum(2 if register.startswith("d") else 1 for register in listed)


def _written(instruction: Any) -> frozenset[int]:
    return frozenset(instruction.regs_access()[1]) if instruction.id else frozenset()


def _address(instruction: Any) -> frozenset[int]:
    """The registers that make the address of a load or store; none for one of several registers."""
    if not instruction.id:
        return frozenset()
    found = [operand.mem for operand in instruction.operands if operand.type == _memory_operand()]
    return frozenset(register for each in found for register in (each.base, each.index) if register)


def _straddles(instruction: Any) -> bool:
    """Whether it has 32 bits and lies in two words of memory."""
    return bool(instruction.size == 4 and instruction.address % 4)


def _straddling_runs(decoded: Sequence[Any]) -> int:
    """Runs of instructions that all straddle, a multiplication among them."""
    runs = [list(run) for straddles, run in groupby(decoded, _straddles) if straddles]
    return sum(len(run) >= _RUN and any(_name(each).startswith(_MULTIPLIES) for each in run) for run in runs)


def _sum(instruction: Any, name: str) -> int | None:
    """The register with the sum so far of a multiply-accumulate whose sum is one word."""
    if not name.startswith(_SUMS) or name.startswith(_LONG_SUMS) or len(instruction.operands) != 4:
        return None
    return int(instruction.operands[3].reg)
