# SPDX-License-Identifier: Apache-2.0
"""The switches of the test suite, the profiles of hypothesis, and the terminal that tests of commands run in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from packlight.dev.write import write
from small_models import chain, custom, pair, stateful
from terminal import Terminal

settings.register_profile(
    "default",
    derandomize=True,
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("long", settings.get_profile("default"), derandomize=False, max_examples=20_000)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("packlight")
    group.addoption(
        "--cores",
        choices=("zig", "gcc", "all"),
        default="zig",
        help="emulated cores of the harness: zig with unicorn (default), gcc with unicorn and QEMU, or all",
    )
    group.addoption(
        "--update-records",
        action="store_true",
        help="write what models cost into tests/records instead of comparing with it",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests whose ids end in `@GROUP]` share something that is dear, such as a firmware: they run in one process."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class Scheduler(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            group = re.search(r"@([^@\]]+)\]$", nodeid)
            return group[1] if group else nodeid

    return Scheduler(config, log)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """In a folder with models; `sine` is the bundled one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    for name, model in (("chain", chain()), ("pair", pair()), ("stateful", stateful()), ("custom", custom())):
        Path(f"{name}.tflite").write_bytes(write(model))
    yield Terminal(capsys)
