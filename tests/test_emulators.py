# SPDX-License-Identifier: Apache-2.0
"""The emulated boards: exact counts against hand-counted assembly, start-up, stack paint, faults and hangs."""

from __future__ import annotations

import ctypes
import importlib.util
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from packlight.emulators import Machine, counter, open_machine
from packlight.errors import MeasureError, ToolError, UsageError
from packlight.targets import load_target, target_names
from packlight.toolchains import compile_shared_library, find_toolchain

TARGETS = [name for name in target_names() if not load_target(name).is_host]
PAIRS = [
    (name, emulator)
    for name in TARGETS
    for emulator in ("unicorn", "qemu")
    if (load_target(name).unicorn_cpu if emulator == "unicorn" else load_target(name).qemu)
]
HEAD = """
#include <stdint.h>
#include <string.h>
void pl_firmware_invoke(void);
int main(void) { for (;;) pl_firmware_invoke(); }
__attribute__((noinline)) void pl_firmware_invoke(void) {
"""
# Executed by hand: kernel_a 1 + 2 * 10 + 1 = 22, kernel_b 1 + helper 3 + 2 returns.
ASSEMBLY = """
#if defined(__arm__)
  .syntax unified
  .thumb
#define FUNCTION(name) .section .text.name, "ax"; .balign 4; .global name; .type name, %function; .thumb_func; name:
#define HASH #
#define SET(value) movs r0, HASH value
#define LESS subs r0, r0, #1
#define AGAIN bne 1b
#define BACK bx lr
#define CALL(name) bl name
#define LOOP b
#define ENTER push {r4, lr}
#define LEAVE pop {r4, pc}
#else
#define FUNCTION(name) .section .text.name, "ax"; .balign 4; .global name; .type name, %function; name:
#define SET(value) li a0, value
#define LESS addi a0, a0, -1
#define AGAIN bnez a0, 1b
#define BACK ret
#define CALL(name) jal ra, name
#define LOOP j
#define ENTER addi sp, sp, -16; sw ra, 12(sp)
#define LEAVE lw ra, 12(sp); addi sp, sp, 16; ret
#endif
FUNCTION(kernel_a)
  SET(10)
1: LESS
  AGAIN
  BACK
  .size kernel_a, . - kernel_a
FUNCTION(helper)
  SET(1)
  BACK
  .size helper, . - helper
FUNCTION(kernel_b)
  ENTER
  CALL(helper)
  CALL(helper)
  LEAVE
  .size kernel_b, . - kernel_b
FUNCTION(pl_firmware_invoke)
  ENTER
  CALL(kernel_a)
  CALL(kernel_b)
  CALL(kernel_a)
  LEAVE
  .size pl_firmware_invoke, . - pl_firmware_invoke
FUNCTION(main)
2: CALL(pl_firmware_invoke)
  CALL(pl_firmware_invoke)
  LOOP 2b
  .size main, . - main
"""
FILTER = """
void pl_firmware_invoke(void);
void pl_filter(void);
void pl_scale(void);
int8_t pl_input[100] = {1, -2, 3, 99, -100};
int8_t pl_output[100];
volatile float pl_sum = 1.25f;
__attribute__((noinline)) void pl_filter(void) {
  for (int i = 2; i < 98; ++i) {
    const int64_t sum = (int64_t)(pl_input[i - 2] * 3 + pl_input[i] * 7 - pl_input[i + 2]) * 0x51234567;
    pl_output[i] = (int8_t)(sum >> 33 > 127 ? 127 : sum >> 33);
  }
  memmove(pl_input + 1, pl_output, 99);
}
__attribute__((noinline)) void pl_scale(void) {
  for (int i = 0; i < 100; ++i) pl_sum = pl_sum * 0.75f + (float)pl_output[i] / 3.0f;
}
"""


@pytest.fixture(scope="session", autouse=True)
def native_counter() -> None:
    """Where the host library is not built with it, compile count.c alone."""
    if counter.counting_library() is None:
        path = compile_shared_library([Path(counter.__file__).with_name("count.c")], [])
        library = ctypes.CDLL(str(path))
        counter.counting_library = lambda: library


@cache
def firmware(folder: Path, name: str, text: str, toolchain: str = "zig", suffix: str = ".c") -> Path:
    target = load_target(name)
    source = folder / f"firmware{suffix}"
    source.write_text(text)
    try:
        found = find_toolchain(toolchain, target)
    except ToolError as error:
        pytest.skip(error.problems[0].message)
    return found.compile_and_link([source], [], target, "size", folder / f"{name}.elf")


def machine(elf: Path, name: str, emulator: str = "unicorn", **options: int) -> Machine:
    target = load_target(name)
    if emulator == "unicorn" and importlib.util.find_spec("unicorn") is None:
        pytest.skip("unicorn is not installed")
    if emulator == "qemu" and not (target.qemu and shutil.which(target.qemu.program)):
        pytest.skip(f"{target.qemu and target.qemu.program} is not installed")
    return open_machine(elf, target, emulator=emulator, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "emulator"), PAIRS)
def test_counts_are_exact(tmp_path: Path, name: str, emulator: str) -> None:
    elf = firmware(tmp_path, name, ASSEMBLY, suffix=".S")
    is_riscv = name.startswith("rv32")
    frame = 5 if is_riscv else 2  # instructions of ENTER and LEAVE
    kernel_a, helper = 1 + 2 * 10 + 1, 2
    kernel_b = frame + 2 * (1 + helper)
    with machine(elf, name, emulator) as board:
        names = {board.symbols[kernel][0]: kernel for kernel in ("kernel_a", "kernel_b")}
        board.boot()
        for _ in range(3):
            result = board.invoke(names)
            counted = [(names[call.address], call.instructions) for call in result.calls]
            assert counted == [("kernel_a", kernel_a), ("kernel_b", kernel_b), ("kernel_a", kernel_a)]
            assert result.instructions == frame + 3 + 2 * kernel_a + kernel_b
        assert board.invoke().calls == ()


@pytest.mark.parametrize("toolchain", ["zig", "gcc"])
@pytest.mark.parametrize("name", TARGETS)
def test_emulators_agree(tmp_path: Path, name: str, toolchain: str) -> None:
    text = HEAD.replace("void pl_firmware_invoke(void);", FILTER) + "pl_filter(); pl_scale(); }"
    elf = firmware(tmp_path, name, text, toolchain)
    seen = []
    for emulator in ("unicorn", "qemu"):
        if (name, emulator) in PAIRS:
            with machine(elf, name, emulator) as board:
                names = {board.symbols[kernel][0]: kernel for kernel in ("pl_filter", "pl_scale")}
                booted, first, second = board.boot(), board.invoke(names), board.invoke(names)
                output = board.read(*board.symbols["pl_output"]), board.read(*board.symbols["pl_sum"])
                seen.append((booted, first, second, output, board.stack_bytes()))
    assert all(entry == seen[0] for entry in seen)
    assert [call.instructions > 100 for call in seen[0][1].calls] == [True, True]


MEMORY = (
    HEAD.replace(
        "void pl_firmware_invoke(void);",
        """
void pl_firmware_invoke(void);
uint32_t pl_zero[3];
uint32_t pl_some[4] = {1, 2, 3, 0xDEADBEEF};
uint8_t pl_kept[8] __attribute__((section(".noinit")));
uint8_t pl_area[400];
volatile unsigned pl_from, pl_to, pl_size, pl_which;
volatile int pl_order;
""",
    )
    + """
  if (pl_which == 9) pl_order = (int)(pl_zero[pl_to] + pl_some[pl_to] + pl_kept[pl_to]);
  if (pl_which == 0) memcpy(pl_area + pl_to, pl_area + pl_from, pl_size);
  if (pl_which == 1) memmove(pl_area + pl_to, pl_area + pl_from, pl_size);
  if (pl_which == 2) memset(pl_area + pl_to, (int)pl_from, pl_size);
  if (pl_which == 3) pl_order = memcmp(pl_area + pl_to, pl_area + pl_from, pl_size);
}
"""
)


@pytest.mark.parametrize("toolchain", ["zig", "gcc"])
@pytest.mark.parametrize("name", ["cortex-m0plus", "cortex-m4", "rv32imc"])
def test_start_up_and_memory_functions(tmp_path: Path, name: str, toolchain: str) -> None:
    elf = firmware(tmp_path, name, MEMORY, toolchain)
    with machine(elf, name, count=False) as board:
        at = {symbol: address for symbol, (address, _) in board.symbols.items()}
        board.write(at["pl_zero"], b"\xff" * 12)
        board.write(at["pl_kept"], b"kept ok!")
        board.boot()
        assert board.read(at["pl_zero"], 12) == bytes(12)
        assert board.read(at["pl_some"], 16) == bytes.fromhex("01000000 02000000 03000000 efbeadde")
        assert board.read(at["pl_kept"], 8) == b"kept ok!"
        for which, to, begin, size in [
            (0, 0, 200, 64), (0, 1, 201, 63), (0, 3, 200, 7), (0, 8, 200, 0), (0, 4, 200, 18), (1, 5, 0, 50),
            (1, 0, 5, 50), (1, 8, 0, 64), (2, 8, 0x1A5, 33), (2, 3, 0, 9), (3, 0, 200, 64), (3, 8, 8, 30),
        ]:  # fmt: skip
            area = bytearray((17 * i * i + 3 * i) & 0xFF for i in range(400))
            board.write(at["pl_area"], bytes(area))
            for variable, value in (("which", which), ("to", to), ("from", begin), ("size", size)):
                board.write(at[f"pl_{variable}"], value.to_bytes(4, "little"))
            board.invoke()
            if which < 2:
                area[to : to + size] = area[begin : begin + size]
            elif which == 2:
                area[to : to + size] = bytes([begin & 0xFF]) * size
            else:
                one, two = area[to : to + size], area[begin : begin + size]
                order = int.from_bytes(board.read(at["pl_order"], 4), "little", signed=True)
                assert (order > 0, order < 0) == (one > two, one < two)
            assert board.read(at["pl_area"], 400) == bytes(area), (which, to, begin, size)


@pytest.mark.parametrize(
    ("name", "emulator"), [("cortex-m4", "unicorn"), ("rv32imc", "unicorn"), ("cortex-m33", "qemu")]
)
def test_stack_paint(tmp_path: Path, name: str, emulator: str) -> None:
    text = HEAD + "volatile uint8_t deep[1000]; for (unsigned i = 0; i < 1000; ++i) deep[i] = 1; }"
    with machine(firmware(tmp_path, name, text), name, emulator) as board:
        board.boot()
        assert board.stack_bytes() <= 64
        board.invoke()
        assert 1000 <= board.stack_bytes() <= 1000 + 96
        area = board.symbols["pl_stack_limit"][0]
        board.write(area, b"\0")
        with pytest.raises(MeasureError, match="grew into its data"):
            board.stack_bytes()


FAULTS = {
    "read": ("*(volatile uint32_t *)NOWHERE; }", r"crashed.*pl_firmware_invoke"),
    "write": ("*(volatile uint32_t *)NOWHERE = 1; }", r"crashed.*pl_firmware_invoke"),
    "jump": ("((void (*)(void))(NOWHERE + 1))(); }", r"crashed"),
    "undefined": ('__asm__ volatile(".short 0xDE00\\n .short 0"); }', r"crashed.*pl_firmware_invoke"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
@pytest.mark.parametrize(
    ("name", "emulator"), [pair for pair in PAIRS if pair[0] in ("cortex-m4", "cortex-m33", "cortex-m55")]
)
def test_faults_name_the_place(tmp_path: Path, name: str, emulator: str, fault: str) -> None:
    body, said = FAULTS[fault]
    nowhere = "0x0f000000" if name == "cortex-m55" else "0x90000000"  # no memory on the emulated boards
    with machine(firmware(tmp_path, name, HEAD + body.replace("NOWHERE", nowhere + "u")), name, emulator) as board:
        board.boot()
        with pytest.raises(MeasureError) as caught:
            board.invoke()
    assert re.search(said, str(caught.value), re.DOTALL), str(caught.value)
    if fault in ("read", "write") or (fault, emulator) == ("jump", "unicorn"):
        assert nowhere in str(caught.value)


@pytest.mark.parametrize("emulator", ["unicorn", "qemu"])
def test_faults_on_risc_v(tmp_path: Path, emulator: str) -> None:
    text = HEAD + "*(volatile uint32_t *)0x90000000u = 1; }"
    with machine(firmware(tmp_path, "rv32imc", text), "rv32imc", emulator) as board:
        board.boot()
        with pytest.raises(MeasureError, match="0x90000000") as caught:
            board.invoke()
    assert "pl_firmware_invoke" in str(caught.value)


def test_flash_cannot_be_written_by_the_core(tmp_path: Path) -> None:
    text = HEAD + "*(volatile uint8_t *)(uintptr_t)main = 1; }"
    with machine(firmware(tmp_path, "cortex-m3", text), "cortex-m3") as board:
        board.boot()
        with pytest.raises(MeasureError, match="which is flash"):
            board.invoke()


def test_cortex_m0_faults_on_unaligned_access(tmp_path: Path) -> None:
    text = HEAD + 'uint32_t x; __asm__ volatile("ldr %0, [%1]" : "=l"(x) : "l"((uintptr_t)0x20000001u)); }'
    with machine(firmware(tmp_path, "cortex-m0plus", text), "cortex-m0plus") as board:
        board.boot()
        with pytest.raises(MeasureError, match="crashed"):
            board.invoke()


@pytest.mark.parametrize("emulator", ["unicorn", "qemu"])
@pytest.mark.parametrize("name", ["cortex-m4", "rv32imc"])
def test_hang_is_ended(tmp_path: Path, name: str, emulator: str) -> None:
    text = HEAD + "volatile int pl_on = 1; while (pl_on) {} }"
    with machine(firmware(tmp_path, name, text), name, emulator, limit=1_000_000) as board:
        board.boot()
        with pytest.raises(MeasureError, match=r"hangs(?s:.*)pl_firmware_invoke"):
            board.invoke()


def test_python_counter_counts_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elf = firmware(tmp_path, "cortex-m4", ASSEMBLY, suffix=".S")
    results = []
    for _ in range(2):
        with machine(elf, "cortex-m4") as board:
            names = {board.symbols[kernel][0]: kernel for kernel in ("kernel_a", "kernel_b", "pl_firmware_invoke")}
            results.append((board.boot(), board.invoke(names), board.invoke({board.symbols["helper"][0]: "helper"})))
        monkeypatch.setattr(counter, "counting_library", lambda: None)
    assert results[0] == results[1]
    assert len(results[0][1].calls) == 1 and len(results[0][2].calls) == 2


def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = load_target("cortex-m4")
    text = HEAD + '__asm__ volatile(""); }'
    elf = firmware(tmp_path, "cortex-m4", text)
    with pytest.raises(UsageError, match="no emulator 'spice'"):
        open_machine(elf, target, emulator="spice")
    with pytest.raises(UsageError, match="host has no emulator"):
        open_machine(elf, load_target("host"))
    with pytest.raises(UsageError, match="unicorn has no cortex-m55"):
        open_machine(elf, load_target("cortex-m55"), emulator="unicorn")
    (tmp_path / "other").mkdir()
    other = firmware(tmp_path / "other", "cortex-m4", text.replace("pl_firmware_invoke", "pl_other"))
    with pytest.raises(MeasureError, match="not a packlight firmware"):
        open_machine(other, target)
    with machine(elf, "cortex-m4") as board, pytest.raises(MeasureError, match="cannot read"):
        board.read(0x0F000000, 4)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolError, match="apt install qemu-system-arm"):
        open_machine(elf, target, emulator="qemu")
