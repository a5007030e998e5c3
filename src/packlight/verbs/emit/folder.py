# SPDX-License-Identifier: Apache-2.0
"""Writes a folder of generated files, whole or not at all, and never over somebody's own files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from packlight.errors import UsageError

#: Marks a folder as ours, and lists what we wrote there.
MARKER = ".packlight"


def write_folder(folder: Path, files: Mapping[str, str | bytes], *, shared: bool = False) -> list[Path]:
    """Writes `files` (path within the folder -> content) and returns their paths in order.

    A `shared` folder is named by its content: one that is there already is left as it is, since another process may be
    reading it.

    The folder may be new, empty, or one that an earlier call wrote and that holds nothing else. Raises `UsageError`
    E010 otherwise, before anything is touched.
    """
    folder = Path(folder)
    paths = [folder / name for name in files]
    if shared and folder.exists():
        return paths
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        made.chmod(0o755)
        for name, content in {**files, MARKER: "\n".join(sorted(files)) + "\n"}.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        if folder.exists() and not shared:
            shutil.rmtree(folder)
        _move(made, folder, shared)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return paths


def _move(made: Path, folder: Path, shared: bool) -> None:
    """`made` becomes `folder`; of a shared one that another process has just made, theirs stays."""
    try:
        made.rename(folder)
    except OSError:
        if not (shared and folder.exists()):
            raise
        shutil.rmtree(made)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError("E010", f"{folder} is a file, not a folder", fix="name another folder")
    marker = folder / MARKER
    ours = {MARKER, *marker.read_text(encoding="utf-8").split("\n")} if marker.is_file() else set()
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    foreign = sorted(present - ours)
    if foreign:
        raise UsageError(
            "E010",
            f"{folder} holds files that packlight did not write",
            why=f"{foreign[0]}" + (f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""),
            fix="name a new or empty folder",
        )
