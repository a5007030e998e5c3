# SPDX-License-Identifier: Apache-2.0
"""Cases of UNIDIRECTIONAL_SEQUENCE_LSTM and BIDIRECTIONAL_SEQUENCE_LSTM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, Operand, constant, tensor
from packlight.ops.lstm.layer import TYPES

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def layer(type_: str, inputs: int, units: int, more: dict[str, Any]) -> list[Operand | None]:
    """The weights of a layer, in the schema's order. `more` may have input_gate, peepholes, projection, weight."""
    outputs = more.get("projection") or units
    weight, bias, _ = TYPES[type_]
    quantized = type_ != "FLOAT32"
    given: dict[str, Any] = {"scale": more.get("weight", 0.005)} if quantized else {"low": -2, "high": 2}
    limits = {"scale": 1e-5, "low": -9000, "high": 9000} if quantized else {}
    made: list[Operand | None] = [constant(weight, units, size, **given) for size in (inputs, outputs) for _ in "ifco"]
    made += [constant(weight, units) if more.get("peepholes") else None] * 3
    made += [constant(bias, units, **limits) for _ in "ifco"]
    made += [constant(weight, outputs, units) if more.get("projection") else None]
    made += [constant(weight, outputs) if more.get("projection_bias") else None]
    if not more.get("input_gate", True):
        for at in (0, 4, 8, 11):
            made[at] = None
    return made


def states(type_: str, batches: int, units: int, more: dict[str, Any]) -> list[Operand]:
    """Output state and cell state."""
    outputs = more.get("projection") or units
    scale: dict[str, Any] = {"scale": more.get("cell", 2**-11)} if type_ != "FLOAT32" else {}
    return [
        tensor(type_, batches, outputs, variable=True, **output_scale(type_, more)),
        tensor(TYPES[type_][2], batches, units, variable=True, **scale),
    ]


def output_scale(type_: str, more: dict[str, Any]) -> dict[str, Any]:
    if type_ == "FLOAT32":
        return {}
    return {"scale": 1 / 128, "zero_point": more.get("points", (0, 0))[1]} if type_ == "INT8" else {"scale": 2**-15}


def lstm(
    name: str,
    type_: str = "FLOAT32",
    *,
    batches: int = 1,
    steps: int = 3,
    inputs: int = 4,
    units: int = 3,
    time_major: bool = False,
    clips: tuple[float, float] = (0.0, 0.0),
    **more: Any,
) -> Case:
    """`clips` of cell and projection; `more` is what `layer` knows, and `points`, the zero points."""
    first = (steps, batches) if time_major else (batches, steps)
    scale: dict[str, Any] = {"scale": 2**-13} if type_ == "INT16" else {}
    if type_ == "INT8":
        scale = {"scale": more.get("input", 0.02), "zero_point": more.get("points", (0, 0))[0]}
    normed: list[Operand | None] = [None] * 4
    operands = [
        tensor(type_, *first, inputs, **scale),
        *layer(type_, inputs, units, more),
        *states(type_, batches, units, more),
        *normed,
    ]
    output = tensor(type_, *first, more.get("projection") or units, **output_scale(type_, more))
    options = {
        "fused_activation_function": "TANH",
        **{"cell_clip": clips[0], "proj_clip": clips[1], "time_major": time_major},
    }
    operator = "UNIDIRECTIONAL_SEQUENCE_LSTM"
    version = 5 if type_ == "INT16" else 1
    return Case(name, operator, operands, [output], options, f"{OPTIONS[operator]}Options", version)


def both_ways(name: str, *, merge: bool, time_major: bool = False, auxiliary: bool = False, **more: Any) -> Case:
    """A float32 layer forwards and another backwards.

    Of one batch, where LiteRT mistakes the length of a merged row for the distance between the batches' states.
    """
    batches, steps, inputs, units = 1 if merge and not time_major else 2, 3, 4, (3, 3)
    first = (steps, batches) if time_major else (batches, steps)
    outputs = [more.get("projection") or each for each in units]
    operands: list[Operand | None] = [tensor("FLOAT32", *first, inputs)]
    for each in units:
        operands += layer("FLOAT32", inputs, each, more)
    for each in units:
        operands += states("FLOAT32", batches, each, more)
    operands += [tensor("FLOAT32", *first, inputs) if auxiliary else None] + [None] * 8
    options = {
        "fused_activation_function": "TANH",
        **{"cell_clip": 0.5, "merge_outputs": merge, "time_major": time_major},
    }
    operator = "BIDIRECTIONAL_SEQUENCE_LSTM"
    made = [tensor("FLOAT32", *first, each) for each in ([sum(outputs)] if merge else outputs)]
    return Case(name, operator, operands, made, options, f"{OPTIONS[operator]}Options")


OPTIONS = {
    "UNIDIRECTIONAL_SEQUENCE_LSTM": "UnidirectionalSequenceLSTM",
    "BIDIRECTIONAL_SEQUENCE_LSTM": "BidirectionalSequenceLSTM",
}

CASES = (
    lstm("float32"),
    lstm("float32_batches", batches=2, units=2),
    lstm("float32_time_major", batches=2, time_major=True, clips=(0.3, 0.0)),
    lstm("float32_without_input_gate", input_gate=False),
    lstm("float32_peepholes", peepholes=True, batches=2),
    lstm("float32_projected", projection=2, projection_bias=True, clips=(1.0, 0.4), peepholes=True),
    lstm("int8", "INT8", points=(-7, 5)),
    lstm("int8_batches", "INT8", batches=3, steps=1, clips=(0.3, 0.0)),
    lstm("int8_time_major", "INT8", batches=2, time_major=True, cell=2**-12, points=(127, -128)),
    lstm("int8_saturated", "INT8", weight=0.3, cell=2**-15, clips=(10.0, 0.0), points=(-128, 127)),
    lstm("int16", "INT16", cell=2**-9),
    lstm("int16_time_major", "INT16", batches=2, time_major=True, clips=(0.5, 0.0), cell=2**-15),
    both_ways("merged", merge=True, time_major=True),
    both_ways("apart", merge=False, time_major=True, input_gate=False),
    both_ways("auxiliary", merge=True, auxiliary=True, projection=3),
)


def strategy() -> SearchStrategy[Case]:
    """Random sizes, zero points and scales."""
    from hypothesis import strategies as st

    small, point, clip = st.integers(1, 5), st.integers(-128, 127), st.sampled_from((0.0, 0.25, 10.0))
    common = {
        "batches": st.integers(1, 3),
        "steps": small,
        "inputs": small,
        "units": small,
        "time_major": st.booleans(),
    }
    plain = st.builds(
        lstm,
        st.just("drawn"),
        st.sampled_from(("FLOAT32", "INT8", "INT16")),
        **common,
        clips=st.tuples(clip, st.just(0.0)),
        points=st.tuples(point, point),
        input=st.sampled_from((0.001, 0.02, 0.5)),
        weight=st.sampled_from((0.0003, 0.005, 0.1)),
        cell=st.sampled_from([2.0**power for power in range(-16, -6)]),
    )
    rich = st.builds(
        lstm,
        st.just("drawn"),
        **common,
        clips=st.tuples(clip, clip),
        input_gate=st.booleans(),
        peepholes=st.booleans(),
        projection=st.integers(1, 4),
        projection_bias=st.booleans(),
    )
    ways = st.builds(
        both_ways,
        st.just("drawn"),
        merge=st.booleans(),
        time_major=st.booleans(),
        auxiliary=st.booleans(),
        input_gate=st.booleans(),
    )
    return st.one_of(plain, rich, ways)
