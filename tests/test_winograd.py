# SPDX-License-Identifier: Apache-2.0
"""Convolution by Winograd's F(2x2, 3x3): where it serves, and that it gives the portable kernel's bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from packlight.dev.case import Case
from packlight.dev.firmware import CompiledExecutor
from packlight.dev.harness import HostExecutor, Job, faster_programs, operator_modules
from packlight.dev.write import write
from packlight.nouns.program import Program
from packlight.targets import load_target
from packlight.verbs.fit.candidates import Candidates
from packlight.verbs.pack import pack
from packlight.verbs.read import read

KERNEL = "conv_2d_s8_dsp_winograd"


def case(depth: int, channels: int = 3, size: tuple[int, int] = (5, 7), **rest: Any) -> Case:
    made = operator_modules()["conv_2d"].case
    found: Case = made(f"{depth}_{channels}_{size}", size=(1, *size, depth), filter_=(channels, 3, 3), **rest)
    return found


def by_winograd(given: Case) -> Program | None:
    return faster_programs(read(write(given.model())), ["dsp"]).get("s8_dsp_winograd")


def test_it_serves_only_under_a_ram_budget() -> None:
    target = load_target("cortex-m4")
    program = pack(write(case(8).model()), target=target, optimize="speed")
    assert program.kernels[0].name != KERNEL
    assert any(why.startswith("s8_dsp_winograd: it needs ") for why in program.calls[0].passed_over)
    calls = [Candidates(read(write(case(8).model())), target, costly=costly).calls[0] for costly in (False, True)]
    names = [[call.kernel.name for call in each] for each in calls]
    assert KERNEL not in names[0]
    assert KERNEL in names[1]


@pytest.mark.parametrize(
    "given",
    [
        case(6),
        case(8, stride=(1, 2)),
        case(8, dilation=(2, 1)),
        case(8, groups=2, channels=4),
        case(8, scale=700.0),
    ],
    ids=str,
)
def test_what_it_cannot_have(given: Case) -> None:
    assert by_winograd(given) is None


@pytest.mark.parametrize("core", ["cortex-m4", "cortex-m33"])
def test_it_gives_the_portable_bits(core: str) -> None:
    """Every remainder of the unrolled loop, bands of all lengths, odd outputs and channels, the greatest values."""
    pytest.importorskip("ziglang")
    pytest.importorskip("unicorn")
    random = np.random.default_rng(5)
    cases = [case(depth, low=-128, scale=20.0) for depth in range(4, 68, 4)]
    cases += [case(4, channels, size) for channels in (1, 2) for size in ((1, 1), (1, 9), (3, 2), (13, 15))]
    cases += [case(12, size=(h, w), padding="VALID") for h in (3, 4, 5) for w in (3, 4, 21)]
    cases += [
        case(8, zero_points=zeros, activation=act) for zeros in ((-128, 127), (127, -128)) for act in ("NONE", "RELU")
    ]
    jobs = []
    for each in cases:
        program = by_winograd(each)
        assert program is not None, each
        ends = [
            np.where(random.random(given.shape) < 0.5, -128, 127).astype(np.int8) for given in each.draw_inputs()[0]
        ]
        jobs.append(Job(str(each), program, [*each.draw_inputs(), ends]))
    executor = CompiledExecutor(core, "zig", "unicorn", "speed")
    try:
        outcomes = executor.run(jobs)
    finally:
        executor.close()
    for each, job, outcome in zip(cases, jobs, outcomes, strict=True):
        assert outcome.finding is None, outcome.finding
        portable = pack(write(each.model()))
        expected = HostExecutor().run([Job(job.name, portable, job.inputs)])[0]
        for ours, theirs in zip(outcome.outputs, expected.outputs, strict=True):
            assert (ours[0] == theirs[0]).all(), job.name
