# SPDX-License-Identifier: Apache-2.0
"""UNIDIRECTIONAL_SEQUENCE_LSTM and BIDIRECTIONAL_SEQUENCE_LSTM: long short-term memory over a sequence.

input [batches, steps, inputs], or [steps, batches, inputs] where `time_major`; output likewise, with as many elements
in a row as there are units. In each step, for each unit, x being the input row and h the output row before, each of
four gates is W x + R h + bias; cell state = logistic(forget) * cell state + logistic(input) * tanh(cell), clamped to
-cell_clip to cell_clip if that is above 0; output = tanh(cell state) * logistic(output). h and the cell state live on
from invoke to invoke in variable tensors. float32: the input gate may be 1 - forget gate, gates may see the cell state
(peepholes), and h may be projected; see Sak et al., "Long Short-Term Memory Recurrent Neural Network Architectures for
Large Scale Acoustic Modeling", 2014. int8, int16: both sums of a gate are rescaled to int16, and the curves looked up,
as in TFLM; the output has the quantisation of the output state. Bidirectional (float32): a second layer goes from the
end to the beginning; its output is the second one, or stands behind the first in each row.
"""

from __future__ import annotations

from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator
from packlight.ops.lstm.layer import GATES, WEIGHTS, Layer

STATES = ("output_state", "cell_state")
AUXILIARY = tuple(f"{way}aux_input_to_{gate}_weights?" for way in ("fw_", "bw_") for gate in GATES)


def prepare(node: Node) -> Call:
    node.check(not node.options.diagonal_recurrent_tensors, "recurrent weights are matrices, not diagonals")
    normed = any(node.optional(f"{gate}_layer_norm_coefficients") for gate in GATES)
    node.check(not normed, "the gates are not normalised (no layer norm coefficients)")
    layer = Layer(node, "", node.input, node.output)
    _check_rows(node, layer, width=layer.outputs)
    return layer.call()


def prepare_both(node: Node) -> tuple[Call, Call]:
    merged, auxiliary = node.options.merge_outputs, node.optional("aux_input")
    weighted = any(node.optional(name.rstrip("?")) for name in AUXILIARY)
    node.check(not weighted, "an auxiliary input has no weights of its own: it is the input of the way back")
    forwards = Layer(node, "fw_", node.input, node.fw_output)
    output = node.fw_output if merged else node.bw_output
    backwards = Layer(node, "bw_", auxiliary or node.input, output, first=forwards.outputs * merged)
    for layer in (forwards, backwards):
        width = forwards.outputs + backwards.outputs if merged else layer.outputs
        _check_rows(node, layer, width=width)
    return forwards.call(), backwards.call(backwards=True)


def _check_rows(node: Node, layer: Layer, width: int) -> None:
    node.check(len(layer.input.shape) == 3, "input has 3 dimensions: batches, steps and a row", layer.input)
    node.check(min(layer.input.shape) > 0 and width > 0, "input and output are not empty", layer.input)
    shape = (*layer.input.shape[:2], width)
    node.check(layer.output.shape == shape, "output has a row for each of input", layer.output)
    node.check(layer.output.type == layer.input.type == node.input.type, "output has the type of input", layer.output)


def macs(node: Node) -> int:
    """Those of matrices, with as many outputs as there are units."""
    found = 0
    for name, tensor in node.tensors:
        if name.endswith("_weights") and len(tensor.shape) == 2:
            found += node.input.shape[0] * node.input.shape[1] * tensor.elements
    return found


UNIDIRECTIONAL_SEQUENCE_LSTM = Operator(
    "UNIDIRECTIONAL_SEQUENCE_LSTM",
    inputs=("input", *WEIGHTS, *STATES, *(f"{gate}_layer_norm_coefficients?" for gate in GATES)),
    outputs=("output",),
    kernels={"INT8": "s8", "INT16": "s16", "FLOAT32": "f32"},
    options="UnidirectionalSequenceLSTMOptions",
    max_version=5,
    prepare=prepare,
    macs=macs,
)

BIDIRECTIONAL_SEQUENCE_LSTM = Operator(
    "BIDIRECTIONAL_SEQUENCE_LSTM",
    inputs=(
        "input",
        *(way + name for way in ("fw_", "bw_") for name in WEIGHTS),
        *(way + name for way in ("fw_", "bw_") for name in STATES),
        "aux_input?",
        *AUXILIARY,
    ),
    outputs=("fw_output", "bw_output?"),
    kernels={"FLOAT32": "f32"},
    options="BidirectionalSequenceLSTMOptions",
    max_version=3,
    prepare=prepare_both,
    macs=macs,
)
