# SPDX-License-Identifier: Apache-2.0
"""`Child`: a process that answers questions. What crashes or hangs there takes nobody with it."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from typing import IO, Any

_SERVE = "from packlight.dev.child import serve; import sys; serve(sys.argv[1])"
_LENGTH = struct.Struct("<Q")


class ChildError(Exception):
    """The question had no answer: the child raised an exception, crashed or hung. The text is what it said."""


class Child:
    """Answers with the function `answer` of a module, in a process that is started when it is first asked.

    Questions and answers are whatever pickle takes. `patience` is how many seconds an answer may take; a child that
    crashed or hung is replaced at the next question.
    """

    def __init__(self, module: str, environment: Mapping[str, str] | None = None, patience: float = 60.0) -> None:
        self._command = [sys.executable, "-c", _SERVE, module]
        self._environment = {**os.environ, **(environment or {}), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()  # None: the process has ended

    def ask(self, question: Any) -> Any:
        """The child's answer. Raises `ChildError`."""
        process = self._running()
        assert process.stdin and self._said
        self._said.truncate(0)
        self._said.seek(0)
        with contextlib.suppress(BrokenPipeError):
            _send(process.stdin, pickle.dumps(question))
        try:
            answer = self._answers.get(timeout=self._patience)
        except queue.Empty:
            raise ChildError(f"no answer in {self._patience:g} seconds\n{self._end()}") from None
        if answer is None:
            raise ChildError(f"{self._end()}\nexit status {process.returncode}".strip())
        good, value = pickle.loads(answer)
        if not good:
            raise ChildError(f"{self._last_words()}\n{value}".strip())
        return value

    def close(self) -> None:
        """Ends the process, if one runs."""
        if self._process:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115
            self._answers = queue.Queue()
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, env=self._environment
            )
            threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process

    def _end(self) -> str:
        """Ends the process; what it said."""
        assert self._process and self._process.stdin and self._said
        if self._answers.empty():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0 if self._process.poll() is None else 5)
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        said = self._last_words()
        self._said.close()
        self._process = None
        return said

    def _last_words(self) -> str:
        assert self._said
        self._said.seek(0)
        return self._said.read().decode("utf-8", "replace").strip()


def serve(module: str) -> None:
    """What the child does: answers until nobody asks any more. Whatever it prints goes to the error stream."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer = importlib.import_module(module).answer
    while (question := _receive(sys.stdin.buffer)) is not None:
        try:
            result = (True, answer(pickle.loads(question)))
        except Exception as error:
            result = (False, f"{type(error).__name__}: {error}")
        _send(answers, pickle.dumps(result))


def _listen(pipe: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    with pipe:
        while (answer := _receive(pipe)) is not None:
            answers.put(answer)
    answers.put(None)


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None
