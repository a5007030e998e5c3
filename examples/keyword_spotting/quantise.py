# SPDX-License-Identifier: Apache-2.0
"""A trained TinyConv as an int8 .tflite: RESHAPE, DEPTHWISE_CONV_2D, FULLY_CONNECTED, SOFTMAX.

As the TensorFlow Lite specification asks: weights symmetric, one scale a filter in the convolution and one in all in
the dense layer; activations affine, with ranges calibrated on training data; biases int32.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from network import COLUMNS, FILTERS, HEIGHT, ROWS, WIDTH, TinyConv, Windows

from packlight.dev.write import write
from packlight.nouns.model import Model, OperatorCode, Quantization, StoredOperator, SubGraph, Tensor

INPUT_SCALE, SOFTMAX_SCALE = 1.0 / 256.0, 1.0 / 256.0  # zero point -128
CODES = {"RESHAPE": 1, "DEPTHWISE_CONV_2D": 3, "FULLY_CONNECTED": 4, "SOFTMAX": 2}  # versions


class Tensors(list[Tensor]):
    """The tensors of the graph; `add` gives the new one's index."""

    def add(
        self, name: str, kind: str, shape: tuple[int, ...], scales: Sequence[float] = (), zero: int = 0, axis: int = 0,
        data: npt.NDArray[Any] | None = None,
    ) -> int:  # fmt: skip
        stored = None if data is None else memoryview(np.ascontiguousarray(data).tobytes())
        quantization = Quantization(tuple(scales), (zero,) * len(scales), axis) if scales else None
        index = len(self)
        buffer = 0 if stored is None else index + 1
        self.append(Tensor(index, name, kind, shape, None, quantization, buffer=buffer, data=stored))
        return index


def single(values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Rounded to float32, as scales are stored."""
    return np.asarray(values, np.float32).astype(np.float64)


def quantised(net: TinyConv, sample: Windows, labels: Sequence[str]) -> bytes:
    """The file. `sample` are training windows; they set the ranges of the activations."""
    hidden = net.convolved(sample)
    hidden_scale = float(single(np.quantile(hidden, 0.9999) / 255.0))
    logits = hidden @ net.dense + net.bias
    low, high = float(np.quantile(logits, 0.0005)), float(np.quantile(logits, 0.9995))
    logit_scale = float(single(np.array((high - low) / 255.0)))
    logit_zero = int(np.clip(round(-128 - low / logit_scale), -128, 127))

    filter_scales = single(np.abs(net.filters).max(axis=0) / 127.0)
    bias_scales = single(filter_scales * INPUT_SCALE)
    dense_scale = float(single(np.quantile(np.abs(net.dense), 0.9998) / 127.0))
    dense_bias_scale = float(single(np.array(dense_scale * hidden_scale)))
    filters = np.rint(net.filters / filter_scales).astype(np.int8).reshape(1, HEIGHT, WIDTH, FILTERS)
    filter_bias = np.rint(net.filter_bias / bias_scales).astype(np.int32)
    dense = np.rint(net.dense.T / dense_scale).clip(-127, 127).astype(np.int8)
    bias = np.rint(net.bias / dense_bias_scale).astype(np.int32)

    classes, frames, channels = len(labels), *sample.shape[1:]
    t = Tensors()
    features = t.add("features", "INT8", (1, frames * channels), (INPUT_SCALE,), -128)
    shape = t.add("image/shape", "INT32", (4,), data=np.array([-1, frames, channels, 1], np.int32))
    image = t.add("image", "INT8", (1, frames, channels, 1), (INPUT_SCALE,), -128)
    stored = t.add("conv/filters", "INT8", filters.shape, tuple(filter_scales), 0, 3, filters)
    offsets = t.add("conv/bias", "INT32", (FILTERS,), tuple(bias_scales), 0, 0, filter_bias)
    conv = t.add("conv", "INT8", (1, ROWS, COLUMNS, FILTERS), (hidden_scale,), -128)
    weights = t.add("dense/weights", "INT8", dense.shape, (dense_scale,), 0, 0, dense)
    dense_bias = t.add("dense/bias", "INT32", (classes,), (dense_bias_scale,), 0, 0, bias)
    scores = t.add("scores", "INT8", (1, classes), (logit_scale,), logit_zero)
    answer = t.add("probabilities", "INT8", (1, classes), (SOFTMAX_SCALE,), -128)

    steps: list[tuple[str, tuple[int, ...], int, str, dict[str, Any]]] = [
        ("RESHAPE", (features, shape), image, "ReshapeOptions", {"new_shape": (-1, frames, channels, 1)}),
        ("DEPTHWISE_CONV_2D", (image, stored, offsets), conv, "DepthwiseConv2DOptions",
         {"padding": "SAME", "stride_w": 2, "stride_h": 2, "depth_multiplier": FILTERS,
          "fused_activation_function": "RELU"}),
        ("FULLY_CONNECTED", (conv, weights, dense_bias), scores, "FullyConnectedOptions", {}),
        ("SOFTMAX", (scores,), answer, "SoftmaxOptions", {"beta": 1.0}),
    ]  # fmt: skip
    operators = tuple(
        StoredOperator(index, OperatorCode(name, CODES[name]), inputs, (output,), kind, options)
        for index, (name, inputs, output, kind, options) in enumerate(steps)
    )
    graph = SubGraph("main", tuple(t), (features,), (answer,), operators)
    codes = tuple(OperatorCode(name, version) for name, version in CODES.items())
    return write(Model("keyword", 0, 3, (graph,), codes, "TinyConv: " + " ".join(labels)))
