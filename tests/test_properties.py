# SPDX-License-Identifier: Apache-2.0
"""Cases that hypothesis draws from each operator's strategy: the host kernels, sanitised, against the oracle.

By default a few examples, always the same; `--hypothesis-profile=long` draws new ones for hours.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, given

from packlight.dev import oracle
from packlight.dev.case import Case
from packlight.dev.harness import Executor, HostExecutor, Job, operator_modules
from packlight.dev.sanitized import SanitizedExecutor, sanitizer_runtime
from packlight.dev.write import write
from packlight.verbs.pack import pack

STRATEGIES = {folder: module.strategy for folder, module in operator_modules().items()}


@pytest.fixture(scope="module")
def executors() -> Iterator[list[Executor]]:
    made: list[Executor] = [HostExecutor()]
    if sanitizer_runtime() is not None:
        made.append(SanitizedExecutor())
    yield made
    for executor in made:
        executor.close()


@pytest.mark.skipif(
    not oracle.is_installed(oracle.TFLM), reason="the oracle, the package tflite-micro, is not installed"
)
@pytest.mark.parametrize("folder", STRATEGIES)
def test_drawn_cases(folder: str, executors: list[Executor]) -> None:
    @given(STRATEGIES[folder]())
    def check(case: Case) -> None:
        model, inputs = write(case.model()), case.draw_inputs(2)
        try:
            golden = oracle.golden(model, inputs, case)
        except oracle.OracleError:
            assume(False)
        job = Job(str(case), pack(model), inputs)
        for executor in executors:
            outcome = executor.run([job])[0]
            assert outcome.finding is None, outcome.finding
            for actual, expected in zip(outcome.outputs, golden, strict=True):
                problem = oracle.agrees(actual, expected, case)
                assert problem is None, f"{executor.name}: {problem}"

    check()
