# SPDX-License-Identifier: Apache-2.0
"""`Layer`: one LSTM that runs over a sequence in one direction, its operands checked and laid out for the kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight import arithmetic
from packlight.nouns.call import Call, Place
from packlight.nouns.model import ELEMENT_BYTES, Tensor
from packlight.nouns.operator import Node
from packlight.ops.logistic.op import LOGISTIC_PARAMS, TANH_PARAMS, samples

Array = npt.NDArray[Any]

GATES = ("input", "forget", "cell", "output")
CELL_PEEPHOLES = ("input", "forget", "output")
#: The names of a layer's operands in the schema's order, before its states.
WEIGHTS = (
    *(f"input_to_{gate}_weights" + "?" * (gate == "input") for gate in GATES),
    *(f"recurrent_to_{gate}_weights" + "?" * (gate == "input") for gate in GATES),
    *(f"cell_to_{gate}_weights?" for gate in CELL_PEEPHOLES),
    *(f"{gate}_gate_bias?" for gate in GATES),
    "projection_weights?",
    "projection_bias?",
)
#: A gate's sum is in units of 2**-12, what its curve makes of it in units of 2**-15.
SUM_SCALE, GATE_SCALE = 2.0**-12, 2.0**-15
#: By type of the input: of the weights, of the biases, of the cell state.
TYPES = {
    "FLOAT32": ("FLOAT32", "FLOAT32", "FLOAT32"),
    "INT8": ("INT8", "INT32", "INT16"),
    "INT16": ("INT8", "INT64", "INT16"),
}


@dataclass(frozen=True)
class Layer:
    """The operands of a node that belong to one direction: those whose names have the prefix."""

    node: Node
    prefix: str
    input: Tensor
    output: Tensor
    first: int = 0  # where its part of an output row begins, in elements

    def given(self, name: str) -> Tensor | None:
        return self.node.optional(self.prefix + name)

    def tensor(self, name: str) -> Tensor:
        tensor: Tensor = getattr(self.node, self.prefix + name)
        return tensor

    @property
    def gates(self) -> tuple[str, ...]:
        """Those that have weights: without an input gate it is 1 - forget gate."""
        return GATES if self.given("input_to_input_weights") else GATES[1:]

    @property
    def units(self) -> int:
        return self.tensor("input_to_forget_weights").shape[0]

    @property
    def outputs(self) -> int:
        """Elements of an output row."""
        projection = self.given("projection_weights")
        return projection.shape[0] if projection else self.units

    def constant(self, name: str, kind: int, *shape: int) -> Array | None:
        """The values of an operand; `kind` says which of its `TYPES` it has."""
        tensor = self.given(name)
        if tensor is None:
            return None
        self.node.check(tensor.is_constant and not tensor.is_variable, "weights and biases are constant", tensor)
        self.node.check(tensor.shape == shape, "weights and biases have the sizes of input, units and output", tensor)
        sentence = "weights and biases are float32 with a float32 input; int8 with int32, for int16 input int64 biases"
        self.node.check(tensor.type == TYPES[self.input.type][kind], sentence, tensor)
        return tensor.array()

    def weights(self) -> tuple[Array, Array]:
        """What the gates weigh an input row with, and the output row before: [units, gates, elements] each."""
        shapes = {"input": (self.units, self.input.shape[2]), "recurrent": (self.units, self.outputs)}
        found = []
        for kind, shape in shapes.items():
            rows = [self.constant(f"{kind}_to_{gate}_weights", 0, *shape) for gate in self.gates]
            self.node.check(all(row is not None for row in rows), "every gate has weights of input and output")
            found.append(np.stack([row for row in rows if row is not None], axis=1))
        return found[0], found[1]

    def biases(self) -> Array:
        """[units, gates]; zeros where the model gives none."""
        zeros = np.zeros(self.units, {"FLOAT32": np.float32, "INT8": np.int32, "INT16": np.int64}[self.input.type])
        given = [self.constant(f"{gate}_gate_bias", 1, self.units) for gate in self.gates]
        return np.stack([zeros if bias is None else bias for bias in given], axis=1)

    def check_states(self, batches: int) -> None:
        output, cell = self.tensor("output_state"), self.tensor("cell_state")
        for tensor, size in ((output, self.outputs), (cell, self.units)):
            self.node.check(tensor.is_variable, "output state and cell state are variable tensors", tensor)
            self.node.check(tensor.elements == batches * size, "states have a row for each batch", tensor)
        self.node.check(output.type == self.input.type, "the output state has the type of input", output)
        right = cell.type == TYPES[self.input.type][2]
        self.node.check(right, "the cell state is float32 with a float32 input, else int16", cell)

    def sizes(self, batches: int, steps: int, *, time_major: bool) -> dict[str, int]:
        """The kernel's sizes, forwards in time."""
        inputs, width = self.input.shape[2], self.output.shape[-1]
        strides = (1, batches) if time_major else (steps, 1)
        return {
            **{"batches": batches, "steps": steps, "inputs": inputs, "outputs": self.outputs, "units": self.units},
            **{"input_batch": strides[0] * inputs, "input_step": strides[1] * inputs},
            **{"output_batch": strides[0] * width, "output_step": strides[1] * width},
        }

    def call(self, *, backwards: bool = False) -> Call:
        """The layer's call, which may go through the sequence from its end."""
        node, time_major = self.node, self.node.options.time_major
        batches, steps = self.input.shape[1::-1] if time_major else self.input.shape[:2]
        node.check(node.options.fused_activation_function == "TANH", "the activation is TANH")
        sizes = self.sizes(batches, steps, time_major=time_major)
        moved = {"input": 0, "output": self.first}
        for name in moved if backwards else ():
            moved[name] += (steps - 1) * sizes[f"{name}_step"]
            sizes[f"{name}_step"] *= -1
        element = int(ELEMENT_BYTES[self.input.type])
        input_, output = Place(self.input, moved["input"] * element), Place(self.output, moved["output"] * element)
        prepared = _float if self.input.type == "FLOAT32" else _integer
        self.check_states(batches)
        return prepared(self, sizes, input_, output)


def _float(layer: Layer, sizes: dict[str, int], input_: Place, output: Place) -> Call:
    node, units, outputs = layer.node, layer.units, layer.outputs
    peepholes = [layer.constant(f"cell_to_{gate}_weights", 0, units) for gate in CELL_PEEPHOLES]
    has_peepholes = any(each is not None for each in peepholes)
    zeros = np.zeros(units, np.float32)
    projection = layer.constant("projection_weights", 0, outputs, units)
    clips = {name: getattr(node.options, name) for name in ("cell_clip", "proj_clip")}
    limits = {
        name: {"min": -clip, "max": clip} if clip > 0 else arithmetic.float_activation(node, "NONE")
        for name, clip in clips.items()
    }
    return node.call(
        {
            "sizes": sizes,
            "first_gate": len(GATES) - len(layer.gates),
            **{"cell_clip": limits["cell_clip"], "projection_clip": limits["proj_clip"]},
        },
        kernel="f32",
        filter=np.concatenate(layer.weights(), axis=2),
        bias=layer.biases(),
        peephole=np.stack([zeros if p is None else p for p in peepholes], axis=1) if has_peepholes else None,
        projection=projection,
        projection_bias=layer.constant("projection_bias", 0, outputs),
        scratch=4 * units if projection is not None else 0,
        input=input_,
        output_state=layer.tensor("output_state"),
        cell_state=layer.tensor("cell_state"),
        output=output,
    )


def _integer(layer: Layer, sizes: dict[str, int], input_: Place, output: Place) -> Call:
    node, state, cell = layer.node, layer.tensor("output_state"), layer.tensor("cell_state")
    _check_plain(layer)
    of_input, of_output = layer.weights()
    sums = np.int32 if layer.input.type == "INT8" else np.int64
    bias = layer.biases().astype(np.int64) - of_input.sum(axis=2, dtype=np.int64) * layer.input.zero_point
    recurrent = of_output.sum(axis=2, dtype=np.int64) * -state.zero_point
    clip = int(min(node.options.cell_clip / cell.scale, 32767.0))
    limits = {"min": -clip, "max": clip} if node.options.cell_clip > 0 else {"min": -32768, "max": 32767}
    return node.call(
        {"sizes": sizes, "cell_clip": limits, "output_offset": state.zero_point},
        filter=np.concatenate([of_input, of_output], axis=2),
        bias=bias.astype(sums),
        recurrent_bias=recurrent.astype(sums) if state.zero_point else None,
        scales=np.array([*_gate_scales(layer), *_product_scales(cell.scale, state.scale)], np.int32),
        curves=_curves(layer),
        table=samples(),
        input=input_,
        output_state=layer.tensor("output_state"),
        cell_state=layer.tensor("cell_state"),
        output=output,
    )


def _check_plain(layer: Layer) -> None:
    """That an integer layer has what its kernels know."""
    node, state, cell = layer.node, layer.tensor("output_state"), layer.tensor("cell_state")
    names = ["projection_weights", "projection_bias", *(f"cell_to_{gate}_weights" for gate in CELL_PEEPHOLES)]
    plain = layer.gates == GATES and not any(layer.given(name) for name in names)
    node.check(plain, "an integer LSTM has an input gate, and neither peepholes nor a projection")
    weights = [layer.tensor(f"{kind}_to_{gate}_weights") for kind in ("input", "recurrent") for gate in GATES]
    arithmetic.check_quantized(node, layer.input, state, cell, *weights)
    for tensor in weights:
        one = tensor.quantization is not None and len(tensor.quantization.scale) == 1 and tensor.zero_point == 0
        node.check(one, "weights have one scale and the zero point 0", tensor)


def _gate_scales(layer: Layer) -> list[tuple[int, int]]:
    """Of the sums of each gate, of inputs and of outputs; the product of scales is a float64, as in FULLY_CONNECTED."""
    reals = [
        source.scale * layer.tensor(f"{kind}_to_{gate}_weights").scale / SUM_SCALE
        for gate in GATES
        for kind, source in (("input", layer.input), ("recurrent", layer.tensor("output_state")))
    ]
    if layer.input.type == "INT8":
        return [arithmetic.quantize_multiplier(real) for real in reals]
    layer.node.check(max(reals) < 128, "the scales of weights and input have a product less than 1/32")
    multipliers, shifts = arithmetic.wide_multipliers(reals)
    return list(zip(multipliers.tolist(), shifts.tolist(), strict=True))


def _product_scales(cell: float, output: float) -> list[tuple[int, int]]:
    reals = [GATE_SCALE * cell / cell, GATE_SCALE * GATE_SCALE / cell, GATE_SCALE * GATE_SCALE / output]
    return [arithmetic.quantize_multiplier(real) for real in reals]


def _curves(layer: Layer) -> npt.NDArray[np.int32]:
    """[3, 7]: logistic and tanh of a gate, tanh of a cell state, whose scale counts as the nearest power of 2."""
    cell = layer.tensor("cell_state")
    left = 12 + round(float(np.log2(cell.scale)))
    layer.node.check(-30 <= left <= 14, "the scale of the cell state is at least 2**-42 and at most 4", cell)
    gate, of_cell = (3, 0), (3 << left, 0) if left >= 0 else (3, -left)
    order = ("bits", "saturated", "offset", "negative_offset", "output_shift")
    curves = ((gate, LOGISTIC_PARAMS), (gate, TANH_PARAMS), (of_cell, TANH_PARAMS))
    return np.array([[*scale, *(curve[name] for name in order)] for scale, curve in curves], np.int32)
