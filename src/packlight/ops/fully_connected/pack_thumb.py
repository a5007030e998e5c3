# SPDX-License-Identifier: Apache-2.0
"""Lays out a FULLY_CONNECTED for Cortex-M without SIMD."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from packlight import overlap
from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.packing import quad_thumb


@dataclass(frozen=True)
class Sums:
    """What is added up for each unit, and the function that makes an output of it."""

    weights: Integers  # [units, depth]
    biases: Integers  # [units], with the input's zero point folded in
    exact: list[quad_thumb.Rescaling]  # of sums with the bias in them: [units], or one for all
    least: Integers  # such a sum, as `exact`
    most: Integers


def sums(call: Call) -> Sums | str:
    """The sums of a call, or why they are not known."""
    node, params = call.node, call.params
    bias = node.optional("bias")
    if node.filter.data is None or (bias is not None and bias.data is None):
        return "filter and bias are not constant"
    weights = node.filter.array().reshape(params["units"], params["depth"]).astype(np.int64)
    exact = quad_thumb.rescalings(call, weights.sum(1))
    biases = np.array([each.bias for each in exact])
    least, most = (ends + biases for ends in quad_thumb.ranges(weights))
    if not params["per_channel"]:
        exact, least, most = exact[:1], least.min(keepdims=True), most.max(keepdims=True)
    return Sums(weights, biases, [replace(each, bias=0) for each in exact], least, most)


def pack(call: Call, kernel: str) -> Call | str:
    """The call for one of the kernels, or why it cannot be had."""
    node, params, found = call.node, call.params, sums(call)
    if isinstance(found, str):
        return found
    weights = found.weights
    if kernel == "s8_thumb_exact":
        scales = quad_thumb.exact_scales(found.exact)
    else:
        scales = quad_thumb.scales(found.exact, found.least, found.most, signed=True)
    if scales is None:
        return "a rescaling has no shorter equal"
    # With bytes u = weight + 128 and v = x + 128: sum of weight * x = sum of u * v - 128 * (u + v) + 128^2.
    folded = found.biases - (128 * weights).sum(1)
    operands = {
        "input": call.operands["input"],
        "filter": _interleaved(weights + 128),
        "bias": folded.astype(np.int64).astype(np.int32),
        "scale": scales,
        "output": call.operands["output"],
    }
    made = {
        **{name: params[name] for name in ("batches", "depth", "units", "per_channel")},
        "output_zero_point": params["output_offset"],
        "least": params["activation"]["min"],
    }
    file = node.find_kernel(node.operator.kernel_file(kernel))
    return replace(call, kernel=file, params=made, operands=operands, scratch=params["depth"])


def _interleaved(weights: Integers) -> np.ndarray:
    """Rows of weights in blocks of 8, then one of 4 if so many are left, each [depth, rows]; then single rows."""
    units = weights.shape[0]
    eights, fours = units // 8 * 8, units // 4 * 4
    blocks = [weights[start : start + 8].T for start in range(0, eights, 8)]
    blocks += [weights[eights:fours].T, weights[fours:]]
    return np.concatenate([block.reshape(-1) for block in blocks]).astype(np.uint8)


#: A rescaling that has a shorter equal; any.
VARIANTS = tuple(
    Variant(name, "s8", ("thumb",), partial(pack, kernel=name), overlap=overlap.windows)
    for name in ("s8_thumb", "s8_thumb_exact")
)
