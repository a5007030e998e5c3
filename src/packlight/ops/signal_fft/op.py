# SPDX-License-Identifier: Apache-2.0
"""SignalRfft and SignalIrfft: the discrete Fourier transform of real numbers, and its inverse.

`fft_length` numbers are taken as half as many complex ones, whose spectrum is that of the even plus i times that of the
odd numbers. Input that is shorter than `fft_length` is followed by zeros; complex numbers are a real and an imaginary
part. In fixed point every butterfly of radix p divides by p first, so that Rfft gives the spectrum / fft_length and
Irfft the inverse without another division; roundings and wrap-arounds are those of kissfft 1.3.0, which TFLM uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import numpy.typing as npt

from packlight import custom_options, walk
from packlight.nouns.call import Call, Place
from packlight.nouns.operator import Node, Operator
from packlight.ops.signal_fft.roots import ONE, Roots, factors, roots

#: The end of a kernel's name, by type.
SUFFIX = {"INT16": "s16", "INT32": "s32", "FLOAT32": "f32"}

#: Those that there are butterflies for.
RADICES = (2, 3, 4, 5)


def _rfft(node: Node) -> tuple[Call, ...]:
    input_, output = node.input, node.output
    length, radices = _checked(node)
    node.check(1 <= input_.shape[-1] <= length, "the last dimension of input is at most fft_length", input_)
    node.check(output.shape[-1] == length + 2, "the last dimension of output is fft_length + 2", output)
    size, rows = length // 2, input_.elements // input_.shape[-1]
    node.check(output.elements == rows * (length + 2), "output has as many rows as input", output)
    butterflies, reals = roots(size, node.types, False)
    element = input_.bytes // input_.elements
    spread, unpack = f"spread_{8 * element}", f"unpack_{SUFFIX[node.types]}"
    steps: list[Call] = []
    for row in range(rows):
        source = Place(input_, row * input_.shape[-1] * element)
        target = Place(output, row * output.shape[-1] * element)
        params = {"length": input_.shape[-1], "dims": len(radices)}
        steps.append(node.call(params, kernel=spread, input=source, walk=_order(node, radices), output=target))
        steps += _butterflies(node, radices, butterflies, target, inverse=False)
        given = {"roots": reals.params(1, False), "size": size}
        steps.append(node.call(given, kernel=unpack, table=reals.table, output=target))
    return tuple(steps)


def _irfft(node: Node) -> tuple[Call, ...]:
    input_, output = node.input, node.output
    length, radices = _checked(node)
    node.check(input_.shape[-1] == length + 2, "the last dimension of input is fft_length + 2", input_)
    node.check(output.shape[-1] == length, "the last dimension of output is fft_length", output)
    size, rows = length // 2, input_.elements // (length + 2)
    node.check(output.elements == rows * length, "output has as many rows as input", output)
    butterflies, reals = roots(size, node.types, True)
    element = input_.bytes // input_.elements
    scale = ONE[node.types] // 2 if node.types in ONE else 1 / length
    steps: list[Call] = []
    for row in range(rows):
        source = Place(input_, row * input_.shape[-1] * element)
        target = Place(output, row * length * element)
        params = {"roots": reals.params(1, True), "size": size, "dims": len(radices), "scale": scale}
        walk_, pack = _order(node, radices), f"pack_{SUFFIX[node.types]}"
        steps.append(node.call(params, kernel=pack, input=source, table=reals.table, walk=walk_, output=target))
        steps += _butterflies(node, radices, butterflies, target, inverse=True)
    return tuple(steps)


def _checked(node: Node) -> tuple[int, list[int]]:
    """fft_length and the radices of the FFT of half of it, in kissfft's order."""
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    node.check(len(node.input.shape) == len(node.output.shape), "output has as many dimensions as input", node.output)
    node.check(len(node.input.shape) > 0 and node.input.elements > 0, "input has a dimension and is not empty")
    length = custom_options.integer(node, "fft_length", 4, 1 << 16)
    node.check(length % 2 == 0, "fft_length is even")
    radices = factors(length // 2)
    node.check(set(radices) <= set(RADICES), "fft_length divides by 2, 3 and 5 only")
    node.check(len(radices) <= walk.DIMENSIONS, "half of fft_length has at most 8 factors of 4, 2, 3 or 5")
    return length, radices


def _order(node: Node, radices: list[int]) -> npt.NDArray[Any] | None:
    """The walk through the output that takes the input in its own order: the digits of the index are reversed."""
    size = list(accumulate(reversed(radices), int.__mul__, initial=1))[-2::-1]
    return walk.table(node, list(zip(radices, size, strict=True))[::-1])


def _butterflies(node: Node, radices: list[int], table: Roots, target: Place, *, inverse: bool) -> list[Call]:
    """The calls that combine ever larger spectra, in place."""
    steps, span = [], 1
    whole = node.options.fft_length // 2
    for radix in reversed(radices):
        blocks = whole // (span * radix)
        params = {"roots": table.params(blocks, inverse), "blocks": blocks, "span": span}
        kernel = f"radix{radix}_{SUFFIX[node.types]}"
        steps.append(node.call(params, kernel=kernel, table=table.table, output=target))
        span *= radix
    return steps


def _kernels(*ends: str) -> Mapping[str, tuple[str, ...]]:
    """The kernels of each type: those before and after the butterflies, and the butterflies of every radix."""
    names = (*ends, *(f"radix{radix}_{{type}}" for radix in RADICES))
    return {key: tuple(name.format(type=type_, bits=type_[1:]) for name in names) for key, type_ in SUFFIX.items()}


RFFT, IRFFT = _kernels("spread_{bits}", "unpack_{type}"), _kernels("pack_{type}")

SIGNAL_RFFT = Operator("SignalRfft", ("input",), ("output",), RFFT, _rfft, custom=True)
SIGNAL_IRFFT = Operator("SignalIrfft", ("input",), ("output",), IRFFT, _irfft, custom=True)
