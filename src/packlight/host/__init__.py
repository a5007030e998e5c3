# SPDX-License-Identifier: Apache-2.0
"""The kernels on this computer: a plain C library, the same sources that firmware is built from."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from packlight.errors import ToolError, UsageError
from packlight.header import RUNTIME, sources_of
from packlight.nouns.kernel import Kernel
from packlight.nouns.target import Target
from packlight.targets import load_target

PACKAGE = Path(__file__).parent.parent
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
LIBRARY = Path(__file__).parent / f"packlight_host{SUFFIX}"
#: Names of kernels that only firmware can have: the feature they need is part of the file's name.
FEATURES = re.compile(r"_(dsp|mve|thumb|rv32)(_|\.)")


def sources() -> list[Path]:
    """The C files of the host library: every portable kernel, the runtime they share, and the loop that calls them."""
    folders = ("ops/*/*.c", "runtime/*.c", "host/*.c", "emulators/count.c")
    return sorted(f for pattern in folders for f in PACKAGE.glob(pattern) if not FEATURES.search(f.name))


def build_library() -> Path:
    """Compiles the host library into the package's own folder, and returns its path."""
    from packlight.toolchains import compile_shared_library

    return compile_shared_library(sources(), [RUNTIME, PACKAGE / "ops"], LIBRARY, optimize="speed")


#: Features that kernels of this computer may ask for, each with all before it; the library answers whether it has them.
KINDS = ("avx2", "vnni")


def target() -> Target:
    """This computer as `choose` sees it: with the features that its processor has.

    PACKLIGHT_HOST in the environment takes features away: with "avx2" there are none beyond that, with "portable" the
    kernels are the device's own. The bits are always the same.
    """
    chosen = os.environ.get("PACKLIGHT_HOST", "")
    if chosen not in ("", "portable", *KINDS):
        why, fix = "it chooses the kernels on this computer", f"set it to portable, {' or '.join(KINDS)}, or not at all"
        raise UsageError("E428", f"PACKLIGHT_HOST is {chosen!r}", why=why, fix=fix)
    allowed = KINDS[: KINDS.index(chosen) + 1] if chosen in KINDS else KINDS if not chosen else ()
    has = [name for name in allowed if library()[f"pl_host_has_{name}"]()]
    return replace(load_target("host"), features=tuple(has))


@cache
def library() -> ctypes.CDLL:
    """The host library that was built when the package was installed."""
    if not LIBRARY.is_file():
        raise ToolError(
            "E401", "the host kernels are not built", at=str(LIBRARY), fix="install the package: pip install ."
        )
    return ctypes.CDLL(str(LIBRARY))


@cache
def address(kernel: Kernel) -> int:
    """Where a kernel's function is in memory; a user's own kernel is compiled at its first use."""
    inside = PACKAGE in kernel.source.parents
    found = library() if inside else _compile((kernel.source,))
    return ctypes.cast(getattr(found, kernel.function), ctypes.c_void_p).value or 0


def run(calls: ctypes.Array[ctypes.c_void_p], count: int) -> None:
    """Runs `count` steps; `calls` holds for each a kernel's address (0: a jump) and the address of its args."""
    library().pl_host_run(calls, ctypes.c_size_t(count))


@cache
def _compile(files: Sequence[Path]) -> ctypes.CDLL:
    from packlight.toolchains import compile_shared_library

    needed = {source: None for file in files for source in sources_of(file) if source.suffix == ".c"}
    output = compile_shared_library(list(needed), [RUNTIME, PACKAGE / "ops", *{file.parent.parent for file in files}])
    return ctypes.CDLL(str(output))
