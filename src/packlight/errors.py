# SPDX-License-Identifier: Apache-2.0
"""Everything packlight can say no with.

An error has a stable code, one sentence, and, where they are known, the place (`at`), the cause (`why`) and the remedy
(`fix`). The command line prints those four lines; its JSON carries them as `code`, `message`, `where`, `why`, `hint`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what a user needs in order to mend it."""

    code: str  # "E110": stable over versions; docs/errors.md lists them
    message: str  # one sentence that names the file, operator or tensor
    at: str | None = None
    why: str | None = None
    fix: str | None = None

    def __str__(self) -> str:
        lines = [f"error[{self.code}]: {self.message}"]
        for name in ("at", "why", "fix"):
            text = getattr(self, name)
            if text:
                lines.append(f"  {name + ':':<5}" + text.replace("\n", "\n       "))
        return "\n".join(lines)


class PacklightError(Exception):
    """The base of all errors that packlight raises on purpose; carries one or more problems."""

    exit_code = 1

    def __init__(
        self,
        code: str,
        message: str,
        *,
        at: str | None = None,
        why: str | None = None,
        fix: str | None = None,
        more: Sequence[Problem] = (),
    ) -> None:
        self.problems = (Problem(code, message, at, why, fix), *more)
        super().__init__(message)

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> PacklightError:
        """One error that carries all of `problems` (at least one)."""
        first = problems[0]
        return cls(first.code, first.message, at=first.at, why=first.why, fix=first.fix, more=problems[1:])

    @property
    def code(self) -> str:
        return self.problems[0].code

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UsageError(PacklightError):
    """The caller asked for something that does not exist or does not go together."""

    exit_code = 2


class ModelError(PacklightError):
    """The model file cannot be read: missing, damaged, or not a TensorFlow Lite model."""

    exit_code = 3


class UnsupportedError(PacklightError):
    """The model is sound but uses an operator, type, version or option that no kernel serves."""

    exit_code = 3


class ResolverError(PacklightError):
    """The op resolver and the model (or the registration itself) do not agree."""

    exit_code = 3


class ArenaError(PacklightError):
    """The tensor arena is too small or of the wrong kind; says how many bytes are needed."""


class ToolError(PacklightError):
    """A compiler, linker or emulator is missing or failed."""

    exit_code = 4


class MeasureError(PacklightError):
    """The firmware ran off its rails in the emulator: a fault, a hang, a stack overflow."""
