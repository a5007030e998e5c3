# SPDX-License-Identifier: Apache-2.0
"""Cases of TFLM_DECODE, and what compresses: the inverse of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.dev.case import Case, Graph, Operand, Step, constant, network, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Bytes: TypeAlias = npt.NDArray[np.uint8]
Pair: TypeAlias = tuple[Bytes, Bytes]  # the codes, and what they stand for

TYPES = ("INT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL")


def lut(values: npt.NDArray[Any], width: int, random: np.random.Generator, channels: int = 1) -> Pair:
    """Random codes of `width` bits, as many as `values` has elements, and a table of these for each channel."""
    size = values.shape[0]
    bits = random.integers(0, 2, size * width).astype(np.uint8)
    table = random.choice(values, (channels, 1 << width))
    return np.packbits(bits), _ancillary(0, [1, width, 1 << width], table)


def prune(values: npt.NDArray[Any], random: np.random.Generator) -> Pair:
    """Some of `values`."""
    kept = random.integers(0, 2, values.shape[0]).astype(np.uint8)
    return np.packbits(kept), _ancillary(2, [1], values[kept == 1])


def huffman(values: npt.NDArray[Any], width: int, entry: int) -> Pair:
    """All of `values`: a symbol of the first `2^width - 1` is found in the first table, which the last code leaves for
    a second one; the more frequent ones have shorter codes there.
    """
    symbols = list(dict.fromkeys(values.tolist()))
    assert len(symbols) <= (1 << width) + 1
    first, second = symbols[: (1 << width) - 1], (symbols[(1 << width) - 1 :] * 2 or symbols[:1] * 2)[:2]
    flag, shift, mask = 1 << (8 * entry - 1), 8 * entry - 5, (1 << (8 * entry - 5)) - 1
    mask = min(mask, (1 << 8 * values.dtype.itemsize) - 1)
    last = (1 << width) - 1
    # the second table takes two bits: the first symbol's code is one of them, the other's both
    table = [flag | width << shift | symbol & mask for symbol in first]
    table += [table[0]] * (last - len(first)) + [1 << shift | 1]
    table += [flag | 1 << shift | second[0] & mask] * 2 + [flag | 2 << shift | second[1] & mask] * 2
    codes = {symbol: format(code, f"0{width}b") for code, symbol in reversed([*enumerate(first)])}
    escape = format(last, f"0{width}b")
    for symbol, code in ((second[1], "10"), (second[0], "0")):
        codes.setdefault(symbol, escape + code)
    bits = "".join(codes[symbol] for symbol in values.tolist())
    words = -(-len(bits) // 32) + 1  # TFLM reads a word ahead
    encoded = np.packbits(np.array([int(bit) for bit in bits.ljust(32 * words, "0")], np.uint8))
    return encoded, _ancillary(1, [1, (width - 1) << 4 | entry // 4], np.array(table, f"<u{entry}"))


def _ancillary(kind: int, more: Sequence[int], data: npt.NDArray[Any]) -> Bytes:
    """What follows the common header are the bytes of the kind's own from byte 4 on."""
    header = np.zeros(16, np.uint8)
    header[:2] = kind, 1
    header[4 : 4 + len(more)] = more
    return np.concatenate([header, np.ascontiguousarray(data).reshape(-1).view(np.uint8)])


def case(
    name: str,
    kind: str,
    type_: str = "INT8",
    shape: tuple[int, ...] = (3, 7),
    *,
    axis: int | None = None,
    width: int = 4,
    entry: int = 4,
    seed: int = 1,
) -> Case:
    """One output; with `axis`, a scale for each index along that dimension."""
    random = np.random.default_rng(seed)
    made: dict[str, Any] = {}
    channels = 1 if axis is None else shape[axis]
    if axis is not None or type_ in ("INT8", "INT16"):
        points = random.integers(-128, 128, channels) if type_ == "INT8" else np.zeros(channels, np.int64)
        scale = [0.5] * channels
        made = {"scale": scale, "zero_point": points.tolist(), "quantized_dimension": axis or 0}
    size = int(np.prod(shape))
    few = size if kind != "huffman" else (1 << width) + 1
    drawn = Operand(type_, (few,)).draw(random)
    values = random.choice(drawn, size)
    pair = {
        "lut": lambda: lut(values, width, random, channels),
        "prune": lambda: prune(values, random),
        "huffman": lambda: huffman(values, width, entry),
    }[kind]()
    stored = [constant("UINT8", len(part), values=part) for part in pair]
    return Case(f"{kind}_{type_.lower()}_{name}", "TFLM_DECODE", stored, [tensor(type_, *shape, **made)])


def weights(name: str, kind: str, operator: str, shape: tuple[int, ...], axis: int) -> Case:
    """A filter that is decoded for the operator behind."""
    random = np.random.default_rng(7)
    values = random.choice(np.arange(-9, 9, dtype=np.int8), int(np.prod(shape)))
    channels = shape[axis]
    scales: dict[str, Any] = {"scale": [0.02] * channels, "quantized_dimension": axis}
    pair = prune(values, random) if kind == "prune" else lut(values, 3, random, channels)
    dense = operator == "FULLY_CONNECTED"
    operands = [
        *(constant("UINT8", len(part), values=part) for part in pair),
        tensor("INT8", *shape, **scales),
        tensor("INT8", *((2, shape[1]) if dense else (1, 5, 4, shape[3])), scale=0.1, zero_point=-3),
        constant("INT32", channels, low=-99, high=99, scale=[0.002] * channels),
        tensor("INT8", *((2, channels) if dense else (1, 5, 4, channels)), scale=0.3, zero_point=4),
    ]
    options = {} if dense else {"padding": "SAME", "stride_h": 1, "stride_w": 1}
    if operator == "DEPTHWISE_CONV_2D":
        options["depth_multiplier"] = 1
    table = {"FULLY_CONNECTED": "FullyConnectedOptions", "CONV_2D": "Conv2DOptions"}
    options_type = table.get(operator, "DepthwiseConv2DOptions")
    steps = [
        Step("TFLM_DECODE", (0, 1), (2,)),
        Step(operator, (3, 2, 4), (5,), options, options_type, 4 if dense else 3),
    ]
    return network(name, "TFLM_DECODE", Graph(operands, steps, (3,), (5,)))


CASES = (
    *(case("whole" if at is None else "first_axis", "lut", type_, axis=at) for type_ in TYPES for at in (None, 0)),
    *(case("last_axis", "lut", type_, (2, 3, 5), axis=2, width=3) for type_ in ("INT8", "INT16")),
    *(case(f"width_{width}", "lut", "INT8", (2, 37), width=width) for width in (1, 2, 3, 5, 6, 7)),
    *(case("whole", "prune", type_) for type_ in TYPES),
    *(case(f"axis_{axis}", "prune", type_, (4, 3, 5), axis=axis) for type_ in ("INT8", "INT32") for axis in (0, 2)),
    case("narrow", "huffman", entry=2, width=3, shape=(50,)),
    case("wide", "huffman", entry=4, width=5, shape=(6, 30)),
    case("one_bit", "huffman", entry=4, width=1, shape=(9,)),
    case("wide", "huffman", "INT16", entry=4, width=4, shape=(70,)),
    weights("lut_conv_2d", "lut", "CONV_2D", (3, 2, 2, 3), 0),
    weights("prune_fully_connected", "prune", "FULLY_CONNECTED", (5, 9), 0),
    weights("lut_depthwise_conv_2d", "lut", "DEPTHWISE_CONV_2D", (1, 3, 3, 4), 3),
)


def strategy() -> SearchStrategy[Case]:
    """Any kind, type and shape."""
    from hypothesis import strategies as st

    def drawn(kind: str, type_: str) -> SearchStrategy[Case]:
        return st.builds(
            partial(case, "drawn", kind, type_),
            shape=st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple),
            axis=st.sampled_from([None, 0, -1]) if kind != "huffman" else st.none(),
            width=st.integers(1, 7),
            entry=st.sampled_from([2, 4]) if type_ == "INT8" else st.just(4),
            seed=st.integers(0, 1 << 16),
        )

    kinds = st.sampled_from(["lut", "prune", "huffman"])
    pairs = st.tuples(kinds, st.sampled_from(TYPES)).filter(lambda p: p[0] != "huffman" or p[1] in TYPES[:2])
    return pairs.flatmap(lambda pair: drawn(*pair))
