# SPDX-License-Identifier: Apache-2.0
"""packlight: carry only the operators your model needs.

From a trained TensorFlow Lite model to small, exact firmware. Each verb is a function of this package and a command of
the command line: read, resolve, prepare, plan, pack, run, emit, build, measure, compare, fit, explore, profile,
inspect, report.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from packlight.errors import PacklightError as PacklightError
    from packlight.verbs.pack import pack as pack
    from packlight.verbs.plan import plan as plan
    from packlight.verbs.prepare import prepare as prepare
    from packlight.verbs.resolve import AllOpsResolver as AllOpsResolver
    from packlight.verbs.resolve import LoggingErrorReporter as LoggingErrorReporter
    from packlight.verbs.resolve import MicroMutableOpResolver as MicroMutableOpResolver
    from packlight.verbs.resolve import RaisingErrorReporter as RaisingErrorReporter
    from packlight.verbs.resolve import Status as Status
    from packlight.verbs.resolve import resolve as resolve
    from packlight.verbs.run import MicroInterpreter as MicroInterpreter
    from packlight.verbs.run import run as run

    __version__: str

_VERBS = (
    *("read", "resolve", "prepare", "plan", "pack", "run"),
    *("emit", "build", "measure", "compare", "fit", "explore", "profile", "inspect", "report"),
)

#: Where each public name lives. Nothing is imported before it is asked for: `packlight --help` stays quick.
_HOMES = {
    "PacklightError": "errors",
    "Interpreter": "interpreter",
    "AllOpsResolver": "verbs.resolve",
    "LoggingErrorReporter": "verbs.resolve",
    "MicroMutableOpResolver": "verbs.resolve",
    "RaisingErrorReporter": "verbs.resolve",
    "Status": "verbs.resolve",
    "MicroInterpreter": "verbs.run",
    **{verb: f"verbs.{verb}" for verb in _VERBS},
}

__all__ = list(_HOMES)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("packlight")
    except PackageNotFoundError:  # a source tree that is not installed
        return "0+unknown"


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module packlight has no attribute {name}")
    return getattr(import_module(f"packlight.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
