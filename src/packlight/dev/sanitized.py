# SPDX-License-Identifier: Apache-2.0
"""The executor that distrusts: the host kernels under sanitizers, every call watched.

Each job runs twice, in a process of its own. First every buffer is a piece of heap of exactly its size, so that
AddressSanitizer sees each read and write outside of one. Then the buffers lie in one arena, guarded and aligned no
better than they ask. Memory begins with other bytes than the first time, so that outputs differ if a kernel reads what
nobody wrote. After each call, all bytes but those that it may write must be what they were: constants, inputs, guards
and its args.
"""

from __future__ import annotations

import ctypes
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from packlight import host
from packlight.dev.case import Array
from packlight.dev.child import Child, ChildError
from packlight.dev.harness import GUARD, Job, Outcome, elements, guarded, pattern, stored_bytes, trespass
from packlight.errors import PacklightError
from packlight.header import RUNTIME
from packlight.nouns.kernel import align
from packlight.nouns.program import Buffer, Jump, PlacedCall, Program, Reference

_POINTER_BYTES = ctypes.sizeof(ctypes.c_void_p)
_SETTINGS = {
    "ASAN_OPTIONS": "detect_leaks=0:max_malloc_fill_size=1000000000:malloc_fill_byte=190",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}
#: Lines of a sanitizer's report that tell something, and the parts of them that differ from run to run.
_REPORT = re.compile(
    r"ERROR: AddressSanitizer: .*|^\S+: runtime error: .*|^(?:READ|WRITE) of size.*|^ *#[0-3] .* in \w+ .*\.[ch]:\d+",
    re.M,
)
_NOISE = re.compile(r"0x[0-9a-f]+ in | on (?:unknown )?address.*| at 0x[0-9a-f]+.*|(?<=\s)/\S*/")


class SanitizedExecutor:
    """The host kernels under AddressSanitizer and UndefinedBehaviorSanitizer."""

    name = "sanitized"

    def __init__(self) -> None:
        """Raises `ToolError` where the computer's C compiler has no sanitizers, see `sanitizer_runtime`."""
        self._library = _library()
        preload = {"LD_PRELOAD": str(sanitizer_runtime()), "DYLD_INSERT_LIBRARIES": str(sanitizer_runtime())}
        self._child = Child("packlight.dev.sanitized", {**preload, **_SETTINGS})

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        return [self._run(job) for job in jobs]

    def close(self) -> None:
        self._child.close()

    def _run(self, job: Job) -> Outcome:
        try:
            outcome: Outcome = self._child.ask((self._library, replace(job, program=_portable(job.program))))
        except ChildError as error:
            return Outcome(finding=f"{job.name}: {_told(str(error))}")
        return outcome


@cache
def sanitizer_runtime() -> Path | None:
    """AddressSanitizer's library of the C compiler, which has to be in a process from its start; None: it has none."""
    from packlight.toolchains import find_host_compiler

    try:
        compiler = find_host_compiler()
    except PacklightError:
        return None
    names = ("libasan.so", f"libclang_rt.asan-{platform.machine()}.so", "libclang_rt.asan_osx_dynamic.dylib")
    for name in names if compiler.family == "host" else ():
        asked = [*compiler.command, f"-print-file-name={name}"]
        found = Path(subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip())
        if found.is_absolute() and found.is_file():
            return found.resolve()
    return None


@cache
def _library() -> Path:
    """The host kernels with all checks in them."""
    from packlight.toolchains import compile_shared_library

    folders = [RUNTIME, host.PACKAGE / "ops"]
    return compile_shared_library(host.sources(), folders, optimize="size", sanitize=("address", "undefined"))


def _portable(program: Program) -> Program:
    """The program without what pickle does not take and the child does not need: views into the model's file."""
    inputs, outputs = (
        tuple(replace(value, tensor=replace(value.tensor, data=None)) for value in values)
        for values in (program.inputs, program.outputs)
    )
    return Program(replace(program.schedule, values={}, inputs=inputs, outputs=outputs), program.plan)


def _told(text: str) -> str:
    """The call under way and the lines of a sanitizer's report that matter; all of it where there is no report."""
    calls = re.findall(r"^in (call .*)$", text, re.M)
    lines = [_NOISE.sub("", line.strip()) for line in _REPORT.findall(text)]
    return "\n  ".join([*calls[-1:], *(lines[:6] or [text])])


# ---- in the child ----------------------------------------------------------------------------------------------------


@dataclass
class _Memory:
    """Where each buffer is, and the blocks of memory that hold them."""

    addresses: dict[int, int]
    blocks: dict[str, tuple[int, int]]  # name -> (address, bytes)


def answer(question: tuple[Path, Job]) -> Outcome:
    """Runs a job both ways with the kernels of a library."""
    library, job = question
    kernels, packed = _load(library), guarded(job.program)
    first = _execute(kernels, job, job.program, _apart(job.program))
    if first.finding:
        return first
    second = _execute(kernels, job, packed, _packed(packed))
    if not second.finding:
        for run, (one, other) in enumerate(zip(first.outputs, second.outputs, strict=True)):
            if any(a.tobytes() != b.tobytes() for a, b in zip(one, other, strict=True)):
                return Outcome(finding=f"{job.name}: invoke {run} depends on bytes that nobody wrote")
    return second


def _execute(kernels: ctypes.CDLL, job: Job, program: Program, memory: _Memory) -> Outcome:
    try:
        return _invoke(kernels, job, program, memory)
    finally:
        for address, _ in memory.blocks.values():
            _free(address)


def _invoke(kernels: ctypes.CDLL, job: Job, program: Program, memory: _Memory) -> Outcome:
    for buffer in program.buffers:
        if buffer.area == "persistent":
            _write(memory.addresses[buffer.index], buffer.data or bytes(buffer.size))
    outputs: list[list[Array]] = []
    for given in job.inputs:
        for value, array in zip(program.inputs, given, strict=True):
            _write(memory.addresses[value.reference.buffer] + value.reference.offset, stored_bytes(value, array))
        at = 0
        while at < len(program.steps):
            step = program.steps[at]
            at += 1
            if isinstance(step, Jump):
                at = at if step.unless and _is_true(memory, step.unless) else step.target
                continue
            finding = _call(kernels, step, program, memory)
            if finding:
                where = f"call {step.index} {step.operator}, kernel {step.kernel.name}"
                return Outcome(finding=f"{job.name}: {where}: {finding}")
        outputs.append([])
        for value in program.outputs:
            address = memory.addresses[value.reference.buffer] + value.reference.offset
            outputs[-1].append(elements(value, ctypes.string_at(address, value.tensor.bytes)))
    return Outcome(outputs)


def _is_true(memory: _Memory, place: Reference) -> bool:
    return ctypes.string_at(memory.addresses[place.buffer] + place.offset, 1) != b"\0"


def _call(kernels: ctypes.CDLL, call: PlacedCall, program: Program, memory: _Memory) -> str | None:
    """Runs one call; what it did wrong."""
    values: dict[str, object] = {"params": call.params} if call.kernel.params else {}
    for name, place in call.operands.items():
        values[name] = memory.addresses[place.buffer] + place.offset if place else 0
    args = call.kernel.args.pack(values, _POINTER_BYTES)
    blocks = {**memory.blocks, "its args": (_allocate(len(args)), len(args))}
    _write(blocks["its args"][0], args)
    before = {name: ctypes.string_at(*block) for name, block in blocks.items()}
    _say(f"in call {call.index} {call.operator}, kernel {call.kernel.name}")
    getattr(kernels, call.kernel.function)(ctypes.c_void_p(blocks["its args"][0]))
    after = {name: ctypes.string_at(*block) for name, block in blocks.items()}
    _free(blocks["its args"][0])
    written = {_title(program.buffers[index]) for index in call.writes}
    for name in blocks.keys() - written:
        if name == "arena":
            finding = trespass(program, [call], before[name], after[name])
        else:
            finding = f"wrote to {name}, which it may only read" if before[name] != after[name] else None
        if finding:
            return finding
    return None


def _apart(program: Program) -> _Memory:
    """Each buffer in a piece of heap of its own."""
    memory = _Memory({}, {})
    for buffer in program.buffers:
        address = _allocate(buffer.size)
        if buffer.area == "constant":
            _write(address, buffer.data or b"")
        memory.addresses[buffer.index] = address
        memory.blocks[_title(buffer)] = (address, buffer.size)
    return memory


def _packed(program: Program) -> _Memory:
    """The arena as planned, filled with a pattern; each constant between guards."""
    arena = _allocate(program.plan.arena_bytes)
    memory = _Memory({}, {"arena": (arena, program.plan.arena_bytes)})
    _write(arena, pattern(program.plan.arena_bytes))
    for buffer in program.buffers:
        if buffer.area == "constant":
            skip = align(GUARD, 2 * buffer.alignment) + buffer.alignment
            size = skip + buffer.size + GUARD
            block = _allocate(size)
            _write(block, pattern(size))
            _write(block + skip, buffer.data or b"")
            memory.addresses[buffer.index] = block + skip
            memory.blocks[_title(buffer)] = (block, size)
        else:
            memory.addresses[buffer.index] = arena + program.plan.offsets[buffer.index]
    return memory


def _title(buffer: Buffer) -> str:
    return f'the {buffer.role} "{buffer.name}" (buffer {buffer.index})'


@cache
def _load(library: Path) -> ctypes.CDLL:
    return ctypes.CDLL(str(library))


@cache
def _c_library() -> ctypes.CDLL:
    """malloc and free as the whole process sees them: those of the sanitizer."""
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    return library


def _allocate(size: int) -> int:
    return int(_c_library().malloc(ctypes.c_size_t(size)))


def _free(address: int) -> None:
    _c_library().free(ctypes.c_void_p(address))


def _write(address: int, data: bytes) -> None:
    ctypes.memmove(address, data, len(data))


def _say(text: str) -> None:
    import sys

    sys.stderr.write(text + "\n")
    sys.stderr.flush()
