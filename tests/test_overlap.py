# SPDX-License-Identifier: Apache-2.0
"""What calls say their output may overlap: each runs with output and input in one buffer, at exactly that distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from packlight.dev import firmware
from packlight.dev.case import Case
from packlight.dev.harness import GUARD, Executor, HostExecutor, Job, all_cases, faster_programs
from packlight.dev.write import write
from packlight.errors import PacklightError
from packlight.nouns.call import Overlap
from packlight.nouns.kernel import align
from packlight.nouns.program import Program
from packlight.overlap import NOTHING, lag
from packlight.targets import load_target
from packlight.verbs.pack import pack
from packlight.verbs.read import read

#: Cores by the switch --cores: target, toolchain, emulator.
CORES = {
    "zig": [(target, "zig", "unicorn") for target in ("cortex-m4", "cortex-m0plus", "rv32imc")],
    "gcc": [("cortex-m4", "gcc", "unicorn"), ("cortex-m55", "gcc", "qemu")],
}
#: Operators whose faster kernels run there, and of each kernel so many cases.
FASTER = ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "ADD", "SUB", "MUL", "AVERAGE_POOL_2D", "MAX_POOL_2D")
EACH = 5
CASES = all_cases()
OPERATORS = sorted({case.operator for case in CASES})
#: Cases whose lag is as small as can be, as their outputs show.
TIGHT = (
    "CONV_2D/int8_1x1",
    "CONV_2D/int8_1x1_strided",
    "CONV_2D/int8_3x3_same",
    "CONV_2D/int8_same_stride_2x3_relu6",
    "DEPTHWISE_CONV_2D/int8_3x3_same",
    "DEPTHWISE_CONV_2D/int8_multiplier_3_valid",
    "FULLY_CONNECTED/int8_five_rows",
    "AVERAGE_POOL_2D/int8_same_dense",
)


def overlapped(program: Program, overlap: Overlap, closer: int = 0) -> Program:
    """The program of one call with the output at the least distance before the operand, or `closer` by some bytes."""
    (call,) = program.calls
    output, operand = call.operands["output"], call.operands[overlap.operand]
    assert output and operand
    alignment = program.buffers[operand.buffer].alignment
    apart = overlap.distance(alignment) + output.offset - operand.offset  # of the buffers
    if overlap.step == 1:
        apart = align(apart, alignment)
    apart -= closer
    start = align(GUARD + max(0, -apart), alignment)
    offsets = {output.buffer: start, operand.buffer: start + apart}
    end = max(offset + program.buffers[index].size for index, offset in offsets.items())
    for buffer in program.buffers:
        if buffer.area != "constant" and buffer.index not in offsets:
            offsets[buffer.index] = align(end + GUARD, buffer.alignment)
            end = offsets[buffer.index] + buffer.size
    return replace(program, plan=replace(program.plan, offsets=offsets, arena_bytes=end + GUARD), portable=None)


def jobs(case: Case, programs: dict[str, Program]) -> Iterator[tuple[Job, Job]]:
    """Each program apart, and in one buffer, for each operand that its output may overlap."""
    inputs = case.draw_inputs()
    for name, program in programs.items():
        if len(program.calls) == 1 and not program.plan.persistent_bytes:
            for overlap in program.calls[0].overlaps:
                together = overlapped(program, overlap)
                yield Job(f"{case} {name}", program, inputs), Job(f"{case} {name} {overlap}", together, inputs)


def differences(executor: Executor, pairs: Sequence[tuple[Job, Job]]) -> list[str]:
    """The jobs that give other bytes in one buffer than apart."""
    ran = executor.run([job for pair in pairs for job in pair])
    found = []
    for (_, job), apart, together in zip(pairs, ran[::2], ran[1::2], strict=True):
        finding = apart.finding or together.finding
        given = [[array.tobytes() for array in each] for each in apart.outputs]
        if finding or given != [[array.tobytes() for array in each] for each in together.outputs]:
            found.append(f"{job.name}: {finding or 'other bytes'}")
    return found


def portable(case: Case) -> dict[str, Program]:
    try:
        return {"portable": pack(write(case.model()))}
    except PacklightError:
        return {}


def faster(case: Case, target: str) -> dict[str, Program]:
    try:
        return faster_programs(read(write(case.model())), load_target(target).features)
    except PacklightError:
        return {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "core" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("cores")
        cores = [core for name, each in CORES.items() if chosen in (name, "all") for core in each]
        metafunc.parametrize("core", cores, ids=["-".join(core) for core in cores])


def test_a_lag_is_what_was_written_less_what_is_still_to_be_read() -> None:
    steps = np.arange(4)
    assert lag(4 * steps, 4 * steps) == 0
    assert lag(4 * steps, 4 * steps, during=3) == 3
    assert lag(8 * steps, 4 * steps) == 12
    assert lag(2 * steps, 4 * steps) == 0
    assert lag(4 * steps, np.array([0, 0, 4, NOTHING])) == 4
    assert lag(np.array([0, 12, 4]), np.array([0, 8, 4])) == 8
    assert lag(np.array([], np.int64), np.array([], np.int64)) == 0


def test_a_distance_is_a_multiple_of_the_alignment_and_keeps_to_whole_pixels() -> None:
    assert Overlap("input", 0).distance(4) == 0
    assert Overlap("input", 5).distance(4) == 8
    assert Overlap("input", 6, step=3).distance(4) == 12
    assert Overlap("input", 0, step=3).distance(4) == 0


@pytest.mark.parametrize("operator", OPERATORS)
def test_portable_kernels_run_in_one_buffer(operator: str) -> None:
    pairs = [pair for case in CASES if case.operator == operator for pair in jobs(case, portable(case))]
    assert differences(HostExecutor(), pairs) == []


@pytest.mark.parametrize("case", TIGHT)
def test_at_a_smaller_distance_bytes_are_lost(case: str) -> None:
    """A byte less than the lag of a convolution or a fully connected layer, whose outputs are not saturated."""
    found = next(each for each in CASES if str(each) == case)
    program = pack(write(found.model()))
    (overlap,) = program.calls[0].overlaps
    anywhere = tuple(replace(each, alignment=1) if each.area == "arena" else each for each in program.buffers)
    bytewise = replace(program, schedule=replace(program.schedule, buffers=anywhere))
    given = found.draw_inputs()
    near, nearer = (Job(f"{less} less", overlapped(bytewise, overlap, less), given) for less in (0, 1))
    apart = Job("apart", program, given)
    assert overlap.lag > 0
    assert differences(HostExecutor(), [(apart, near), (apart, nearer)]) == ["1 less: other bytes"]


def test_faster_kernels_run_in_one_buffer(core: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    pairs: dict[str, list[tuple[Job, Job]]] = {}
    for case in CASES:
        if case.operator in FASTER and case.inputs[0] and case.inputs[0].type == "INT8":
            for pair in jobs(case, faster(case, core[0])):
                pairs.setdefault(pair[0].program.calls[0].kernel.name, []).append(pair)
    monkeypatch.setattr(firmware, "guarded", lambda program: program)
    executor = firmware.CompiledExecutor(*core)
    assert len(pairs) > 10
    assert differences(executor, [pair for each in pairs.values() for pair in each[:: -(-len(each) // EACH)]]) == []
    executor.close()


@pytest.mark.parametrize("kernel", ["s8_dsp", "s8_dsp_1x1", "s8_dsp_tile", "s8_thumb_exact", "s8_thumb_long"])
def test_at_a_smaller_distance_faster_kernels_lose_bytes(kernel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = []
    for case in CASES:
        program = faster(case, "cortex-m4").get(kernel) if case.operator == "CONV_2D" else None
        if program and program.calls[0].overlaps[0].lag % 4 == 0 < program.calls[0].overlaps[0].lag:
            given = case.draw_inputs()
            nearer = overlapped(program, program.calls[0].overlaps[0], 4)
            pairs.append((Job("apart", program, given), Job(str(case), nearer, given)))
    monkeypatch.setattr(firmware, "guarded", lambda program: program)
    executor = firmware.CompiledExecutor("cortex-m4", "zig", "unicorn")
    found = differences(executor, pairs[:3])
    executor.close()
    assert pairs and len(found) == len(pairs[:3])
