# SPDX-License-Identifier: Apache-2.0
"""Which instruction branches where: read from the machine code, for showing who needs a function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from packlight.errors import ToolError

if TYPE_CHECKING:
    from packlight.elf import Elf

_TARGET = re.compile(r"#?(-?0x[0-9a-f]+|-?\d+)$")


def direct_branches(elf: Elf) -> Iterator[tuple[int, int]]:
    """(address of the instruction, address it names) of every branch and call with a fixed destination."""
    try:
        import capstone
    except ImportError as error:
        raise ToolError("E401", "capstone is not installed", fix='pip install "packlight[build]"') from error
    if elf.is_arm:
        decoder = capstone.Cs(capstone.CS_ARCH_ARM, capstone.CS_MODE_THUMB | capstone.CS_MODE_MCLASS)
        branches = re.compile(r"b|bl|b\.w|bl\.w|b(eq|ne|cs|cc|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)(\.w)?|cbn?z")
    else:
        decoder = capstone.Cs(capstone.CS_ARCH_RISCV, capstone.CS_MODE_RISCV32 | capstone.CS_MODE_RISCVC)
        branches = re.compile(r"(c\.)?(j|jal|beq|bne|blt|bge|bltu|bgeu|beqz|bnez)")
    decoder.skipdata = True
    for symbol in elf.symbols:
        if symbol.is_function and symbol.size:
            code = elf.bytes_at(symbol.address, symbol.size)
            for address, _, mnemonic, operands in decoder.disasm_lite(code, symbol.address):
                target = _TARGET.search(operands) if branches.fullmatch(mnemonic) else None
                if target:
                    offset = int(target[1], 0)
                    yield address, offset if elf.is_arm else address + offset
