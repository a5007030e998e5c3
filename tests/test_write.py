# SPDX-License-Identifier: Apache-2.0
"""`write` is the inverse of `read`, and writes what other readers of the format understand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from example_model import example
from packlight.dev.write import encode, write
from packlight.flatbuffer import Flatbuffer
from packlight.nouns.model import Model, OperatorCode, StoredOperator, SubGraph, Tensor
from packlight.verbs.read import read


def test_what_is_written_is_read() -> None:
    data = write(example())
    model = read(data)
    assert model == replace(example(), size=len(data))
    for tensor, expected in zip(model.subgraphs[0].tensors, example().subgraphs[0].tensors, strict=True):
        assert tensor.data == expected.data
        assert tensor.is_constant == expected.is_constant
    assert write(model) == data == write(example())


def test_constants_are_aligned_and_views() -> None:
    data = write(example())
    for tensor in read(data).subgraphs[0].tensors:
        if tensor.data and len(tensor.data) > 2:
            assert tensor.data.obj is data
            assert data.index(bytes(tensor.data)) % 16 == 0


def test_a_constant_without_a_buffer_gets_one_and_codes_are_collected() -> None:
    relu = OperatorCode("RELU")
    tensors = (Tensor(0, "a", "INT8", (2,), data=memoryview(b"ab")), Tensor(1, "b", "INT8", (2,)))
    graph = SubGraph("main", tensors, (), (1,), (StoredOperator(0, relu, (0,), (1,)),))
    model = read(write(Model("x", 0, 3, (graph,), ())))
    assert model.operator_codes == (relu,)
    assert model.subgraphs[0].tensors[0].buffer == 1
    assert bytes(model.subgraphs[0].tensors[0].data or b"") == b"ab"


def test_two_tensors_share_a_buffer_only_with_the_same_data() -> None:
    same = tuple(Tensor(at, f"t{at}", "INT8", (2,), buffer=1, data=memoryview(b"ab")) for at in range(2))
    assert len(read(write(Model("x", 0, 3, (SubGraph("", same, (), (), ()),), ()))).subgraphs[0].tensors) == 2
    other = (same[0], replace(same[1], data=memoryview(b"cd")))
    with pytest.raises(ValueError, match="shares buffer 1"):
        write(Model("x", 0, 3, (SubGraph("", other, (), (), ()),), ()))


def test_a_field_that_the_schema_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="Buffer has no field dat"):
        encode("Model", {"buffers": [{"dat": b""}]})


def test_every_table_of_the_format_is_encoded_and_decoded() -> None:
    dense = {"format": "SPARSE_CSR", "array_segments": ("Uint8Vector", {"values": b"\1\2"})}
    tensor = {"sparsity": {"traversal_order": (1, 0), "dim_metadata": [dense]}, "variant_tensors": [{"shape": (2,)}]}
    data = encode("Model", {"subgraphs": [{"tensors": [tensor]}], "external_buffers": [{"id": 7, "length": 1 << 40}]})
    root = Flatbuffer(memoryview(data)).root("Model")
    read_back = root["subgraphs"][0]["tensors"][0]
    assert read_back["sparsity"]["traversal_order"] == (1, 0)
    kind, values = read_back["sparsity"]["dim_metadata"][0]["array_segments"]
    assert (kind, bytes(values["values"])) == ("Uint8Vector", b"\1\2")
    assert read_back["variant_tensors"][0]["shape"] == (2,)
    assert root["external_buffers"][0]["length"] == 1 << 40


def test_litert_reads_the_same() -> None:
    generated = pytest.importorskip("ai_edge_litert.schema_py_generated")
    data = write(example())
    other = generated.ModelT.InitFromPackedBuf(data)
    model = read(data)
    for graph, theirs in zip(model.subgraphs, other.subgraphs, strict=True):
        assert [tensor.name for tensor in graph.tensors] == [each.name.decode() for each in theirs.tensors]
        shapes = [() if each.shape is None else tuple(each.shape) for each in theirs.tensors]
        assert [tensor.shape for tensor in graph.tensors] == shapes
        assert [operator.inputs for operator in graph.operators] == [tuple(each.inputs) for each in theirs.operators]
    options = other.subgraphs[0].operators[0].builtinOptions
    assert (options.padding, options.fusedActivationFunction, options.dilationWFactor) == (1, 3, 1)
    assert other.subgraphs[0].operators[3].builtinOptions2.name == b"odml.thing"
    assert [code.builtinCode for code in other.operatorCodes][4] == generated.BuiltinOperator.STABLEHLO_COMPOSITE
    assert bytes(other.buffers[1].data) == bytes(range(18))


def test_tflm_and_litert_run_it() -> None:
    numpy = pytest.importorskip("numpy")
    tflm = pytest.importorskip("tflite_micro.python.tflite_micro.runtime")
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    weights = memoryview(numpy.array([1.5, -2, 0.25], "<f4").tobytes())
    tensors = (
        Tensor(0, "in", "FLOAT32", (3,)),
        Tensor(1, "w", "FLOAT32", (3,), data=weights),
        Tensor(2, "out", "FLOAT32", (3,)),
    )
    options = {"fused_activation_function": "RELU"}
    operator = StoredOperator(0, OperatorCode("MUL"), (0, 1), (2,), "MulOptions", options)
    data = write(Model("x", 0, 3, (SubGraph("main", tensors, (0,), (2,), (operator,)),), ()))
    given = numpy.array([2, 2, 2], numpy.float32)
    micro = tflm.Interpreter.from_bytes(data, arena_size=4096)
    micro.set_input(given, 0)
    micro.invoke()
    assert list(micro.get_output(0)) == [3, 0, 0.5]
    lite = litert.Interpreter(model_content=data)
    lite.allocate_tensors()
    lite.set_tensor(0, given)
    lite.invoke()
    assert list(lite.get_tensor(2)) == [3, 0, 0.5]
