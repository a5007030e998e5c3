# SPDX-License-Identifier: Apache-2.0
"""`read`: every fault has its own sentence, and no file, however damaged or hostile, gives anything else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from example_model import example
from packlight.dev.write import encode, write
from packlight.errors import ModelError, PacklightError, UnsupportedError
from packlight.nouns.model import Model
from packlight.verbs.read import read

GOOD = write(example())


def fault(source: bytes | str | Path) -> PacklightError:
    with pytest.raises(PacklightError) as caught:
        read(source)
    return caught.value


def model(tensors: Any = (), operators: Any = (), **more: Any) -> bytes:
    """A file with one subgraph of the tables given, and the buffers "", "ab"."""
    graph = {"tensors": tensors, "operators": operators, **more.pop("graph", {})}
    codes = [{"builtin_code": "RELU"}]
    root = {"version": 3, "buffers": [{}, {"data": b"ab"}], "subgraphs": [graph], "operator_codes": codes, **more}
    return encode("Model", root)


def tensor(**fields: Any) -> dict[str, Any]:
    return {"name": "x", "type": "INT8", "shape": (2,), **fields}


def test_a_file_and_its_bytes_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "good.tflite"
    path.write_bytes(GOOD)
    from_file = read(path)
    assert from_file.source == str(path)
    assert from_file.name == "good"
    assert read(GOOD).source == "model_content"
    assert from_file.subgraphs == read(GOOD).subgraphs == read(bytearray(GOOD)).subgraphs
    assert from_file.size == len(GOOD)


def test_every_fault_of_a_file_has_its_own_sentence(tmp_path: Path) -> None:
    path = tmp_path / "model.tflite"
    faults = {
        "E104": b"",
        "E105": b"TFL3",
        "E109": GOOD[:100],
        "E110": GOOD[: len(GOOD) // 2],
        "E111": b"notes, made on a Tuesday",
        "E113": bytes(range(128, 255)),
        "E112": GOOD[:8] + bytes(byte ^ 0x5A for byte in GOOD[8:]),
        "E114": model(version=2),
        "E115": encode("Model", {"version": 3}),
    }
    sentences = set()
    for code, data in faults.items():
        path.write_bytes(data)
        start = time.perf_counter()
        error = fault(path)
        assert time.perf_counter() - start < 0.5
        assert isinstance(error, ModelError)
        assert error.exit_code == 3
        assert error.code == code, str(error)
        assert str(path) in error.problems[0].message
        sentences.add(error.problems[0].message)
    assert len(sentences) == len(faults)


def test_a_file_that_ends_too_early_says_how_much_is_missing() -> None:
    problem = fault(GOOD[: len(GOOD) // 2]).problems[0]
    assert problem.why
    assert f"it has {len(GOOD) // 2:,} bytes and points to byte " in problem.why
    assert "are missing" in problem.why
    assert problem.at


def test_a_missing_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "micro_speech.tflite").write_bytes(GOOD)
    missing = fault(tmp_path / "micro_spech.tflite")
    assert missing.code == "E101"
    assert missing.problems[0].fix == f"did you mean {tmp_path / 'micro_speech.tflite'}?"
    assert fault(tmp_path / "no" / "where.tflite").code == "E101"
    folder = fault(tmp_path)
    assert folder.code == "E102"
    assert "micro_speech.tflite" in str(folder.problems[0].fix)
    (tmp_path / "saved_model.pb").touch()
    assert "SavedModel" in str(fault(tmp_path))
    assert fault("a\0b").code == "E103"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert fault(tmp_path / "pipe").code == "E103"


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"PK\x03\x04 keras", "ZIP"),
        (b"\x89HDF\r\n\x1a\n\0\0", "HDF5"),
        (b"\x7fELF\2\1\1\0\0", "ELF"),
        (b"\x08\x07\x12\x07pytorch\xff", "protocol buffer"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"const unsigned char model[] = { 0x20, 0x00", "C source"),
        ("Übung macht den Meister".encode(), "text file"),
    ],
)
def test_other_formats_are_named(head: bytes, word: str) -> None:
    error = fault(head)
    assert error.code == "E111"
    assert word in str(error)
    assert 'bytes 4-7 must read "TFL3"; here they read ' in str(error)


CHECKS: dict[str, tuple[str, bytes]] = {
    "tensor of a buffer that is not there": ("E120", model([tensor(buffer=2)])),
    "input of the subgraph": ("E120", model([tensor()], graph={"inputs": [1]})),
    "output of the subgraph": ("E120", model([tensor()], graph={"outputs": [-1]})),
    "operator's code": ("E120", model([tensor()], [{"opcode_index": 1}])),
    "operator's input": ("E120", model([tensor()], [{"inputs": [1]}])),
    "operator's input below -1": ("E120", model([tensor()], [{"inputs": [-2]}])),
    "operator's output": ("E120", model([tensor()], [{"outputs": [-1]}])),
    "operator's intermediate": ("E120", model([tensor()], [{"intermediates": [5]}])),
    "metadata's buffer": ("E120", model(metadata=[{"name": "m", "buffer": 2}])),
    "signature's subgraph": ("E120", model(signature_defs=[{"subgraph_index": 1}])),
    "signature's tensor": ("E120", model([tensor()], signature_defs=[{"inputs": [{"tensor_index": 1}]}])),
    "constant too short": ("E121", model([tensor(shape=(3,), buffer=1)])),
    "constant too long": ("E121", model([tensor(shape=(0,), buffer=1)])),
    "negative dimension": ("E122", model([tensor(shape=(2, -1))])),
    "too many elements": ("E122", model([tensor(shape=(1 << 30, 1 << 30, 1 << 30))])),
    "too many dimensions": ("E122", model([tensor(shape=(1,) * 17)])),
    "signature of another rank": ("E122", model([tensor(shape_signature=(-1, 2))])),
    "scales": ("E123", model([tensor(quantization={"scale": [1, 1, 1]})])),
    "zero points": ("E123", model([tensor(quantization={"scale": [1], "zero_point": [0, 0]})])),
    "scale 0": ("E124", model([tensor(quantization={"scale": [0]})])),
    "scale NaN": ("E124", model([tensor(quantization={"scale": [float("nan")]})])),
    "zero point": ("E124", model([tensor(quantization={"scale": [1], "zero_point": [128]})])),
    "reads what is written later": ("E125", model([tensor()] * 2, [{"inputs": [1]}, {"outputs": [1]}])),
    "writes a constant": ("E126", model([tensor(buffer=1)], [{"outputs": [0]}])),
    "written twice": ("E126", model([tensor()], [{"outputs": [0]}] * 2)),
    "input is a constant": ("E126", model([tensor(buffer=1)], graph={"inputs": [0]})),
    "runs a subgraph that is not there": ("E127", model([], [{"builtin_options": ("CallOptions", {"subgraph": 9})}])),
    "runs itself": ("E128", model([], [{"builtin_options": ("CallOptions", {"subgraph": 0})}])),
    "custom without a name": ("E116", model(operator_codes=[{"builtin_code": "CUSTOM"}])),
    "sparse": ("E231", model([tensor(sparsity={"block_map": [1]})])),
    "in another file": ("E232", model([tensor(external_buffer=1)])),
    "blockwise": ("E233", model([tensor(quantization={"details": ("BlockwiseQuantization", {"block_size": 32})})])),
    "compressed": ("E235", model([tensor(buffer=1, shape=(9,))], metadata=[{"name": "COMPRESSION_METADATA"}])),
}


@pytest.mark.parametrize("what", CHECKS)
def test_every_check_has_a_sentence_that_names_file_and_part(what: str) -> None:
    code, data = CHECKS[what]
    error = fault(data)
    assert error.code == code, str(error)
    assert isinstance(error, UnsupportedError if code > "E200" else ModelError)
    assert error.problems[0].message.startswith("model_content: ")
    assert error.exit_code == 3


def test_all_that_is_unsupported_is_told_at_once() -> None:
    error = fault(model([tensor(sparsity={}), tensor(external_buffer=1)]))
    assert [problem.code for problem in error.problems] == ["E231", "E232"]


def test_an_unknown_enumeration_value() -> None:
    data = model([tensor(type="FLOAT8_E5M2", shape=(2, 3, 5, 7))])
    at = [i for i in range(len(data)) if data[i] == 22 and fault_code(data[:i] + b"\x63" + data[i + 1 :]) == "E236"]
    assert at
    error = fault(data[: at[0]] + b"\x63" + data[at[0] + 1 :])
    assert "uses TensorType 99, which is not known" in str(error)
    assert "subgraphs[0].tensors[0].type" in str(error)


def fault_code(data: bytes) -> str:
    try:
        read(data)
    except PacklightError as error:
        return error.code
    return ""


def test_what_older_converters_wrote_is_read() -> None:
    bias = tensor(type="INT32", shape=(2,), quantization={"scale": [1, 2], "quantized_dimension": 3})
    ranged = tensor(quantization={"min": [0.0], "max": [1.0]})
    old = {"deprecated_builtin_code": 19, "version": 1}  # RELU before builtin_code existed
    found = read(model([bias, ranged], [{"inputs": [0], "outputs": [1]}], operator_codes=[old]))
    quantization = found.subgraphs[0].tensors[0].quantization
    assert quantization
    assert (quantization.quantized_dimension, quantization.zero_point) == (3, (0,))
    assert found.subgraphs[0].tensors[1].quantization is None
    assert found.subgraphs[0].operators[0].code.name == "RELU"
    assert found.subgraphs[0].operators[0].options == {}


def test_options_that_are_not_stored_have_the_schemas_defaults() -> None:
    found = read(model([], [{"builtin_options": ("Conv2DOptions", {"stride_w": 2})}]))
    operator = found.subgraphs[0].operators[0]
    assert operator.options_type == "Conv2DOptions"
    assert (operator.options["stride_w"], operator.options["dilation_w_factor"]) == (2, 1)
    assert (operator.options["padding"], operator.options["fused_activation_function"]) == ("SAME", "NONE")


def external(tail: bytes, offset_beyond: int = 0) -> bytes:
    """A file whose constant and custom options stand behind the flatbuffer, in `tail`."""

    def build(offset: int) -> bytes:
        custom = {"large_custom_options_offset": offset, "large_custom_options_size": 3}
        codes = [{"builtin_code": "CUSTOM", "custom_code": "big"}]
        buffers = [{}, {"offset": offset, "size": 3}]
        return model([tensor(shape=(3,), buffer=1)], [custom], buffers=buffers, operator_codes=codes)

    return build(len(build(2)) + offset_beyond) + tail


def test_buffers_and_custom_options_behind_the_flatbuffer() -> None:
    data = external(b"xyz")
    found = read(data).subgraphs[0]
    assert found.tensors[0].data
    assert bytes(found.tensors[0].data) == b"xyz"
    assert found.tensors[0].data.obj is data
    assert found.operators[0].custom_options == b"xyz"
    for short in (external(b"xy"), external(b"xyz", 1)):
        assert fault(short).code in ("E109", "E110")
        assert "buffers[1].offset" in str(fault(short)) or len(short) <= 256
    assert fault(external(b"xyz", 1 << 60)).code == "E112"


def test_tables_that_are_used_over_and_over_are_stopped() -> None:
    """A small file whose subgraphs and tensors are all the same table: 360,000 tensors in 5 KB."""
    from struct import pack

    count = 600
    head = b"\x14\0\0\0TFL3" + pack("<HHHHH", 10, 12, 4, 0, 8) + b"\0\0"  # the layout of Model and, at 20, the table
    root = pack("<iII", 12, 3, 4) + pack("<I", count)
    graph = 36 + 4 * count + 8
    graphs = b"".join(pack("<I", graph - (36 + 4 * at)) for at in range(count))
    body = pack("<HHH", 6, 8, 4) + b"\0\0" + pack("<iI", 8, 4) + pack("<I", count)
    item = graph + 12 + 4 * count + 8
    items = b"".join(pack("<I", item - (graph + 12 + 4 * at)) for at in range(count))
    data = head + root + graphs + body + items + pack("<HH", 4, 4) + b"\0\0\0\0" + pack("<i", 8)
    start = time.perf_counter()
    assert "too many times" in str(fault(data))
    assert time.perf_counter() - start < 1


def survives(data: bytes) -> None:
    """Reading ends soon, in a model or in a PacklightError with a sentence."""
    start = time.perf_counter()
    try:
        assert isinstance(read(data), Model)
    except PacklightError as error:
        assert str(error)
    assert time.perf_counter() - start < 1


mutations = settings(derandomize=True, deadline=None, max_examples=400, database=None)
PLACES = st.integers(0, len(GOOD) - 1)
WORDS = st.one_of(
    st.integers(0, 64),
    st.integers(0, len(GOOD) + 64),
    st.sampled_from([0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0]),
)


@mutations
@given(st.lists(st.tuples(PLACES, st.integers(0, 255)), min_size=1, max_size=8))
def test_replaced_bytes(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    survives(bytes(data))


@mutations
@given(st.lists(st.tuples(PLACES, WORDS), min_size=1, max_size=4))
def test_replaced_words(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, word in changes:
        data[at & ~3 : (at & ~3) + 4] = word.to_bytes(4, "little")
    survives(bytes(data))


@mutations
@given(PLACES, PLACES, st.integers(1, 200))
def test_spliced(to: int, start: int, count: int) -> None:
    survives(GOOD[:to] + GOOD[start : start + count] + GOOD[to:])
    survives(GOOD[:to] + GOOD[start : start + count] + GOOD[to + count :])


def test_every_truncation() -> None:
    for size in range(len(GOOD)):
        survives(GOOD[:size])


def test_every_byte_flipped() -> None:
    for at in range(len(GOOD)):
        for bit in (1, 0x80):
            survives(GOOD[:at] + bytes([GOOD[at] ^ bit]) + GOOD[at + 1 :])


@pytest.mark.parametrize(
    "change", [lambda data: data[::-1], lambda data: data * 2, lambda data: data[:8] + bytes(5000)]
)
def test_other_nonsense(change: Callable[[bytes], bytes]) -> None:
    survives(change(GOOD))
