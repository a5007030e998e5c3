# SPDX-License-Identifier: Apache-2.0
"""Every kernel that could serve each call of a model on a target, and the program that a choice among them makes."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from packlight.header import sources_of
from packlight.nouns.call import Call, Place
from packlight.nouns.choice import Choice
from packlight.nouns.model import Model, Tensor
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.toolcache import digest
from packlight.verbs.choose import alternatives
from packlight.verbs.plan import plan
from packlight.verbs.prepare import prepare
from packlight.verbs.read import read
from packlight.verbs.resolve import OpResolver, resolve


class Candidates:
    """The calls of a model, each with all the kernels that can serve it."""

    def __init__(
        self,
        model: Model | str | os.PathLike[str] | bytes,
        target: Target,
        resolver: OpResolver | None = None,
        *,
        costly: bool = False,
    ) -> None:
        self.model = model if isinstance(model, Model) else read(model)
        self.target = target
        self._nodes = resolve(self.model, resolver)
        #: By call of the program: the portable call first, the one with the fastest kernel last.
        self.calls: list[tuple[Call, ...]] = []

        def gather(call: Call) -> Call:
            self.calls.append(alternatives(call, target, costly))
            return call

        schedule = prepare(self.model, self._nodes, choose=gather)
        self.portable = Program(schedule, plan(schedule))

    @property
    def size(self) -> Choice:
        """The choice that `optimize` "size" makes."""
        return self.layer(0, "size")

    @property
    def speed(self) -> Choice:
        """The choice that `optimize` "speed" makes, everything included at the compiler's highest level."""
        return replace(self.layer(self.layers - 1, "size"), optimize="speed", levels={})

    @property
    def layers(self) -> int:
        return max((len(calls) for calls in self.calls), default=1)

    @property
    def families(self) -> list[list[int]]:
        """The calls (indices) that have kernels in common: those of one portable kernel."""
        found: dict[str, list[int]] = {}
        for index, calls in enumerate(self.calls):
            found.setdefault(calls[0].kernel.name, []).append(index)
        return list(found.values())

    def layer(self, depth: int, level: str, without: Container[str] = ()) -> Choice:
        """Each call by its kernel number `depth`, or its last; all kernels at one of the compiler's levels."""
        kernels = []
        for calls in self.calls:
            names = [call.kernel.name for call in calls if call.kernel.name not in without]
            kernels.append(names[min(depth, len(names) - 1)])
        return Choice(tuple(kernels), levels={} if level == "size" else dict.fromkeys(kernels, level))

    def layers_at(self, level: str, without: Container[str] = ()) -> list[Choice]:
        """Choices that together have every call with every kernel (but `without` some), at one level."""
        found = [self.layer(depth, level, without) for depth in range(self.layers)]
        return list({choice.key: choice for choice in found}.values())

    def call(self, index: int, kernel: str) -> Call:
        return next(call for call in self.calls[index] if call.kernel.name == kernel)

    def program(self, choice: Choice, reasons: Mapping[int, Sequence[str]] | None = None) -> Program:
        """The program of a choice; `reasons` says by call why faster kernels that it could have were not taken."""
        chosen = [
            replace(call, passed_over=(*call.passed_over, *(reasons or {}).get(index, ())))
            for index, call in enumerate(map(self.call, range(len(self.calls)), choice.kernels))
        ]
        following = iter(chosen)
        schedule = prepare(self.model, self._nodes, choose=lambda call: next(following))
        portable = self.portable if any(len(calls) > 1 for calls in self.calls) else None
        return Program(schedule, plan(schedule), portable, choice.levels)

    @cached_property
    def content(self) -> str:
        """A digest of all that a program of these candidates can hold, the kernels' sources included."""
        parts = [repr(buffer).encode() + (buffer.data or b"") for buffer in self.portable.buffers]
        parts += [repr((call.params, call.operands)).encode() for call in self.portable.calls]
        parts += [part for calls in self.calls for call in calls for part in _content(call)]
        kernels = {call.kernel.source for calls in self.calls for call in calls}
        parts += [path.read_bytes() for kernel in sorted(kernels) for path in sources_of(kernel)]
        return digest(self.portable.name.encode(), *parts)


def _content(call: Call) -> list[bytes]:
    parts = [f"{call.kernel.name} {call.scratch} {call.params}".encode()]
    for name, operand in call.operands.items():
        parts.append(name.encode())
        if isinstance(operand, np.ndarray):
            parts += [operand.dtype.str.encode(), operand.tobytes()]
        elif isinstance(operand, Tensor):
            parts.append(str(operand.index).encode())
        elif isinstance(operand, Place):
            parts.append(f"{operand.tensor.index} {operand.offset}".encode())
        else:
            parts.append(repr(operand).encode())
    return parts
