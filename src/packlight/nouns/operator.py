# SPDX-License-Identifier: Apache-2.0
"""`Operator`: what one operator folder declares. `Node`: one operator of a model bound to its `Operator`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from packlight.errors import UnsupportedError
from packlight.nouns.call import Alias, Call, Constant, Operand, Overlap, Step
from packlight.nouns.kernel import Kernel
from packlight.nouns.model import StoredOperator, Tensor
from packlight.schema import defaults

if TYPE_CHECKING:
    import numpy as np

#: Where the package's own operators lie.
_OPS = Path(__file__).parent.parent / "ops"


def _none(call: Call) -> tuple[Overlap, ...]:
    """The output overlaps nothing."""
    return ()


@dataclass(frozen=True)
class Variant:
    """A faster kernel that stands in for a portable one: the same params, the same bits, more code or scratch.

    `pack` lays a call's constants out for it and answers the call to make instead, or one sentence that says why this
    call cannot have it ("an accumulator may exceed 23 bits"): the proof of every shortcut is a condition checked there,
    on the actual weights and ranges.
    """

    kernel: str  # its file beside the portable one: "s8_dsp_1x1"
    of: str  # the portable kernel: "s8"
    features: tuple[str, ...]  # what a target must have: ("dsp",)
    pack: Callable[[Call], Call | str]
    costly: bool = False  # it needs much RAM: considered only where that is limited
    overlap: Callable[[Call], tuple[Overlap, ...]] = _none  # of its packed calls; the portable kernel's does not count

    def serve(self, call: Call) -> Call | str:
        """The packed call with what its output may overlap, or why it cannot be had."""
        packed = self.pack(call)
        return packed if isinstance(packed, str) else replace(packed, overlaps=self.overlap(packed))


@dataclass(frozen=True)
class Operator:
    """An operator that packlight supports.

    Operands are named in the schema's order. A name that ends in `?` may be left out by the model, one that ends in `*`
    stands for all operands from there on. `kernels` says which C file serves which types: the key joins the types of
    the operands named in `typed_by`, each once (`"INT8"`, `"FLOAT32_INT8"`), as in `add_quantize("FLOAT32_INT8")`.
    A kernel is named by its file in the operator's folder (`"s8"`), or in another folder (`"lut/8"`); `""` is a type
    that needs no code, a tuple a type that has several kernels, of which `prepare` takes what a node needs.
    """

    name: str  # the schema's BuiltinOperator, or a custom operator's name: "DEPTHWISE_CONV_2D"
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    kernels: Mapping[str, str | tuple[str, ...]]
    prepare: Callable[[Node], Step | tuple[Step, ...]]
    options: str | None = None  # the schema's options table: "Conv2DOptions"; what a model leaves out has its defaults
    max_version: int = 1  # the newest version of the operator whose meaning `prepare` knows
    typed_by: tuple[str, ...] = ("input",)
    macs: Callable[[Node], int] | None = None  # multiply-accumulates of one inference, for reports
    custom: bool = False
    #: By output, its shape where the model leaves it open (stores none), as converters do for custom operators.
    shapes: Callable[[Node], Mapping[str, tuple[int, ...]]] | None = None
    folds: bool = True  # False: the device runs it even if all of its inputs are constant, since that saves flash
    variants: tuple[Variant, ...] = ()  # the fastest first
    overlap: Callable[[Call], tuple[Overlap, ...]] = _none  # of a call in portable kernels, from packlight.overlap
    folder: Path = Path()  # where it was found; set by whoever loads the folder

    def kernel_file(self, name: str) -> Path:
        """The file of a kernel, C or assembly: "s8" lies in this folder, "lut/8" in one beside it or the package's."""
        bases = (self.folder.parent, _OPS) if "/" in name else (self.folder,)
        files = [(base / name).with_suffix(suffix) for base in bases for suffix in (".S", ".c")]
        return next((file for file in files if file.is_file()), files[1])

    def kernels_for(self, types: str) -> tuple[str, ...]:
        """The kernels of one key of types; none where it needs no code."""
        named = self.kernels[types]
        return named if isinstance(named, tuple) else (named,) if named else ()

    @property
    def method(self) -> str:
        """The resolver method that registers it: `add_depthwise_conv_2d`."""
        return "add_" + identifier(self.name)


@dataclass(frozen=True)
class Node:
    """One operator of a model, its operands by name: `node.input`, `node.filter`, `node.options.stride_h`."""

    operator: Operator
    stored: StoredOperator
    operands: Mapping[str, Tensor | tuple[Tensor, ...] | None]
    source: str  # the model's file, for messages
    find_kernel: Callable[[Path], Kernel] = field(repr=False)
    subgraph: int = 0  # which subgraph of the model it belongs to

    @property
    def index(self) -> int:
        return self.stored.index

    @property
    def options(self) -> SimpleNamespace:
        """The options by name. A custom operator's are those of its flexbuffer, if it has one (a map)."""
        table = self.operator.options
        given = _flexbuffer(self.stored.custom_options) if self.stored.code.custom else self.stored.options
        return SimpleNamespace(**{**(defaults(table) if table else {}), **given})

    def __getattr__(self, name: str) -> Tensor:
        """The operand called `name`, which must be a single one that the model gives."""
        operands = self.__dict__.get("operands", {})
        if name not in operands:
            raise AttributeError(f"the operator has no operand {name}")
        operand = operands[name]
        self.check(isinstance(operand, Tensor), f"{name} must be given")
        assert isinstance(operand, Tensor)
        return operand

    def optional(self, name: str) -> Tensor | None:
        """The operand called `name`, or None where the model leaves it out."""
        operand = self.operands[name]
        return operand if isinstance(operand, Tensor) else None

    def many(self, name: str) -> tuple[Tensor, ...]:
        """All operands that the name with the `*` stands for."""
        operand = self.operands[name]
        return operand if isinstance(operand, tuple) else ()

    @property
    def types(self) -> str:
        """The key of this node's types in `Operator.kernels`."""
        found: list[str] = []
        for name in self.operator.typed_by:
            operand = self.operands[name]
            tensor = operand[0] if isinstance(operand, tuple) and operand else operand
            found.append(tensor.type if isinstance(tensor, Tensor) else "NONE")
        return "_".join(dict.fromkeys(found)) or "NONE"

    @property
    def tensors(self) -> tuple[tuple[str, Tensor], ...]:
        """Every operand that is there, with its name."""
        pairs: list[tuple[str, Tensor]] = []
        for name, operand in self.operands.items():
            tensors = operand if isinstance(operand, tuple) else (operand,)
            pairs += [(name, tensor) for tensor in tensors if tensor is not None]
        return tuple(pairs)

    def check(self, condition: bool, sentence: str, tensor: Tensor | None = None, *, fix: str | None = None) -> None:
        """Refuses the node with `sentence` unless `condition` holds.

        The sentence states the limit as it is when all is well ("filter is constant"): it stands in the error, in the
        table of limits of the documentation, and in the code as the comment.
        """
        if condition:
            return
        raise UnsupportedError(
            "E210",
            f"{self.source}: {self.place} is outside what packlight supports",
            at=f"{self.place}, {tensor or self.first_output}",
            why=f"it must hold that {sentence}",
            fix=fix or "convert the model again without this, or extend the operator's folder: CONTRIBUTING.md",
        )

    @property
    def place(self) -> str:
        """Where it is, for messages: "operator #3 CONV_2D"."""
        return f"operator #{self.index} {self.operator.name}" + (f" of subgraph {self.subgraph}" * bool(self.subgraph))

    @property
    def first_output(self) -> Tensor | None:
        outputs = [name.rstrip("?*") for name in self.operator.outputs]
        return next((tensor for name, tensor in self.tensors if name in outputs), None)

    @property
    def label(self) -> str:
        """How a user knows this operator: the name of its first output."""
        return self.first_output.name if self.first_output else self.operator.name

    def call(
        self,
        params: Mapping[str, Any] | None = None,
        *,
        kernel: str | None = None,
        scratch: int = 0,
        **operands: Operand,
    ) -> Call:
        """A call of this node's kernel (by default the one of its types) with filled params.

        Operands that the kernel declares and that are not given here are the node's own, by name. An array becomes a
        constant. `scratch` is the number of bytes that the kernel's operand `scratch` points to.
        """
        found = self.find_kernel(self.operator.kernel_file(kernel or self.operator.kernels_for(self.types)[0]))
        given: dict[str, Operand] = {}
        for member in found.operands:
            if member.name in operands:
                given[member.name] = operands[member.name]
            elif member.name != "scratch":
                given[member.name] = self.optional(member.name)
        return Call(self, found, dict(params or {}), given, scratch)

    def alias(self, input_: Tensor, output: Tensor) -> Alias:
        """`output` is `input_` under another shape: no code, no bytes."""
        return Alias(self, input_, output)

    def constant(self, output: Tensor, value: np.ndarray[Any, Any]) -> Constant:
        """`output` has this value, whatever the inputs are: no code, and bytes only where somebody reads them."""
        self.check(value.nbytes == output.bytes, "output has the shape that the inputs give", output)
        return Constant(self, output, value)


def identifier(name: str) -> str:
    """An operator's name as a part of a function's: a custom operator may have any."""
    return re.sub(r"[^a-z0-9_]", "_", name.lower())


def _flexbuffer(data: bytes) -> Mapping[str, Any]:
    """The map that custom options hold in most models; empty where they hold something else."""
    if not data:
        return {}
    from flatbuffers import flexbuffers

    try:
        found = flexbuffers.Loads(data)
    except Exception:  # the library raises what it likes on bytes that are no flexbuffer
        return {}
    return found if isinstance(found, dict) else {}
