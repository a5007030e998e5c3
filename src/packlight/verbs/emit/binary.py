# SPDX-License-Identifier: Apache-2.0
"""`image`: a program as one position-independent binary, which `runtime/pl_interpreter.c` runs; docs/image_format.md.

The structs and numbers of the format are those that `runtime/pl_image.h` declares.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from packlight.errors import ModelError, UnsupportedError, UsageError
from packlight.header import RUNTIME, structs_of
from packlight.nouns.kernel import SCALARS, Kernel, Struct, align
from packlight.nouns.program import Jump, PlacedStep, Program, Reference, Value
from packlight.schema import enum

HEADER = RUNTIME / "pl_image.h"
POINTER_BYTES = (4, 8)
#: What the interpreter puts behind the program's arena is aligned to this many bytes.
INTERPRETER_ALIGNMENT = 8


def image(program: Program) -> bytes:
    """The image of a program: the same bytes for the same program, whatever the target.

    Raises `UnsupportedError` E240 where the program exceeds the format.
    """
    _check(program)
    ids = kernel_ids(program.kernels)
    indices = {kernel: index for index, kernel in enumerate(program.kernels)}
    values = (*program.inputs, *program.outputs)
    start = _struct("header").size(4) + 4 * len(ids) + _struct("value").size(4) * len(values)
    sizes = [len(_step(step, {}, {}, program, [])) for step in program.steps]
    starts = list(accumulate(sizes, initial=0))  # of each step, behind the first
    start += starts[-1]
    places, variables, constants = _constants(program, start)
    tables = struct.pack(f"<{len(ids)}I", *ids)
    tables += b"".join(_struct("value").pack(_value(value, places, program)) for value in values)
    tables += b"".join(_step(step, indices, places, program, starts) for step in program.steps)
    header = _struct("header").pack(
        {
            "magic": number("PL_IMAGE_MAGIC"),
            "format": number("PL_IMAGE_FORMAT"),
            "size": start + len(constants) + 4,
            "arena_bytes": program.plan.arena_bytes,
            "variables_bytes": program.plan.persistent_bytes,
            "variables": variables,
            "args_bytes": [_args_bytes(program, pointer_bytes) for pointer_bytes in POINTER_BYTES],
            "kernels": len(ids),
            "calls": len(program.steps),
            "inputs": len(program.inputs),
            "outputs": len(program.outputs),
        }
    )
    body = header + tables + constants
    return body + struct.pack("<I", zlib.crc32(body))


def image_arena_bytes(program: Program, pointer_bytes: int) -> int:
    """The smallest arena in which the interpreter runs the program's image, in bytes, on a core with such pointers."""
    kernels = align(program.plan.arena_bytes, INTERPRETER_ALIGNMENT)
    args = align(kernels + len(program.kernels) * pointer_bytes, INTERPRETER_ALIGNMENT)
    return args + _args_bytes(program, pointer_bytes)


def kernel_id(kernel: Kernel) -> int:
    """The number that images call a kernel by: CRC-32 of its name and of the layout of its args.

    When a field of the args changes its name, type or place, the id changes, and images made before are refused.
    """
    return zlib.crc32(f"{kernel.name}{_layout(kernel.args)}".encode())


def kernel_ids(kernels: Iterable[Kernel]) -> tuple[int, ...]:
    """The ids of different kernels. Raises `UsageError` E005 where two have the same name or the same id."""
    names: dict[int | str, Kernel] = {}
    ids = []
    for kernel in kernels:
        ids.append(kernel_id(kernel))
        for key in (ids[-1], kernel.name):
            other = names.setdefault(key, kernel)
            if other != kernel:
                what = "name" if isinstance(key, str) else "id in images"
                message = f"the kernels {other.name} and {kernel.name} have the same {what}"
                raise UsageError("E005", message, at=str(kernel.source), fix="rename the file of one of them")
    return tuple(ids)


@cache
def number(name: str) -> int:
    """A number that `pl_image.h` defines."""
    found = re.search(rf"^#define {name} (\w+?)u?\b", HEADER.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, name
    return int(found[1], 0)


@dataclass(frozen=True)
class ImagePlace:
    """Where bytes are: an offset in the arena or in the image, and how many belong to it."""

    area: str  # "arena" or "image"
    offset: int
    size: int


@dataclass(frozen=True)
class ImageValue:
    """An input or output of an image."""

    place: ImagePlace
    type: str  # the schema's TensorType
    scale: float  # 0.0: not quantised
    zero_point: int


@dataclass(frozen=True)
class ImageCall:
    """A call as an image stores it, or a jump."""

    kernel: int | None  # id; None: a jump, whose params are the offset of the target from the first call
    node: int  # index of the operator in the model
    params: bytes
    operands: tuple[ImagePlace | None, ...]


@dataclass(frozen=True)
class Image:
    """What an image says, for looking into one."""

    header: Mapping[str, Any]  # the fields of `pl_image_header`
    kernels: tuple[int, ...]  # ids
    inputs: tuple[ImageValue, ...]
    outputs: tuple[ImageValue, ...]
    calls: tuple[ImageCall, ...]


def read_image(data: bytes) -> Image:
    """The tables of an image. Raises `ModelError` E140 where it is none, is damaged or contradicts itself."""
    head = _struct("header")
    if len(data) < head.size(4) + 4:
        raise ModelError("E140", "the image is too short", why=f"it has {len(data)} bytes")
    header = _unpack(head, data, 0)
    known = header["magic"] == number("PL_IMAGE_MAGIC") and header["format"] == number("PL_IMAGE_FORMAT")
    size = header["size"]
    if not known or size % 4 or not head.size(4) < size <= len(data):
        raise ModelError("E140", "this is not an image that this packlight knows, or it is cut off")
    if zlib.crc32(data[: size - 4]) != struct.unpack_from("<I", data, size - 4)[0]:
        raise ModelError("E140", "the image is damaged", why="its CRC-32 does not match", fix="copy it again")
    try:
        return _read_tables(header, data[: size - 4], head.size(4))
    except (struct.error, LookupError, ValueError) as error:
        raise ModelError("E140", "the image contradicts itself", why=str(error)) from error


def _read_tables(header: Mapping[str, Any], data: bytes, position: int) -> Image:
    kernels = struct.unpack_from(f"<{header['kernels']}I", data, position)
    position += 4 * len(kernels)
    values = []
    for _ in range(header["inputs"] + header["outputs"]):
        values.append(_read_value(_unpack(_struct("value"), data, position)))
        position += _struct("value").size(4)
    calls = []
    for _ in range(header["calls"]):
        call = _unpack(_struct("call"), data, position)
        start = position + _struct("call").size(4)
        position = start + call["params_bytes"]
        operands = []
        for _ in range(call["operands"]):
            operands.append(_read_place(_unpack(_struct("place"), data, position)))
            position += _struct("place").size(4)
        params = data[start : start + call["params_bytes"]]
        jump = call["kernel"] == number("PL_IMAGE_JUMP")
        calls.append(ImageCall(None if jump else kernels[call["kernel"]], call["node"], params, tuple(operands)))
    split = header["inputs"]
    return Image(header, kernels, tuple(values[:split]), tuple(values[split:]), tuple(calls))


def _check(program: Program) -> None:
    """That the program is within what the format can say."""
    most, widest = (1 << 16) - 1, number("PL_IMAGE_ALIGNMENT")
    counts = [len(program.steps), len(program.inputs), len(program.outputs)]
    inputs_are_written = all(program.buffers[value.reference.buffer].area != "constant" for value in program.inputs)
    data = sum(len(buffer.data or b"") + widest for buffer in program.buffers)
    alignment = max([program.plan.alignment, *(buffer.alignment for buffer in program.constants)])
    limits = (
        (max(counts) <= most, f"there are at most {most:,} calls and jumps"),
        (_args_bytes(program, 8) <= most, f"the args of a call have at most {most:,} bytes"),
        (max(data, program.plan.arena_bytes) < 1 << 29, "arena and constants have less than 512 MiB"),
        (alignment <= widest, f"no buffer is aligned to more than {widest} bytes"),
        (inputs_are_written, "no input of the model is a constant"),
    )
    for holds, sentence in limits:
        if not holds:
            why, fix = f"it must hold that {sentence}", "use the compiled form"
            raise UnsupportedError("E240", f"{program.name} does not fit the image format", why=why, fix=fix)
    for kernel in program.kernels:
        params = _padded(kernel.params.size(4)) if kernel.params else 0
        for size in POINTER_BYTES:
            pointers = [offset for member, offset in kernel.args.offsets(size) if member.name != "params"]
            if pointers != [align(params, size) + index * size for index in range(len(kernel.operands))]:
                message = f"{kernel.args.name} is not made of params and then pointers"
                raise UsageError("E006", message, at=str(kernel.source.parent / "kernel.h"), fix="put params first")


def _constants(program: Program, start: int) -> tuple[dict[int, int], int, bytes]:
    """By constant buffer its offset in the image; the offset of the variables' initial values; all these bytes."""
    places: dict[int, int] = {}
    body = bytearray()
    for buffer in program.constants:
        body += bytes(-(start + len(body)) % max(4, buffer.alignment))
        places[buffer.index] = start + len(body)
        body += buffer.data or b""
    body += bytes(-(start + len(body)) % 4)
    initial = bytearray(_padded(program.plan.persistent_bytes))
    for buffer in program.buffers:
        if buffer.area == "persistent" and buffer.data:
            offset = program.plan.offsets[buffer.index]
            initial[offset : offset + buffer.size] = buffer.data
    if not any(initial):
        return places, 0, bytes(body)
    return places, start + len(body), bytes(body + initial)


def _step(
    step: PlacedStep, kernels: Mapping[Kernel, int], places: Mapping[int, int], program: Program, starts: Sequence[int]
) -> bytes:
    """A call, or a jump, whose only param is where its target starts. Without `starts` and tables: its size alone."""
    if isinstance(step, Jump):
        kernel, node, operands = number("PL_IMAGE_JUMP"), 0, [step.unless]
        params = struct.pack("<I", starts[step.target] if starts else 0)
    else:
        kernel, node = kernels.get(step.kernel, 0), step.node
        params = step.kernel.params.pack(step.params) if step.kernel.params else b""
        params += bytes(-len(params) % 4)
        operands = [step.operands[member.name] for member in step.kernel.operands]
    head = {"kernel": kernel, "node": node, "params_bytes": len(params), "operands": len(operands)}
    stored = [_struct("place").pack(_place(operand, places, program)) for operand in operands]
    return b"".join((_struct("call").pack(head), params, *stored))


def _value(value: Value, places: Mapping[int, int], program: Program) -> dict[str, Any]:
    tensor = value.tensor
    place = {**_place(value.reference, places, program), "size": tensor.bytes}
    quantized = {"scale": tensor.scale, "zero_point": tensor.zero_point}
    return {"place": place, "type": enum("TensorType").codes[tensor.type], **quantized}


def _place(reference: Reference | None, places: Mapping[int, int], program: Program) -> dict[str, int]:
    if reference is None:
        return {"where": number("PL_AREA_NONE") << number("PL_AREA_SHIFT"), "size": 0}
    buffer = program.buffers[reference.buffer]
    constant = buffer.area == "constant"
    area = number("PL_AREA_IMAGE" if constant else "PL_AREA_ARENA")
    start = places.get(buffer.index, 0) if constant else program.plan.offsets[buffer.index]
    where = area << number("PL_AREA_SHIFT") | start + reference.offset
    return {"where": where, "size": buffer.size - reference.offset}


def _args_bytes(program: Program, pointer_bytes: int) -> int:
    return max((kernel.args.size(pointer_bytes) for kernel in program.kernels), default=0)


def _padded(size: int) -> int:
    return align(size, 4)


def _struct(name: str) -> Struct:
    return structs_of(Path(HEADER))[f"pl_image_{name}"]


def _layout(struct_: Struct) -> str:
    """A struct's members with names and types, nested ones written out."""
    members = []
    for member in struct_.fields:
        count = "" if member.count is None else f"[{member.count}]"
        members.append(f"{_layout(member.struct) if member.struct else member.type} {member.name}{count};")
    return "{" + "".join(members) + "}"


def _unpack(struct_: Struct, data: bytes, start: int) -> dict[str, Any]:
    """The struct's values at `start`: the opposite of `Struct.pack`."""
    values: dict[str, Any] = {}
    for member, offset in struct_.offsets(4):
        if member.struct:
            values[member.name] = _unpack(member.struct, data, start + offset)
            continue
        elements = struct.unpack_from(f"<{member.count or 1}{SCALARS[member.type]}", data, start + offset)
        values[member.name] = elements[0] if member.count is None else elements
    return values


def _read_place(stored: Mapping[str, int]) -> ImagePlace | None:
    area, offset = stored["where"] >> number("PL_AREA_SHIFT"), stored["where"] & number("PL_OFFSET_MASK")
    if area == number("PL_AREA_NONE"):
        return None
    names = {number("PL_AREA_ARENA"): "arena", number("PL_AREA_IMAGE"): "image"}
    return ImagePlace(names[area], offset, stored["size"])


def _read_value(stored: Mapping[str, Any]) -> ImageValue:
    place = _read_place(stored["place"])
    if place is None:
        raise ValueError("an input or output is nowhere")
    type_ = enum("TensorType").names.get(stored["type"], f"type {stored['type']}")
    return ImageValue(place, type_, stored["scale"], stored["zero_point"])
