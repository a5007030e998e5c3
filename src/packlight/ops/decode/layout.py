# SPDX-License-Identifier: Apache-2.0
"""How what TFLM_DECODE unpacks lies in memory: channels of an output, strings of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.nouns.model import ELEMENT_BYTES, Quantization, Tensor
from packlight.nouns.operator import Node

if TYPE_CHECKING:
    import numpy as np

#: Zero bytes behind the codes: a kernel reads three bytes at once.
SPARE = 3


def shape(node: Node, output: Tensor) -> dict[str, int]:
    """C's pl_decode_shape: channels along the first dimension or the last."""
    given, element = quantization(output), int(ELEMENT_BYTES[output.type])
    channels = len(given.scale) if given else 1
    if channels == 1 or given is None:
        return {"outer": 1, "channels": 1, "inner": output.elements, "element": element}
    axis, last = given.quantized_dimension, len(output.shape) - 1
    node.check(axis in (0, last), "channels are along the first dimension or the last", output)
    node.check(len(given.zero_point) == channels == output.shape[axis], "each channel has a scale", output)
    rest = output.elements // channels
    outer, inner = (rest, 1) if axis == last else (1, rest)
    return {"outer": outer, "channels": channels, "inner": inner, "element": element}


def quantization(output: Tensor) -> Quantization | None:
    """The quantisation, where there is one in TFLM's eyes."""
    given = output.quantization
    return given if given and given.scale and given.zero_point else None


def padded(encoded: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    import numpy as np

    return np.append(encoded, np.zeros(SPARE, np.uint8))


def walks(encoded: bytes, end: int, tables: list[int], size: int, first: int, bits: int) -> bool:
    """Whether `size` symbols are found within the bits up to `end` and within the tables, as the kernel walks them."""
    position = 0
    for _ in range(size):
        at, entry, width = 0, 0, first
        while True:
            start = position >> 3
            hold = int.from_bytes(encoded[start : start + 3], "big")
            at += entry + (hold >> (24 - (position & 7) - width) & ((1 << width) - 1))
            position += width
            if at >= len(tables) or position - width > end:
                return False
            entry, count = tables[at] & ((1 << (bits - 5)) - 1), tables[at] >> (bits - 5) & 15
            if tables[at] >> (bits - 1):
                break
            width = count + 1
        position -= max(width - count, 0)
    return position <= end
