# SPDX-License-Identifier: Apache-2.0
"""`Model`: the .tflite as stored, with the TFLite schema's names, no judgement."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

#: Bytes of one element by the schema's TensorType name. INT4 is stored two to a byte; STRING has no fixed size.
ELEMENT_BYTES: Mapping[str, float] = {
    "FLOAT32": 4, "FLOAT16": 2, "BFLOAT16": 2, "FLOAT64": 8, "COMPLEX64": 8, "COMPLEX128": 16, "BOOL": 1,
    "INT4": 0.5, "UINT4": 0.5, "INT2": 0.25, "INT8": 1, "UINT8": 1, "INT16": 2, "UINT16": 2, "INT32": 4, "UINT32": 4,
    "INT64": 8, "UINT64": 8,
}  # fmt: skip

#: numpy's name of a TensorType; INT4 and INT2 are kept packed, as bytes.
NUMPY_NAMES: Mapping[str, str] = {
    "FLOAT32": "float32", "FLOAT16": "float16", "FLOAT64": "float64", "COMPLEX64": "complex64",
    "COMPLEX128": "complex128", "BOOL": "bool", "INT4": "uint8", "UINT4": "uint8", "INT2": "uint8",
    "INT8": "int8", "UINT8": "uint8", "INT16": "int16", "UINT16": "uint16", "INT32": "int32",
    "UINT32": "uint32", "INT64": "int64", "UINT64": "uint64", "BFLOAT16": "uint16",
}  # fmt: skip


@dataclass(frozen=True)
class Quantization:
    """real = scale * (stored - zero_point); one pair for the tensor, or one for each index of `quantized_dimension`."""

    scale: tuple[float, ...]  # float32 values, exactly
    zero_point: tuple[int, ...]  # as many as scales, or one for all
    quantized_dimension: int = 0


@dataclass(frozen=True)
class Sparsity:
    """Which elements of a constant the file stores (the schema's SparsityParameters); see packlight/sparsity.py."""

    @dataclass(frozen=True)
    class Level:
        """A level of the tree: dense with `size` children of every node, or sparse with those that `indices` name."""

        size: int  # of a dense level
        segments: tuple[int, ...] = ()  # of a sparse one: node n has the children segments[n] to segments[n + 1]
        indices: tuple[int, ...] = ()

        @property
        def is_sparse(self) -> bool:
            return bool(self.segments)

    traversal_order: tuple[int, ...]  # the dimension of each level; from the rank on, blocks
    block_map: tuple[int, ...]  # the dimension that each block is of
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Tensor:
    """One tensor of a subgraph. `data` is a view into the file for constants, None for what an operator writes.

    Of a sparse constant, `data` has all elements.
    """

    index: int
    name: str
    type: str  # schema TensorType: "INT8"
    shape: tuple[int, ...]
    shape_signature: tuple[int, ...] | None = None  # -1 where the converter left a dimension open
    quantization: Quantization | None = None
    is_variable: bool = False
    buffer: int = 0
    data: memoryview | None = field(default=None, compare=False, repr=False)
    sparsity: Sparsity | None = field(default=None, repr=False)

    @property
    def elements(self) -> int:
        return math.prod(self.shape)

    @property
    def bytes(self) -> int:
        """Size in memory; 0 for types without a fixed element size."""
        return math.ceil(self.elements * ELEMENT_BYTES.get(self.type, 0))

    @property
    def is_constant(self) -> bool:
        return self.data is not None

    @property
    def scale(self) -> float:
        """The per-tensor scale; 0.0 when the tensor is not quantised (as TFLM sees it)."""
        return self.quantization.scale[0] if self.quantization else 0.0

    @property
    def zero_point(self) -> int:
        """The per-tensor zero point; 0 when the tensor is not quantised (as TFLM sees it)."""
        return self.quantization.zero_point[0] if self.quantization else 0

    def array(self) -> np.ndarray[Any, Any]:
        """The constant data with its shape (packed types: flat bytes), in a read-only numpy array without a copy."""
        import numpy as np

        if self.data is None:
            raise ValueError(f'tensor "{self.name}" is not constant')
        flat = np.frombuffer(self.data, dtype=np.dtype(NUMPY_NAMES[self.type]).newbyteorder("<"))
        return flat if ELEMENT_BYTES[self.type] < 1 else flat.reshape(self.shape)

    def __str__(self) -> str:
        return f'"{self.name}" {self.type.lower()} {list(self.shape)}'


@dataclass(frozen=True)
class OperatorCode:
    """Which operator: the schema's BuiltinOperator name, or for a custom one the name its author gave."""

    name: str  # "DEPTHWISE_CONV_2D"; for custom operators the custom code
    version: int = 1
    custom: bool = False


@dataclass(frozen=True)
class StoredOperator:
    """One operator of a subgraph as the file stores it (the schema's table `Operator`)."""

    index: int
    code: OperatorCode
    inputs: tuple[int, ...]  # tensor indices; -1 is an optional input left out
    outputs: tuple[int, ...]
    options_type: str = "NONE"  # the schema's table name: "Conv2DOptions"
    options: Mapping[str, Any] = field(default_factory=dict)  # schema names; enumerations as their names
    custom_options: bytes = b""
    intermediates: tuple[int, ...] = ()
    mutating_variable_inputs: tuple[bool, ...] = ()


@dataclass(frozen=True)
class SubGraph:
    name: str
    tensors: tuple[Tensor, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    operators: tuple[StoredOperator, ...]


@dataclass(frozen=True)
class Signature:
    """A named entry point: the user's names for inputs and outputs of one subgraph."""

    key: str
    inputs: Mapping[str, int]  # name -> tensor index
    outputs: Mapping[str, int]
    subgraph: int = 0


@dataclass(frozen=True)
class Model:
    """One .tflite file."""

    source: str  # how the user knows it: the path, or "model_content"
    size: int  # bytes of the file
    version: int
    subgraphs: tuple[SubGraph, ...]
    operator_codes: tuple[OperatorCode, ...]
    description: str = ""
    signatures: tuple[Signature, ...] = ()
    metadata: Mapping[str, memoryview] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name without folder and suffix, for folders and C names."""
        return self.source.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".tflite")
