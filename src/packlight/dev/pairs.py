# SPDX-License-Identifier: Apache-2.0
"""Cases of operators with two inputs that are broadcast, of any type: examples, and draws of hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from packlight.dev.case import Case
from packlight.dev.elementwise import BROADCASTS, Scale, Shape, broadcasts, operand

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Scales and zero points of the inputs and the output, by type; all other types have none.
SCALES: Mapping[str, tuple[Scale, Scale, Scale]] = {
    "INT8": ((0.05, -7), (0.03, 11), (0.06, 3)),
    "UINT8": ((0.05, 121), (0.03, 139), (0.06, 131)),
    "INT16": ((0.0005, 0), (0.0003, 0), (0.0006, 0)),
}
#: Of the patterns of broadcasting, those that suffice for a kernel which has no loops of its own.
FEW = ("same", "bias", "both_sides")


def options_of(operator: str) -> str:
    """The schema's options table of an operator: "NotEqualOptions"."""
    common = {"MAXIMUM": "MAXIMUM_MINIMUM", "MINIMUM": "MAXIMUM_MINIMUM"}
    name = common.get(operator, operator)
    return "NONE" if operator == "PRELU" else name.title().replace("_", "") + "Options"


def pair(
    name: str,
    operator: str,
    type_: str,
    *,
    shapes: tuple[Shape, Shape] = BROADCASTS["same"],
    scales: tuple[Scale, Scale, Scale] | None = None,
    constants: tuple[bool, bool] = (False, False),
    output: str = "",
    second: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    **more: Any,
) -> Case:
    """Two inputs and an output of `type_`, or of the type `output`; `second` is said of the second input only."""
    given = scales or SCALES.get(type_) or (None, None, None)
    kinds: list[dict[str, Any]] = [{"type_": type_}, {"type_": type_, **(second or {})}]
    inputs = [
        operand(shape=shapes[at], scale=given[at], **{"constant": constants[at], **kind})
        for at, kind in enumerate(kinds)
    ]
    last = operand(output or type_, np.broadcast_shapes(*shapes), None if output else given[2])
    return Case(f"{type_.lower()}_{name}", operator, inputs, [last], options or {}, options_of(operator), **more)


def few(operator: str, types: Sequence[str], **more: Any) -> tuple[Case, ...]:
    """Some patterns of broadcasting in each of the types."""
    return tuple(pair(name, operator, type_, shapes=BROADCASTS[name], **more) for type_ in types for name in FEW)


def draws(
    operators: Mapping[str, Sequence[str]],
    *,
    activations: Sequence[str] = (),
    output_scale: tuple[float, float] = (0.01, 0.5),
    points: tuple[int, int] | None = None,
    **more: Any,
) -> SearchStrategy[Case]:
    """Random cases of operators in each of their types; `points` limits the zero points of 8-bit types."""
    from hypothesis import strategies as st

    def zero_points(type_: str) -> SearchStrategy[int]:
        whole = {"INT8": (-128, 127), "UINT8": (0, 255)}
        low, high = (points or whole[type_]) if type_ in whole else (0, 0)
        return st.integers(low, high) | st.sampled_from([low, high])

    def scale(type_: str, low: float, high: float) -> SearchStrategy[Scale]:
        smaller = 1 / 256 if type_ == "INT16" else 1.0
        return st.tuples(st.floats(low * smaller, high * smaller), zero_points(type_))

    def of(chosen: tuple[str, str]) -> SearchStrategy[Case]:
        operator, type_ = chosen
        both = scale(type_, 0.002, 0.5)
        scales = st.tuples(both, both, scale(type_, *output_scale)) if type_ in SCALES else st.none()
        activation = st.sampled_from(activations).map(lambda name: {"fused_activation_function": name})
        return st.builds(
            pair,
            st.just("drawn"),
            st.just(operator),
            st.just(type_),
            shapes=broadcasts(),
            scales=scales,
            constants=st.sampled_from([(False, False), (True, False), (False, True)]),
            options=activation if activations else st.none(),
            **{name: st.just(value) for name, value in more.items()},
        )

    return st.sampled_from([(name, type_) for name, types in operators.items() for type_ in types]).flatmap(of)
