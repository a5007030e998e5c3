# SPDX-License-Identifier: Apache-2.0
"""FULLY_CONNECTED: each output is the whole input, weighted and summed.

output[b, u] = act(bias[u] + sum over d of filter[u, d] * input[b, d]), where the input's elements, whatever its shape,
are rows of as many as the filter has columns. int8: weights are symmetric, one scale for all or one a unit.
"""

from __future__ import annotations

from functools import partial

from packlight import arithmetic, overlap
from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator, Variant
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
    scales = len(node.filter.quantization.scale) if node.filter.quantization else 0
    multiplier, shift = arithmetic.quantize_multipliers(
        arithmetic.channel_multipliers(node.input, node.filter, node.output, scales)
    )
    params = {
        **sizes,
        "input_offset": -node.input.zero_point,
        "output_offset": node.output.zero_point,
        "per_channel": int(scales > 1),
        "activation": arithmetic.quantized_activation(node, activation, node.output),
    }
    return node.call(params, multiplier=multiplier, shift=shift)


def macs(node: Node) -> int:
    return node.output.elements * node.filter.shape[1]


FULLY_CONNECTED = Operator(
    "FULLY_CONNECTED",
    inputs=("input", "filter", "bias?"),
    outputs=("output",),
    kernels={"INT8": "s8", "FLOAT32": "f32"},
    options="FullyConnectedOptions",
    max_version=13,
    prepare=prepare,
    macs=macs,
    overlap=overlap.one_by_one,
    variants=(
        Variant("conv_2d/s8_vnni", of="s8", features=("vnni",), pack=partial(pack_host.pack, layout=VNNI)),
        Variant("conv_2d/s8_avx2", of="s8", features=("avx2",), pack=partial(pack_host.pack, layout=AVX2)),
        Variant("s8_mve", of="s8", features=("mve",), pack=pack_mve.pack),
        Variant("s8_mve_row", of="s8", features=("mve",), pack=pack_mve.pack_row),
        Variant("s8_dsp", of="s8", features=("dsp",), pack=pack_dsp.pack),
        Variant("s8_dsp_wide", of="s8", features=("dsp",), pack=pack_dsp.pack_wide),
        Variant("s8_dsp_plain", of="s8", features=("dsp",), pack=pack_dsp.pack_plain),
        *pack_thumb.VARIANTS,
        *pack_rv32.VARIANTS,
        *pack_folded.VARIANTS,
    ),
)
