# SPDX-License-Identifier: Apache-2.0
"""`Case`: one small example of an operator. Used as a test on every executor, as documentation, and as a benchmark.

Each operator folder has a `cases.py` with a tuple `CASES`, and a function `strategy()` that returns a hypothesis
strategy of further cases.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.agreement import ABSOLUTE, RELATIVE
from packlight.nouns.model import (
    NUMPY_NAMES,
    Model,
    OperatorCode,
    Quantization,
    Sparsity,
    StoredOperator,
    SubGraph,
    Tensor,
)
from packlight.schema import enum

Array: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True)
class Operand:
    """A tensor of a case. With `constant` it is part of the model: the given values, or random ones."""

    type: str
    shape: tuple[int, ...]
    scale: float | Sequence[float] | None = None
    zero_point: int | Sequence[int] = 0
    quantized_dimension: int = 0
    constant: bool = False
    values: Any = None  # None: random over the range of the type (floats: standard normal)
    low: float | None = None  # limits of random values, both included
    high: float | None = None
    variable: bool = False  # keeps its value between invokes; nobody fills it
    sparsity: Sparsity | None = None  # of a constant: the values that the file has; the others are 0 for who reads it

    @property
    def quantization(self) -> Quantization | None:
        if self.scale is None:
            return None
        scales = [self.scale] if isinstance(self.scale, (int, float)) else list(self.scale)
        points = [self.zero_point] if isinstance(self.zero_point, int) else list(self.zero_point)
        points = points if len(points) == len(scales) else points * len(scales)
        return Quantization(
            tuple(float(np.float32(scale)) for scale in scales), tuple(points), self.quantized_dimension
        )

    @property
    def limits(self) -> tuple[int, int]:
        """The least and the greatest value that a random operand of integers may have."""
        bounds = np.iinfo(NUMPY_NAMES[self.type])
        return int(bounds.min if self.low is None else self.low), int(bounds.max if self.high is None else self.high)

    def draw(self, random: np.random.Generator) -> Array:
        """Values of the operand's type and shape: the given ones, or random ones."""
        dtype = np.dtype(NUMPY_NAMES[self.type])
        if self.type == "INT4":
            return self._draw_nibbles(random)
        if self.values is not None:
            given: Array = np.broadcast_to(np.asarray(self.values, dtype), self.shape).copy()
            return given
        if dtype.kind == "f":
            drawn = random.standard_normal(self.shape)
            return np.clip(drawn, self.low, self.high).astype(dtype) if self.low is not None else drawn.astype(dtype)
        if dtype.kind == "b":
            return random.integers(0, 2, self.shape).astype(dtype)
        return random.integers(*self.limits, self.shape, dtype, endpoint=True)

    def _draw_nibbles(self, random: np.random.Generator) -> Array:
        """Two elements in a byte, the first in the lower half."""
        low, high = (-8 if self.low is None else max(-8, int(self.low))), (7 if self.high is None else int(self.high))
        size = int(np.prod(self.shape))
        given = random.integers(low, high, size, np.int8, endpoint=True)
        if self.values is not None:
            given = np.broadcast_to(np.asarray(self.values, np.int8), self.shape).reshape(-1)
        halves = np.append(given, np.zeros(size % 2, np.int8)).astype(np.uint8) & 15
        packed: Array = halves[::2] | halves[1::2] << 4
        return packed


#: Operators with weights: by kind the types of the input and output, of the filter, and of the bias.
WEIGHTED: Mapping[str, tuple[str, str, str]] = {
    "FLOAT32": ("FLOAT32", "FLOAT32", "FLOAT32"),
    "INT8": ("INT8", "INT8", "INT32"),
    "INT8_INT4": ("INT8", "INT4", "INT32"),
    "INT16": ("INT16", "INT8", "INT64"),
    "INT16_INT32": ("INT16", "INT8", "INT32"),
    "FLOAT32_INT8": ("FLOAT32", "INT8", "FLOAT32"),
    "FLOAT32_INT4": ("FLOAT32", "INT4", "FLOAT32"),
    "UINT8": ("UINT8", "UINT8", "INT32"),
}


def tensor(type_: str, *shape: int, **more: Any) -> Operand:
    """An operand that the user fills or an operator writes: tensor("INT8", 1, 4, scale=0.5, zero_point=-3)."""
    return Operand(type_, shape, **more)


def constant(type_: str, *shape: int, **more: Any) -> Operand:
    """An operand that is stored in the model: constant("INT8", 8, 3, scale=0.1), constant("INT32", 1, values=[4])."""
    return Operand(type_, shape, constant=True, **more)


@dataclass(frozen=True)
class Case:
    """One operator with its operands in the schema's order (None for an optional one left out) and its options."""

    name: str
    operator: str
    inputs: Sequence[Operand | None]
    outputs: Sequence[Operand]
    options: Mapping[str, Any] = field(default_factory=dict)
    options_type: str = "NONE"
    version: int = 1
    relative: float = RELATIVE
    absolute: float = ABSOLUTE
    custom_options: bytes = b""
    intermediates: Sequence[Operand] = ()
    stretches: bool = True  # whether draws may make its scales extreme: not where that leaves what an oracle defines
    oracle: Literal["tflm", "litert"] = "tflm"  # LiteRT where TFLM runs the case and is wrong, or writes nothing

    def __str__(self) -> str:
        return f"{self.operator}/{self.name}"

    def model(self) -> Model:
        """The case as a model of one operator."""
        random = np.random.default_rng(self._seed)
        tensors: list[Tensor] = []
        for operand in (*self.inputs, *self.outputs, *self.intermediates):
            if operand is not None:
                made = Tensor(len(tensors), f"t{len(tensors)}", operand.type, operand.shape, None, operand.quantization)
                made = replace(made, is_variable=operand.variable, sparsity=operand.sparsity)
                if operand.constant:
                    made = replace(made, buffer=len(tensors) + 1, data=memoryview(operand.draw(random).tobytes()))
                tensors.append(made)
        given = iter(range(len(tensors)))
        inputs = tuple(-1 if operand is None else next(given) for operand in self.inputs)
        outputs = tuple(next(given) for _ in self.outputs)
        intermediates = tuple(given)
        custom = self.operator not in enum("BuiltinOperator").codes
        code = OperatorCode(self.operator, self.version, custom)
        stored = StoredOperator(
            0, code, inputs, outputs, self.options_type, self.options, self.custom_options, intermediates
        )
        free = tuple(i for i in inputs if i >= 0 and tensors[i].data is None and not tensors[i].is_variable)
        graph = SubGraph("main", tuple(tensors), free, outputs, (stored,))
        return Model(str(self), 0, 3, (graph,), (code,))

    @property
    def filled(self) -> list[Operand]:
        """The inputs that a user fills before each invoke."""
        given = [operand for operand in self.inputs if operand is not None]
        return [operand for operand in given if not operand.constant and not operand.variable]

    def draw_inputs(self, count: int = 3) -> list[list[Array]]:
        """Values for the inputs of `count` invokes: random ones, then for integers the extremes of their type."""
        random = np.random.default_rng(self._seed + 1)
        free = self.filled
        drawn = [[operand.draw(random) for operand in free] for _ in range(count)]
        if count > 1 and free and all(np.dtype(NUMPY_NAMES[o.type]).kind in "iu" and o.values is None for o in free):
            extremes = [np.array(operand.limits, a.dtype) for operand, a in zip(free, drawn[-1], strict=True)]
            drawn[-1] = [random.choice(e, a.shape) for e, a in zip(extremes, drawn[-1], strict=True)]
        return drawn

    @property
    def _seed(self) -> int:
        return zlib.crc32(str(self).encode())


@dataclass(frozen=True)
class Step:
    """An operator of a `Graph`, with its operands by their index there."""

    operator: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    options_type: str = "NONE"
    version: int = 1


@dataclass(frozen=True)
class Graph:
    """A subgraph of a `Network`."""

    operands: Sequence[Operand]
    steps: Sequence[Step]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


@dataclass(frozen=True)
class Network(Case):
    """A case that takes more than one operator: control flow, variables. The first graph is the one that is run."""

    graphs: Sequence[Graph] = ()

    def model(self) -> Model:
        """The case as a model."""
        random = np.random.default_rng(self._seed)
        codes: dict[OperatorCode, None] = {}
        made: list[SubGraph] = []
        buffer = 0
        for number, graph in enumerate(self.graphs):
            tensors = []
            for index, operand in enumerate(graph.operands):
                each = Tensor(index, f"g{number}t{index}", operand.type, operand.shape, None, operand.quantization)
                if operand.constant:
                    buffer += 1
                    each = replace(each, buffer=buffer, data=memoryview(operand.draw(random).tobytes()))
                tensors.append(replace(each, is_variable=operand.variable))
            stored = []
            for index, step in enumerate(graph.steps):
                code = OperatorCode(step.operator, step.version, step.operator not in enum("BuiltinOperator").codes)
                codes[code] = None
                given = (step.inputs, step.outputs, step.options_type, step.options)
                stored.append(StoredOperator(index, code, *given))
            made.append(SubGraph(f"graph{number}", tuple(tensors), graph.inputs, graph.outputs, tuple(stored)))
        return Model(str(self), 0, 3, tuple(made), tuple(codes))


def network(name: str, operator: str, *graphs: Graph, **more: Any) -> Network:
    """A case of several graphs, for the operator that it is about."""
    free = [graphs[0].operands[index] for index in graphs[0].inputs]
    return Network(name, operator, free, [], graphs=graphs, **more)
