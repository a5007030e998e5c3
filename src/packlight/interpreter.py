# SPDX-License-Identifier: Apache-2.0
"""`Interpreter`: LiteRT's interpreter on packlight's kernels. A program that used `ai_edge_litert` changes one import:

    from packlight.interpreter import Interpreter  # was: from ai_edge_litert.interpreter import Interpreter

Results are those of the device, to the last bit. Methods, arguments and dictionaries are those of ai_edge_litert 2.3;
errors are of the same kind (ValueError, RuntimeError) and say what to do.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, unique
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.errors import ModelError, UsageError
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES, Signature, Tensor
from packlight.verbs.pack import pack_for_pc
from packlight.verbs.read import read
from packlight.verbs.resolve import OpResolver
from packlight.verbs.run import Machine, mismatch

Array: TypeAlias = npt.NDArray[Any]
Details: TypeAlias = dict[str, Any]

#: numpy's type of tensors that packlight keeps in another form, or not at all; the other types are in NUMPY_NAMES.
_DTYPES: Mapping[str, type] = {
    "INT4": np.int8, "UINT4": np.uint8, "STRING": np.bytes_, "RESOURCE": np.object_, "VARIANT": np.object_,
}  # fmt: skip


class InvalidValueError(UsageError, ValueError):
    """An argument that does not go with the model."""


class NotAllocatedError(UsageError, RuntimeError, ValueError):
    """`allocate_tensors` has not been called: in LiteRT a RuntimeError of `invoke`, a ValueError of `get_tensor`."""


class UnreadableModelError(ModelError, ValueError):
    """The model cannot be read."""


@unique
class OpResolverType(Enum):
    """What ai_edge_litert has several sets of kernels for. Here all of them mean the same: packlight's kernels."""

    AUTO = 0
    BUILTIN = 1
    BUILTIN_REF = 2
    BUILTIN_WITHOUT_DEFAULT_DELEGATES = 3


class Interpreter:
    """Runs the first subgraph of a model on this computer.

    `experimental_preserve_all_tensors` keeps every intermediate tensor, so that `get_tensor` can read it after an
    invoke. `resolver`, which LiteRT does not have, limits the operators to those it has registered. The number of
    threads, the type of op resolver and the other experimental switches have no influence on results; they are
    accepted and not used.
    """

    def __init__(
        self,
        model_path: str | os.PathLike[str] | None = None,
        model_content: bytes | bytearray | memoryview | None = None,
        experimental_delegates: Sequence[Any] | None = None,
        num_threads: int | None = None,
        experimental_op_resolver_type: Any = OpResolverType.AUTO,
        experimental_preserve_all_tensors: bool = False,
        experimental_disable_delegate_clustering: bool = False,
        experimental_default_delegate_latest_features: bool = False,
        experimental_compress_quantization_zero_points: bool = False,
        experimental_disable_delegate_node_fusion: bool = False,
        experimental_force_delegate_node_profiling: bool = False,
        *,
        resolver: OpResolver | None = None,
    ) -> None:
        source = _the_source(model_path, model_content)
        if num_threads is not None and not (isinstance(num_threads, int) and num_threads >= 1):
            raise InvalidValueError("E512", f"num_threads is {num_threads!r}", fix="a whole number from 1 on, or None")
        if experimental_delegates:
            raise InvalidValueError("E512", "delegates cannot be used", fix="leave experimental_delegates out")
        try:
            self._model = read(source)
        except ModelError as error:
            raise UnreadableModelError.of(error.problems) from None
        self._graph = self._model.subgraphs[0]
        self._resolver = resolver
        self._keep_all = experimental_preserve_all_tensors
        self._machine: Machine | None = None
        self._inputs: dict[int, Array] = {}  # by tensor index: an invoke may overwrite those in the arena
        self._given: list[tuple[Array, Array]] = []  # where each lies in the arena, and what is copied there

    def allocate_tensors(self) -> None:
        """Resolves, prepares and plans the model; when that is done already, only resets its variables."""
        if self._machine:
            self._machine.reset()
            return
        program = pack_for_pc(self._model, self._resolver, keep_all=self._keep_all)
        self._machine = Machine(program)
        places = {value.tensor.index: self._machine.view(value) for value in program.inputs}
        self._inputs = {index: np.zeros_like(place) for index, place in places.items()}
        self._given = [(place, self._inputs[index]) for index, place in places.items()]

    def invoke(self) -> None:
        """One inference, with the GIL released."""
        machine = self._allocated()
        for place, given in self._given:
            place[...] = given
        machine.invoke()

    def reset_all_variables(self) -> None:
        """Gives every variable its initial value again."""
        self._allocated().reset()

    def get_input_details(self) -> list[Details]:
        """What `get_tensor_details` tells, of the inputs."""
        return [_details(self._graph.tensors[index]) for index in self._graph.inputs]

    def get_output_details(self) -> list[Details]:
        """What `get_tensor_details` tells, of the outputs."""
        return [_details(self._graph.tensors[index]) for index in self._graph.outputs]

    def get_tensor_details(self, subgraph_index: int = 0) -> list[Details]:
        """A dictionary for each tensor of a subgraph whose type numpy has.

        Its keys: `name`, `index`, `shape` and `shape_signature` (int32 arrays), `dtype`, `quantization` (scale and zero
        point; (0.0, 0) unless there is one pair for the tensor), `quantization_parameters` (`scales`, a float32 array,
        `zero_points`, an int32 array, `quantized_dimension`, `block_size`, always 0), `sparsity_parameters`, always {}.
        """
        self._check_subgraph(subgraph_index)
        return [_details(tensor) for tensor in self._model.subgraphs[subgraph_index].tensors if _dtype(tensor)]

    def num_subgraphs(self) -> int:
        return len(self._model.subgraphs)

    def set_tensor(self, tensor_index: int, value: npt.ArrayLike) -> None:
        """Copies `value` to an input, where it stays for all later invokes, or to a variable."""
        tensor = self._tensor(tensor_index)
        given = np.asarray(value)
        if tensor.index not in self._graph.inputs and not tensor.is_variable:
            why = "it is a constant of the model" if tensor.is_constant else "an operator writes it"
            raise InvalidValueError("E516", f"tensor {_label(tensor)} cannot be set", why=why, fix="set an input")
        if problem := mismatch(tensor, given):
            raise InvalidValueError.of([problem])
        self._view(tensor)[...] = given

    def get_tensor(self, tensor_index: int, subgraph_index: int = 0) -> Any:
        """A copy of a tensor's value: of an input, an output, a variable or a constant.

        An intermediate tensor can be read if all are kept. A tensor without dimensions gives a numpy scalar.
        """
        value = self._view(self._tensor(tensor_index, subgraph_index)).copy()
        return value if value.ndim else value[()]

    def tensor(self, tensor_index: int) -> Callable[[], Array]:
        """A function that gives a live view of a tensor's memory.

        A view of an input may be written to, and keeps what is written; one of an output is valid until the next
        invoke; a constant is read-only.
        """
        return lambda: self._view(self._tensor(tensor_index))

    def resize_tensor_input(self, input_index: int, tensor_size: Sequence[int] | Array, strict: bool = False) -> None:
        """Accepts the shape that the input has; a model for a device has no other."""
        tensor = self._tensor(input_index)
        if tuple(tensor_size) != tensor.shape:
            raise InvalidValueError(
                "E517",
                f"tensor {_label(tensor)} cannot be resized to {[int(size) for size in tensor_size]}",
                why="a firmware's memory is planned for the shapes of the model",
                fix="convert the model with fixed shapes of this size: tf.TensorSpec(shape, dtype) without None",
            )

    def get_signature_list(self) -> dict[str, dict[str, list[str]]]:
        """The names of inputs and outputs of each signature, by its key."""
        return {
            signature.key: {"inputs": sorted(signature.inputs), "outputs": sorted(signature.outputs)}
            for signature in sorted(self._model.signatures, key=lambda signature: signature.key)
        }

    def get_signature_runner(self, signature_key: str | None = None) -> SignatureRunner:
        """A function that runs a signature by its users' names; the key may be left out if there is one signature."""
        found = {signature.key: signature for signature in self._model.signatures}
        if signature_key is None and len(found) == 1:
            signature_key = next(iter(found))
        if signature_key is None or signature_key not in found:
            what = "which signature is not said" if signature_key is None else f'no signature "{signature_key}"'
            fix = f"one of {sorted(found)}" if found else "use set_tensor, invoke and get_tensor"
            raise InvalidValueError("E518", f"{self._model.source}: {what}", why=f"the model has {len(found)}", fix=fix)
        signature = found[signature_key]
        if signature.subgraph:
            what = f'signature "{signature_key}" cannot be run'
            why = f"it runs subgraph {signature.subgraph}, and only the first can be run"
            raise InvalidValueError("E518", f"{self._model.source}: {what}", why=why, fix="convert it alone")
        return SignatureRunner(self, signature)

    def _allocated(self) -> Machine:
        if self._machine is None:
            raise NotAllocatedError("E502", "the tensors are not allocated", fix="call allocate_tensors() first")
        return self._machine

    def _check_subgraph(self, index: int) -> None:
        if not 0 <= index < self.num_subgraphs():
            raise InvalidValueError("E519", f"the model has no subgraph {index}", why=f"it has {self.num_subgraphs()}")

    def _tensor(self, index: int, subgraph: int = 0) -> Tensor:
        self._check_subgraph(subgraph)
        tensors = self._model.subgraphs[subgraph].tensors
        index = operator.index(index)
        if not 0 <= index < len(tensors):
            fix = "take the index from get_input_details() or get_output_details()"
            raise InvalidValueError("E519", f"the model has no tensor {index}", why=f"it has {len(tensors)}", fix=fix)
        if subgraph and not tensors[index].is_constant:
            what = f"tensor {_label(tensors[index])} of subgraph {subgraph} has no value"
            raise InvalidValueError("E515", what, why="only the first subgraph is run")
        return tensors[index]

    def _view(self, tensor: Tensor) -> Array:
        """A tensor's memory."""
        if tensor.is_constant and not tensor.is_variable:
            return _constant(tensor)
        machine = self._allocated()
        if tensor.index in self._inputs:
            return self._inputs[tensor.index]
        value = machine.program.schedule.values.get(tensor.index)
        if value is None:
            why = "no operator that runs touches it"
            raise InvalidValueError("E515", f"tensor {_label(tensor)} has no value", why=why)
        if not (tensor.index in self._graph.outputs or tensor.is_variable or self._keep_all):
            raise InvalidValueError(
                "E515",
                f"tensor {_label(tensor)} cannot be read",
                why="it is an intermediate tensor, whose memory others use as soon as it is not needed",
                fix="Interpreter(..., experimental_preserve_all_tensors=True)",
            )
        return machine.view(value)


class SignatureRunner:
    """Runs one signature: `runner(x=..., y=...)` gives a dictionary of outputs, by the signature's names."""

    def __init__(self, interpreter: Interpreter, signature: Signature) -> None:
        self._interpreter = interpreter
        self._signature = signature

    def __call__(self, **kwargs: npt.ArrayLike) -> dict[str, Any]:
        wanted, given = self._signature.inputs, kwargs.keys()
        if given != wanted.keys():
            odd = sorted(given - wanted.keys())
            what = f"has no input {odd[0]}" if odd else f"misses the input {min(wanted.keys() - given)}"
            why = f"its inputs are {', '.join(sorted(wanted)) or 'none'}"
            raise InvalidValueError("E518", f'signature "{self._signature.key}" {what}', why=why)
        if self._interpreter._machine is None:
            self._interpreter.allocate_tensors()
        for name, value in kwargs.items():
            self._interpreter.set_tensor(wanted[name], value)
        self._interpreter.invoke()
        return {name: self._interpreter.get_tensor(index) for name, index in sorted(self._signature.outputs.items())}

    def get_input_details(self) -> dict[str, Details]:
        """What `Interpreter.get_input_details` tells, by the signature's names."""
        return self._details(self._signature.inputs)

    def get_output_details(self) -> dict[str, Details]:
        """What `Interpreter.get_output_details` tells, by the signature's names."""
        return self._details(self._signature.outputs)

    def _details(self, names: Mapping[str, int]) -> dict[str, Details]:
        return {name: _details(self._interpreter._tensor(index)) for name, index in sorted(names.items())}


def _the_source(path: str | os.PathLike[str] | None, content: bytes | bytearray | memoryview | None) -> Any:
    """The one that is given."""
    if (not path) == (not content):
        given = "both model_path and model_content are" if path else "neither model_path nor model_content is"
        raise InvalidValueError("E511", f"{given} given", fix="give one of them")
    return path or content


def _details(tensor: Tensor) -> Details:
    quantization = tensor.quantization
    scales = np.array(quantization.scale if quantization else (), np.float32)
    points = np.array(quantization.zero_point if quantization else (), np.int32)
    return {
        "name": tensor.name,
        "index": tensor.index,
        "shape": np.array(tensor.shape, np.int32),
        "shape_signature": np.array(tensor.shape_signature or tensor.shape, np.int32),
        "dtype": _dtype(tensor),
        "quantization": (tensor.scale, tensor.zero_point) if scales.size == 1 else (0.0, 0),
        "quantization_parameters": {
            "scales": scales,
            "zero_points": points if points.size == scales.size else np.resize(points, scales.size),
            "quantized_dimension": quantization.quantized_dimension if quantization else 0,
            "block_size": 0,
        },
        "sparsity_parameters": {},
    }


def _dtype(tensor: Tensor) -> type | None:
    """numpy's type of the elements; None where numpy has none."""
    if tensor.type in _DTYPES:
        return _DTYPES[tensor.type]
    stored = ELEMENT_BYTES.get(tensor.type, 0) >= 1 and tensor.type != "BFLOAT16"
    return np.dtype(NUMPY_NAMES[tensor.type]).type if stored else None


def _constant(tensor: Tensor) -> Array:
    """A constant's elements, read-only. A byte holds two four-bit ones, the low one first; here each has a byte."""
    if _dtype(tensor) is None or tensor.type not in NUMPY_NAMES:
        why = f"numpy has no type {tensor.type}"
        raise InvalidValueError("E515", f"tensor {_label(tensor)} cannot be read", why=why)
    stored = tensor.array()
    if tensor.type not in ("INT4", "UINT4"):
        return stored
    halves = np.stack([stored & 15, stored >> 4], axis=-1).reshape(-1)[: tensor.elements].reshape(tensor.shape)
    return halves if tensor.type == "UINT4" else ((halves ^ 8).astype(np.int8) - 8).astype(np.int8)


def _label(tensor: Tensor) -> str:
    return f'#{tensor.index} "{tensor.name}"'
