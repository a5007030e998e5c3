# SPDX-License-Identifier: Apache-2.0
"""`run`: a program on this computer, with the kernels of the device, and TFLM's `MicroInterpreter` in Python."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from packlight import host
from packlight.errors import ArenaError, PacklightError, Problem, UsageError
from packlight.nouns.model import NUMPY_NAMES, Model, Tensor
from packlight.nouns.program import Jump, PlacedCall, PlacedStep, Program, Reference, Value
from packlight.verbs.pack import pack_for_pc
from packlight.verbs.resolve import ErrorReporter, OpResolver, RaisingErrorReporter, Status

Array: TypeAlias = npt.NDArray[Any]
POINTER_BYTES = ctypes.sizeof(ctypes.c_void_p)


class Machine:
    """A program in an arena of this computer's memory, ready to run: every params struct filled, every pointer set."""

    def __init__(self, program: Program, arena: Array | None = None) -> None:
        """`arena` is a writable array of bytes that starts at a multiple of the plan's alignment and holds the plan.

        Without one, the machine brings its own, filled with zeros.
        """
        self.program = program
        self.arena = _aligned(bytes(program.plan.arena_bytes)) if arena is None else arena
        self._constants = {buffer.index: _aligned(buffer.data or b"") for buffer in program.constants}
        self._args = [self._args_of(step) for step in program.steps]
        self._steps = (ctypes.c_void_p * (2 * len(self._args)))()
        for index, (step, args) in enumerate(zip(program.steps, self._args, strict=True)):
            self._steps[2 * index] = host.address(step.kernel) if isinstance(step, PlacedCall) else 0
            self._steps[2 * index + 1] = args.ctypes.data
        self.reset()

    def reset(self) -> None:
        """Gives every variable its initial value."""
        for buffer in self.program.buffers:
            if buffer.area == "persistent":
                start = self.program.plan.offsets[buffer.index]
                self.arena[start : start + buffer.size] = np.frombuffer(buffer.data or bytes(buffer.size), np.uint8)

    def invoke(self) -> None:
        host.run(self._steps, len(self._args))

    def trace(self) -> list[PlacedCall]:
        """One invoke, call by call: those that it made, in their order."""
        made: list[PlacedCall] = []
        at = 0
        while at < len(self._args):
            step = self.program.steps[at]
            if isinstance(step, PlacedCall):
                host.run((ctypes.c_void_p * 2)(*self._steps[2 * at : 2 * at + 2]), 1)
                made.append(step)
                at += 1
            else:
                goes_on = step.unless and self.bytes_at(step.unless, 1)[0]
                at = at + 1 if goes_on else step.target
        return made

    def bytes_at(self, reference: Reference, size: int) -> Array:
        """`size` bytes of a buffer: a view into the arena, or into a constant."""
        if reference.buffer in self._constants:
            return self._constants[reference.buffer][reference.offset :][:size]
        start = self.program.plan.offsets[reference.buffer] + reference.offset
        return self.arena[start : start + size]

    def view(self, value: Value) -> Array:
        """A tensor's elements where they are, with its type and shape."""
        tensor = value.tensor
        stored = self.bytes_at(value.reference, tensor.bytes).view(NUMPY_NAMES[tensor.type])
        return stored.reshape(tensor.shape) if stored.size == tensor.elements else stored  # packed types stay bytes

    def _address(self, reference: Reference) -> int:
        if reference.buffer in self._constants:
            return int(self._constants[reference.buffer].ctypes.data) + reference.offset
        return int(self.arena.ctypes.data) + self.program.plan.offsets[reference.buffer] + reference.offset

    def _args_of(self, call: PlacedStep) -> Array:
        if isinstance(call, Jump):
            return _aligned(struct.pack("=QQ", self._address(call.unless) if call.unless else 0, call.target))
        values: dict[str, Any] = {"params": call.params} if call.kernel.params else {}
        for name, reference in call.operands.items():
            values[name] = self._address(reference) if reference else 0
        return _aligned(call.kernel.args.pack(values, POINTER_BYTES))


class MicroInterpreter:
    """Runs a model in a tensor arena that the caller provides, as TFLM's class of this name does on a device.

    `tensor_arena` is a bytearray or a writable numpy array; all activations and variables live in it. Without one, the
    interpreter brings its own. As on the device, an invoke may overwrite the inputs: fill them before each one. Errors
    go to the error reporter, by default as exceptions; with a logging one, `allocate_tensors`, `invoke` and `reset`
    answer a `Status`.
    """

    def __init__(
        self,
        model: Model | Program | str | os.PathLike[str] | bytes,
        resolver: OpResolver | None = None,
        tensor_arena: bytearray | Array | None = None,
        error_reporter: ErrorReporter | None = None,
    ) -> None:
        self._error_reporter = RaisingErrorReporter() if error_reporter is None else error_reporter
        self._model = model
        self._resolver = resolver
        self._given_arena = tensor_arena
        self._program: Program | None = model if isinstance(model, Program) else None
        self._machine: Machine | None = None

    def allocate_tensors(self) -> Status:
        """Resolves, prepares and plans the model, and lays it out in the arena.

        Errors: whatever the model or the resolver lack; E501 an arena that is too small, with the bytes needed; E503
        one that cannot be used.
        """
        try:
            if self._program is None:
                assert not isinstance(self._model, Program)
                self._program = pack_for_pc(self._model, self._resolver)
            self._machine = Machine(self._program, self._arena(self._program))
        except PacklightError as error:
            self._error_reporter.report(error)
            return Status.ERROR
        return Status.OK

    def input(self, index: int = 0) -> Array:
        """Input `index`: a view into the arena with the tensor's type and shape, to be written to."""
        return self._view("input", index)

    def output(self, index: int = 0) -> Array:
        """Output `index`: a view into the arena, valid until the next invoke."""
        return self._view("output", index)

    def inputs_size(self) -> int:
        return len(self._ready.program.inputs)

    def outputs_size(self) -> int:
        return len(self._ready.program.outputs)

    def invoke(self) -> Status:
        """One inference."""
        return self._do(Machine.invoke)

    def reset(self) -> Status:
        """Gives every variable its initial value again."""
        return self._do(Machine.reset)

    def arena_used_bytes(self) -> int:
        """Bytes that the model needs: exactly the smallest arena that `allocate_tensors` accepts, if it is aligned."""
        return self._ready.program.plan.arena_bytes

    @property
    def program(self) -> Program:
        return self._ready.program

    def _do(self, action: Callable[[Machine], None]) -> Status:
        try:
            action(self._ready)
        except PacklightError as error:
            self._error_reporter.report(error)
            return Status.ERROR
        return Status.OK

    @property
    def _ready(self) -> Machine:
        if self._machine is None:
            raise UsageError("E502", "the tensors are not allocated", fix="call allocate_tensors() first")
        return self._machine

    def _arena(self, program: Program) -> Array | None:
        """The part of the caller's arena from the first aligned byte on; None if the caller gave none."""
        needed, alignment = program.plan.arena_bytes, program.plan.alignment
        if self._given_arena is None:
            return None
        try:
            arena = np.frombuffer(self._given_arena, np.uint8)
        except (TypeError, ValueError, BufferError) as error:
            what = f"the tensor arena ({type(self._given_arena).__name__}) is no run of bytes"
            raise ArenaError("E503", what, why=str(error), fix=f"bytearray({needed})") from None
        if not arena.flags.writeable:
            raise ArenaError("E503", "the tensor arena cannot be written to", fix=f"bytearray({needed})")
        skip = -arena.ctypes.data % alignment
        if arena.size - skip < needed:
            missing = needed + skip - arena.size
            raise ArenaError(
                "E501",
                f"the tensor arena is too small: it has {arena.size:,} bytes, {program.name} needs {needed + skip:,}",
                why=f"{missing:,} bytes are missing" + (f"; {skip} go to its alignment" if skip else ""),
                fix=f"bytearray({needed + skip})",
            )
        return arena[skip : skip + needed]

    def _view(self, what: str, index: int) -> Array:
        values = self._ready.program.inputs if what == "input" else self._ready.program.outputs
        if not 0 <= index < len(values):
            raise UsageError("E504", f"the model has no {what} {index}", why=f"it has {len(values)}")
        return self._ready.view(values[index])


def run(program: Program, inputs: Sequence[Array]) -> list[Array]:
    """The outputs of one inference on fresh state; inputs as arrays of the tensors' types and shapes."""
    if len(inputs) != len(program.inputs):
        why = f"it has {len(program.inputs)}, and {len(inputs)} are given"
        raise UsageError("E505", f"{program.name}: every input must be given", why=why)
    machine = Machine(program)
    for value, array in zip(program.inputs, inputs, strict=True):
        if problem := mismatch(value.tensor, array):
            raise UsageError.of([problem])
        machine.view(value)[...] = array
    machine.invoke()
    return [machine.view(value).copy() for value in program.outputs]


def mismatch(tensor: Tensor, given: Array) -> Problem | None:
    """What keeps an array from being the tensor's value: another type (E513) or shape (E514). Neither is converted."""
    wanted = np.dtype(NUMPY_NAMES[tensor.type])
    who = f'tensor #{tensor.index} "{tensor.name}"'
    if given.dtype != wanted:
        fix = f"value.astype(np.{wanted.name})"
        if given.dtype.kind == "f" and wanted.kind in "iu" and tensor.quantization:
            stored = f"np.round(value / {tensor.scale:.9g} + {tensor.zero_point})"
            fix = f"np.clip({stored}, {np.iinfo(wanted).min}, {np.iinfo(wanted).max}).astype(np.{wanted.name})"
        return Problem("E513", f"{who} takes {wanted.name}, not {given.dtype}", fix=fix)
    if given.shape != tensor.shape:
        fits = given.size == tensor.elements
        fix = f"value.reshape({tensor.shape})" if fits else f"give an array of {tensor.elements:,} elements"
        return Problem("E514", f"{who} takes the shape {list(tensor.shape)}, not {list(given.shape)}", fix=fix)
    return None


def _aligned(data: bytes, alignment: int = 16) -> Array:
    """A writable copy of `data` at an aligned address."""
    room = np.zeros(len(data) + alignment, np.uint8)
    skip = -room.ctypes.data % alignment
    room[skip : skip + len(data)] = np.frombuffer(data, np.uint8)
    return room[skip : skip + len(data)]
