# SPDX-License-Identifier: Apache-2.0
"""The switches of the test suite, and the profiles of hypothesis."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

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
