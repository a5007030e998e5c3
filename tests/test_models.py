# SPDX-License-Identifier: Apache-2.0
"""Whole models: on the PC and on emulated cores, in both forms; their plans; and the ratchet of what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

import records
from networks import NETWORKS
from packlight import host
from packlight.dev import oracle
from packlight.dev.case import Array
from packlight.dev.harness import HostExecutor, Job, guarded
from packlight.dev.sanitized import SanitizedExecutor, sanitizer_runtime
from packlight.nouns.kernel import align
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.ops.conv_2d.cases import case
from packlight.targets import load_target
from packlight.validator import validate
from packlight.verbs.build import build
from packlight.verbs.emit import Form
from packlight.verbs.measure import measure, seeded_inputs
from packlight.verbs.pack import pack

CORES = ("cortex-m0plus", "cortex-m4", "cortex-m33", "rv32imc")
FORMS: tuple[Form, ...] = ("compiled", "image")
RUNS = 4
BUNDLED = {file.stem: file for file in sorted((host.PACKAGE / "models").glob("*.tflite"))}
MODELS = [*NETWORKS, *BUNDLED]


@cache
def model(name: str) -> bytes:
    return NETWORKS[name]() if name in NETWORKS else BUNDLED[name].read_bytes()


@cache
def program(name: str) -> Program:
    return pack(model(name))


@cache
def inputs(name: str) -> list[list[Array]]:
    return seeded_inputs(program(name), RUNS)


@cache
def golden(name: str) -> list[list[Array]]:
    if not oracle.is_installed(oracle.TFLM):
        pytest.skip("the oracle, the package tflite-micro, is not installed")
    return oracle.tflm(model(name), inputs(name))


@pytest.fixture(scope="module")
def sanitized() -> Iterator[SanitizedExecutor]:
    if sanitizer_runtime() is None:
        pytest.skip("the C compiler of this computer has no AddressSanitizer")
    executor = SanitizedExecutor()
    yield executor
    executor.close()


@pytest.mark.parametrize("name", MODELS)
def test_outputs_on_the_pc_are_the_oracles(name: str) -> None:
    outcome = HostExecutor().run([Job(name, program(name), inputs(name))])[0]
    problems = [oracle.agrees(actual, expected) for actual, expected in zip(outcome.outputs, golden(name), strict=True)]
    assert problems == [None] * RUNS


@pytest.mark.parametrize("name", MODELS)
def test_no_call_strays_under_sanitizers(name: str, sanitized: SanitizedExecutor) -> None:
    outcome = sanitized.run([Job(name, program(name), inputs(name)[:1])])[0]
    assert outcome.finding is None, outcome.finding
    assert oracle.agrees(outcome.outputs[0], golden(name)[0]) is None


@pytest.mark.parametrize("name", MODELS)
def test_plan_is_proved_and_no_larger_than_what_is_alive_at_once(name: str) -> None:
    found = program(name)
    for each in (found, guarded(found), pack(model(name), keep_all=True)):
        validate(each)
    assert found.plan.arena_bytes <= largest_live_set(found)


def largest_live_set(found: Program) -> int:
    """Bytes of all buffers that any one call finds alive, each rounded up to its alignment."""
    end = len(found.calls)
    moments: dict[int, set[int]] = {}
    for call in found.calls:
        for reference in filter(None, call.operands.values()):
            moments.setdefault(reference.buffer, set()).add(call.index)
    for values, moment in ((found.inputs, 0), (found.outputs, end)):
        for value in values:
            moments.setdefault(value.reference.buffer, set()).add(moment)
    arena = [buffer for buffer in found.buffers if buffer.area == "arena" and buffer.index in moments]
    alive = [
        sum(
            align(each.size, each.alignment)
            for each in arena
            if min(moments[each.index]) <= at <= max(moments[each.index])
        )
        for at in range(end + 1)
    ]
    return found.plan.persistent_bytes + max(alive)


@pytest.mark.parametrize(
    ("name", "form", "core"),
    [pytest.param(name, form, core, id=f"{name}-{form}@{core}") for core in CORES for name in MODELS for form in FORMS],
)
def test_firmware(name: str, form: Form, core: str, request: pytest.FixtureRequest) -> None:
    """The same bytes as on the PC, at the recorded cost. One process a core: the id's end sees to that."""
    target: Target = load_target(core)
    firmware = build(program(name), target, form=form, toolchain="zig")
    report = measure(firmware, program(name), inputs(name), emulator="unicorn")
    assert report.difference is None, f"not what the PC gives: {report.difference}"
    found, row = records.figures(report), f"{name}, {form}"
    assert found["flash.total"] == found["flash.constants"] + found["flash.code"]
    if request.config.getoption("update_records"):
        records.save(core, firmware.toolchain, row, found)
        return
    toolchain, rows = records.load(core)
    if toolchain != firmware.toolchain:
        pytest.skip(f"costs are not compared: they were recorded with {toolchain}, and this is {firmware.toolchain}")
    assert row in rows, f"{row} on {core} has no record; to make one: {records.UPDATE}"
    assert rows[row] == found, f"{row} on {core}: {records.changes(rows[row], found)}; if meant: {records.UPDATE}"


@pytest.mark.parametrize("optimize", ["size", "speed"])
def test_the_linker_knows_that_others_read_and_write_the_arena(optimize: str) -> None:
    """Of the smallest programs it sees everything, and could do without an arena that nobody seems to look at."""
    small = pack(case("one_pixel", size=(1, 1, 1, 1), filter_=(1, 1, 1)).model())
    report = measure(build(small, "cortex-m4", optimize=optimize), small, runs=2)
    assert report.bit_exact
