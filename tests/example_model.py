# SPDX-License-Identifier: Apache-2.0
"""A small model that uses every part of the file format: for the tests of `read` and `write`."""

from __future__ import annotations

import struct

from packlight.nouns.model import Model, OperatorCode, Quantization, Signature, StoredOperator, SubGraph, Tensor

CONV = OperatorCode("CONV_2D", 3)
IF = OperatorCode("IF")
CUSTOM = OperatorCode("MyFilter", 2, custom=True)
BITCAST = OperatorCode("BITCAST")
HASH = OperatorCode("STABLEHLO_COMPOSITE")  # a code above 127, and options of the second union


def example() -> Model:
    return Model(
        "model_content", 0, 3, (_main(), _branch("then"), _branch("else")), _codes(), "an example", _names(), _notes()
    )


def _codes() -> tuple[OperatorCode, ...]:
    return (CONV, IF, CUSTOM, BITCAST, HASH)


def _names() -> tuple[Signature, ...]:
    return (Signature("serving_default", {"image": 0}, {"scores": 4}, 0), Signature("other", {}, {}, 1))


def _notes() -> dict[str, memoryview]:
    return {"min_runtime_version": memoryview(b"1.5.0\0"), "empty": memoryview(b"")}


def _main() -> SubGraph:
    per_channel = Quantization(tuple(struct.unpack("<2f", struct.pack("<2f", 0.1, 0.2))), (0, 0), 0)
    image = Quantization((0.5,), (-128,))
    tensors = (
        Tensor(0, "image", "INT8", (1, 4, 4, 1), (-1, 4, 4, 1), image),
        Tensor(1, "filter", "INT8", (2, 3, 3, 1), None, per_channel, buffer=1, data=memoryview(bytes(range(18)))),
        Tensor(2, "bias", "INT32", (2,), None, per_channel, buffer=2, data=memoryview(struct.pack("<2i", -7, 1 << 30))),
        Tensor(3, "hidden", "INT8", (1, 2, 2, 2), None, image),
        Tensor(4, "scores", "INT8", (1, 2, 2, 2), None, image),
        Tensor(5, "state", "FLOAT32", (3,), is_variable=True, buffer=3),
        Tensor(6, "axes", "INT32", (0,), data=memoryview(b"")),
        Tensor(7, "packed", "INT4", (5,), buffer=4, data=memoryview(b"\x21\x43\x05")),
        Tensor(8, "scalar", "BOOL", (), buffer=5, data=memoryview(b"\1")),
        Tensor(9, "again", "INT8", (1, 2, 2, 2), None, image),
        Tensor(10, "words é", "STRING", (2,), buffer=6, data=memoryview(b"\2\0\0\0 any bytes")),
    )
    conv = {
        "padding": "VALID", "stride_w": 1, "stride_h": 1, "fused_activation_function": "RELU6", "dilation_w_factor": 1,
        "dilation_h_factor": 1, "quantized_bias_type": "FLOAT32",
    }  # fmt: skip
    composite = {
        "name": "odml.thing", "decomposition_subgraph_index": 1, "composite_attributes": b"\1\2",
        "composite_attributes_format": "FLEXBUFFERS", "version": 4,
    }  # fmt: skip
    operators = (
        StoredOperator(0, CONV, (0, 1, 2), (3,), "Conv2DOptions", conv),
        StoredOperator(1, CUSTOM, (3, -1, 5), (9,), custom_options=b"\0\1\2", intermediates=(9,)),
        StoredOperator(2, IF, (8, 9), (4,), "IfOptions", {"then_subgraph_index": 1, "else_subgraph_index": 2}),
        StoredOperator(3, HASH, (6, 7, 10), (), "StableHLOCompositeOptions", composite, b"", (), (True, False, False)),
    )
    return SubGraph("main", tensors, (0,), (4,), operators)


def _branch(name: str) -> SubGraph:
    scale = Quantization((0.5,), (-128,))
    tensors = tuple(Tensor(at, f"{name}_{at}", "INT8", (1, 2, 2, 2), None, scale) for at in range(2))
    return SubGraph(name, tensors, (0,), (1,), (StoredOperator(0, BITCAST, (0,), (1,), "BitcastOptions"),))
