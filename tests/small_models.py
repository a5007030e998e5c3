# SPDX-License-Identifier: Apache-2.0
"""Models of a few operators, and the folder of a user's own operator: for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from packlight.dev.case import Operand, constant, tensor
from packlight.nouns.model import Model, OperatorCode, Signature, StoredOperator, SubGraph, Tensor

#: (operator, version, options table, options, tensor indices of inputs, and of outputs)
Step = tuple[str, int, str, Mapping[str, Any], Sequence[int], Sequence[int]]

CONV = {"padding": "SAME", "stride_h": 1, "stride_w": 1, "dilation_h_factor": 1, "dilation_w_factor": 1}
ACTIVATION = {"fused_activation_function": "RELU"}
CUSTOM = "Twice"


def network(
    operands: Sequence[Operand],
    steps: Sequence[Step],
    inputs: Sequence[int],
    outputs: Sequence[int],
    *,
    variables: Sequence[int] = (),
    signatures: Sequence[Signature] = (),
    custom: Sequence[str] = (),
) -> Model:
    """A model of one subgraph. Tensor i is called "ti"; constants are random, always the same."""
    random = np.random.default_rng(0)
    tensors = []
    for index, given in enumerate(operands):
        data = memoryview(given.draw(random).tobytes()) if given.constant else None
        buffer = index + 1 if given.constant else 0
        variable = index in variables
        tensors.append(
            Tensor(index, f"t{index}", given.type, given.shape, None, given.quantization, variable, buffer, data)
        )
    codes = tuple(dict.fromkeys(OperatorCode(name, version, name in custom) for name, version, *_ in steps))
    operators = tuple(
        StoredOperator(index, OperatorCode(name, version, name in custom), tuple(reads), tuple(writes), table, options)
        for index, (name, version, table, options, reads, writes) in enumerate(steps)
    )
    graph = SubGraph("main", tuple(tensors), tuple(inputs), tuple(outputs), operators)
    return Model("small", 0, 3, (graph,), codes, signatures=tuple(signatures))


def chain(type_: str = "INT8") -> Model:
    """t0 [1, 6, 6, 2], CONV_2D, t3 [1, 6, 6, 4], CONV_2D, t6 [1, 6, 6, 3], RESHAPE, t7, FULLY_CONNECTED, t10 [1, 5]."""
    quantized = type_ != "FLOAT32"

    def data(*shape: int, scale: float = 0.05) -> Operand:
        return tensor(type_, *shape, **({"scale": scale, "zero_point": -3} if quantized else {}))

    def weights(*shape: int) -> Operand:
        return constant(type_, *shape, **({"scale": 0.01, "low": -127} if quantized else {}))

    def bias(channels: int) -> Operand:
        if not quantized:
            return constant("FLOAT32", channels)
        return constant("INT32", channels, scale=0.0005, low=-2000, high=2000)

    operands = [
        *(data(1, 6, 6, 2), weights(4, 3, 3, 2), bias(4)),
        *(data(1, 6, 6, 4), weights(3, 1, 1, 4), bias(3)),
        *(data(1, 6, 6, 3), data(1, 108), weights(5, 108), bias(5), data(1, 5, scale=0.2)),
    ]
    steps: list[Step] = [
        ("CONV_2D", 3, "Conv2DOptions", {**CONV, **ACTIVATION}, (0, 1, 2), (3,)),
        ("CONV_2D", 3, "Conv2DOptions", CONV, (3, 4, 5), (6,)),
        ("RESHAPE", 1, "ReshapeOptions", {"new_shape": (1, 108)}, (6,), (7,)),
        ("FULLY_CONNECTED", 4, "FullyConnectedOptions", {}, (7, 8, 9), (10,)),
    ]
    return network(operands, steps, [0], [10])


def pair() -> Model:
    """Two inputs, y (t0) and x (t3) to the signature "serve", and for each an output: a (t2) and b (t5)."""
    operands = [
        *(tensor("FLOAT32", 1, 3), constant("FLOAT32", 2, 3), tensor("FLOAT32", 1, 2)),
        *(tensor("FLOAT32", 1, 4), constant("FLOAT32", 5, 4), tensor("FLOAT32", 1, 5)),
    ]
    steps: list[Step] = [
        ("FULLY_CONNECTED", 1, "FullyConnectedOptions", {}, (at, at + 1, -1), (at + 2,)) for at in (0, 3)
    ]
    signature = Signature("serve", {"y": 0, "x": 3}, {"b": 5, "a": 2})
    return network(operands, steps, [0, 3], [2, 5], signatures=[signature])


def stateful() -> Model:
    """t1 is what the variable t0 holds, [1, 4]; t3 is computed from the input t2."""
    operands = [
        *(tensor("FLOAT32", 1, 4), tensor("FLOAT32", 1, 4), tensor("FLOAT32", 1, 3), tensor("FLOAT32", 1, 2)),
        *(constant("FLOAT32", 2, 3), constant("FLOAT32", 4, 4, values=np.eye(4))),
    ]
    steps: list[Step] = [
        ("FULLY_CONNECTED", 1, "FullyConnectedOptions", {}, reads, writes)
        for reads, writes in (((0, 5, -1), (1,)), ((2, 4, -1), (3,)))
    ]
    return network(operands, steps, [2], [1, 3], variables=[0])


def custom() -> Model:
    """One operator that the package does not have: t1 is twice t0."""
    return network([tensor("FLOAT32", 3), tensor("FLOAT32", 3)], [(CUSTOM, 1, "NONE", {}, (0,), (1,))], [0], [1],
                   custom=[CUSTOM])  # fmt: skip


def write_custom_folder(folder: Path) -> Path:
    """The folder of the operator of `custom`, as its author would write it."""
    folder.mkdir()
    (folder / "op.py").write_text(
        '"""Twice: output = 2 * input."""\n'
        "from packlight.nouns.operator import Operator\n"
        "def prepare(node):\n"
        '    return node.call({"count": node.input.elements})\n'
        f'TWICE = Operator("{CUSTOM}", ("input",), ("output",), {{"FLOAT32": "f32"}}, prepare)\n',
        encoding="utf-8",
    )
    name = folder.name
    (folder / "kernel.h").write_text(
        f'#include "pl.h"\ntypedef struct {{ int32_t count; }} pl_{name}_params;\n'
        f"typedef struct {{ pl_{name}_params params; const float *input; float *output; }} pl_{name}_args;\n"
        f"void pl_{name}_f32(const void *args);\n",
        encoding="utf-8",
    )
    (folder / "f32.c").write_text(
        f'#include "{name}/kernel.h"\nvoid pl_{name}_f32(const void *args) {{\n  const pl_{name}_args *a = args;\n'
        "  for (int32_t i = 0; i < a->params.count; ++i) {\n    a->output[i] = 2.0f * a->input[i];\n  }\n}\n",
        encoding="utf-8",
    )
    return folder
