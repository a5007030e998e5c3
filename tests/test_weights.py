# SPDX-License-Identifier: Apache-2.0
"""Weights that are stored otherwise than kernels read them: sparse, or in half precision."""

from __future__ import annotations

import numpy as np
import pytest

from packlight.dev import oracle
from packlight.dev.case import Case, Graph, Step, constant, network, tensor
from packlight.dev.harness import HostExecutor, Job
from packlight.dev.write import write
from packlight.errors import ModelError, UnsupportedError
from packlight.nouns.model import Sparsity
from packlight.sparsity import of_rows
from packlight.verbs.pack import pack
from packlight.verbs.read import read

LEVEL = Sparsity.Level


def halves(operator: str) -> Case:
    """A network whose weights and bias are stored in half precision, each before a DEQUANTIZE."""
    fully = operator == "FULLY_CONNECTED"
    image, filter_ = ((2, 6), (4, 6)) if fully else ((1, 5, 4, 3), (4, 3, 3, 3))
    operands = (
        tensor("FLOAT32", *image),
        constant("FLOAT16", *filter_),
        constant("FLOAT16", 4),
        tensor("FLOAT32", *filter_),
        tensor("FLOAT32", 4),
        tensor("FLOAT32", *image[:-1], 4),
    )
    options = {} if fully else {"padding": "SAME", "stride_h": 1, "stride_w": 1}
    kind = "FullyConnectedOptions" if fully else "Conv2DOptions"
    steps = (
        Step("DEQUANTIZE", (1,), (3,), version=3),
        Step("DEQUANTIZE", (2,), (4,), version=3),
        Step(operator, (0, 3, 4), (5,), options, kind),
    )
    return network("halves", operator, Graph(operands, steps, (0,), (5,)))


@pytest.mark.parametrize("operator", ["FULLY_CONNECTED", "CONV_2D"])
def test_weights_in_half_precision_are_widened_at_build_time(operator: str) -> None:
    case = halves(operator)
    model, inputs = write(case.model()), case.draw_inputs(2)
    program = pack(model)
    assert [call.operator for call in program.calls] == [operator], "no DEQUANTIZE is left"
    outcome = HostExecutor().run([Job(str(case), program, inputs)])[0]
    assert outcome.finding is None
    if oracle.is_installed(oracle.LITERT):
        for actual, expected in zip(outcome.outputs, oracle.litert_reference(model, inputs), strict=True):
            assert oracle.agrees(actual, expected, case) is None


def sparse(shape: tuple[int, ...], sparsity: Sparsity, type_: str = "INT8") -> bytes:
    """A model of one DENSIFY, whose constant counts upwards."""
    values = np.arange(1, 1 + int(np.prod(shape))).reshape(shape)
    given = constant(type_, *shape, values=values, sparsity=sparsity)
    return write(Case("sparse", "DENSIFY", [given], [tensor(type_, *shape)], {}, "DensifyOptions").model())


@pytest.mark.parametrize(
    "sparsity, whole",
    [
        (of_rows([[0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 1]]), [[0, 2, 0, 0], [0, 0, 0, 0], [9, 0, 0, 12]]),
        (of_rows([[0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 1]], 2), [[1, 2, 0, 0], [0, 0, 0, 0], [9, 10, 11, 12]]),
        (Sparsity((1, 0), (), (LEVEL(4), LEVEL(3))), [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]),
        (Sparsity((1, 0), (), (LEVEL(0, (0, 1), (2,)), LEVEL(3))), [[0, 0, 3, 0], [0, 0, 7, 0], [0, 0, 11, 0]]),
    ],
)
def test_a_sparse_constant_is_read_with_all_its_elements(sparsity: Sparsity, whole: list[list[int]]) -> None:
    model = sparse((3, 4), sparsity)
    found = read(model)
    assert found.subgraphs[0].tensors[0].array().tolist() == whole
    assert read(write(found)) == found, "it is written as it was"


@pytest.mark.parametrize(
    "sparsity, why",
    [
        (Sparsity((0,), (), (LEVEL(3),)), "levels"),
        (Sparsity((0, 1), (), (LEVEL(3), LEVEL(0, (0, 1), (2,)))), "too few segments"),
        (Sparsity((0, 1), (), (LEVEL(3), LEVEL(0, (0, 1, 1, 2), (2,)))), "outside of its indices"),
        (Sparsity((0, 1), (), (LEVEL(3), LEVEL(0, (0, 1, 1, 2), (2, 4)))), "outside of its shape"),
        (Sparsity((0, 1), (), (LEVEL(3), LEVEL(1 << 30))), "more elements than it has"),
        (of_rows([[1, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 1]]), "bytes of data"),
    ],
)
def test_wrong_indices_are_a_fault_of_the_model(sparsity: Sparsity, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packlight.sparsity.stored", lambda tensor: b"\1")
    with pytest.raises(ModelError) as caught:
        read(sparse((3, 4), sparsity))
    (problem,) = caught.value.problems
    assert problem.code == "E129" and why in str(problem.why)


def test_a_sparse_constant_that_no_device_could_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    model = sparse((3, 4), of_rows([[1, 0, 0, 0]] * 3))
    monkeypatch.setattr("packlight.sparsity.MOST_BYTES", 11)
    with pytest.raises(UnsupportedError, match="E231"):
        read(model)
