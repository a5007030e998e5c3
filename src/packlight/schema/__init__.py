# SPDX-License-Identifier: Apache-2.0
"""The schema of TensorFlow Lite: enumerations, unions and tables by name, read from `tflite.txt` when asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from struct import Struct
from typing import Any

PATH = Path(__file__).with_name("tflite.txt")

#: The file identifier in bytes 4 to 7 and the version of the format.
IDENTIFIER = b"TFL3"
VERSION = 3

#: struct's letter for each number type; all are stored little-endian.
NUMBERS: Mapping[str, str] = {
    "bool": "?", "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q",
    "uint64": "Q", "float32": "f", "float64": "d",
}  # fmt: skip


@dataclass(frozen=True)
class Enum:
    """Names of numbers stored as `stored`. For a union: the table in use."""

    name: str
    stored: str  # number type: "int8"
    names: Mapping[int, str]
    codes: Mapping[str, int]


@dataclass(frozen=True)
class Field:
    """One field of a table. A field has one of the kinds number, enum, string, table, union, and may be a vector."""

    name: str
    kind: str
    type: str  # the number type, enumeration, union or table
    slot: int  # index into the table's list of field positions; a union's type stands one slot before
    vector: bool = False
    default: Any = None  # number, or name of an enumeration; None for a table, "" for a string, () for a vector
    align: int = 1  # bytes: the least alignment of the vector's first element
    number: Struct | None = field(default=None, repr=False)  # how one number, enumeration or union type is stored
    enum: Enum | None = field(default=None, repr=False)  # of an enumeration or union


@cache
def _bodies() -> dict[str, tuple[str, str]]:
    """Each definition's first word(s) and unparsed body, by name."""
    text = PATH.read_text(encoding="utf-8").replace("\n  ", " ")
    found = re.findall(r"^(enum|union|table) (\w+) ?(\w*): ?(.*)$", text, re.MULTILINE)
    return {name: (f"{kind} {stored}", body) for kind, name, stored, body in found}


@cache
def enum(name: str) -> Enum:
    """The enumeration or union `name`."""
    head, body = _bodies()[name]
    codes: dict[str, int] = {}
    number = -1
    for word in body.split():
        label, _, given = word.partition("=")
        number = int(given) if given else number + 1
        codes[label] = number
    stored = head.split()[1] if head.startswith("enum") else "uint8"
    return Enum(name, stored, {code: key for key, code in codes.items()}, codes)


@cache
def table(name: str) -> tuple[Field, ...]:
    """The fields of the table `name`, in the order of their slots."""
    body = _bodies()[name][1]
    fields: list[Field] = []
    slot = 0
    for part in body.split(", ") if body else ():
        if part != "-":
            fields.append(_field(part.split(), slot))
            slot = fields[-1].slot
        slot += 1
    return tuple(fields)


def tables() -> tuple[str, ...]:
    """The names of all tables."""
    return tuple(name for name, (head, _) in _bodies().items() if head.startswith("table"))


@cache
def defaults(name: str) -> Mapping[str, Any]:
    """What each field of the table `name` is when a file does not store it."""
    return {each.name: each.default for each in table(name)}


def _field(words: list[str], slot: int) -> Field:
    """A field from its words in the file: name, type, then pairs of a keyword and a value."""
    name, stored, *more = words
    given = dict(zip(more[::2], more[1::2], strict=True))
    type_ = stored.strip("[]")
    vector = stored != type_
    kind = "number" if type_ in NUMBERS else "string" if type_ == "string" else _bodies()[type_][0].split()[0]
    names = enum(type_) if kind in ("enum", "union") else None
    letter = NUMBERS.get(names.stored if names else type_)
    value = float(given.get("=", 0)) if type_.startswith("float") else int(given.get("=", 0))
    default: Any = {"number": bool(value) if type_ == "bool" else value, "string": ""}.get(kind)
    if names and kind == "enum":
        default = names.names[int(value)]
    return Field(
        name, kind, type_, slot + (kind == "union"), vector, () if vector else default, int(given.get("align", 1)),
        Struct("<" + letter) if letter else None, names,
    )  # fmt: skip
