# SPDX-License-Identifier: Apache-2.0
"""`write`: from a `Model` to the bytes of a .tflite file, the inverse of `read`, for tests and training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flatbuffers import Builder, number_types

from packlight import schema, sparsity
from packlight.nouns.model import (
    Model,
    OperatorCode,
    Quantization,
    Signature,
    Sparsity,
    StoredOperator,
    SubGraph,
    Tensor,
)

#: Vectors of a subgraph that are there even if they are empty: TFLM reads them without asking.
_NEEDED = ("inputs", "outputs")

_FLAGS = {number: getattr(number_types, f"{number.capitalize()}Flags") for number in schema.NUMBERS}


def write(model: Model) -> bytes:
    """A file that holds `model`; the same model always gives the same bytes.

    A tensor's constant goes to the buffer that the tensor names; if that is buffer 0, which stays empty, to a new one
    at the end. Metadata follow. Options may be given in part: the others have their defaults. Operator codes that the
    model does not list are added.
    """
    buffers: list[bytes | memoryview] = [b""]
    tensors = [tensor for subgraph in model.subgraphs for tensor in subgraph.tensors]
    for tensor in tensors:
        buffers += [b""] * (tensor.buffer + 1 - len(buffers))
        if tensor.data is not None and tensor.buffer:
            data = _stored(tensor)
            if buffers[tensor.buffer] and bytes(buffers[tensor.buffer]) != bytes(data):
                raise ValueError(f"tensor {tensor} shares buffer {tensor.buffer} with other data")
            buffers[tensor.buffer] = data
    codes = list(model.operator_codes)
    for operator in (each for subgraph in model.subgraphs for each in subgraph.operators):
        if operator.code not in codes:
            codes.append(operator.code)
    subgraphs = [_subgraph(each, codes, buffers) for each in model.subgraphs]
    metadata = [{"name": name, "buffer": len(buffers) + at} for at, name in enumerate(model.metadata)]
    root = {
        "version": model.version,
        "operator_codes": [_operator_code(each) for each in codes],
        "subgraphs": subgraphs,
        "description": model.description,
        "buffers": [{"data": data} for data in (*buffers, *model.metadata.values())],
        "metadata": metadata,
        "signature_defs": [_signature(each) for each in model.signatures],
    }
    return encode("Model", root)


def encode(table: str, values: Mapping[str, Any]) -> bytes:
    """A flatbuffer whose root is a table with `values`, in the form that `flatbuffer.Flatbuffer.root` gives."""
    builder = Builder(1024)
    builder.Finish(_table(builder, table, values), schema.IDENTIFIER)
    return bytes(builder.Output())


def _operator_code(code: OperatorCode) -> dict[str, Any]:
    name = "CUSTOM" if code.custom else code.name
    deprecated = min(schema.enum("BuiltinOperator").codes[name], 127)  # what fits an int8; above: a placeholder
    custom = code.name if code.custom else ""
    return {"deprecated_builtin_code": deprecated, "builtin_code": name, "custom_code": custom, "version": code.version}


def _subgraph(subgraph: SubGraph, codes: Sequence[OperatorCode], buffers: list[bytes | memoryview]) -> dict[str, Any]:
    return {
        "name": subgraph.name,
        "inputs": subgraph.inputs,
        "outputs": subgraph.outputs,
        "tensors": [_tensor(each, buffers) for each in subgraph.tensors],
        "operators": [_operator(each, codes.index(each.code)) for each in subgraph.operators],
    }


def _tensor(tensor: Tensor, buffers: list[bytes | memoryview]) -> dict[str, Any]:
    """Adds to `buffers` when the tensor's constant has none."""
    buffer = tensor.buffer
    if tensor.data and not buffer:
        buffer = len(buffers)
        buffers.append(_stored(tensor))
    return {
        "name": tensor.name,
        "type": tensor.type,
        "shape": tensor.shape,
        "shape_signature": tensor.shape_signature or (),
        "quantization": _quantization(tensor.quantization) if tensor.quantization else None,
        "is_variable": tensor.is_variable,
        "sparsity": _sparsity(tensor.sparsity) if tensor.sparsity else None,
        "buffer": buffer,
    }


def _stored(tensor: Tensor) -> bytes | memoryview:
    """What a buffer holds of a constant."""
    return sparsity.stored(tensor) if tensor.sparsity else tensor.data or b""


def _sparsity(given: Sparsity) -> dict[str, Any]:
    def vector(values: Sequence[int]) -> tuple[str, dict[str, Any]]:
        return "Int32Vector", {"values": values}

    levels = [
        {"format": "SPARSE_CSR", "array_segments": vector(level.segments), "array_indices": vector(level.indices)}
        if level.is_sparse
        else {"format": "DENSE", "dense_size": level.size}
        for level in given.levels
    ]
    return {"traversal_order": given.traversal_order, "block_map": given.block_map, "dim_metadata": levels}


def _quantization(given: Quantization) -> dict[str, Any]:
    dimension = given.quantized_dimension
    return {"scale": given.scale, "zero_point": given.zero_point, "quantized_dimension": dimension}


def _operator(operator: StoredOperator, code: int) -> dict[str, Any]:
    second = operator.options_type in schema.enum("BuiltinOptions2").codes
    options = None if operator.options_type == "NONE" else (operator.options_type, operator.options)
    return {
        "opcode_index": code,
        "inputs": operator.inputs,
        "outputs": operator.outputs,
        "builtin_options_2" if second else "builtin_options": options,
        "custom_options": operator.custom_options,
        "intermediates": operator.intermediates,
        "mutating_variable_inputs": operator.mutating_variable_inputs,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    maps = {
        key: [{"name": name, "tensor_index": index} for name, index in given.items()]
        for key, given in (("inputs", signature.inputs), ("outputs", signature.outputs))
    }
    return {"signature_key": signature.key, "subgraph_index": signature.subgraph, **maps}


def _table(builder: Builder, name: str, values: Mapping[str, Any]) -> int:
    """Writes what the table refers to, then the table; where it stands."""
    fields = schema.table(name)
    if unknown := set(values) - {field.name for field in fields}:
        raise ValueError(f"{name} has no field {sorted(unknown)[0]}")
    references: dict[int, int] = {}
    kinds: dict[int, int] = {}
    for field in fields:
        value = values.get(field.name)
        if field.kind == "union" and value is not None and field.enum:
            kinds[field.slot - 1] = field.enum.codes[value[0]]
            references[field.slot] = _table(builder, *value)
        elif (
            (field.vector or field.number is None)
            and value not in (None, "")
            and (field.kind == "table" or len(value) or (name == "SubGraph" and field.name in _NEEDED))
        ):
            references[field.slot] = _reference(builder, field, value)
    builder.StartObject(fields[-1].slot + 1 if fields else 0)
    for field in fields:
        if field.slot in references:
            builder.PrependUOffsetTRelativeSlot(field.slot, references[field.slot], 0)
        elif field.number and not field.vector and field.kind != "union":
            number, default = _number(field, values.get(field.name, field.default)), _number(field, field.default)
            builder.PrependSlot(_FLAGS[field.enum.stored if field.enum else field.type], field.slot, number, default)
    for slot, kind in kinds.items():
        builder.PrependUint8Slot(slot, kind, 0)
    end: int = builder.EndObject()
    return end


def _reference(builder: Builder, field: schema.Field, value: Any) -> int:
    """Writes a string, table or vector; where it stands."""
    start: int
    if not field.vector:
        start = _table(builder, field.type, value) if field.kind == "table" else builder.CreateString(value)
        return start
    if field.number is None:
        places = [_table(builder, field.type, each) for each in value]
        builder.StartVector(4, len(places), 4)
        for place in reversed(places):
            builder.PrependUOffsetTRelative(place)
        start = builder.EndVector()
        return start
    packed = (
        bytes(value) if field.type == "uint8" else b"".join(field.number.pack(_number(field, each)) for each in value)
    )
    width = field.number.size
    builder.StartVector(width, len(packed) // width, max(field.align, width))
    builder.head -= len(packed)
    builder.Bytes[builder.head : builder.head + len(packed)] = packed
    start = builder.EndVector()
    return start


def _number(field: schema.Field, value: Any) -> Any:
    return field.enum.codes[value] if field.enum else value
