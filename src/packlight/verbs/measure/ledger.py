# SPDX-License-Identifier: Apache-2.0
"""Who owns each byte of a firmware's flash. The items sum to the loadable bytes of the ELF, exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from packlight.nouns.program import Program
from packlight.nouns.report import FlashItem

if TYPE_CHECKING:
    from packlight.elf import Elf, Symbol
    from packlight.nouns.kernel import Kernel

#: Symbols of the start-up code and the linker script.
_STARTUP = re.compile(r"pl_vector_table|pl_vectors|Reset_Handler|pl_fault|_start|pl_prepare_memory")
#: What compilers append to the name of a specialised or split function.
_SUFFIX = re.compile(r"\.(constprop|isra|part|cold|lto_priv|llvm|\d)[.\d]*.*$")
#: The most that a symbol can be aligned to; constants of an image are aligned to 16.
_ALIGNMENT = 16
_MAIN = ("main", "pl_firmware_invoke", "pl_firmware_fault", "pl_register_operators")


def ledger(elf: Elf, program: Program, name: str) -> tuple[FlashItem, ...]:
    """One item for each symbol that has bytes in flash, and one for each kind of gap between them."""
    items: list[FlashItem] = []
    callers = callers_of(elf)
    for segment in elf.segments:
        end = segment.address + len(segment.data)
        position = segment.address
        for symbol in _in_flash(elf, segment.address, end):
            if symbol.address + symbol.size <= position:
                continue
            if symbol.address > position:
                items.append(_gap(symbol.address - position))
            start = max(position, symbol.address)
            position = min(end, symbol.address + symbol.size)
            items += _owned(symbol.name, position - start, program, name, callers)
        if position < end:
            items.append(_gap(end - position))
    return _merged(items)


def _in_flash(elf: Elf, start: int, end: int) -> list[Symbol]:
    """The symbols with bytes between two load addresses: those of .data are where their initial values are stored."""
    data, load = elf.sections.get(".data"), elf.addresses.get("pl_data_load")
    found = []
    for symbol in elf.symbols:
        address = symbol.address
        if data and load and data.address <= address < data.address + data.size:
            address += load[0] - data.address
        if symbol.size and start <= address < end:
            found.append(type(symbol)(symbol.name, address, symbol.size, symbol.is_function))
    return sorted(found, key=lambda symbol: (symbol.address, -symbol.size))


def _owned(
    symbol: str, size: int, program: Program, name: str, callers: Mapping[str, tuple[str, ...]]
) -> list[FlashItem]:
    plain = _SUFFIX.sub("", symbol)
    if plain == f"{name}_image":
        constants = [_constant(program, buffer.index, buffer.name, buffer.size) for buffer in program.constants]
        rest = size - sum(item.bytes for item in constants)
        return [*constants, FlashItem("glue", symbol, rest, (), "the image's header, calls and alignment")]
    constant = re.fullmatch(rf"{name}_constant_(\d+)", plain)
    if constant:
        return [_constant(program, int(constant[1]), symbol, size)]
    call = re.fullmatch(rf"{name}_call_(\d+)", plain)
    if call:
        return [FlashItem("glue", symbol, size, (int(call[1]),), "params and operands of the call")]
    kernel = _kernel_of(plain, program)
    if kernel:
        users = tuple(c.index for c in program.calls if c.kernel.name == kernel)
        return [FlashItem("kernel", symbol, size, users, kernel)]
    if plain in _MAIN or plain.startswith(f"{name}_"):
        return [FlashItem("glue", symbol, size, (), "calls the kernels in turn")]
    if _STARTUP.match(plain):
        return [FlashItem("startup", symbol, size)]
    return [
        FlashItem("runtime" if plain.startswith("pl_") else "helper", symbol, size, (), _called_by(symbol, callers))
    ]


def _constant(program: Program, index: int, name: str, size: int) -> FlashItem:
    buffer = program.buffers[index]
    users = tuple(c.index for c in program.calls if any(r and r.buffer == index for r in c.operands.values()))
    return FlashItem(buffer.role, name, size, users, buffer.name)


def _kernel_of(symbol: str, program: Program) -> str | None:
    """The kernel that a function belongs to: its own, or a static one whose name starts with the kernel's."""
    bare = symbol.removeprefix("pl_")
    names = _functions(program.kernels).values()
    return max((name for name in names if bare == name or bare.startswith(name + "_")), key=len, default=None)


def _called_by(symbol: str, callers: Mapping[str, tuple[str, ...]]) -> str:
    names = callers.get(symbol, ())
    return f"called by {', '.join(names)}" if names else ""


def _gap(size: int) -> FlashItem:
    """Bytes between two symbols: alignment, or more than that needs."""
    return FlashItem("padding", "alignment", size) if size < _ALIGNMENT else FlashItem("unowned", "no symbol", size)


def _merged(items: Sequence[FlashItem]) -> tuple[FlashItem, ...]:
    """Gaps of one kind together, last; the others in the order of addresses."""
    gaps = {"padding": "alignment", "unowned": "no symbol"}
    totals = {kind: sum(item.bytes for item in items if item.kind == kind) for kind in gaps}
    rest = [item for item in items if item.kind not in gaps]
    return (*rest, *(FlashItem(kind, gaps[kind], total) for kind, total in totals.items() if total))


def kernel_entries(elf: Elf, program: Program) -> dict[int, str]:
    """The address of each kernel in a firmware, also of those that link-time optimisation has specialised."""
    found = ((symbol.address, entry_of(symbol.name, program)) for symbol in elf.symbols if symbol.is_function)
    return {address: kernel for address, kernel in found if kernel}


def entry_of(symbol: str, program: Program) -> str | None:
    """The kernel that a function is, under its own name or one that a compiler has made of it."""
    return _functions(program.kernels).get(_SUFFIX.sub("", symbol))


@cache
def _functions(users: tuple[Kernel, ...]) -> dict[str, str]:
    """The name of each kernel by that of its function: the package's, and what else a program calls."""
    from packlight.ops import all_kernels

    return {kernel.function: kernel.name for kernel in (*all_kernels(), *users)}


def callers_of(elf: Elf) -> dict[str, tuple[str, ...]]:
    """By function: those that branch to it, as their machine code shows (calls through pointers are not seen)."""
    from packlight.disassembly import direct_branches

    functions = {symbol.address: symbol.name for symbol in elf.symbols if symbol.is_function and symbol.size}
    aliases: dict[int, list[str]] = {}
    for symbol in elf.symbols:
        if symbol.is_function:
            aliases.setdefault(symbol.address, []).append(symbol.name)
    found: dict[str, dict[str, None]] = {}
    for source, destination in direct_branches(elf):
        owner = elf.function_at(source)
        if owner and destination in functions and owner not in aliases[destination]:
            for alias in aliases[destination]:
                found.setdefault(alias, {})[owner] = None
    return {name: tuple(owners) for name, owners in found.items()}
