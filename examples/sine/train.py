# SPDX-License-Identifier: Apache-2.0
"""Trains the bundled "hello world": a network of 1, 16, 16 and 1 units that has learned sin(x) for x in 0 to 2 pi.

    python examples/sine/train.py [OUTPUT]

Trains in float64 with numpy alone (Adam, Kingma and Ba, arXiv 1412.6980; a minute at most), quantises to int8 as
the TensorFlow Lite specification asks (symmetric weights, one scale a tensor; int32 bias), writes the .tflite, by
default over the bundled one, and prints the error of both. Deterministic by its seed on one machine; another
machine's numpy may round sums differently, so that the bytes may differ while the error stays alike.
"""

from __future__ import annotations

import argparse
import math
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.dev.write import write
from packlight.nouns.model import Model, OperatorCode, Quantization, StoredOperator, SubGraph, Tensor
from packlight.verbs.pack import pack
from packlight.verbs.run import MicroInterpreter

Array: TypeAlias = npt.NDArray[np.float64]
Layer: TypeAlias = tuple[Array, Array]  # weights [units, depth], bias [units]

BUNDLED = Path(__file__).parents[2] / "src" / "packlight" / "models" / "sine.tflite"
UNITS = (1, 16, 16, 1)
STEPS, BATCH, RATE = 30000, 64, 0.01


def forward(layers: list[Layer], x: Array) -> list[Array]:
    """The input and every layer's output; ReLU behind all layers but the last."""
    outputs = [x]
    for index, (weights, bias) in enumerate(layers):
        y = outputs[-1] @ weights.T + bias
        outputs.append(np.maximum(y, 0.0) if index < len(layers) - 1 else y)
    return outputs


def gradients(layers: list[Layer], outputs: list[Array], wanted: Array) -> list[Array]:
    """Of half the mean squared error, by weights and bias of each layer in turn."""
    found: list[Array] = []
    delta = (outputs[-1] - wanted) / len(wanted)
    for index in reversed(range(len(layers))):
        found = [delta.T @ outputs[index], delta.sum(axis=0), *found]
        delta = (delta @ layers[index][0]) * (outputs[index] > 0)
    return found


def train(seed: int) -> list[Layer]:
    random = np.random.default_rng(seed)
    layers = [
        (random.normal(0.0, math.sqrt(2.0 / depth), (units, depth)), np.zeros(units))
        for depth, units in pairwise(UNITS)
    ]
    # The first layer's units begin to fire at places spread over x, not all at 0.
    layers[0][1][:] = -layers[0][0][:, 0] * random.uniform(0.0, 2.0 * math.pi, UNITS[1])
    parameters = [array for layer in layers for array in layer]
    first = [np.zeros_like(p) for p in parameters]
    second = [np.zeros_like(p) for p in parameters]
    for step in range(1, STEPS + 1):
        x = random.uniform(0.0, 2.0 * math.pi, (BATCH, 1))
        rate = RATE * 0.5 * (1.0 + math.cos(math.pi * step / STEPS))
        for p, g, m, v in zip(parameters, gradients(layers, forward(layers, x), np.sin(x)), first, second, strict=True):
            np.add(m, 0.1 * (g - m), out=m)
            np.add(v, 0.001 * (g * g - v), out=v)
            np.subtract(p, rate * (m / (1.0 - 0.9**step)) / (np.sqrt(v / (1.0 - 0.999**step)) + 1e-8), out=p)
    return layers


def affine(values: Array) -> tuple[float, int]:
    """Scale and zero point that spread int8 over the values' range, zero included."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    scale = float(np.float32((high - low) / 255.0))
    return scale, int(np.clip(round(-128 - low / scale), -128, 127))


def quantise(layers: list[Layer]) -> Model:
    """The network as a .tflite of FULLY_CONNECTED operators, every tensor int8."""
    activations = forward(layers, np.linspace(0.0, 2.0 * math.pi, 1000)[:, None])
    tensors: list[Tensor] = []

    def add(name: str, type_: str, shape: tuple[int, ...], scale: float, zero: int, data: Any = None) -> int:
        stored = None if data is None else memoryview(np.ascontiguousarray(data).tobytes())
        quantization = Quantization((scale,), (zero,))
        index = len(tensors)
        buffer = 0 if stored is None else index + 1
        tensors.append(Tensor(index, name, type_, shape, None, quantization, buffer=buffer, data=stored))
        return index

    scales = [affine(values) for values in activations]
    current = add("x", "INT8", (1, 1), *scales[0])
    operators = []
    for index, (weights, bias) in enumerate(layers):
        weight_scale = float(np.float32(np.abs(weights).max() / 127.0))
        bias_scale = float(np.float32(weight_scale * scales[index][0]))
        stored = np.rint(weights / weight_scale).astype(np.int8)
        filter_ = add(f"dense_{index}/weights", "INT8", weights.shape, weight_scale, 0, stored)
        stored_bias = np.rint(bias / bias_scale).astype(np.int32)
        bias_ = add(f"dense_{index}/bias", "INT32", bias.shape, bias_scale, 0, stored_bias)
        last = index == len(layers) - 1
        output = add("y" if last else f"dense_{index}", "INT8", (1, len(bias)), *scales[index + 1])
        options = {"fused_activation_function": "NONE" if last else "RELU"}
        code = OperatorCode("FULLY_CONNECTED", 4)
        inputs = (current, filter_, bias_)
        operators.append(StoredOperator(index, code, inputs, (output,), "FullyConnectedOptions", options))
        current = output
    graph = SubGraph("main", tuple(tensors), (0,), (current,), tuple(operators))
    return Model("sine", 0, 3, (graph,), (OperatorCode("FULLY_CONNECTED", 4),), "sin(x) for x in 0 to 2 pi")


def error_of(file: Path) -> float:
    """The mean absolute error of the stored model over 1,000 values of x."""
    interpreter = MicroInterpreter(pack(file))
    interpreter.allocate_tensors()
    source, sink = (values[0].tensor for values in (interpreter.program.inputs, interpreter.program.outputs))
    total = 0.0
    for x in np.linspace(0.0, 2.0 * math.pi, 1000):
        interpreter.input()[...] = np.clip(round(x / source.scale) + source.zero_point, -128, 127)
        interpreter.invoke()
        total += abs(sink.scale * (int(interpreter.output()[0, 0]) - sink.zero_point) - math.sin(x))
    return total / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", nargs="?", type=Path, default=BUNDLED)
    parser.add_argument("--seed", type=int, default=4)
    arguments = parser.parse_args()
    layers = train(arguments.seed)
    x = np.linspace(0.0, 2.0 * math.pi, 1000)[:, None]
    arguments.output.write_bytes(write(quantise(layers)))
    print(f"float: mean error {np.abs(forward(layers, x)[-1] - np.sin(x)).mean():.4f}")
    print(f"int8:  mean error {error_of(arguments.output):.4f}, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
