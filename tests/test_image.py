# SPDX-License-Identifier: Apache-2.0
"""The image form: images run as programs do, no damage passes, and nothing is written outside of the arena."""

from __future__ import annotations

import ctypes
import importlib
import random
import re
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from image_device import POINTER_BYTES, Device, Resolver, name_of, repaired
from packlight import host, ops
from packlight.dev.case import Case
from packlight.dev.harness import HostExecutor, Job
from packlight.errors import ModelError, UnsupportedError, UsageError
from packlight.header import structs_of
from packlight.nouns.model import Tensor
from packlight.nouns.program import Buffer, PlacedCall, Program, Reference, Schedule, Value
from packlight.verbs.emit.binary import HEADER, image, image_arena_bytes, kernel_id, kernel_ids, read_image
from packlight.verbs.emit.registration import registered_kernels, registration
from packlight.verbs.pack import pack
from packlight.verbs.plan import plan
from packlight.verbs.resolve import AllOpsResolver

FOLDERS = sorted(file.parent.name for file in ops.FOLDER.glob("*/cases.py"))
CASES: list[Case] = [
    case for folder in FOLDERS for case in importlib.import_module(f"packlight.ops.{folder}.cases").CASES
]
CONV = next(case for case in CASES if case.operator == "CONV_2D" and "int8" in case.name)
PROGRAM = pack(CONV.model())
IMAGE = image(PROGRAM)
ARENA_BYTES = image_arena_bytes(PROGRAM, POINTER_BYTES)
HEADER_BYTES, VALUE_BYTES, CALL_BYTES = 36, 20, 8


def device(
    program: Program = PROGRAM, data: bytes | None = None, arena_bytes: int | None = None, **shift: int
) -> Device:
    needed = image_arena_bytes(program, POINTER_BYTES) if arena_bytes is None else arena_bytes
    resolver = Resolver(len(program.kernels), program.kernels)
    return Device(image(program) if data is None else data, needed, resolver, **shift)


def patched(offset: int, format_: str, value: int) -> bytes:
    """The image with one field changed and the CRC repaired."""
    made = bytearray(IMAGE)
    struct.pack_into(f"<{format_}", made, offset, value)
    return repaired(made)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_outputs_are_those_of_run(case: Case) -> None:
    program = pack(case.model())
    if any(program.buffers[value.reference.buffer].area == "constant" for value in program.inputs):
        pytest.skip("an input is a constant")
    made = device(program)
    assert made.init() == "PL_OK"
    assert made.struct.arena_bytes == made.arena.size
    sets = case.draw_inputs()
    for inputs, outputs in zip(sets, HostExecutor().run([Job(str(case), program, sets)])[0].outputs, strict=True):
        for index, array in enumerate(inputs):
            made.value("input", index)[...] = array.reshape(-1).view(np.uint8)
        assert made.invoke() == "PL_OK"
        for index, expected in enumerate(outputs):
            assert made.value("output", index).tobytes() == expected.tobytes()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_all_ops_resolver_registers_what_programs_call(case: Case) -> None:
    assert set(pack(case.model()).kernels) <= set(registered_kernels(registration(AllOpsResolver())))


def test_ids_of_all_kernels_differ() -> None:
    kernels = ops.all_kernels()
    assert len(set(kernel_ids(kernels))) == len(kernels)


def test_id_changes_with_the_args() -> None:
    kernel = PROGRAM.kernels[0]
    assert kernel.params
    other = replace(kernel, args=replace(kernel.args, fields=kernel.args.fields[:-1]))
    renamed = replace(kernel.args, fields=(replace(kernel.args.fields[0], name="numbers"), *kernel.args.fields[1:]))
    assert len({kernel_id(kernel), kernel_id(other), kernel_id(replace(kernel, args=renamed))}) == 3
    with pytest.raises(UsageError, match="the same name"):
        kernel_ids((kernel, other))


def test_image_is_deterministic_and_readable() -> None:
    assert image(pack(CONV.model())) == IMAGE
    found = read_image(IMAGE + b"what follows in flash")
    assert found.header["size"] == len(IMAGE) and found.kernels == (kernel_id(PROGRAM.kernels[0]),)
    assert found.inputs[0].type == "INT8" and found.inputs[0].zero_point == PROGRAM.inputs[0].tensor.zero_point
    assert found.inputs[0].scale == PROGRAM.inputs[0].tensor.scale
    call = PROGRAM.calls[0]
    for member, place in zip(call.kernel.operands, found.calls[0].operands, strict=True):
        reference = call.operands[member.name]
        assert place and reference
        buffer = PROGRAM.buffers[reference.buffer]
        assert (place.area == "image") == (buffer.area == "constant") and place.size == buffer.size
        if buffer.data is not None:
            assert IMAGE[place.offset : place.offset + place.size] == buffer.data
            assert place.offset % max(4, buffer.alignment) == 0
    for damaged in (IMAGE[:20], IMAGE[:-4], b"\0" * 64, IMAGE[:50] + b"?" + IMAGE[51:]):
        with pytest.raises(ModelError):
            read_image(damaged)


@pytest.mark.parametrize("shift", range(0, 64, 4))
def test_loads_at_any_address_of_16(shift: int) -> None:
    made = device(shift=shift)
    assert made.init() == ("PL_IMAGE_MISALIGNED" if shift % 16 else "PL_OK")
    assert device(arena_shift=shift).init() == ("PL_ARENA_MISALIGNED" if shift % 16 else "PL_OK")


def test_arena_is_exact() -> None:
    small = device(arena_bytes=ARENA_BYTES - 1)
    assert small.init() == "PL_ARENA_TOO_SMALL"
    assert small.struct.arena_bytes == ARENA_BYTES
    assert device(arena_bytes=0).init() == "PL_ARENA_TOO_SMALL"
    made = device()
    assert made.init() == "PL_OK" and made.invoke() == "PL_OK"


def test_image_may_be_followed_by_other_bytes() -> None:
    assert device(data=IMAGE + bytes(100)).init() == "PL_OK"


def test_truncated_images_are_refused() -> None:
    made = device()
    for size in range(len(IMAGE)):
        assert made.init(size) == ("PL_IMAGE_TOO_SHORT" if size < HEADER_BYTES + 4 else "PL_IMAGE_SIZE")


def test_any_changed_byte_is_found() -> None:
    resolver = Resolver(len(PROGRAM.kernels), PROGRAM.kernels)
    for offset in range(len(IMAGE)):
        made = bytearray(IMAGE)
        made[offset] ^= 1 + offset % 255
        status = Device(bytes(made), ARENA_BYTES, resolver).init()
        expected = {0: "PL_IMAGE_NO_MAGIC", 1: "PL_IMAGE_VERSION"}.get(offset // 4, "PL_IMAGE_CRC")
        assert status == expected or (offset // 4 == 2 and status == "PL_IMAGE_SIZE")


VALUES = HEADER_BYTES + 4
CALLS = VALUES + 2 * VALUE_BYTES
OPERANDS = CALLS + CALL_BYTES + len(read_image(IMAGE).calls[0].params)
FIELDS = {
    "magic": (0, "I", 0, "PL_IMAGE_NO_MAGIC"),
    "format": (4, "I", 1, "PL_IMAGE_VERSION"),
    "size, larger": (8, "I", len(IMAGE) + 4, "PL_IMAGE_SIZE"),
    "size, below a header": (8, "I", HEADER_BYTES, "PL_IMAGE_SIZE"),
    "size, odd": (8, "I", len(IMAGE) - 1, "PL_IMAGE_SIZE"),
    "size, huge": (8, "I", 0xFFFFFFFC, "PL_IMAGE_SIZE"),
    "size, cuts constants": (8, "I", len(IMAGE) - 8, "PL_IMAGE_REFERENCE"),
    "size, cuts calls": (8, "I", CALLS + 8, "PL_IMAGE_TABLES"),
    "arena, smaller": (12, "I", PROGRAM.plan.arena_bytes - 1, "PL_IMAGE_REFERENCE"),
    "arena, larger": (12, "I", ARENA_BYTES, "PL_ARENA_TOO_SMALL"),
    "arena, largest": (12, "I", 0x3FFFFFFF, "PL_ARENA_TOO_SMALL"),
    "arena, beyond": (12, "I", 0xFFFFFFFF, "PL_IMAGE_TABLES"),
    "variables, beyond the arena": (16, "I", PROGRAM.plan.arena_bytes + 1, "PL_IMAGE_REFERENCE"),
    "variables, huge": (16, "I", 0xFFFFFFFF, "PL_IMAGE_REFERENCE"),
    "initial values, outside": (20, "I", len(IMAGE) + 1, "PL_IMAGE_REFERENCE"),
    "initial values, in no area": (20, "I", 0x80000000 + HEADER_BYTES, "PL_IMAGE_REFERENCE"),
    "args, too small": (24 + 2 * (POINTER_BYTES == 8), "H", 8, "PL_IMAGE_TABLES"),
    "args, larger": (24 + 2 * (POINTER_BYTES == 8), "H", 0xFFFF, "PL_ARENA_TOO_SMALL"),
    "kernels, none": (28, "H", 0, "PL_IMAGE_REFERENCE"),  # what is read as the input then is not one
    "kernels, many": (28, "H", 0xFFFF, "PL_IMAGE_TABLES"),
    "calls, many": (30, "H", 0xFFFF, "PL_IMAGE_TABLES"),
    "inputs, many": (32, "H", 0xFFFF, "PL_IMAGE_TABLES"),
    "outputs, many": (34, "H", 0xFFFF, "PL_IMAGE_TABLES"),
    "kernel, unknown": (HEADER_BYTES, "I", 1, "PL_KERNEL_MISSING"),
    "input, outside": (VALUES, "I", PROGRAM.plan.arena_bytes + 1, "PL_IMAGE_REFERENCE"),
    "input, in the image": (VALUES, "I", 1 << 30, "PL_IMAGE_REFERENCE"),
    "input, nowhere": (VALUES, "I", 2 << 30, "PL_IMAGE_REFERENCE"),
    "input, too long": (VALUES + 4, "I", PROGRAM.plan.arena_bytes + 1, "PL_IMAGE_REFERENCE"),
    "input, endless": (VALUES + 4, "I", 0xFFFFFFFF, "PL_IMAGE_REFERENCE"),
    "output, outside": (VALUES + VALUE_BYTES, "I", 0x3FFFFFFF, "PL_IMAGE_REFERENCE"),
    "call, of no kernel": (CALLS, "H", 1, "PL_IMAGE_TABLES"),
    "call, a jump of other form": (CALLS, "H", 0xFFFF, "PL_IMAGE_TABLES"),
    "params, odd": (CALLS + 4, "H", 3, "PL_IMAGE_TABLES"),
    "params, long": (CALLS + 4, "H", 0xFFFC, "PL_IMAGE_TABLES"),
    "operands, many": (CALLS + 6, "H", 0xFFFF, "PL_IMAGE_TABLES"),
    "operand, outside the arena": (OPERANDS, "I", 0x3FFFFFFF, "PL_IMAGE_REFERENCE"),
    "operand, outside the image": (OPERANDS, "I", 0x7FFFFFFF, "PL_IMAGE_REFERENCE"),
    "operand, in no area": (OPERANDS, "I", 0xC0000000, "PL_IMAGE_REFERENCE"),
    "operand, left out but long": (OPERANDS, "I", 0x80000000, "PL_IMAGE_REFERENCE"),
    "operand, too long": (OPERANDS + 4, "I", 0x7FFFFFFF, "PL_IMAGE_REFERENCE"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_checked(field: str) -> None:
    offset, format_, value, expected = FIELDS[field]
    made = device(data=patched(offset, format_, value))
    assert made.init() == expected
    assert made.invoke() == "PL_NOT_READY" and name_of(made.ask("reset")) == "PL_NOT_READY"
    assert made.ask("inputs") == made.ask("outputs") == 0
    assert made.ask("input", 0, result=ctypes.c_void_p) is None
    if expected == "PL_KERNEL_MISSING":
        assert made.struct.missing_kernel == value


def test_repaired_damage_never_passes_with_a_reference_out_of_bounds() -> None:
    """With a repaired CRC the loader alone stands guard: what it lets pass, Python finds within bounds."""
    chance = random.Random(1)
    resolver = Resolver(len(PROGRAM.kernels), PROGRAM.kernels)
    passed = 0
    for _ in range(1500):
        made = bytearray(IMAGE)
        for _ in range(chance.randint(1, 3)):
            offset = chance.choice(
                [chance.randrange(12, CALLS + CALL_BYTES), chance.randrange(OPERANDS, OPERANDS + 48)]
            )
            made[offset] = chance.choice([made[offset] ^ 1 << chance.randrange(8), chance.randrange(256)])
        data = repaired(made)
        if Device(data, ARENA_BYTES, resolver).init() == "PL_OK":
            passed += 1
            found = read_image(data)
            ends = {"arena": found.header["arena_bytes"], "image": len(data)}
            places = [value.place for value in (*found.inputs, *found.outputs)]
            places += [place for call in found.calls for place in call.operands if place]
            assert all(place.offset + place.size <= ends[place.area] for place in places)
            assert image_arena_bytes(PROGRAM, POINTER_BYTES) >= found.header["arena_bytes"]
    assert passed


def test_jumps_lead_to_calls_only() -> None:
    case = next(case for case in CASES if str(case) == "IF/int8")
    program = pack(case.model())
    data, resolver = image(program), Resolver(len(program.kernels), program.kernels)
    arena = image_arena_bytes(program, POINTER_BYTES)
    assert Device(data, arena, resolver).init() == "PL_OK"
    jumps = [call for call in read_image(data).calls if call.kernel is None]
    targets = {struct.unpack("<I", jump.params)[0] for jump in jumps}
    assert len(jumps) == len(targets) == 2
    at = data.index(struct.pack("<HHHH", 0xFFFF, 0, 4, 1)) + CALL_BYTES
    found = {}
    for target in range(0, len(data) + 8):
        made = bytearray(data)
        struct.pack_into("<I", made, at, target)
        found[target] = Device(repaired(made), arena, resolver).init()
    allowed = {target for target, status in found.items() if status == "PL_OK"}
    assert len(allowed) == len(program.steps) + 1 and targets < allowed
    assert {status for target, status in found.items() if target not in allowed} == {"PL_IMAGE_TABLES"}


def test_resolver() -> None:
    first, second = ops.all_kernels()[:2]
    resolver = Resolver(1)
    address = host.address(first)
    assert resolver.add(1, address) == "PL_OK"
    assert resolver.add(1, address) == "PL_OK" and resolver.struct.count == 1
    assert resolver.add(1, host.address(second)) == "PL_RESOLVER_CONFLICT"
    assert resolver.add(2, address) == "PL_RESOLVER_FULL"
    missing = Device(IMAGE, ARENA_BYTES, resolver)
    assert missing.init() == "PL_KERNEL_MISSING" and missing.struct.missing_kernel == kernel_id(PROGRAM.kernels[0])
    assert [name_of(status) for status in (0, 14, 15, -1)] == ["PL_OK", "PL_NOT_READY", "PL_?", "PL_?"]


def test_indices_out_of_range() -> None:
    made = device()
    assert made.invoke() == "PL_NOT_READY"
    assert made.init() == "PL_OK"
    assert made.ask("inputs") == made.ask("outputs") == 1
    for kind in ("input", "output"):
        assert made.ask(kind, 1, result=ctypes.c_void_p) is None
        assert made.ask(f"{kind}_value", 1, result=ctypes.c_void_p) is None
        assert made.ask(f"{kind}_size", 1, result=ctypes.c_uint32) == 0


def delay_line(initial: bytes) -> Program:
    """output = state; state = input: four bytes that are kept from invoke to invoke, then three bytes unused."""
    kernel = ops.kernel(ops.FOLDER / "move" / "bytes.c")
    buffers = (
        Buffer(0, "input", "arena", 4, 4),
        Buffer(1, "output", "arena", 4, 4),
        Buffer(2, "state", "persistent", 4, 4, "variable", data=initial),
        Buffer(3, "more state", "persistent", 3, 4, "variable", data=bytes(3)),
    )
    calls = tuple(
        PlacedCall(
            *(index, index, "MOVE", "INT8", "moved", kernel, {"bytes": 4, "dims": 0}),
            {"input": Reference(source), "walk": None, "output": Reference(destination)},
        )
        for index, (source, destination) in enumerate(((2, 1), (0, 2)))
    )
    values = [Value(Tensor(index, "x", "INT8", (4,)), Reference(index)) for index in (0, 1)]
    types = (("MOVE", "INT8"), ("MOVE", "INT8"))
    schedule = Schedule("delay", calls, buffers, (values[0],), (values[1],), dict(enumerate(values)), types)
    return Program(schedule, plan(schedule))


@pytest.mark.parametrize("initial", [bytes(4), b"wxyz"])
def test_variables_keep_their_values_until_reset(initial: bytes) -> None:
    program = delay_line(initial)
    assert (read_image(image(program)).header["variables"] == 0) == (not any(initial))
    made = device(program)
    assert made.init() == "PL_OK"

    def step(given: bytes) -> bytes:
        made.value("input", 0)[...] = np.frombuffer(given, np.uint8)
        assert made.invoke() == "PL_OK"
        return made.value("output", 0).tobytes()

    assert [step(b"abcd"), step(b"efgh"), step(b"ijkl")] == [initial, b"abcd", b"efgh"]
    assert name_of(made.ask("reset")) == "PL_OK"
    assert [step(b"mnop"), step(b"qrst")] == [initial, b"mnop"]


def test_documented_offsets() -> None:
    """docs/image_format.md names every field at the offset where it is."""
    text = (Path(__file__).parent.parent / "docs" / "image_format.md").read_text(encoding="utf-8")
    structs = structs_of(HEADER)
    for name in ("header", "place", "value", "call"):
        for member, offset in structs[f"pl_image_{name}"].offsets(4):
            assert re.search(rf"^\| {offset} \| [^|]+ \| `{member.name}` \|", text, re.MULTILINE), (name, member.name)


def test_limits_of_the_format() -> None:
    schedule = PROGRAM.schedule
    wide = replace(PROGRAM, plan=replace(PROGRAM.plan, alignment=32))
    constant = next(buffer.index for buffer in PROGRAM.constants)
    fixed = replace(schedule, inputs=(replace(schedule.inputs[0], reference=Reference(constant)),))
    for program, sentence in ((wide, "aligned"), (replace(PROGRAM, schedule=fixed), "constant")):
        with pytest.raises(UnsupportedError) as caught:
            image(program)
        assert sentence in str(caught.value)
