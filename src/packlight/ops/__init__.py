# SPDX-License-Identifier: Apache-2.0
"""One operator = one folder. This file finds the folders; nobody lists them."""

from __future__ import annotations

import importlib.util
import re
import sys
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType

from packlight.errors import UsageError
from packlight.header import structs_of
from packlight.nouns.kernel import Kernel
from packlight.nouns.operator import Operator

FOLDER = Path(__file__).parent


@cache
def operators() -> Mapping[str, Operator]:
    """All operators of the package, by schema name, in alphabetical order."""
    found: dict[str, Operator] = {}
    for file in sorted(FOLDER.glob("*/op.py")):
        found.update(load_folder(file.parent))
    return MappingProxyType(dict(sorted(found.items())))


def load_folder(folder: Path) -> Mapping[str, Operator]:
    """The operators that the `op.py` of a folder declares, the package's own or a user's."""
    if not (folder / "op.py").is_file():
        raise UsageError(
            "E002", f"{folder} is not an operator folder", why="it has no op.py", fix="see CONTRIBUTING.md"
        )
    return _load(folder.absolute())


@cache
def _load(folder: Path) -> Mapping[str, Operator]:
    file = folder / "op.py"
    inside = folder.parent == FOLDER
    module = _import(
        f"packlight.ops.{folder.name}.op"
        if inside
        else f"packlight_user_ops.{folder.name}_{zlib.crc32(str(folder.resolve()).encode()):08x}",
        file,
    )
    declared = [value for value in vars(module).values() if isinstance(value, Operator)]
    return {op.name: replace(op, folder=folder) for op in declared}


@cache
def kernel(file: Path) -> Kernel:
    """The kernel that a C file defines, with the args struct of its folder's `kernel.h`.

    The function is called pl_FOLDER_STEM; its struct is the longest pl_FOLDER_..._args whose name it starts with.
    """
    name = f"{file.parent.name}_{file.stem}"
    structs = structs_of(file.parent / "kernel.h")
    parts = name.split("_")
    stems = ["pl_" + "_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    args = next((structs[stem + "_args"] for stem in stems if stem + "_args" in structs), None)
    if args is None or not file.is_file():
        raise UsageError("E003", f"{file} is no kernel", why=f"no {stems[0]}_args in kernel.h, or no such file")
    params = next((member.struct for member in args.fields if member.name == "params"), None)
    return Kernel(name, file, params, args)


@cache
def all_kernels() -> tuple[Kernel, ...]:
    """Every kernel of the package."""
    return tuple(kernel(file) for file in sorted(FOLDER.glob("*/*.[cS]")) if is_kernel(file))


def is_kernel(file: Path) -> bool:
    """Whether a C file of an operator folder defines a kernel (and not a helper that kernels share)."""
    prototype = rf"\bvoid\s+pl_{file.parent.name}_{file.stem}\s*\(\s*const\s+void\s*\*"
    headers = file.parent.glob("kernel*.h")  # kernel.h, and what it is split into
    return any(re.search(prototype, header.read_text(encoding="utf-8")) for header in headers)


def _import(name: str, file: Path) -> ModuleType:
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
