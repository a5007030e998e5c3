# SPDX-License-Identifier: Apache-2.0
"""Small networks in the manner of real ones, with random weights: whole models for tests, made here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from packlight.dev.network import Network
from packlight.nouns.model import Tensor


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
