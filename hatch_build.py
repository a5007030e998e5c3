# SPDX-License-Identifier: Apache-2.0
"""Builds the host library into the wheel: plain C without any tie to Python's ABI, so one wheel serves a platform."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "src"))


class HostLibrary(BuildHookInterface):  # type: ignore[misc]
    """Compiles the kernels with this computer's C compiler, as `packlight-dev host` does."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        from packlight import host

        library = host.build_library()
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        build_data["artifacts"].append(str(library.relative_to(self.root)))
