# SPDX-License-Identifier: Apache-2.0
"""The numbers that TensorFlow Lite Micro computes when it prepares an operator, to the last bit.

TFLM mixes float32 and float64 and rounds half away from zero; so must we. Sources: the TensorFlow Lite 8-bit
quantization specification; Jacob et al., "Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference", arXiv 1712.05877, section 2.2 (multipliers).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.nouns.call import Call, Overlap
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node

#: The range of each integer type that activations are stored in.
INTEGER_RANGE = {
    name.upper(): (int(np.iinfo(name).min), int(np.iinfo(name).max)) for name in ("int8", "uint8", "int16", "int32")
}
FLOAT_MAX = float(np.finfo(np.float32).max)
#: Elements that a window may span along an axis: its positions are computed in int32.
MAX_REACH = 1 << 24


def round_half_away(value: float) -> int:
    """C's `round()`: halves go away from zero. Exact for every double (no sum with 0.5 that could round up itself)."""
    whole = math.floor(abs(value))
    return int(math.copysign(whole + (abs(value) - whole >= 0.5), value))


def wrapped(value: int) -> int:
    """`value` as a sum in int32 arrives at it: modulo 2**32, from -2**31 on."""
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


def quantize_multiplier(real: float) -> tuple[int, int]:
    """`real` = multiplier * 2**(shift - 31), the multiplier in [2**30, 2**31); (0, 0) for zero and below 2**-32.

    From 2**30 on, where TFLM is undefined, the largest pair that `pl_requantize` takes.
    """
    if real == 0:
        return 0, 0
    fraction, shift = math.frexp(real)
    multiplier = round_half_away(fraction * (1 << 31))
    if multiplier == 1 << 31:
        multiplier, shift = multiplier // 2, shift + 1
    if shift > 30:
        return (1 << 31) - 1, 30
    return (0, 0) if shift < -31 else (multiplier, shift)


def quantize_multipliers(reals: Sequence[float]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """`quantize_multiplier` of each: an array of multipliers and one of shifts."""
    pairs = [quantize_multiplier(real) for real in reals]
    return np.array([m for m, _ in pairs], np.int32), np.array([s for _, s in pairs], np.int8)


def channel_multipliers(input_: Tensor, filter_: Tensor, output: Tensor, channels: int) -> list[float]:
    """input scale * filter scale / output scale in float64, for each output channel."""
    scales = filter_.quantization.scale if filter_.quantization else (0.0,)
    scales = scales if len(scales) == channels else scales[:1] * channels
    return [input_.scale * scale / output.scale for scale in scales]


#: By type of the input, what weights and bias may be: sums are float32, int32 for 8 bits, int64 or int32 for int16.
WEIGHT_TYPES = {
    **{"FLOAT32": ("FLOAT32", "INT8", "INT4"), "INT8": ("INT8", "INT4"), "INT16": ("INT8",), "UINT8": ("UINT8",)}
}
BIAS_TYPES = {
    **{"FLOAT32": ("FLOAT32",), "INT8": ("INT32",), "UINT8": ("INT32",), "INT16": ("INT64", "INT32", "INT16")}
}


def check_weights(node: Node, filter_: Tensor, channels: int, dimension: int) -> None:
    """What every kernel with weights relies on: the types of input, filter, bias and output go together."""
    type_, bias = node.input.type, node.optional("bias")
    weights = (
        "filter is float32, int8 or int4 with a float32 input, int8 or int4 with an int8 one, int8 with an int16 one, "
        "uint8 with a uint8 one"
    )
    node.check(filter_.type in WEIGHT_TYPES.get(type_, ()), weights, filter_)
    node.check(node.output.type == type_, "output has the type of input", node.output)
    biases = (
        "bias is float32 with a float32 input, int32 with an int8 or uint8 one, an integer of 16 bits or more with an "
        "int16 one"
    )
    node.check(bias is None or bias.type in BIAS_TYPES[type_], biases, bias)
    node.check(bias is None or bias.elements == channels, "bias has one value for each output channel", bias)
    if type_ == "INT16":
        node.check(node.input.zero_point == 0 == node.output.zero_point, "an int16 tensor has the zero point 0")
    if filter_.type != "FLOAT32":
        quantization = filter_.quantization
        check_quantized(node, filter_, *((node.input, node.output) if type_ != "FLOAT32" else ()))
        scales = len(quantization.scale) if quantization else 0
        node.check(scales in (1, channels), "filter has one scale, or one for each output channel", filter_)
        along = scales == 1 or (quantization is not None and quantization.quantized_dimension == dimension)
        node.check(along, "filter is quantised along its output channels", filter_)
        symmetric = quantization is not None and not any(quantization.zero_point)
        node.check(scales == 1 or type_ != "UINT8", "uint8 weights have one scale", filter_)
        node.check(symmetric or type_ == "UINT8", "filter is quantised symmetrically (zero point 0)", filter_)


def wide_multipliers(reals: Sequence[float]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """What `pl_requantize_wide` takes in the place of `quantize_multipliers`: 15 bits, and the shift to the right."""
    multiplier, shift = quantize_multipliers(reals)
    reduced = np.minimum((multiplier.astype(np.int64) + (1 << 15)) >> 16, 0x7FFF)
    return reduced.astype(np.int32), (15 - shift).astype(np.int8)


def weighted(node: Node, geometry: dict[str, Any], activation: str, channels: int) -> Call:
    """The call of an integer kernel that weighs and sums windows: those of CONV_2D and its like, for all types.

    uint8: the product of both scales is a float32, as in LiteRT.
    """
    if node.types == "UINT8":
        scale = float(np.float32(min(node.input.scale * node.filter.scale, FLOAT_MAX)))
        sizes = {"geometry": geometry, "filter_offset": -node.filter.zero_point}
        return scaled(node, sizes, activation, [scale / node.output.scale])
    reals = channel_multipliers(node.input, node.filter, node.output, channels)
    return scaled(node, {"geometry": geometry}, activation, reals)


def scaled(node: Node, sizes: dict[str, Any], activation: str, reals: Sequence[float]) -> Call:
    """The call of an integer kernel that scales sums by `reals`, with its params but for those of the scaling.

    int16: a bias of int32, or an option that says what a bias would be, asks for the kernel whose sums have 32 bits, if
    the operator has one.
    """
    limits = quantized_activation(node, activation, node.output)
    if node.input.type != "INT16":
        params = {"input_offset": -node.input.zero_point, "output_offset": node.output.zero_point, "activation": limits}
        multiplier, shift = quantize_multipliers(reals)
        return node.call({**sizes, **params}, multiplier=multiplier, shift=shift)
    bias = node.optional("bias")
    narrow = bias.type if bias else getattr(node.options, "quantized_bias_type", "")
    params = {**sizes, "activation": limits}
    if narrow == "INT32" and "s16_b32" in node.operator.kernels_for(node.types):
        multiplier, shift = quantize_multipliers(reals)
        return node.call(params, kernel="s16_b32", multiplier=multiplier, shift=shift)
    multiplier, shift = wide_multipliers(reals)
    wide: Tensor | npt.NDArray[np.int64] | None = bias
    if bias and narrow != "INT64":
        node.check(bias.is_constant, "bias is constant, where it has to be widened to 64 bits", bias)
        wide = bias.array().astype(np.int64)
    return node.call(params, kernel="s16", bias=wide, multiplier=multiplier, shift=shift)


def hybrid(node: Node, sizes: dict[str, Any], activation: str, *, rows: int, asymmetric: bool) -> Call:
    """The call of a kernel with float activations and integer weights: it quantises each of so many `rows` of the input
    by itself (runtime/pl_dynamic.h), symmetrically or so that they use all 256 values.
    """
    scales = node.filter.quantization.scale if node.filter.quantization else ()
    params = {
        **sizes,
        "asymmetric": int(asymmetric),
        "per_channel": int(len(scales) > 1),
        "activation": float_activation(node, activation),
    }
    if "FLOAT32_INT4" in node.operator.kernels:
        params["are_nibbles"] = int(node.filter.type == "INT4")
    row = node.input.elements // max(1, rows)
    growth = node.output.bytes // max(1, rows) - 4 * row  # all of a row is read, then what it gives is written
    lag = Overlap("input", max(0, growth * (rows - 1)))
    call = node.call(params, scratch=row, scale=np.array(scales, np.float32))
    return replace(call, overlaps=() if node.input.is_constant or node.input.is_variable else (lag,))


def check_quantized(node: Node, *tensors: Tensor) -> None:
    """That each tensor has a scale."""
    for tensor in tensors:
        node.check(tensor.quantization is not None, "every int8 tensor has a scale and a zero point", tensor)


def check_quantized_alike(node: Node, tensor: Tensor, output: Tensor) -> None:
    """That stored values of `tensor` mean in `output` what they meant before."""
    alike = (tensor.scale, tensor.zero_point) == (output.scale, output.zero_point)
    node.check(alike, "8-bit elements that are only moved keep their scale and zero point", tensor)


def quantize_float32(value: float, scale: float, zero_point: int) -> int:
    """round(value / scale) + zero point, the division in float32; a quotient outside of int32 is its nearest bound."""
    with np.errstate(over="ignore"):
        quotient = float(np.float32(value) / np.float32(scale))
    return zero_point + round_half_away(min(max(quotient, -float(1 << 31)), float(1 << 31)))


_BOUNDS = {
    **{"NONE": (-math.inf, math.inf), "RELU": (0.0, math.inf), "RELU6": (0.0, 6.0), "RELU_N1_TO_1": (-1.0, 1.0)},
    "RELU_0_TO_1": (0.0, 1.0),  # an operator, never fused
}


def activation_bounds(node: Node, activation: str) -> tuple[float, float]:
    """The real interval that a fused activation clamps to; infinities where it does not."""
    node.check(activation in _BOUNDS, "the fused activation is NONE, RELU, RELU6 or RELU_N1_TO_1")
    return _BOUNDS[activation]


def quantized_activation(node: Node, activation: str, output: Tensor) -> dict[str, int]:
    """min and max of the stored integers after a fused activation, within the range of the output's type."""
    low, high = INTEGER_RANGE[output.type]
    bounds = activation_bounds(node, activation)
    if bounds[0] > -math.inf:
        low = max(low, quantize_float32(bounds[0], output.scale, output.zero_point))
    if bounds[1] < math.inf:
        high = min(high, quantize_float32(bounds[1], output.scale, output.zero_point))
    node.check(low <= high, "the fused activation leaves at least one stored value", output)
    return {"min": low, "max": high}


def float_activation(node: Node, activation: str) -> dict[str, float]:
    """min and max of a fused activation for float kernels; the largest finite floats stand for no bound."""
    low, high = activation_bounds(node, activation)
    return {"min": max(low, -FLOAT_MAX), "max": min(high, FLOAT_MAX)}


def window(node: Node, size: int, filter_size: int, stride: int, dilation: int, padding: str) -> tuple[int, int]:
    """(positions of a sliding window along one axis, padding before the first element), all in elements."""
    node.check(stride >= 1 and dilation >= 1, "strides and dilations are at least 1")
    reach = (filter_size - 1) * dilation + 1
    node.check(1 <= reach <= MAX_REACH, f"a window spans 1 to {MAX_REACH:,} elements along each axis")
    count = -(-size // stride) if padding == "SAME" else max(0, (size - reach) // stride + 1)
    return count, max(0, (count - 1) * stride + reach - size) // 2
