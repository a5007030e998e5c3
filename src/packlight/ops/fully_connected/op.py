# SPDX-License-Identifier: Apache-2.0
"""FULLY_CONNECTED: each output is the whole input, weighted and summed.

output[b, u] = act(bias[u] + sum over d of filter[u, d] * input[b, d]), where the input's elements, whatever its shape,
are rows of as many as the filter has columns. Integers: weights are symmetric (uint8: or not), one scale for all or one
a unit. int16: sums have 64 bits, or 32 with a bias of 32, and are rounded otherwise. float32 with integer weights: each
row is quantised as it comes, by its own range, as LiteRT does. Where TFLM has no rule (uint8, int4 weights with a scale
for each unit), sums are rounded once, as LiteRT does.
"""

from __future__ import annotations

from functools import partial

from packlight import arithmetic, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant
from packlight.ops.conv_2d import pack_mve as conv_mve
from packlight.ops.conv_2d.pack_dsp import FOUR
from packlight.ops.fully_connected import pack_dsp, pack_folded, pack_host, pack_mve, pack_rv32, pack_thumb
from packlight.packing.dense_host import AVX2, VNNI


def prepare(node: Node) -> Call:
    node.check(len(node.filter.shape) == 2, "filter has 2 dimensions [units, depth]", node.filter)
    node.check(node.options.weights_format == "DEFAULT", "weights_format is DEFAULT", node.filter)
    units, depth = node.filter.shape
    node.check(
        depth > 0 and node.input.elements % depth == 0, "input holds whole rows of the filter's depth", node.input
    )
    batches = node.input.elements // depth
    node.check(node.output.elements == batches * units, "output has one element for each row and unit", node.output)
    arithmetic.check_weights(node, node.filter, units, dimension=0)
    sizes = {"batches": batches, "depth": depth, "units": units}
    activation = node.options.fused_activation_function
    if node.types == "FLOAT32":
        return node.call({**sizes, "activation": arithmetic.float_activation(node, activation)})
    if node.input.type == "FLOAT32":
        asymmetric = node.options.asymmetric_quantize_inputs
        return arithmetic.hybrid(node, sizes, activation, rows=batches, asymmetric=asymmetric)
    scales = len(node.filter.quantization.scale) if node.filter.quantization else 0
    reals = arithmetic.channel_multipliers(node.input, node.filter, node.output, scales)
    if node.types == "UINT8":
        return arithmetic.scaled(node, {**sizes, "filter_offset": -node.filter.zero_point}, activation, reals)
    return arithmetic.scaled(node, {**sizes, "per_channel": int(scales > 1)}, activation, reals)


def macs(node: Node) -> int:
    return node.output.elements * node.filter.shape[1]


FULLY_CONNECTED = Operator(
    "FULLY_CONNECTED",
    inputs=("input", "filter", "bias?"),
    outputs=("output",),
    kernels={
        **{"INT8": "s8", "INT8_INT4": "s4", "INT16_INT8": ("s16", "s16_b32"), "UINT8": "u8"},
        **{"FLOAT32": "f32", "FLOAT32_INT8": "hybrid", "FLOAT32_INT4": "hybrid"},
    },
    typed_by=("input", "filter"),
    options="FullyConnectedOptions",
    max_version=13,
    prepare=prepare,
    macs=macs,
    overlap=overlap.one_by_one,
    variants=(
        Variant("conv_2d/s8_vnni", of="s8", features=("vnni",), pack=partial(pack_host.pack, layout=VNNI)),
        Variant("conv_2d/s8_avx2", of="s8", features=("avx2",), pack=partial(pack_host.pack, layout=AVX2)),
        Variant("s8_mve", of="s8", features=("mve",), pack=pack_mve.pack, overlap=conv_mve.overlaps),
        Variant("s8_mve_row", of="s8", features=("mve",), pack=pack_mve.pack_row, overlap=overlap.one_by_one),
        Variant("s8_dsp", of="s8", features=("dsp",), pack=pack_dsp.pack, overlap=FOUR),
        Variant("s8_dsp_wide", of="s8", features=("dsp",), pack=pack_dsp.pack_wide, overlap=overlap.one_by_one),
        Variant("s8_dsp_plain", of="s8", features=("dsp",), pack=pack_dsp.pack_plain, overlap=overlap.one_by_one),
        *pack_thumb.VARIANTS,
        *pack_rv32.VARIANTS,
        *pack_folded.VARIANTS,
    ),
)
