# SPDX-License-Identifier: Apache-2.0
"""SVDF: a layer whose filters look at the latest inputs, each through one number that it makes of an input.

input [batches, inputs], output [batches, units]; filter f is one of the `rank` filters of unit f // rank. In each
invoke sum(weights_feature[f, i] * input[b, i]) joins the last `memory` such numbers of the filter, its activation
state, and output[b, u] = act(bias[u] + sum of weights_time[f, t] * state[b, f, t] over the filters of u and over t).
int8: the state is int16 or int8, as the weights for time are; both sums are rescaled, and the activation counts for
nothing, as in TFLM. Nakkiran et al., "Compressing Deep Neural Networks using a Rank-Constrained Topology", 2015.
"""

from __future__ import annotations

from packlight import arithmetic
from packlight.nouns.call import Call
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator

_TYPES = {"FLOAT32": ("FLOAT32", "FLOAT32"), "INT8": ("INT8", "INT32"), "INT8_INT16": ("INT8", "INT32")}


def prepare(node: Node) -> Call | tuple[Call, Call]:
    sizes = _sizes(node)
    if node.types == "FLOAT32":
        return _float(node, sizes)
    input_, feature, time, state, output = _scaled(node)
    to_state = arithmetic.quantize_multiplier(input_ * feature / state)
    to_output = arithmetic.quantize_multiplier(state * time / output)
    return node.call(
        {
            "sizes": sizes,
            "input_offset": -node.input.zero_point,
            "state_zero_point": node.activation_state.zero_point,
            **{"state_multiplier": to_state[0], "state_shift": to_state[1]},
            "output_offset": node.output.zero_point,
            **{"output_multiplier": to_output[0], "output_shift": to_output[1]},
        }
    )


def _float(node: Node, sizes: dict[str, int]) -> Call | tuple[Call, Call]:
    """TANH is a second call, over the output where it lies."""
    activation = node.options.fused_activation_function
    is_tanh = activation == "TANH"
    limits = arithmetic.float_activation(node, "NONE" if is_tanh else activation)
    call = node.call({"sizes": sizes, "activation": limits}, kernel="f32")
    if not is_tanh:
        return call
    return call, node.call({"size": node.output.elements}, kernel="unary/tanh_f32", input=node.output)


def _sizes(node: Node) -> dict[str, int]:
    """The kernel's sizes, once shapes and types of all operands are checked."""
    input_, feature, time, state = node.input, node.weights_feature, node.weights_time, node.activation_state
    bias, rank, output = node.optional("bias"), node.options.rank, node.output
    for tensor in (input_, feature, time, state):
        node.check(len(tensor.shape) == 2, "input, weights and activation state have 2 dimensions", tensor)
    batches, inputs = input_.shape
    filters, memory = time.shape
    node.check(feature.shape == (filters, inputs), "weights_feature is [filters, inputs]", feature)
    node.check(rank >= 1 and filters % rank == 0, "the number of filters is a multiple of the rank", feature)
    node.check(memory >= 1, "weights_time is [filters, memory], memory at least 1", time)
    node.check(state.elements == batches * filters * memory, "the state is [batches, filters * memory]", state)
    node.check(state.is_variable, "the activation state is a variable tensor", state)
    node.check(output.elements == batches * filters // rank, "output is [batches, filters / rank]", output)
    types, bias_type = _TYPES[node.types]
    node.check(feature.type == types == output.type, "weights_feature and output have the type of input", feature)
    node.check(state.type == time.type, "the activation state has the type of weights_time", state)
    right = bias is None or (bias.elements == filters // rank and bias.type == bias_type)
    node.check(right, "bias has one value for each unit, int32 with an int8 input, else float32", bias)
    return {"batches": batches, "inputs": inputs, "units": filters // rank, "rank": rank, "memory": memory}


def _scaled(node: Node) -> list[float]:
    """The scales, once they are checked."""
    tensors = (node.input, node.weights_feature, node.weights_time, node.activation_state, node.output)
    arithmetic.check_quantized(node, *tensors)
    for tensor in (node.weights_feature, node.weights_time):
        node.check(_is_symmetric(tensor), "weights have one scale and the zero point 0", tensor)
    state = node.activation_state
    node.check(state.type == "INT8" or state.zero_point == 0, "an int16 state has the zero point 0", state)
    return [tensor.scale for tensor in tensors]


def _is_symmetric(tensor: Tensor) -> bool:
    return tensor.quantization is not None and len(tensor.quantization.scale) == 1 and tensor.zero_point == 0


def macs(node: Node) -> int:
    filters, memory = node.weights_time.shape
    return int(node.input.shape[0] * filters * (node.input.shape[1] + memory))


SVDF = Operator(
    "SVDF",
    inputs=("input", "weights_feature", "weights_time", "bias?", "activation_state"),
    outputs=("output",),
    kernels={"INT8": "s8_s8", "INT8_INT16": "s8_s16", "FLOAT32": ("f32", "unary/tanh_f32")},
    options="SVDFOptions",
    max_version=4,
    prepare=prepare,
    typed_by=("input", "weights_time"),
    macs=macs,
)
