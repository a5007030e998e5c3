# SPDX-License-Identifier: Apache-2.0
"""Compiled objects kept by content: source, headers, flags and compiler decide the name."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from packlight.errors import ToolError

_SHOWN_LINES = 12  # of a compiler's own message


def cache_folder() -> Path:
    """Where compiled objects and tools' own caches live: PACKLIGHT_CACHE, or the platform's folder for caches."""
    chosen = os.environ.get("PACKLIGHT_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("packlight", appauthor=False))


def run_tool(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], code: str, what: str) -> str:
    """Run a compiler or linker to its end; its stdout. A failure is a ToolError with the tool's first lines."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise ToolError(code, f"{command[0]} cannot be started", why=error.strerror) from error
    if done.returncode != 0:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        shown = "\n".join(lines[:_SHOWN_LINES]) or f"it ended with status {done.returncode} and said nothing"
        raise ToolError(code, f"{Path(command[0]).name} cannot {what}", why=shown)
    return done.stdout


class ObjectCache:
    """The objects of one compiler, identified by `identity` (name, version and everything else that matters)."""

    def __init__(self, identity: str, environment: Mapping[str, str]) -> None:
        self.identity = identity
        self.environment = environment
        self.folder = cache_folder() / "objects"

    def compile_all(self, commands: Mapping[Path, Sequence[str]]) -> list[Path]:
        """One object a source, in order; `commands` gives the full command without source, output and -c.

        Sources that must be compiled are compiled in parallel; the first failure in their order is raised.
        """
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return list(pool.map(lambda item: self._compile(*item), commands.items()))

    def _compile(self, source: Path, command: Sequence[str]) -> Path:
        try:
            text = source.read_bytes()
        except OSError as error:
            raise ToolError("E404", f"{source} cannot be read", why=error.strerror) from error
        key = digest(self.identity.encode(), *(part.encode() for part in command), source.name.encode(), text)
        place = self.folder / key[:2] / key
        if _is_fresh(place):
            return place / "object.o"
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as made:
            folder = Path(made)
            headers = self._make(source, command, folder)
            if headers.pop(source) != digest(text):  # it was changed meanwhile: this is another object
                return self._compile(source, command)
            listed = "".join(f"\n{known} {name}" for name, known in headers.items())
            (folder / "headers").write_text(digest((folder / "object.o").read_bytes()) + listed, "utf-8")
            _publish(folder, place)
        return place / "object.o"

    def _make(self, source: Path, command: Sequence[str], folder: Path) -> dict[Path, str]:
        """Compiles to object.o in `folder`; the digests of the source and of its headers, as the compiler saw them.

        What was changed since the compiler began may have been read before or after: then it is compiled again.
        """
        output, depends = folder / "object.o", folder / "depends.d"
        # Run beside the source, which is named without its folder: so no path gets into the object.
        line = [*command, "-c", source.name, "-o", str(output), "-MD", "-MF", str(depends)]
        before: dict[Path, str] = {}
        while True:
            begin = time.time_ns()
            what = f"compile {source.name}"
            run_tool(line, cwd=source.parent, environment=self.environment, code="E402", what=what)
            files = [source, *_headers(depends, source)]
            found = {file: digest(file.read_bytes()) for file in files}
            if found == before or all(file.stat().st_mtime_ns < begin for file in files):
                return found
            before = found


def _publish(made: Path, place: Path) -> None:
    """Move a finished folder into the cache, where other processes may at any time read the same object."""
    place.mkdir(exist_ok=True)
    for name in ("object.o", "headers"):  # headers last: with it, which names the object's content, all is complete
        (made / name).replace(place / name)


def _is_fresh(place: Path) -> bool:
    """Whether the object is there, whole, and every header it was made from still has the same content."""
    try:
        known, *lines = (place / "headers").read_text("utf-8").splitlines()
        entries = [(known, str(place / "object.o")), *(line.split(" ", 1) for line in lines)]
        return all(digest(Path(name).read_bytes()) == known for known, name in entries)
    except (OSError, ValueError):
        return False


def _headers(depends: Path, source: Path) -> list[Path]:
    """The files that a make rule names beside the source, absolute, in order."""
    rule = depends.read_text("utf-8", errors="replace").replace("\\\n", " ").split(": ", 1)[1]
    names = rule.replace("\\ ", "\0").split()
    paths = (source.parent / name.replace("\0", " ") for name in names)
    return [path for path in paths if path.name != source.name or path.resolve() != source.resolve()]


def digest(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.hexdigest()
