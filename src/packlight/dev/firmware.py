# SPDX-License-Identifier: Apache-2.0
"""Executors on emulated cores: many programs in one firmware, in the compiled form or as images.

The firmware offers what the emulator drives: it writes a program's number or image and its inputs to memory, lets
`pl_firmware_invoke` run, and reads the arena back. The arena is planned with guards, filled with a pattern, and checked
after each invoke, as the faster kernels of a core run nowhere else.
"""

from __future__ import annotations

import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from packlight import ops
from packlight.dev.case import Array
from packlight.dev.harness import Job, Outcome, elements, guarded, pattern, stored_bytes, trespass
from packlight.emulators import Machine, open_machine
from packlight.errors import MeasureError, PacklightError
from packlight.header import RUNTIME, sources_of
from packlight.nouns.kernel import Kernel
from packlight.nouns.program import Program, Value
from packlight.targets import load_target
from packlight.toolchains import find_toolchain
from packlight.verbs.build import DEFINES
from packlight.verbs.emit.binary import image, image_arena_bytes, kernel_id
from packlight.verbs.emit.compiled import header, source
from packlight.verbs.emit.ctext import LICENSE, levels_of_files
from packlight.verbs.emit.registration import registered_kernels, registration
from packlight.verbs.resolve import AllOpsResolver

_LIMIT = 100_000_000  # instructions of one invoke: beyond it hangs
_SHARE = 0.7  # of RAM and of flash that programs may take; the rest is for the stack and the kernels
_PREFIX = "program_"  # of the C names of each program
_DECLARE = """
void pl_firmware_invoke(void);
volatile uint32_t pl_harness_start;
"""
_MAIN = """
int main(void) {
  for (;;) {
    pl_firmware_invoke();
  }
}
"""


class FirmwareExecutor(ABC):
    """One form of firmware, built for one target by one toolchain, in one emulator."""

    form: str

    def __init__(self, target: str, toolchain: str, emulator: str, optimize: str = "size") -> None:
        self.name = "-".join((target, toolchain, emulator, self.form, *([] if optimize == "size" else [optimize])))
        self._target = load_target(target)
        self._toolchain, self._emulator, self._optimize = toolchain, emulator, optimize
        self._folder = tempfile.TemporaryDirectory(prefix="packlight-")
        self._machine: Machine | None = None

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        return [outcome for batch in self._batches(jobs) for outcome in self._run_batch(batch)]

    def close(self) -> None:
        self._stop()
        self._folder.cleanup()

    @abstractmethod
    def _files(self, programs: Sequence[Program]) -> dict[str, str]:
        """The C files of a firmware that can run all of `programs`, main.c among them."""

    @abstractmethod
    def _select(self, machine: Machine, index: int, program: Program) -> int:
        """Makes the firmware run a program; the address of its arena."""

    def _fits(self, programs: Sequence[Program]) -> bool:
        """Whether the programs fit into one firmware."""
        assert self._target.flash and self._target.ram
        constants = sum(buffer.size for program in programs for buffer in program.constants)
        arenas = sum(program.plan.arena_bytes for program in programs)
        return constants <= _SHARE * self._target.flash.length and arenas <= _SHARE * self._target.ram.length

    def _batches(self, jobs: Sequence[Job]) -> Iterator[list[Job]]:
        """The jobs in their order, with guards planned, as many at once as fit."""
        batch: list[Job] = []
        for job in (replace(job, program=guarded(job.program)) for job in jobs):
            if batch and not self._fits([each.program for each in (*batch, job)]):
                yield batch
                batch = []
            batch.append(job)
        if batch:
            yield batch

    def _run_batch(self, jobs: Sequence[Job], tries: int = 3) -> list[Outcome]:
        """Builds and runs; where the build fails, tries again without the programs that the compiler names."""
        try:
            elf = self._build([job.program for job in jobs])
        except PacklightError as error:
            named = {int(index) for index in re.findall(rf"\b{_PREFIX}(\d+)/", str(error))}
            others = [job for index, job in enumerate(jobs) if index not in named]
            ran = iter(self._run_batch(others, tries - 1) if tries and named and others else ())
            failed = Outcome(finding=str(error))
            return [failed if index in named else next(ran, failed) for index in range(len(jobs))]
        try:
            return [self._run_job(elf, index, job) for index, job in enumerate(jobs)]
        finally:
            self._stop()

    def _build(self, programs: Sequence[Program]) -> Path:
        folder = Path(self._folder.name)
        for name, text in self._files(programs).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        kernels = self._kernels(programs)
        starts = [kernel.source for kernel in kernels] + [RUNTIME / name for name in self._runtime]
        needed = sorted({file for start in starts for file in sources_of(start) if file.suffix in (".c", ".S")})
        includes = sorted({RUNTIME, *(kernel.source.parent.parent for kernel in kernels)})
        made = [folder / "main.c", *needed]
        found = find_toolchain(self._toolchain, self._target)
        elf = folder / "firmware.elf"
        include, more = [folder, *includes], self._more(programs)
        return found.compile_and_link(made, include, self._target, self._optimize, elf, defines=DEFINES, **more)

    _runtime: tuple[str, ...] = ()

    def _more(self, programs: Sequence[Program]) -> dict[str, Any]:
        """Further options for the compiler."""
        return {}

    def _kernels(self, programs: Sequence[Program]) -> list[Kernel]:
        """All kernels of a firmware that can run the programs, by name."""
        return sorted({kernel for program in programs for kernel in program.kernels}, key=lambda kernel: kernel.name)

    def _run_job(self, elf: Path, index: int, job: Job) -> Outcome:
        try:
            if self._machine is None:
                self._machine = open_machine(elf, self._target, emulator=self._emulator, limit=_LIMIT)
                self._machine.boot()
            return self._invoke(self._machine, index, job)
        except MeasureError as error:
            self._stop()
            return Outcome(finding=f"{job.name}: {error}")

    def _invoke(self, machine: Machine, index: int, job: Job) -> Outcome:
        program, size = job.program, job.program.plan.arena_bytes
        arena = self._select(machine, index, program)
        machine.write(arena, pattern(size))
        _set(machine, "start", 1)
        machine.invoke()
        if refused := self._check(machine, program):
            return Outcome(finding=f"{job.name}: {refused}")
        _set(machine, "start", 0)
        outputs: list[list[Array]] = []
        for given in job.inputs:
            for value, array in zip(program.inputs, given, strict=True):
                machine.write(arena + _offset(program, value), stored_bytes(value, array))
            before = machine.read(arena, size)
            machine.invoke()
            after = machine.read(arena, size)
            finding = trespass(program, program.calls, before, after) or self._check(machine, program)
            if finding:
                return Outcome(finding=f"{job.name}: {', '.join(kernel.name for kernel in program.kernels)}: {finding}")
            outputs.append([_output(program, value, after) for value in program.outputs])
        return Outcome(outputs)

    def _check(self, machine: Machine, program: Program) -> str | None:
        """What else was wrong with the start or an invoke."""
        return None

    def _stop(self) -> None:
        if self._machine:
            with suppress(MeasureError):
                self._machine.close()
        self._machine = None


class CompiledExecutor(FirmwareExecutor):
    """The compiled form: each program's model.c under its own prefix, called through a table."""

    form = "compiled"

    def _files(self, programs: Sequence[Program]) -> dict[str, str]:
        files, entries = {}, []
        for index, program in enumerate(programs):
            name = _name(index)
            files[f"{name}/model.h"] = header(program, name)
            files[f"{name}/model.c"] = source(program, name)
            reset = f"{name}_reset" if program.plan.persistent_bytes else "NULL"
            entries.append(f"    {{{reset}, {name}_invoke}},")
        # One translation unit, as a compiler starts more slowly than it compiles.
        included = [f'#include "{name}"' for name in files if name.endswith(".c")]
        table = ["typedef struct {", "  void (*reset)(void);", "  void (*invoke)(void);", "} pl_harness_entry;"]
        table += ["static const pl_harness_entry pl_harness_entries[] = {", *entries, "};"]
        body = """
volatile uint32_t pl_harness_program;

__attribute__((noinline)) void pl_firmware_invoke(void) {
  const pl_harness_entry *entry = &pl_harness_entries[pl_harness_program];
  if (!pl_harness_start) {
    entry->invoke();
  } else if (entry->reset) {
    entry->reset();
  }
}
"""
        return {**files, "main.c": "\n".join([LICENSE, '#include "pl.h"', *included, _DECLARE, *table, body, _MAIN])}

    def _select(self, machine: Machine, index: int, program: Program) -> int:
        _set(machine, "program", index)
        return machine.symbols[f"{_name(index)}_arena"][0]


class AloneExecutor(CompiledExecutor):
    """The compiled form as users build it: each program in a firmware of its own, optimised at link time."""

    form = "alone"

    def _fits(self, programs: Sequence[Program]) -> bool:
        return len(programs) == 1

    def _more(self, programs: Sequence[Program]) -> dict[str, Any]:
        rooms = {"runtime": RUNTIME, "kernels": ops.FOLDER}
        levels = levels_of_files(programs[0]).items()
        parts = ((file.partition("/"), level) for file, level in levels)
        return {"lto": True, "levels": {(rooms[room] / rest).resolve(): level for (room, _, rest), level in parts}}


class ImageExecutor(FirmwareExecutor):
    """The image form: a firmware with every kernel registered, which loads one program's image after the other."""

    form = "image"
    _runtime = ("pl_interpreter.h", "pl_resolver.h")
    _images: Sequence[bytes] = ()
    _image = b""  # the one that is loaded

    def _fits(self, programs: Sequence[Program]) -> bool:
        return True  # one at a time

    def _files(self, programs: Sequence[Program]) -> dict[str, str]:
        self._images = [image(program) for program in programs]
        kernels = self._kernels(programs)
        includes = ['#include "pl_interpreter.h"']
        includes += sorted({f'#include "{kernel.source.parent.name}/kernel.h"' for kernel in kernels})
        arena = max(image_arena_bytes(program, 4) for program in programs)
        defines = [f"#define PL_HARNESS_ARENA {arena}", f"#define PL_HARNESS_IMAGE {max(map(len, self._images))}"]
        entries = [f"    {{UINT32_C({kernel_id(kernel):#010x}), {kernel.function}}}," for kernel in kernels]
        table = ["static pl_resolver_entry entries[] = {", *entries, "};"]
        table.append(f"static const pl_resolver resolver = {{entries, {len(entries)}, {len(entries)}}};")
        body = """
uint8_t pl_harness_arena[PL_HARNESS_ARENA] PL_ALIGNED(PL_IMAGE_ALIGNMENT) PL_ARENA_ATTRIBUTE;
uint8_t pl_harness_image[PL_HARNESS_IMAGE] PL_ALIGNED(PL_IMAGE_ALIGNMENT) PL_ARENA_ATTRIBUTE;
volatile uint32_t pl_harness_status;
static pl_interpreter interpreter;

__attribute__((noinline)) void pl_firmware_invoke(void) {
  if (pl_harness_start) {
    pl_harness_status = (uint32_t)pl_interpreter_init(
        &interpreter, pl_harness_image, sizeof pl_harness_image, &resolver, pl_harness_arena, sizeof pl_harness_arena);
  } else {
    pl_harness_status = (uint32_t)pl_interpreter_invoke(&interpreter);
  }
}
"""
        return {"main.c": "\n".join([LICENSE, *includes, *defines, _DECLARE, *table, body, _MAIN])}

    def _kernels(self, programs: Sequence[Program]) -> list[Kernel]:
        everything = registered_kernels(registration(AllOpsResolver()))
        return sorted({*everything, *super()._kernels(programs)}, key=lambda kernel: kernel.name)

    def _select(self, machine: Machine, index: int, program: Program) -> int:
        self._image = self._images[index]
        machine.write(machine.symbols["pl_harness_image"][0], self._image)
        return machine.symbols["pl_harness_arena"][0]

    def _check(self, machine: Machine, program: Program) -> str | None:
        if _get(machine, "status"):
            return f"pl_status {_get(machine, 'status')}"
        same = machine.read(machine.symbols["pl_harness_image"][0], len(self._image)) == self._image
        return None if same else "wrote to a constant in the image"


def _name(index: int) -> str:
    return f"{_PREFIX}{index}"


def _set(machine: Machine, name: str, value: int) -> None:
    machine.write(machine.symbols[f"pl_harness_{name}"][0], value.to_bytes(4, "little"))


def _get(machine: Machine, name: str) -> int:
    return int.from_bytes(machine.read(machine.symbols[f"pl_harness_{name}"][0], 4), "little")


def _offset(program: Program, value: Value) -> int:
    return program.plan.offsets[value.reference.buffer] + value.reference.offset


def _output(program: Program, value: Value, arena: bytes) -> Array:
    """An output from the bytes of the arena, or from the model where it is a constant."""
    data = program.buffers[value.reference.buffer].data if _is_constant(program, value) else None
    start = value.reference.offset if data is not None else _offset(program, value)
    return elements(value, (arena if data is None else data)[start : start + value.tensor.bytes])


def _is_constant(program: Program, value: Value) -> bool:
    return program.buffers[value.reference.buffer].area == "constant"
