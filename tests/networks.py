# SPDX-License-Identifier: Apache-2.0
"""Small networks in the manner of real ones, with random weights: whole models for tests, made here."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
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


def tiny_conv() -> bytes:
    """As the smallest keyword spotters are: one wide depthwise layer on a spectrogram."""
    net = Network("tiny_conv")
    x = net.reshape(net.input(1, 500), 1, 25, 20, 1)
    x = net.depthwise(x, (10, 8), multiplier=8, stride=(2, 2))
    return net.model(net.softmax(net.dense(net.reshape(x, 1, x.elements), 4)))


def ds_cnn() -> bytes:
    """As larger keyword spotters are: depthwise separable blocks."""
    net = Network("ds_cnn")
    x = net.conv(net.input(1, 25, 10, 1), 16, (10, 4), stride=(2, 2))
    for _ in range(2):
        x = net.conv(net.depthwise(x, (3, 3)), 16, (1, 1))
    whole = (x.shape[1], x.shape[2])
    x = net.pool(x, "AVERAGE", whole, whole)
    return net.model(net.softmax(net.dense(net.reshape(x, 1, 16), 12)))


def residual() -> bytes:
    """As image classifiers are: two blocks with a shortcut, one of them with a convolution in it."""
    net = Network("residual")
    x = net.conv(net.input(1, 12, 12, 3), 8, (3, 3))
    y = net.conv(net.conv(x, 8, (3, 3)), 8, (3, 3), activation="NONE")
    x = net.add(x, y, "RELU")
    y = net.conv(net.conv(x, 12, (3, 3), stride=(2, 2)), 12, (3, 3), activation="NONE")
    x = net.add(net.conv(x, 12, (1, 1), stride=(2, 2), activation="NONE"), y, "RELU")
    x = net.pool(x, "AVERAGE", (6, 6), (6, 6))
    return net.model(net.softmax(net.dense(net.reshape(x, 1, 12), 10)))


def autoencoder() -> bytes:
    """As detectors of anomalies are: dense layers with a waist."""
    net = Network("autoencoder")
    x = net.input(1, 96)
    for outputs in (32, 32, 8, 32, 32):
        x = net.dense(x, outputs, "RELU")
    return net.model(net.dense(x, 96))


def floats() -> bytes:
    """All of it in float32."""
    net = Network("floats", "FLOAT32")
    x = net.conv(net.input(1, 10, 10, 2), 6, (3, 3), activation="RELU6")
    x = net.pool(net.add(x, net.depthwise(x, (3, 3))), "MAX", (2, 2), (2, 2))
    x = net.mul(x, net.logistic(net.conv(x, 6, (1, 1), activation="NONE")))
    x = net.concatenation(1, net.mean(x, 1, 2), net.reshape(net.pool(x, "AVERAGE", (5, 5), (5, 5)), 1, 6))
    return net.model(net.softmax(net.dense(net.relu(x), 5)))


def branches() -> bytes:
    """Floats at both ends, two inputs and two outputs, and the operators that join branches."""
    net = Network("branches")
    x = net.quantize(net.input(1, 9, 7, 3, type_="FLOAT32"))
    gate = net.logistic(net.dense(net.input(1, 5), 8))
    x = net.pad(x, (0, 0), (1, 2), (1, 0), (0, 0))
    left = net.conv(x, 4, (3, 3), stride=(2, 2), padding="VALID", activation="NONE")
    right = net.quantize(net.pool(x, "MAX", (4, 4), (2, 2)), left.scale, left.zero_point)
    right = net.conv(right, 4, (1, 1), activation="NONE")
    right = net.quantize(net.relu(right, "RELU6"), left.scale, left.zero_point)
    size = min(left.shape[1], right.shape[1]), min(left.shape[2], right.shape[2])
    parts = [net.pool(part, "MAX", _window(part, size), (1, 1)) for part in (left, right)]
    x = net.mul(net.mean(net.concatenation(3, *parts), 1, 2), gate)
    return net.model(net.dequantize(x), net.relu(left))


def _window(x: Tensor, size: tuple[int, int]) -> tuple[int, int]:
    """The window that leaves an image of `size`."""
    return x.shape[1] - size[0] + 1, x.shape[2] - size[1] + 1


#: Every network, by name.
NETWORKS: Mapping[str, Callable[[], bytes]] = {
    made.__name__: made for made in (tiny_conv, ds_cnn, residual, autoencoder, floats, branches)
}
