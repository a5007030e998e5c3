# SPDX-License-Identifier: Apache-2.0
"""FULLY_CONNECTED with the zero point in the bias: the portable kernel's bits, and what its sums must keep to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from packlight.dev.case import Case, Operand
from packlight.dev.harness import HostExecutor, Job, faster_programs
from packlight.dev.sanitized import SanitizedExecutor, sanitizer_runtime
from packlight.nouns.call import Call
from packlight.nouns.program import Program
from packlight.ops.fully_connected import pack_folded
from packlight.ops.fully_connected.cases import CASES, case, strategy
from packlight.verbs.pack import pack
from packlight.verbs.resolve import resolve

KERNELS = ("s8_folded", "s8_folded_short")
INT8 = [each for each in CASES if each.name.startswith("int8") and "int4" not in each.name]


def folded(one: Case) -> dict[str, Program]:
    return {name: program for name, program in faster_programs(one.model(), ()).items() if name in KERNELS}


def check(one: Case, executor: HostExecutor | SanitizedExecutor) -> set[str]:
    """The kernels that a case can have; each gives the portable one's bits."""
    programs, inputs = folded(one), one.draw_inputs(4)
    for arrays, end in zip(inputs, (-128, 127), strict=False):
        arrays[0][...] = end
    jobs = [Job(name, program, inputs) for name, program in {"portable": pack(one.model()), **programs}.items()]
    expected, *others = executor.run(jobs)
    for job, outcome in zip(jobs[1:], others, strict=True):
        assert outcome.finding is None, outcome.finding
        np.testing.assert_equal(outcome.outputs, expected.outputs, err_msg=job.name)
    return set(programs)


@pytest.mark.parametrize("one", INT8, ids=str)
def test_cases_give_the_portable_bits(one: Case) -> None:
    assert "s8_folded" in check(one, HostExecutor())


def test_a_scale_for_all_units_or_for_each_may_be_short() -> None:
    short = [one.name for one in INT8 if "s8_folded_short" in folded(one)]
    assert {"int8_two_rows", "int8_per_channel", "int8_many_units"} <= set(short)


def test_drawn_cases_give_the_portable_bits() -> None:
    @given(strategy())
    def drawn(one: Case) -> None:
        if one.name.startswith("int8"):
            check(one, HostExecutor())

    drawn()


@pytest.mark.skipif(sanitizer_runtime() is None, reason="the C compiler of this computer has no AddressSanitizer")
def test_nothing_is_read_or_written_outside() -> None:
    executor = SanitizedExecutor()
    for one in INT8:
        check(one, executor)
    executor.close()


def packed(biases: Operand) -> list[Call | str]:
    made = case("bounds", shape=(1, 12))
    (node,) = resolve(replace(made, inputs=(*made.inputs[:2], biases)).model())
    call = node.operator.prepare(node)
    assert isinstance(call, Call)
    return [pack_folded.pack(call), pack_folded.pack_short(call)]


def test_sums_that_may_wrap_are_refused() -> None:
    made = case("bounds", shape=(1, 12)).inputs[2]
    assert made is not None
    great = replace(made, low=(1 << 31) - 2, high=(1 << 31) - 1)
    assert packed(great)[0] == "a sum may exceed 32 bits"
    assert all(isinstance(each, str) for each in packed(great))
    assert all(isinstance(each, Call) for each in packed(made))
    unknown = replace(made, constant=False)
    assert packed(unknown) == ["filter and bias are not constant"] * 2
