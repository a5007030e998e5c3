# SPDX-License-Identifier: Apache-2.0
"""`read`: from a .tflite file to a `Model`, with every reference checked."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from packlight import schema
from packlight.errors import ModelError, Problem, UnsupportedError
from packlight.flatbuffer import DamageError, Flatbuffer, UnknownValueError
from packlight.modelfile import AGAIN, load
from packlight.nouns.model import (
    ELEMENT_BYTES,
    Model,
    OperatorCode,
    Quantization,
    Signature,
    Sparsity,
    StoredOperator,
    SubGraph,
    Tensor,
)

#: Most bytes of one tensor: what a 32-bit device can address with signed offsets.
MAX_TENSOR_BYTES = (1 << 31) - 1
MAX_RANK = 16  # dimensions; no kernel takes more than 8
MAX_NESTING = 32  # how deep subgraphs may run one another

_STUB = 256  # bytes: a file that ends too early and is no longer than this is called a mere beginning
_CUSTOM = "CUSTOM"
_COMPRESSED = "COMPRESSION_METADATA"  # TFLM's name of the metadata of a model with compressed constants

#: Values of the types in which a zero point is stored; every other type takes an int32.
_ZERO_POINTS = {
    "INT2": (-2, 1), "INT4": (-8, 7), "UINT4": (0, 15), "INT8": (-128, 127), "UINT8": (0, 255),
    "INT16": (-32768, 32767), "UINT16": (0, 65535),
}  # fmt: skip

_Table = Mapping[str, Any]


def read(source: str | os.PathLike[str] | bytes | bytearray | memoryview) -> Model:
    """The model in the file at the path `source`, or in the bytes `source`, known as "model_content".

    Constants are views into the bytes, but for sparse ones. Raises ModelError (E101 to E129) for what cannot be a sound
    model, and UnsupportedError (E231 to E236) for what is sound and no stage of packlight can treat.
    """
    name, data = load(source)
    file = Flatbuffer(data)
    try:
        return _Reader(name, file, file.root("Model")).model()
    except DamageError as damage:
        raise _error(name, file.size, damage) from None


def _error(name: str, size: int, damage: DamageError) -> ModelError | UnsupportedError:
    """What to tell of a file of `size` bytes that has `damage`."""
    if isinstance(damage, UnknownValueError):
        why = "the file is damaged, or of a newer TensorFlow than this packlight knows"
        fix = "copy or download it again, or update packlight"
        return UnsupportedError("E236", f"{name} {damage.what}, which is not known", at=damage.where, why=why, fix=fix)
    # A wild reference points anywhere in 4 GiB; one of a file that was cut points a little beyond its end.
    if damage.end is None or damage.end > max(16 * size, 1 << 22):
        return ModelError("E112", f"{name} is damaged", at=damage.where, why=f"it {damage.what}", fix=AGAIN)
    why = f"it {damage.what}: at least {damage.end - size:,} are missing"
    if size <= _STUB:
        return ModelError("E109", f"{name} is no more than the beginning of a model", why=why, fix=AGAIN)
    return ModelError("E110", f"{name} ends too early", at=damage.where, why=why, fix=AGAIN)


class _Reader:
    """Turns the tables of one file into nouns; `fail` is how each check speaks."""

    def __init__(self, name: str, file: Flatbuffer, root: _Table) -> None:
        self.name = name
        self.file = file
        self.root = root
        self.place = ""  # "in subgraph 1" while that is read, where there are several
        self.unsupported: list[Problem] = []
        self.unpacked_bytes = 0

    def fail(self, code: str, message: str, why: str | None = None) -> ModelError:
        return ModelError(code, f"{self.name}: {message}", at=self.place or None, why=why, fix=AGAIN)

    def refuse(self, code: str, message: str, why: str, fix: str) -> None:
        """Notes what is sound but unsupported; all of it is raised at the end."""
        self.unsupported.append(Problem(code, f"{self.name}: {message}", self.place or None, why, fix))

    def index(self, index: int, of: int, what: str) -> int:
        if not 0 <= index < of:
            raise self.fail("E120", f"{what} {index:,}, and there are {of:,}")
        return index

    def model(self) -> Model:
        root = self.root
        if root["version"] != schema.VERSION:
            version = f"it has version {root['version']}; only version {schema.VERSION} can be read"
            raise self.fail("E114", "the schema's version is another", version)
        if not root["subgraphs"]:
            raise self.fail("E115", "holds no subgraph")
        buffers = tuple(self.buffer(index, each) for index, each in enumerate(root["buffers"]))
        metadata = self.metadata(buffers)
        codes = tuple(self.operator_code(index, each) for index, each in enumerate(root["operator_codes"]))
        subgraphs = tuple(self.subgraph(index, each, buffers, codes) for index, each in enumerate(root["subgraphs"]))
        self.place = ""
        _check_calls(subgraphs, self.fail)
        signatures = tuple(self.signature(each, subgraphs) for each in root["signature_defs"])
        if self.unsupported:
            raise UnsupportedError.of(self.unsupported)
        size, version, description = self.file.size, root["version"], root["description"]
        return Model(self.name, size, version, subgraphs, codes, description, signatures, metadata)

    def buffer(self, index: int, table: _Table) -> memoryview:
        """The bytes of one buffer, inside the flatbuffer or behind it."""
        if table["data"] or table["offset"] <= 1:
            return memoryview(table["data"] or b"")
        try:
            return self.file.slice(table["offset"], table["size"])
        except DamageError as damage:
            raise damage.inside(f"buffers[{index}].offset") from None

    def metadata(self, buffers: tuple[memoryview, ...]) -> dict[str, memoryview]:
        found = {}
        for each in self.root["metadata"]:
            who = f'metadata "{each["name"]}"'
            found[each["name"]] = buffers[self.index(each["buffer"], len(buffers), f"{who} names buffer")]
        if _COMPRESSED in found:
            why = "its constants are stored as indices into tables of values"
            fix = "use the model before compression"
            self.refuse("E235", "its constants are compressed for TensorFlow Lite Micro", why, fix)
        return found

    def operator_code(self, index: int, table: _Table) -> OperatorCode:
        known = schema.enum("BuiltinOperator")
        # Older files have the first alone; newer ones both, and the first cannot hold a code above 127.
        number = max(table["deprecated_builtin_code"], known.codes[table["builtin_code"]])
        if known.names[number] != _CUSTOM:
            return OperatorCode(known.names[number], table["version"])
        if not table["custom_code"]:
            raise self.fail("E116", f"operator code {index} is a custom operator without a name")
        return OperatorCode(table["custom_code"], table["version"], custom=True)

    def subgraph(
        self, index: int, table: _Table, buffers: tuple[memoryview, ...], codes: tuple[OperatorCode, ...]
    ) -> SubGraph:
        self.place = f'subgraph {index} "{table["name"]}"' if len(self.root["subgraphs"]) > 1 else ""
        count = len(table["tensors"])
        inputs = tuple(self.index(each, count, "the subgraph's inputs name tensor") for each in table["inputs"])
        outputs = tuple(self.index(each, count, "the subgraph's outputs name tensor") for each in table["outputs"])
        operators = tuple(self.operator(at, each, count, codes) for at, each in enumerate(table["operators"]))
        written = {*inputs, *(each for operator in operators for each in operator.outputs)}
        tensors = tuple(self.tensor(at, each, buffers, at in written) for at, each in enumerate(table["tensors"]))
        self.check_order(tensors, inputs, operators)
        return SubGraph(table["name"], tensors, inputs, outputs, operators)

    def operator(self, index: int, table: _Table, tensors: int, codes: tuple[OperatorCode, ...]) -> StoredOperator:
        code = codes[self.index(table["opcode_index"], len(codes), f"operator #{index} names operator code")]
        who = f"operator #{index} {code.name}"
        for each in (*table["inputs"], *table["intermediates"]):
            if each != -1:
                self.index(each, tensors, f"{who} reads tensor")
        for each in table["outputs"]:
            self.index(each, tensors, f"{who} writes tensor")
        kind, stored = table["builtin_options"] or table["builtin_options_2"] or ("NONE", {})
        return StoredOperator(
            index, code, table["inputs"], table["outputs"], kind,
            {name: self.copy(value) if isinstance(value, memoryview) else value for name, value in stored.items()},
            self.custom_options(index, table), table["intermediates"], table["mutating_variable_inputs"],
        )  # fmt: skip

    def custom_options(self, index: int, table: _Table) -> bytes:
        if table["large_custom_options_offset"] <= 1:
            return self.copy(table["custom_options"])
        try:
            return self.copy(self.file.slice(table["large_custom_options_offset"], table["large_custom_options_size"]))
        except DamageError as damage:
            raise damage.inside(f"operators[{index}].large_custom_options_offset") from None

    def copy(self, view: memoryview | tuple[()]) -> bytes:
        self.file.spend(len(view))
        return bytes(view)

    def tensor(self, index: int, table: _Table, buffers: tuple[memoryview, ...], written: bool) -> Tensor:
        who = f'tensor #{index} "{table["name"]}"'
        shape, type_ = table["shape"], table["type"]
        signature = table["shape_signature"] or None
        if len(shape) > MAX_RANK:
            raise self.fail("E122", f"{who} has {len(shape):,} dimensions; {MAX_RANK} is the most")
        if any(size < 0 for size in shape) or any(size < -1 for size in signature or ()):
            raise self.fail("E122", f"{who} has the shape {list(shape)}", "a dimension is negative")
        if signature and len(signature) != len(shape):
            raise self.fail("E122", f"{who} has the shape {list(shape)} and the signature {list(signature)}")
        if math.prod(shape) * ELEMENT_BYTES.get(type_, 1) > MAX_TENSOR_BYTES:
            why = f"it needs more than {MAX_TENSOR_BYTES:,} bytes"
            raise self.fail("E122", f"{who} has the shape {list(shape)}", why)
        self.refuse_storage(who, table)
        buffer = self.index(table["buffer"], len(buffers), f"{who} names buffer") if table["buffer"] else 0
        quantization = self.quantization(who, type_, shape, table["quantization"])
        data = buffers[buffer] if buffer and buffers[buffer] else None
        if data is None and math.prod(shape) == 0 and not (written or table["is_variable"]):
            data = memoryview(b"")  # the value of a tensor without elements is known if nothing writes it
        variable = table["is_variable"]
        tensor = Tensor(index, table["name"], type_, shape, signature, quantization, variable, buffer, data)
        if table["sparsity"]:
            tensor = self.unpacked(f"tensor #{index} {tensor}", tensor, table["sparsity"])
            data = tensor.data
        as_usual = type_ in ELEMENT_BYTES and not self.unsupported  # else: the length says nothing
        if data is not None and as_usual and len(data) != tensor.bytes:
            needs = f"{tensor} needs {tensor.bytes:,} bytes of data and has {len(data):,}"
            raise self.fail("E121", f"tensor #{index} {needs}")
        return tensor

    def unpacked(self, who: str, tensor: Tensor, table: _Table) -> Tensor:
        """A sparse constant with all its elements."""
        from packlight import sparsity

        if tensor.data is None or not sparsity.is_unpackable(tensor.type, tensor.shape):
            why = f"what can be unpacked are constants of whole bytes, {sparsity.MOST_BYTES:,} bytes at most"
            fix = "convert the model without tf.lite.Optimize.EXPERIMENTAL_SPARSITY"
            self.refuse("E231", f"{who} is sparse", why, fix)
            return tensor
        levels = []
        for level in table["dim_metadata"]:
            vectors = [level[name] for name in ("array_segments", "array_indices") if level["format"] != "DENSE"]
            numbers = [tuple(vector[1]["values"]) if vector else () for vector in vectors]
            levels.append(Sparsity.Level(level["dense_size"], *numbers))
        tensor = replace(tensor, sparsity=Sparsity(table["traversal_order"], table["block_map"], tuple(levels)))
        self.unpacked_bytes += tensor.bytes
        try:
            if self.unpacked_bytes > sparsity.MOST_BYTES:
                raise ValueError(f"its sparse constants have more than {sparsity.MOST_BYTES:,} bytes")
            return replace(tensor, data=memoryview(sparsity.unpack(tensor)))
        except ValueError as error:
            raise self.fail("E129", f"{who} is sparse, and its indices are wrong", str(error)) from None

    def refuse_storage(self, who: str, table: _Table) -> None:
        """Forms of storage that no stage can treat."""
        if table["external_buffer"]:
            fix = "convert the model with its weights in the same file"
            self.refuse("E232", f"{who} is stored in another file", "its values are in an external buffer", fix)
        if table["quantization"] and table["quantization"]["details"]:
            kind = table["quantization"]["details"][0]
            fix = "quantise per tensor or per channel"
            self.refuse("E233", f"{who} has a {kind}", "only a scale for each tensor or channel is known", fix)

    def quantization(self, who: str, type_: str, shape: tuple[int, ...], table: _Table | None) -> Quantization | None:
        """None for tensors without a scale; a range alone (min, max) does not say how values are stored.

        `quantized_dimension` is kept as stored, wrong as it may be, if there is one scale, or one for each index of
        some dimension: older converters wrote such biases in sound models.
        """
        if not table or not table["scale"]:
            return None
        scale, zero_point = table["scale"], table["zero_point"] or (0,)
        if len(scale) > 1 and len(scale) not in shape:
            raise self.fail("E123", f"{who} has {len(scale):,} scales for the shape {list(shape)}")
        if len(zero_point) not in (1, len(scale)):
            raise self.fail("E123", f"{who} has {len(scale):,} scales and {len(zero_point):,} zero points")
        if not all(0 < each < math.inf for each in scale):
            bad = next(each for each in scale if not 0 < each < math.inf)
            raise self.fail("E124", f"{who} has the scale {bad}", "a scale is a finite number above 0")
        low, high = _ZERO_POINTS.get(type_, (-(1 << 31), (1 << 31) - 1))
        if min(zero_point) < low or max(zero_point) > high:
            bad = next(each for each in zero_point if not low <= each <= high)
            why = f"a zero point of {type_} is {low:,} to {high:,}"
            raise self.fail("E124", f"{who} has the zero point {bad:,}", why)
        return Quantization(scale, zero_point, table["quantized_dimension"])

    def check_order(
        self, tensors: tuple[Tensor, ...], inputs: tuple[int, ...], operators: tuple[StoredOperator, ...]
    ) -> None:
        """No operator writes a constant, an input, or what another wrote; none reads what a later one writes."""
        writer = {each: operator.index for operator in reversed(operators) for each in operator.outputs}
        known = set(inputs)
        for each in inputs:
            if tensors[each].is_constant:
                raise self.fail("E126", f"the subgraph's input {tensors[each]} is a constant")
        for operator in operators:
            who = f"operator #{operator.index} {operator.code.name}"
            for each in operator.inputs:
                if writer.get(each, -1) >= operator.index and not tensors[each].is_variable:
                    raise self.fail("E125", f"{who} reads {tensors[each]} before it is written")
            for each in operator.outputs:
                if each in known or tensors[each].is_constant:
                    what = "a constant" if tensors[each].is_constant else "written already"
                    raise self.fail("E126", f"{who} writes {tensors[each]}, which is {what}")
                known.add(each)

    def signature(self, table: _Table, subgraphs: tuple[SubGraph, ...]) -> Signature:
        who = f'signature "{table["signature_key"]}"'
        index = self.index(table["subgraph_index"], len(subgraphs), f"{who} names subgraph")
        count = len(subgraphs[index].tensors)

        def names(maps: Iterable[_Table]) -> dict[str, int]:
            return {each["name"]: self.index(each["tensor_index"], count, f"{who} names tensor") for each in maps}

        return Signature(table["signature_key"], names(table["inputs"]), names(table["outputs"]), index)


def _check_calls(subgraphs: tuple[SubGraph, ...], fail: Callable[..., ModelError]) -> None:
    """Every subgraph that an operator's options name exists, none runs itself, and they nest to a bounded depth."""
    calls: dict[int, set[int]] = {at: set() for at in range(len(subgraphs))}
    for at, subgraph in enumerate(subgraphs):
        for operator in subgraph.operators:
            for name, value in operator.options.items():
                for each in (value if isinstance(value, tuple) else (value,)) if "subgraph" in name else ():
                    if not 0 <= each < len(subgraphs):
                        who = f"operator #{operator.index} {operator.code.name} of subgraph {at}"
                        raise fail("E127", f"{who} runs subgraph {each:,}, and there are {len(subgraphs):,}")
                    calls[at].add(each)
    depth: dict[int, int] = {}
    try:
        for at in TopologicalSorter(calls).static_order():
            depth[at] = 1 + max((depth[each] for each in calls[at]), default=0)
    except CycleError as error:
        at = min(error.args[1])
        raise fail("E128", f'subgraph {at} "{subgraphs[at].name}" runs itself without end') from None
    if max(depth.values()) > MAX_NESTING:
        raise fail("E128", f"its subgraphs run one another {max(depth.values()):,} deep; {MAX_NESTING} is the most")
