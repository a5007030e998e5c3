# SPDX-License-Identifier: Apache-2.0
"""Lays out int8 layers with weights for the kernels of this computer alone. These have no shortcuts to prove: they add
what the portable kernels add, in 32 bits, in another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.nouns.call import Call
from packlight.nouns.model import Tensor

Array = npt.NDArray[Any]

#: Output channels of a block.
CHANNELS = 16
#: The most inputs of one output: what the kernels have room for.
WINDOW = 16384


@dataclass(frozen=True)
class Layout:
    """How a family of kernels wants weights."""

    kernel: str  # "s8_avx2"
    together: int  # inputs whose products are added at once
    order: tuple[int, ...]  # of the channels of a block
    raised: int  # what the kernels add to each input

    def blocks(self, weights: Array) -> Array:
        """Weights [channels, inputs], filled up with zeros: [blocks, inputs / together, CHANNELS, together]."""
        channels, inputs = weights.shape
        padded = np.zeros((-(-channels // CHANNELS) * CHANNELS, -(-inputs // self.together) * self.together), np.int64)
        padded[:channels, :inputs] = weights
        made = padded.reshape(-1, CHANNELS, padded.shape[1] // self.together, self.together)
        return np.asarray(made[:, list(self.order)].transpose(0, 2, 1, 3))

    def numbers(self, bias: Array, multiplier: Array, shift: Array) -> npt.NDArray[np.int32]:
        """Bias, multiplier, left and right shift of each channel: [blocks, 4, CHANNELS]. The biases wrap as sums do."""
        channels = len(bias)
        table = np.zeros((4, -(-channels // CHANNELS) * CHANNELS), np.int64)
        table[:, :channels] = bias, multiplier, np.maximum(shift, 0), np.maximum(-shift, 0)
        made = table.reshape(4, -1, CHANNELS)[..., list(self.order)].transpose(1, 0, 2)
        return np.ascontiguousarray((made & 0xFFFFFFFF).astype(np.uint32).view(np.int32))


AVX2 = Layout("s8_avx2", 2, (0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15), 0)
VNNI = Layout("s8_vnni", 4, tuple(range(CHANNELS)), 128)


def why_not(call: Call) -> str | None:
    """What keeps a layer's constants from being laid out."""
    bias = call.node.optional("bias")
    if not _is_constant(call.node.filter):
        return "filter is not constant"
    return None if bias is None or _is_constant(bias) else "bias is not constant"


def scaling(call: Call, channels: int) -> Array:
    """A layer's biases (zeros where it has none), multipliers and shifts: [3, channels]."""
    bias = call.node.optional("bias")
    found = np.zeros((3, channels), np.int64)
    for row, values in zip(
        found, (bias and bias.array(), *map(call.operands.get, ("multiplier", "shift"))), strict=True
    ):
        row[:] = 0 if values is None else np.asarray(values)
    return found


def convolution(call: Call, layout: Layout, geometry: Mapping[str, Any], weights: Array) -> Call | str:
    """A layer as a call of CONV_2D's kernel, with `weights` [output channels, inputs of one output]."""
    node = call.node
    channels, window = weights.shape
    if window > WINDOW:
        return f"an output has more than {WINDOW:,} inputs"
    params = {name: call.params[name] for name in ("input_offset", "output_offset", "activation")}
    bias, multiplier, shift = scaling(call, channels)
    if layout.raised:
        bias += (params["input_offset"] - layout.raised) * weights.sum(axis=1, dtype=np.int64)
    return replace(
        call,
        kernel=node.find_kernel(node.operator.kernel_file(f"conv_2d/{layout.kernel}")),
        params={"geometry": geometry, **params},
        operands={
            "input": call.operands["input"],
            "filter": np.ascontiguousarray(layout.blocks(weights).astype(np.int8)),
            "channels": layout.numbers(bias, multiplier, shift),
            "output": call.operands["output"],
        },
    )


def matrix(depth: int, rows: int, units: int) -> dict[str, Any]:
    """The geometry of a convolution that multiplies `rows` of `depth` elements by a matrix."""
    one, none = {"h": 1, "w": 1}, {"h": 0, "w": 0}
    return {
        **{"batches": 1, "input_h": 1, "input_w": rows, "input_c": depth},
        **{"filter_h": 1, "filter_w": 1, "filter_c": depth},
        **{"output_h": 1, "output_w": rows, "output_c": units, "group_c": units},
        **{"stride": one, "padding": none, "dilation": one},
    }


def _is_constant(tensor: Tensor) -> bool:
    return tensor.data is not None and not tensor.is_variable
