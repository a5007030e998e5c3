# SPDX-License-Identifier: Apache-2.0
"""TinyConv in numpy: a convolution of 10x8 with 8 filters and a stride of 2x2, ReLU, a dense layer, softmax.

Inputs are windows of features [batch, 49, 40] in int8; the network reads (value + 128) / 256. Training: Adam (Kingma
and Ba, arXiv 1412.6980) with a cosine rate, a little dropout behind the convolution, slightly smoothed labels, and an
average of the weights over the last steps. The network is small: what it lacks is capacity, not regularisation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float32]
Windows: TypeAlias = npt.NDArray[np.int8]
Labels: TypeAlias = npt.NDArray[np.int64]
HEIGHT, WIDTH, FILTERS = 10, 8, 8
ROWS, COLUMNS = 25, 20  # of the convolution's output
PADDING = ((0, 0), (4, 5), (3, 3))  # SAME: time, frequency
SMOOTHING, DROPOUT, PEAK = 0.02, 0.1, 4e-3


@dataclass
class TinyConv:
    """`filters` [80, 8] and `filter_bias` [8]; `dense` [4000, classes] and `bias` [classes]."""

    filters: Array
    filter_bias: Array
    dense: Array
    bias: Array

    @classmethod
    def drawn(cls, classes: int, draw: np.random.Generator) -> TinyConv:
        taps, units = HEIGHT * WIDTH, ROWS * COLUMNS * FILTERS
        filters = draw.normal(0.0, math.sqrt(2.0 / taps), (taps, FILTERS)).astype(np.float32)
        dense = draw.normal(0.0, math.sqrt(1.0 / units), (units, classes)).astype(np.float32)
        return cls(filters, np.zeros(FILTERS, np.float32), dense, np.zeros(classes, np.float32))

    @property
    def parameters(self) -> list[Array]:
        return [self.filters, self.filter_bias, self.dense, self.bias]

    def convolved(self, windows: Windows) -> Array:
        """Behind ReLU: [batch, 4000]."""
        return np.maximum(patches(windows) @ self.filters + self.filter_bias, 0.0).reshape(len(windows), -1)

    def logits(self, windows: Windows) -> Array:
        parts = [windows[at : at + 256] for at in range(0, len(windows), 256)]
        return np.concatenate([self.convolved(part) @ self.dense + self.bias for part in parts])


def patches(windows: Windows | Array) -> Array:
    """What each place of the convolution sees: [batch * 500, 80]."""
    inputs = (windows.astype(np.float32) + 128.0) / 256.0
    padded = np.pad(inputs, PADDING)
    views = np.lib.stride_tricks.sliding_window_view(padded, (HEIGHT, WIDTH), axis=(1, 2))
    return views[:, ::2, ::2].reshape(-1, HEIGHT * WIDTH)


def softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def gradients(net: TinyConv, windows: Windows, wanted: Array, draw: np.random.Generator) -> tuple[list[Array], float]:
    """Of the mean cross-entropy to `wanted` [batch, classes], by each of the parameters; and the loss."""
    seen = patches(windows)
    hidden = np.maximum(seen @ net.filters + net.filter_bias, 0.0)
    kept = (draw.random((len(windows), net.dense.shape[0]), np.float32) >= DROPOUT) / np.float32(1.0 - DROPOUT)
    flat = hidden.reshape(len(windows), -1) * kept
    answer = softmax(flat @ net.dense + net.bias)
    delta = (answer - wanted) / len(windows)
    back = ((delta @ net.dense.T) * kept).reshape(hidden.shape) * (hidden > 0)
    loss = float(-np.sum(wanted * np.log(answer + 1e-9)) / len(windows))
    return [seen.T @ back, back.sum(axis=0), flat.T @ delta, delta.sum(axis=0)], loss


def train(
    windows: Windows, labels: Labels, classes: int, seed: int, epochs: int, say: Callable[[str], None]
) -> TinyConv:
    """Each epoch sees as many windows as there are, all classes equally often."""
    draw = np.random.default_rng([seed, 11])
    net = TinyConv.drawn(classes, draw)
    batch, peak = 128, PEAK
    first, second = ([np.zeros_like(each) for each in net.parameters] for _ in range(2))
    average = [each.copy() for each in net.parameters]
    members = [np.flatnonzero(labels == label) for label in range(classes)]
    share = np.array([0.15, *[0.85 / (classes - 1)] * (classes - 1)])  # silence is the easiest
    targets = np.eye(classes, dtype=np.float32) * (1.0 - SMOOTHING) + SMOOTHING / classes
    steps = epochs * (len(labels) // batch)
    losses = []
    for step in range(1, steps + 1):
        chosen = draw.choice(classes, batch, p=share)
        rows = np.array([members[label][int(draw.random() * len(members[label]))] for label in chosen])
        found, loss = gradients(net, windows[rows], targets[labels[rows]], draw)
        rate = peak * min(1.0, step / 300) * 0.5 * (1.0 + math.cos(math.pi * step / steps))
        for p, g, m, v, mean in zip(net.parameters, found, first, second, average, strict=True):
            np.add(m, 0.1 * (g - m), out=m)
            np.add(v, 0.001 * (g * g - v), out=v)
            np.subtract(p, rate * (m / (1.0 - 0.9**step)) / (np.sqrt(v / (1.0 - 0.999**step)) + 1e-8), out=p)
            np.add(mean, min(1.0, 10.0 / step + 0.002) * (p - mean), out=mean)
        losses.append(loss)
        if step % max(1, steps // 12) == 0:
            say(f"step {step:,} of {steps:,}: loss {np.mean(losses[-500:]):.3f}")
    return TinyConv(*average)
