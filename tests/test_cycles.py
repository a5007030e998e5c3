# SPDX-License-Identifier: Apache-2.0
"""Estimated cycles against sequences counted by hand from Arm's tables, and both counters against each other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from packlight.cycles import BlockCycles, CycleModel, load_model
from packlight.emulators import counter, open_machine
from packlight.errors import ToolError
from packlight.targets import load_target
from packlight.toolchains import find_toolchain
from test_emulators import ASSEMBLY, firmware

#: Instructions of a block at an address that is a multiple of 4, its cycles, and those more if it ends in a branch.
M4: dict[str, int | tuple[int, int]] = {
    "adds r0, r1, r2": 1,
    "muls r0, r1, r0; smlad r0, r1, r2, r3; smull r0, r1, r2, r3": 3,
    "ldr r0, [r1]": 2,
    "ldr r0, [r1]; ldr r2, [r3]": 3,  # they overlap
    "ldr r0, [r1, r5]; ldr r1, [r2]; ldr r2, [r3, #4]": 4,  # this and the next two: Arm's examples
    "ldr r0, [r1, r2]; str r0, [r3, #20]": 3,
    "ldr r0, [r1, r2]; str r1, [r3, r2]": 3,
    "ldr r0, [r1]; ldr r2, [r0]": 4,  # the address is not there yet
    "str r0, [r1, #4]": 1,
    "str r0, [r1, r2]": 2,
    "str r0, [r1]; ldr r2, [r3]": 3,
    "adds r1, r2, r3; ldr r0, [r1]": 4,  # late address
    "ldrd r0, r1, [r2]": 3,
    "ldm r0!, {r1, r2, r3}": 4,
    "push {r4-r7, lr}": 6,
    "pop {r4-r7, pc}": (6, 2),
    "udiv r0, r1, r2": 7,
    "subs r0, #1; bne .": (2, 1),
    "bl .": (1, 2),
    "bx lr": (1, 2),
    "cbz r0, .+8": (1, 1),
    "nop; it eq; moveq r0, r1": 2,  # IT is folded
    "it eq; moveq r0, r1": 2,
    "vadd.f32 s0, s1, s2; vmul.f32 s3, s4, s5": 2,
    "vadd.f32 s0, s1, s2; vmul.f32 s3, s0, s5": 3,
    "vdiv.f32 s0, s1, s2; vldr s5, [r0]": 16,
    "vfma.f32 s0, s1, s2": 3,
    "vpush {d8, d9}": 5,
    "smuad r0, r1, r2; smlad r0, r3, r4, r0": 2,
    "nop; smuad r0, r1, r2; smlad r0, r3, r4, r0": 4,  # not aligned: a late sum
    "nop; smuad r0, r1, r2; smuad r3, r1, r2; smuad r4, r1, r2": 5,  # not aligned: a run
    "nop; eor r0, r1, r8; eor r3, r1, r8; eor r4, r1, r8": 4,
}
M0PLUS: dict[str, int | tuple[int, int]] = {
    "adds r0, r1, r2; muls r0, r1, r0": 2,
    "ldr r0, [r1]; ldr r2, [r0]; str r2, [r1, r0]": 6,
    "ldm r0!, {r1, r2, r3}": 4,
    "push {r4-r7, lr}": 6,
    "pop {r4-r7, pc}": (6, 2),  # 3 + 5 in all
    "subs r0, #1; bne .": (2, 1),
    "bl .": (1, 2),
    "bx lr": (1, 1),
    "mov pc, r0": (1, 1),
    "mrs r0, primask": 3,
}
BLOCKS = {"cortex-m4": M4, "cortex-m0plus": M0PLUS}


def model(core: str) -> CycleModel:
    pytest.importorskip("capstone")
    found = load_model(core)
    assert found is not None
    return found


def assemble(folder: Path, core: str, text: str) -> bytes:
    try:
        compiler = find_toolchain("gcc", load_target(core))
    except ToolError as error:
        pytest.skip(error.problems[0].message)
    source, built = folder / "block.S", folder / "block.o"
    source.write_text(".syntax unified\n.thumb\n" + text.replace("; ", "\n") + "\n")
    subprocess.run([*compiler.command, *load_target(core).gcc, "-c", source, "-o", built], check=True)
    with built.open("rb") as file:
        section = ELFFile(file).get_section_by_name(".text")
        assert section is not None
        return bytes(section.data())


@pytest.mark.parametrize("core", BLOCKS)
def test_blocks_counted_by_hand(tmp_path: Path, core: str) -> None:
    wrong = {}
    for text, expected in BLOCKS[core].items():
        found = model(core).block(assemble(tmp_path, core, text), 0x1000)
        got = found.inside if isinstance(expected, int) else (found.inside, found.leave)
        if got != expected:
            wrong[text] = got
    assert wrong == {}


def test_a_branch_to_a_straddling_instruction_costs_more(tmp_path: Path) -> None:
    code = assemble(tmp_path, "cortex-m4", "eor r0, r1, r8; b .")
    assert model("cortex-m4").block(code, 0x1002) == BlockCycles(2, 1, 1)
    assert model("cortex-m4").block(code, 0x1000) == BlockCycles(2, 1, 0)


def test_what_is_no_instruction_takes_one() -> None:
    assert model("cortex-m4").block(b"\xff\xff\xff\xff", 0x1000).inside >= 1


def test_only_cores_with_published_timings_have_a_model() -> None:
    assert load_model("cortex-m33") is None
    assert model("cortex-m4").error > 0 and model("cortex-m0plus").error > 0


#: Cycles of kernel_a, kernel_b and pl_firmware_invoke of ASSEMBLY. On a Cortex-M4: kernel_a 1 + 10 * 2 + 9 + 3;
#: helper 1 + 3; kernel_b 3 + 2 * (3 + 4) + 5; the caller 3 + 3 * 3 + 5 and the calls; and 1 for each return to a BL
#: that is not aligned: one in kernel_b, two in the caller.
WHOLE = {"cortex-m4": (33, 23, 108), "cortex-m0plus": (32, 20, 101)}


@pytest.mark.parametrize("native", [True, False])
@pytest.mark.parametrize("core", WHOLE)
def test_a_run_counted_by_hand(tmp_path: Path, core: str, native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("unicorn")
    if not native:
        monkeypatch.setattr(counter, "counting_library", lambda: None)
    elf = firmware(tmp_path, core, ASSEMBLY, suffix=".S")
    one, two, all_ = WHOLE[core]
    with open_machine(elf, load_target(core), emulator="unicorn", model=model(core)) as board:
        board.boot()
        marks = {board.symbols[name][0]: name for name in ("kernel_a", "kernel_b")}
        for _ in range(2):
            result = board.invoke(marks)
            assert [call.cycles for call in result.calls] == [one, two, one]
            assert result.cycles == all_
    with open_machine(elf, load_target(core), emulator="unicorn") as board:
        board.boot()
        assert board.invoke(marks).cycles is None
