# SPDX-License-Identifier: Apache-2.0
"""Finds the linear form of an int8 ADD or SUB for cores with the DSP extension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import fixedpoint
from packlight.nouns.call import Call

#: Fraction bits of the sum; the kernel's shift.
BITS = 22
#: How far from the nearest integer each factor is tried.
REACH = 6


def pack(call: Call) -> Call | str:
    """The call for `s8_dsp.c`: result = (input1 * factor1 + input2 * factor2 + addend) >> BITS, saturated.

    The portable kernel rounds five times; that the linear form gives the same is checked on all 65,536 pairs of inputs.
    """
    if call.node.output.type != "INT8":
        return "the elements are not int8"
    rows = call.params["rows"]
    if rows["rank"] or (rows["step1"], rows["step2"]) != (1, 1):
        return "an input is broadcast"
    found = linear(call.params)
    if found is None:
        return "no sum of two products gives the same results"
    params = {
        **{"length": rows["length"], "activation": call.params["activation"]},
        **dict(zip(("factor1", "factor2", "addend"), found, strict=True)),
    }
    kernel = call.node.find_kernel(call.node.operator.kernel_file("s8_dsp"))
    operands = {name: call.operands[name] for name in ("input1", "input2", "output")}
    return replace(call, kernel=kernel, params=params, operands=operands)


def pack_exact(call: Call) -> Call | str:
    """The call for `s8_dsp_exact.c`, which rounds as often as the portable kernel.

    The input of the larger scale is scaled by 1/2 exactly. The other is rounded by its shift; where that is 0, its
    product is taken twice as large and shifted by 1, which changes nothing, as a scale of 1/2 rounds nothing.
    """
    rows, output = call.params["rows"], call.params["output"]
    if rows["rank"] or (rows["step1"], rows["step2"]) != (1, 1):
        return "an input is broadcast"
    names = sorted(("input1", "input2"), key=lambda name: _half(call.params[name]), reverse=True)
    first, second = (call.params[name] for name in names)
    if not _half(first) or not (_half(second) or -31 < second["shift"] < 0) or not 1 <= -output["shift"] <= 22:
        return "a shift is out of reach"
    left = 22 if _half(second) else 21
    params = {
        **{"length": rows["length"], "activation": call.params["activation"]},
        "addend1": first["offset"] << 19,
        **{"left2": left, "addend2": second["offset"] << left, "multiplier2": second["multiplier"]},
        "shift2": 1 if _half(second) else -second["shift"],
        **{"multiplier": output["multiplier"], "shift": -output["shift"], "output_offset": output["offset"]},
    }
    kernel = call.node.find_kernel(call.node.operator.kernel_file("s8_dsp_exact"))
    operands = {f"input{at}": call.operands[name] for at, name in enumerate(names, 1)}
    return replace(call, kernel=kernel, params=params, operands={**operands, "output": call.operands["output"]})


def _half(scale: Mapping[str, Any]) -> bool:
    """Whether an input is scaled by 1/2."""
    return (scale["multiplier"], scale["shift"]) == (1 << 30, 0)


def linear(params: Mapping[str, Any]) -> tuple[int, int, int] | None:
    """Two factors and an addend, or None if none are found near the real ones."""
    values = np.arange(-128, 128, dtype=np.int64)
    low, high = params["activation"]["min"], params["activation"]["max"]
    wanted = results(params, values)
    # The sum must be at least `floor` and below `ceiling`; at the ends of the range it may lie beyond.
    far = np.int64(1) << 40
    floor = np.where(wanted > low, wanted << BITS, -far)
    ceiling = np.where(wanted < high, (wanted + 1) << BITS, far)
    nearest = [round(_factor(params, name) * (1 << BITS)) for name in ("input1", "input2")]
    steps = sorted(range(-REACH, REACH + 1), key=abs)
    for first in steps:
        for second in steps:
            factors = nearest[0] + first, nearest[1] + second
            sums = values[:, None] * factors[0] + values[None, :] * factors[1]
            least, most = int((floor - sums).max()), int((ceiling - sums).min()) - 1
            if least <= most:
                addend = (least + most) // 2
                reach = abs(addend) + 128 * sum(map(abs, factors))  # at every step
                return (*factors, addend) if reach < 1 << 31 else None
    return None


def results(params: Mapping[str, Any], values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """What the portable kernel makes of each pair of values: [first, second]."""
    scaled = [
        fixedpoint.requantize((values + scale["offset"]) << 20, scale["multiplier"], scale["shift"])
        for scale in (params["input1"], params["input2"])
    ]
    sums = scaled[0][:, None] + _sign(params, "input2") * scaled[1][None, :]
    output, activation = params["output"], params["activation"]
    result = fixedpoint.requantize(sums, output["multiplier"], output["shift"]) + output["offset"]
    clamped: npt.NDArray[np.int64] = np.clip(result, activation["min"], activation["max"])
    return clamped


def _factor(params: Mapping[str, Any], name: str) -> float:
    """What one step of an input is worth in the output."""
    scale, output = params[name], params["output"]
    real = scale["multiplier"] * output["multiplier"] / float(1 << 62)
    return float(_sign(params, name) * real * 2.0 ** (20 + scale["shift"] + output["shift"]))


def _sign(params: Mapping[str, Any], name: str) -> int:
    """-1 for what a SUB takes away."""
    return int(params.get("sign", 1)) if name == "input2" else 1
