# SPDX-License-Identifier: Apache-2.0
"""The filter bank of an audio front end, and what follows it: one value for each channel.

SignalFilterBank sums energies, weighted, over bands of frequencies. SignalFilterBankSquareRoot takes the root of the
sums and shifts it to the right by `scale_bits`. SignalFilterBankSpectralSubtraction subtracts an estimate of the noise,
a moving average that it keeps across invokes. SignalPCAN multiplies by a gain that depends on the noise (per-channel
automatic gain control, with a table of the gain) and compresses. SignalFilterBankLog gives `output_scale` times the
natural logarithm of the input times 2**`input_correction_bits`.
"""

from __future__ import annotations

import math

import numpy as np

from packlight.custom_options import INT32, integer
from packlight.nouns.call import Call, State
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator
from packlight.ops.signal_filter_bank import bands

UINT32 = (-(1 << 31), (1 << 32) - 1)  # options that TFLM stores as uint32, and reads as int32


def _bands(node: Node) -> Call:
    channels = integer(node, "num_channels", 1, (1 << 15) - 2)
    _check_output(node, node.output, "UINT64", channels)
    places, pairs = bands.gather(node, channels)
    total, table = bands.weights(pairs)
    return node.call({"channels": channels, "sum": total}, bands=places, weights=table)


def _square_root(node: Node) -> Call:
    bits = node.scale_bits
    node.check(bits.type == "INT32" and bits.elements == 1, "scale_bits is one int32", bits)
    _check_output(node, node.output, "UINT32", node.input.elements)
    return node.call({"channels": node.input.elements})


def _subtraction(node: Node) -> Call:
    channels = integer(node, "num_channels", 1, 1 << 24)
    node.check(node.input.elements >= channels, "input has num_channels values", node.input)
    _check_output(node, node.output, "UINT32", channels)
    _check_output(node, node.noise_estimate, "UINT32", channels)

    def factor(name: str) -> int:
        return integer(node, name, *UINT32) % (1 << 32)

    params = {
        "channels": channels,
        "smoothing": [factor("smoothing"), factor("alternate_smoothing")],
        "one_minus_smoothing": [factor("one_minus_smoothing"), factor("alternate_one_minus_smoothing")],
        "min_signal_remaining": factor("min_signal_remaining"),
        "bits": integer(node, "spectral_subtraction_bits", 0, 63),
        "smoothing_bits": integer(node, "smoothing_bits", 0, 31),
        "clamping": integer(node, "clamping", 0, 1),
    }
    return node.call(params, noise=State("noise", bytes(4 * channels)))


def _pcan(node: Node) -> Call:
    noise, lut, channels = node.noise_estimate, node.gain_lut, node.input.elements
    node.check(noise.type == "UINT32" and noise.elements >= channels, "noise_estimate has a uint32 per channel", noise)
    node.check(lut.type == "INT16" and lut.elements >= 125, "gain_lut has at least 125 values in int16", lut)
    _check_output(node, node.output, "UINT32", channels)
    return node.call({"channels": channels, "snr_shift": integer(node, "snr_shift", 0, 63)})


def _log(node: Node) -> Call:
    channels = node.input.elements
    _check_output(node, node.output, "INT16", channels)
    bits = integer(node, "input_correction_bits", 0, 31)
    scale = integer(node, "output_scale", *INT32) % (1 << 32)
    table = [round((math.log2(1 + i / 128) - i / 128) * (1 << 16)) for i in range(129)]
    return node.call({"channels": channels, "correction_bits": bits, "scale": scale}, table=np.array(table, np.uint16))


def _check_output(node: Node, output: Tensor, type_: str, channels: int) -> None:
    node.check(output.type == type_, f"{output.name} is {type_.lower()}", output)
    node.check(output.elements == channels, "output has one value for each channel", output)


BANDS = ("weights", "unweights", "frequency_starts", "weight_starts", "widths")
NOISE = ("output", "noise_estimate")

SIGNAL_FILTER_BANK, SIGNAL_FILTER_BANK_SQUARE_ROOT, SIGNAL_SUBTRACTION, SIGNAL_PCAN, SIGNAL_FILTER_BANK_LOG = (
    Operator(name, inputs=("input", *more), outputs=outputs, kernels=kernels, prepare=prepare, custom=True)
    for name, more, outputs, kernels, prepare in (
        ("SignalFilterBank", BANDS, ("output",), {"UINT32": "bands"}, _bands),
        ("SignalFilterBankSquareRoot", ("scale_bits",), ("output",), {"UINT64": "square_root"}, _square_root),
        ("SignalFilterBankSpectralSubtraction", (), NOISE, {"UINT32": "subtraction"}, _subtraction),
        ("SignalPCAN", ("noise_estimate", "gain_lut"), ("output",), {"UINT32": "pcan"}, _pcan),
        ("SignalFilterBankLog", (), ("output",), {"UINT32": "log"}, _log),
    )
)
