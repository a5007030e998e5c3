# SPDX-License-Identifier: Apache-2.0
"""`measure`: runs a firmware in an emulator, compares it with the PC, and gives every byte and instruction an owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from packlight.cycles import CycleModel, load_model
from packlight.elf import Elf
from packlight.emulators import InvokeResult, Machine, open_machine
from packlight.errors import MeasureError
from packlight.nouns.model import NUMPY_NAMES
from packlight.nouns.program import Program, Value
from packlight.nouns.report import CallCost, Cycles, Difference, Ram, Report
from packlight.nouns.target import Firmware
from packlight.verbs.measure.ledger import kernel_entries, ledger
from packlight.verbs.run import Array
from packlight.verbs.run import Machine as Computer

#: Sets of random inputs that are compared when the user gives none.
RUNS = 10


def measure(
    firmware: Firmware,
    program: Program,
    inputs: Sequence[Sequence[Array]] | None = None,
    *,
    runs: int = RUNS,
    emulator: str | None = None,
) -> Report:
    """What the firmware of a program costs, and whether its outputs are the PC's, byte for byte.

    `inputs` are sets of arrays, one set an inference; by default `runs` random sets over the full range of the types,
    from fixed seeds. Instructions are those of the first set. The state of variables goes on from set to set.
    """
    sets = [list(given) for given in inputs] if inputs is not None else seeded_inputs(program, runs)
    elf = Elf(firmware.elf)
    arena = _arena(elf, firmware)
    computer = Computer(program.for_pc)
    model = load_model(firmware.target.core)
    with open_machine(firmware.elf, firmware.target, emulator=emulator, model=model) as machine:
        boot = machine.boot()
        _put(machine, program, arena, sets[0])
        first = machine.invoke(kernel_entries(elf, program))
        difference = _differs(machine, program, computer, arena, 0, sets[0])
        stack = machine.stack_bytes()
        emulator = machine.name
    if len(sets) > 1 and difference is None:
        difference = _compare_rest(firmware, program, arena, sets, computer, emulator)
    first = _by_call(first, _made(program, sets[0]), len(program.calls), firmware.name)
    costs = tuple(
        CallCost(call.index, call.node, call.operator, call.label, call.kernel.name, call.macs, counted.instructions)
        for call, counted in zip(program.calls, first.calls, strict=True)
    )
    static = sum(section.size for section in elf.sections.values() if _is_ram(firmware, section.address))
    return Report(
        model=program.name,
        target=firmware.target.name,
        toolchain=firmware.toolchain,
        emulator=emulator,
        form=firmware.form,
        optimize=firmware.optimize,
        flash=ledger(elf, program, firmware.name),
        ram=Ram(program.plan.arena_bytes, static - program.plan.arena_bytes, stack),
        boot_instructions=boot,
        instructions=first.instructions,
        calls=costs,
        runs=len(sets),
        difference=difference,
        cycles=_cycles(first, model),
        elf=str(firmware.elf),
    )


def _made(program: Program, inputs: Sequence[Array]) -> list[int]:
    """The calls (indices) of a first invoke, in their order: what jumps make of them, the PC tells."""
    if not program.schedule.jumps:
        return list(range(len(program.calls)))
    computer = Computer(program.for_pc)
    for value, array in zip(computer.program.inputs, inputs, strict=True):
        computer.view(value)[...] = array
    return [call.index for call in computer.trace()]


def _by_call(result: InvokeResult, made: Sequence[int], calls: int, name: str) -> InvokeResult:
    """The counts by call of the program: one that was made several times has the sum, one that was not has none."""
    if len(result.calls) != len(made):
        raise MeasureError(
            "E610",
            f"{name}: the firmware made {len(result.calls)} kernel calls, on the PC it is {len(made)}",
            fix="please report this: a kernel may have been inlined",
        )
    counts = [replace(result.calls[0], instructions=0, cycles=None) for _ in range(calls)] if made else []
    for index, found in zip(made, result.calls, strict=True):
        cycles = (counts[index].cycles or 0) + found.cycles if found.cycles is not None else None
        counts[index] = replace(found, instructions=counts[index].instructions + found.instructions, cycles=cycles)
    return replace(result, calls=tuple(counts))


def _cycles(result: InvokeResult, model: CycleModel | None) -> Cycles | None:
    if model is None or result.cycles is None:
        return None
    return Cycles(result.cycles, tuple(call.cycles or 0 for call in result.calls), model.error)


def seeded_inputs(program: Program, runs: int = RUNS, seed: int = 0) -> list[list[Array]]:
    """Random input sets: integers over their type's full range, floats standard normal; set k from seed + k."""
    sets = []
    for run in range(runs):
        random = np.random.default_rng(seed + run)
        sets.append([_draw(random, value) for value in program.inputs])
    return sets


def _draw(random: np.random.Generator, value: Value) -> Array:
    dtype = np.dtype(NUMPY_NAMES[value.tensor.type])
    if dtype.kind == "f":
        return random.standard_normal(value.tensor.shape).astype(dtype)
    if dtype.kind == "b":
        return random.integers(0, 2, value.tensor.shape).astype(dtype)
    limits = np.iinfo(dtype)
    return random.integers(limits.min, limits.max, value.tensor.shape, dtype, endpoint=True)


def _compare_rest(
    firmware: Firmware, program: Program, arena: int, sets: list[list[Array]], computer: Computer, emulator: str | None
) -> Difference | None:
    """The remaining sets, without counting, at the emulator's full speed; from the start where there is state."""
    start = 0 if program.plan.persistent_bytes else 1
    if start == 0:
        computer.reset()
    with open_machine(firmware.elf, firmware.target, emulator=emulator, count=False) as machine:
        machine.boot()
        for run in range(start, len(sets)):
            _put(machine, program, arena, sets[run])
            machine.invoke(None)
            difference = _differs(machine, program, computer, arena, run, sets[run])
            if difference:
                return difference
    return None


def _arena(elf: Elf, firmware: Firmware) -> int:
    symbol = f"{firmware.name}_arena" if firmware.form == "compiled" else "pl_firmware_arena"
    return elf.addresses[symbol][0]


def _is_ram(firmware: Firmware, address: int) -> bool:
    ram = firmware.target.ram
    return ram is not None and ram.origin <= address < ram.end


def _place(program: Program, arena: int, value: Value) -> int | None:
    """The address of an input or output in the device's memory; None for one that is a constant."""
    if program.buffers[value.reference.buffer].area == "constant":
        return None
    return arena + program.plan.offsets[value.reference.buffer] + value.reference.offset


def _put(machine: Machine, program: Program, arena: int, inputs: Sequence[Array]) -> None:
    for value, array in zip(program.inputs, inputs, strict=True):
        address = _place(program, arena, value)
        if address is not None:
            machine.write(address, np.ascontiguousarray(array, NUMPY_NAMES[value.tensor.type]).tobytes())


def _differs(
    machine: Machine, program: Program, computer: Computer, arena: int, run: int, inputs: Sequence[Array]
) -> Difference | None:
    """Runs the PC on the same inputs and finds the first output element whose bytes are not the device's."""
    for value, array in zip(computer.program.inputs, inputs, strict=True):
        computer.view(value)[...] = array
    computer.invoke()
    for position, (value, expected) in enumerate(zip(program.outputs, computer.program.outputs, strict=True)):
        address = _place(program, arena, value)
        if address is None:
            continue
        pc = computer.view(expected)
        device = np.frombuffer(machine.read(address, value.tensor.bytes), pc.dtype).reshape(pc.shape)
        if device.tobytes() != pc.tobytes():
            wrong = np.argwhere(~((device == pc) | (np.isnan(device) & np.isnan(pc))))
            index = tuple(int(i) for i in wrong[0]) if len(wrong) else (0,) * pc.ndim
            return Difference(run, position, index, float(device[index]), float(pc[index]))
    return None
