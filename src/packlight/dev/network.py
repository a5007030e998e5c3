# SPDX-License-Identifier: Apache-2.0
"""`Network`: a model that is made layer by layer, with random weights; and networks whose layers are random too."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from packlight.dev.write import write
from packlight.nouns.model import NUMPY_NAMES, Model, OperatorCode, Quantization, StoredOperator, SubGraph, Tensor

_SPREAD, _SCALE = 40.0, 0.05  # of int8 activations: the standard deviation that weights aim at, and the scale
_UNIFORM = 73.0  # standard deviation of random int8 weights, about


class Network:
    """A model that grows layer by layer. Layers take and give tensors; int8 weights have one scale a channel."""

    def __init__(self, name: str, type_: str = "INT8") -> None:
        self.name, self.type = name, type_
        self._random = np.random.default_rng(zlib.crc32(name.encode()))
        self._tensors: list[Tensor] = []
        self._operators: list[StoredOperator] = []
        self._inputs: list[int] = []

    def model(self, *outputs: Tensor) -> bytes:
        """The .tflite file."""
        indices = tuple(output.index for output in outputs)
        graph = SubGraph("main", tuple(self._tensors), tuple(self._inputs), indices, tuple(self._operators))
        codes = tuple(dict.fromkeys(operator.code for operator in self._operators))
        return write(Model(self.name, 0, 3, (graph,), codes, self.name))

    def input(self, *shape: int, type_: str | None = None, scale: float = 0.02, zero_point: int = 3) -> Tensor:
        tensor = self._tensor(type_ or self.type, shape, scale, zero_point)
        self._inputs.append(tensor.index)
        return tensor

    def conv(self, x: Tensor, outputs: int, size: tuple[int, int], **options: Any) -> Tensor:
        return self._convolution("CONV_2D", x, outputs, size, **options)

    def depthwise(self, x: Tensor, size: tuple[int, int], multiplier: int = 1, **options: Any) -> Tensor:
        return self._convolution("DEPTHWISE_CONV_2D", x, x.shape[3] * multiplier, size, **options)

    def dense(self, x: Tensor, outputs: int, activation: str = "NONE") -> Tensor:
        depth = x.shape[-1]
        weights, bias, scale = self._weights(x, (outputs, depth), depth, 0, per_channel=False)
        made = self._tensor(x.type, (x.elements // depth, outputs), scale, _zero(activation))
        options = {"fused_activation_function": activation}
        return self._add("FULLY_CONNECTED", (x, weights, bias), made, options, "FullyConnectedOptions", version=4)

    def pool(
        self, x: Tensor, kind: str, size: tuple[int, int], stride: tuple[int, int], padding: str = "VALID"
    ) -> Tensor:
        batches, height, width, depth = x.shape
        shape = (
            batches,
            _extent(height, size[0], stride[0], padding),
            _extent(width, size[1], stride[1], padding),
            depth,
        )
        options = {
            **{"padding": padding, "stride_h": stride[0], "stride_w": stride[1]},
            **{"filter_height": size[0], "filter_width": size[1], "fused_activation_function": "NONE"},
        }
        return self._add(f"{kind}_POOL_2D", (x,), self._like(x, shape), options, "Pool2DOptions", version=2)

    def add(self, a: Tensor, b: Tensor, activation: str = "NONE") -> Tensor:
        made = self._tensor(a.type, a.shape, 1.2 * (a.scale + b.scale) / 2, _zero(activation))
        return self._add("ADD", (a, b), made, {"fused_activation_function": activation}, "AddOptions", version=2)

    def mul(self, a: Tensor, b: Tensor) -> Tensor:
        made = self._tensor(a.type, a.shape, 60 * a.scale * b.scale, -5)
        return self._add("MUL", (a, b), made, {"fused_activation_function": "NONE"}, "MulOptions", version=2)

    def reshape(self, x: Tensor, *shape: int) -> Tensor:
        wanted = self._constant(np.array(shape, np.int32))
        return self._add("RESHAPE", (x, wanted), self._like(x, shape), {"new_shape": shape}, "ReshapeOptions")

    def softmax(self, x: Tensor) -> Tensor:
        made = self._tensor(x.type, x.shape, 1 / 256, -128)
        return self._add("SOFTMAX", (x,), made, {"beta": 1.0}, "SoftmaxOptions", version=2)

    def logistic(self, x: Tensor) -> Tensor:
        return self._add("LOGISTIC", (x,), self._tensor(x.type, x.shape, 1 / 256, -128), version=2)

    def relu(self, x: Tensor, name: str = "RELU") -> Tensor:
        return self._add(name, (x,), self._like(x, x.shape), version=2)

    def pad(self, x: Tensor, *amounts: tuple[int, int]) -> Tensor:
        shape = tuple(extent + before + after for extent, (before, after) in zip(x.shape, amounts, strict=True))
        wanted = self._constant(np.array(amounts, np.int32))
        return self._add("PAD", (x, wanted), self._like(x, shape), {}, "PadOptions", version=2)

    def mean(self, x: Tensor, *axes: int) -> Tensor:
        shape = tuple(extent for axis, extent in enumerate(x.shape) if axis not in axes)
        wanted = self._constant(np.array(axes, np.int32))
        made = self._tensor(x.type, shape, x.scale / 3, x.zero_point)
        return self._add("MEAN", (x, wanted), made, {"keep_dims": False}, "ReducerOptions", version=2)

    def concatenation(self, axis: int, *parts: Tensor) -> Tensor:
        shape = list(parts[0].shape)
        shape[axis] = sum(part.shape[axis] for part in parts)
        options = {"axis": axis, "fused_activation_function": "NONE"}
        return self._add(
            "CONCATENATION", parts, self._like(parts[0], shape), options, "ConcatenationOptions", version=2
        )

    def quantize(self, x: Tensor, scale: float = 0.02, zero_point: int = -3) -> Tensor:
        return self._add("QUANTIZE", (x,), self._tensor("INT8", x.shape, scale, zero_point), {}, "QuantizeOptions")

    def dequantize(self, x: Tensor) -> Tensor:
        return self._add("DEQUANTIZE", (x,), self._tensor("FLOAT32", x.shape), {}, "DequantizeOptions", version=2)

    def _convolution(
        self,
        name: str,
        x: Tensor,
        outputs: int,
        size: tuple[int, int],
        *,
        stride: tuple[int, int] = (1, 1),
        padding: str = "SAME",
        activation: str = "RELU",
    ) -> Tensor:
        batches, height, width, depth = x.shape
        dense = name == "CONV_2D"
        shape = (outputs, *size, depth) if dense else (1, *size, outputs)
        terms = size[0] * size[1] * (depth if dense else 1)
        weights, bias, scale = self._weights(x, shape, terms, 0 if dense else 3)
        extents = (_extent(height, size[0], stride[0], padding), _extent(width, size[1], stride[1], padding))
        made = self._tensor(x.type, (batches, *extents, outputs), scale, _zero(activation))
        options = {
            "padding": padding,
            "stride_h": stride[0],
            "stride_w": stride[1],
            "fused_activation_function": activation,
        }
        if not dense:
            options["depth_multiplier"] = outputs // depth
        table = "Conv2DOptions" if dense else "DepthwiseConv2DOptions"
        return self._add(name, (x, weights, bias), made, options, table, version=3)

    def _weights(
        self, x: Tensor, shape: Sequence[int], terms: int, dimension: int, per_channel: bool = True
    ) -> tuple[Tensor, Tensor, float]:
        """Weights and bias for sums of so many terms, and the output's scale, at which such sums fill an int8."""
        channels = shape[dimension]
        if x.type == "FLOAT32":
            drawn = self._random.standard_normal(tuple(shape)) / np.sqrt(terms)
            bias = self._random.standard_normal(channels) / 10
            return self._constant(drawn.astype(np.float32)), self._constant(bias.astype(np.float32)), 0.0
        spread = _UNIFORM**2 * np.sqrt(terms)  # standard deviation of the sums
        middle = _SCALE * _SPREAD / (x.scale * spread)
        scales = middle * (0.8 + 0.4 * self._random.random(channels if per_channel else 1))
        drawn = self._random.integers(-127, 127, tuple(shape), np.int8, endpoint=True)
        limit = int(spread)
        bias = self._random.integers(-limit, limit, channels, np.int32)
        filter_ = self._constant(drawn, scales, dimension)
        return filter_, self._constant(bias, scales * x.scale), _SCALE

    def _constant(self, values: np.ndarray[Any, Any], scales: Any = (), dimension: int = 0) -> Tensor:
        type_ = next(name for name, numpy in NUMPY_NAMES.items() if numpy == values.dtype.name)
        floats = tuple(float(np.float32(scale)) for scale in scales)
        quantization = Quantization(floats, (0,) * len(floats), dimension) if floats else None
        data = memoryview(values.tobytes())
        index = len(self._tensors)
        self._tensors.append(
            Tensor(index, f"t{index}", type_, values.shape, None, quantization, buffer=index + 1, data=data)
        )
        return self._tensors[-1]

    def _tensor(self, type_: str, shape: Sequence[int], scale: float = 0.0, zero_point: int = 0) -> Tensor:
        quantization = Quantization((float(np.float32(scale)),), (zero_point,)) if type_ == "INT8" else None
        index = len(self._tensors)
        self._tensors.append(Tensor(index, f"t{index}", type_, tuple(shape), None, quantization))
        return self._tensors[-1]

    def _like(self, x: Tensor, shape: Sequence[int]) -> Tensor:
        return self._tensor(x.type, shape, x.scale, x.zero_point)

    def _add(
        self,
        name: str,
        inputs: Sequence[Tensor],
        output: Tensor,
        options: Mapping[str, Any] | None = None,
        table: str = "NONE",
        *,
        version: int = 1,
    ) -> Tensor:
        read = tuple(tensor.index for tensor in inputs)
        code = OperatorCode(name, version)
        self._operators.append(
            StoredOperator(len(self._operators), code, read, (output.index,), table, dict(options or {}))
        )
        return output


def _zero(activation: str) -> int:
    """A zero point that suits an activation: all of the range above it, where nothing lies below."""
    return -128 if activation.startswith("RELU") else 7


def _extent(size: int, window: int, stride: int, padding: str) -> int:
    return -(-size // stride) if padding == "SAME" else (size - window) // stride + 1


def random_network(name: str, chance: random.Random) -> bytes:
    """An int8 network on an image: layers after layers and branches that join, then a classifier; all at random."""
    net = Network(name)
    size = chance.choice((1, 1, 1, 2)), chance.randint(4, 14), chance.randint(4, 14), chance.choice((1, 2, 3, 4, 7, 8))
    x = net.input(*size, scale=0.02, zero_point=chance.choice((-128, 3, 127)))
    kept = [x]
    for _ in range(chance.randint(1, 6)):
        x = _random_layer(net, x, chance)
        kept.append(x)
    kind = chance.randrange(4)
    if kind == 0:
        return net.model(*dict.fromkeys((x, chance.choice(kept[1:]))))
    x = net.mean(x, 1, 2) if kind == 1 else net.reshape(x, x.shape[0], x.elements // x.shape[0])
    x = net.dense(x, chance.randint(1, 13), chance.choice(("NONE", "RELU")))
    return net.model(net.softmax(x) if kind < 3 else net.logistic(x))


def _random_layer(net: Network, x: Tensor, chance: random.Random) -> Tensor:
    _, height, width, depth = x.shape
    activation = chance.choice(("NONE", "RELU", "RELU", "RELU6"))
    sizes = [(h, w) for h, w in ((1, 1), (3, 3), (3, 3), (5, 1), (2, 4)) if h <= height and w <= width]
    size, padding = chance.choice(sizes), chance.choice(("SAME", "SAME", "VALID"))
    stride = chance.choice(((1, 1), (1, 1), (2, 2), (2, 1)))
    kind = chance.choice(("conv", "conv", "depthwise", "depthwise", "pool", "residual", "pad", "relu", "join", "gate"))
    if kind == "conv":
        outputs = chance.choice((1, 2, 3, 4, 5, 8, 12, 16))
        return net.conv(x, outputs, size, stride=stride, padding=padding, activation=activation)
    if kind == "depthwise":
        multiplier = chance.choice((1, 1, 1, 2, 3)) if depth < 20 else 1
        return net.depthwise(x, size, multiplier, stride=stride, padding=padding, activation=activation)
    if kind == "pool":
        return net.pool(x, chance.choice(("MAX", "AVERAGE")), size, stride, padding)
    if kind == "residual":
        y = net.conv(x, depth, size, activation="NONE")
        return net.add(x, y, activation) if chance.random() < 0.5 else net.add(y, x, activation)
    if kind == "pad":
        return net.pad(x, (0, 0), (chance.randint(0, 2), 1), (0, chance.randint(0, 2)), (0, 0))
    if kind == "relu":
        return net.relu(x, chance.choice(("RELU", "RELU6")))
    if kind == "join":
        return net.concatenation(3, x, net.relu(x)) if depth < 20 else net.relu(x)
    return net.mul(x, net.logistic(x))
