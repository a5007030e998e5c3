# SPDX-License-Identifier: Apache-2.0
"""LOGISTIC: output = 1 / (1 + e^-input). TANH: output = (1 - e^(-2 input)) / (1 + e^(-2 input)).

int8: by a table, computed in fixed point with 4 integer bits as the int8 kernels of TFLM do; the output's scale counts
as 1/256 (LOGISTIC) or 1/128 (TANH). uint8: by a table made in float32, as in LiteRT. int16: from a table of LOGISTIC
up to 10.6, since tanh x is 2 * logistic(2 x) - 1; the output's scale is 1/32768.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import arithmetic, elementwise, fixedpoint, overlap, tables
from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator

#: Integer bits of the fixed-point argument of int8 kernels: from -15 and 15 on the result is the end of the range.
INTEGER_BITS = 4


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    if node.types == "FLOAT32":
        return node.call({"size": elementwise.size(node)})
    elementwise.check_scales(node, node.input, node.output)
    return _of_16_bits(node) if node.types == "INT16" else _of_8_bits(node)


def _of_8_bits(node: Node) -> Call:
    is_logistic = node.operator.name == "LOGISTIC"
    if node.types == "UINT8":
        return elementwise.look_up_float(node, tables.in_float32(_logistic if is_logistic else np.tanh))
    function, bits, least = (fixedpoint.logistic, 8, -128) if is_logistic else (fixedpoint.tanh, 7, 0)
    node.check(not is_logistic or node.output.zero_point == least, "output's zero point is -128", node.output)
    real = node.input.scale * (1 << (31 - INTEGER_BITS))
    multiplier, shift = arithmetic.quantize_multiplier(real)
    radius = min(256, math.floor(((1 << INTEGER_BITS) - 1) * 2.0 ** (31 - INTEGER_BITS - math.frexp(real)[1])))

    def mapped(stored: Integers) -> Integers:
        centered = stored - node.input.zero_point
        inside = np.where(np.abs(centered) < radius, centered, 0)
        argument = fixedpoint.requantize(inside, multiplier, shift)
        result = fixedpoint.rounding_shift(function(argument, INTEGER_BITS), 31 - bits) + least
        return np.where(centered <= -radius, -128, np.where(centered >= radius, 127, result))

    return elementwise.look_up(node, mapped)


def _logistic(x: npt.NDArray[np.float64]) -> Any:
    return 1 / (1 + np.exp(-x))


def _of_16_bits(node: Node) -> Call:
    elementwise.check_symmetric(node, node.input, node.output)
    node.check(_power(node.output.scale) == -15, "the scale of an int16 output is 1/32768", node.output)
    is_logistic = node.operator.name == "LOGISTIC"
    power = _power(node.input.scale)
    if power == -12 or (power == -11 and not is_logistic):
        multiplier, shift = 3 << (power + 12), 0
    else:
        real, shift = node.input.scale * 4096 * 3, 0
        while real <= 32767 / 2 and shift <= 30:
            real, shift = real * 2, shift + 1
        node.check(real < 1 << 15, "the scale of an int16 input is less than 32768/12288", node.input)
        multiplier = int(real)
    curve = {"multiplier": multiplier, "shift": shift, **(LOGISTIC_PARAMS if is_logistic else TANH_PARAMS)}
    return node.call({"size": elementwise.size(node), "curve": curve}, kernel="logistic/s16", table=samples())


#: From y, in units of 2**-16 with so many bits more, to the output: y rounded, and 2 * y - 1 rounded.
LOGISTIC_PARAMS: dict[str, Any] = {
    **{"bits": 9, "saturated": 0x7FFF << 10, "output_shift": 10},
    **{"offset": 1 << 9, "negative_offset": (1 << 25) + (1 << 9) - 1},
}
TANH_PARAMS: dict[str, Any] = {
    **{"bits": 8, "saturated": 0xFFFF << 8, "output_shift": 8},
    **{"offset": (1 << 7) - (1 << 23), "negative_offset": (1 << 23) + (1 << 7) - 1},
}


def samples() -> npt.NDArray[np.uint16]:
    """LOGISTIC of i / 24 in units of 2**-16, more by half of what a line lacks in the middle between two samples."""
    values = (1 << 16) / (1 + np.exp(-np.arange(511) / 48))
    bent = values[0:-1:2] + (values[1::2] - (values[0:-1:2] + values[2::2]) / 2) / 2
    return np.append(np.floor(bent + 0.5), (1 << 16) - 1).astype(np.uint16)


def _power(scale: float) -> int | None:
    """The power of 2 that `scale` is, within a thousandth of it; or None."""
    logarithm = math.log2(scale)
    return round(logarithm) if abs(logarithm - round(logarithm)) < 1e-3 else None


unary = partial(
    Operator, inputs=("input",), outputs=("output",), max_version=3, prepare=prepare, overlap=overlap.elements
)
INTEGERS = {"INT8": "lut/8", "UINT8": "lut/8", "INT16": "s16"}
LOGISTIC = unary("LOGISTIC", kernels={**INTEGERS, "FLOAT32": "f32"})
TANH = unary("TANH", kernels={**INTEGERS, "FLOAT32": "unary/tanh_f32"})
