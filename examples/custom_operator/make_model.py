# SPDX-License-Identifier: Apache-2.0
"""Makes energy.tflite: QUANTIZE, ClippedSquare, DEQUANTIZE, LeakyIntegrator, the level of a signal's energy.

    python examples/custom_operator/make_model.py [OUTPUT]

Stands for a converter here: one that meets a layer it does not know (`converter.allow_custom_ops = True`) writes just
this: an operator with its name, and its options as a flexbuffer.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from flatbuffers import flexbuffers

from packlight.dev.write import write
from packlight.nouns.model import Model, OperatorCode, Quantization, StoredOperator, SubGraph, Tensor

LEAK, LIMIT, SAMPLES = 0.75, 4.0, 8


def model() -> Model:
    """x [1, SAMPLES] float32, level [1, SAMPLES] float32."""
    shape = (1, SAMPLES)
    tensors = (
        Tensor(0, "x", "FLOAT32", shape, None, None),
        Tensor(1, "x_int8", "INT8", shape, None, Quantization((0.025,), (0,))),
        Tensor(2, "energy_int8", "INT8", shape, None, Quantization((LIMIT / 255,), (-128,))),
        Tensor(3, "energy", "FLOAT32", shape, None, None),
        Tensor(4, "level", "FLOAT32", shape, None, None),
    )
    operators = (
        StoredOperator(0, OperatorCode("QUANTIZE", 1), (0,), (1,)),
        custom(1, "ClippedSquare", 1, 2, {"limit": LIMIT}),
        StoredOperator(2, OperatorCode("DEQUANTIZE", 2), (2,), (3,)),
        custom(3, "LeakyIntegrator", 3, 4, {"leak": LEAK}),
    )
    graph = SubGraph("main", tensors, (0,), (4,), operators)
    return Model("energy", 0, 3, (graph,), tuple(operator.code for operator in operators))


def custom(index: int, name: str, input_: int, output: int, options: Mapping[str, float]) -> StoredOperator:
    """An operator of the user's."""
    stored = bytes(flexbuffers.Dumps(dict(options)))
    return StoredOperator(index, OperatorCode(name, 1, custom=True), (input_,), (output,), custom_options=stored)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", nargs="?", type=Path, default=Path("energy.tflite"))
    parser.parse_args().output.write_bytes(write(model()))


if __name__ == "__main__":
    main()
