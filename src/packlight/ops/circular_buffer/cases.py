# SPDX-License-Identifier: Apache-2.0
"""Cases of CIRCULAR_BUFFER, alone and with operators behind it that run in every second invoke only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, Graph, Step, constant, network, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def buffer(name: str, slots: int, row: tuple[int, int], cycles: int | None, zero_point: int = 0) -> Case:
    """`cycles`: None where the model does not say."""
    options = b"" if cycles is None else bytes(flexbuffers.Dumps({"cycles_max": cycles}))
    quantized = {"scale": 0.5, "zero_point": zero_point}
    inputs = [tensor("INT8", 1, 1, *row, **quantized)]
    outputs = [tensor("INT8", 1, slots, *row, variable=True, **quantized)]
    return Case(name, "CIRCULAR_BUFFER", inputs, outputs, custom_options=options)


def stream(name: str, *slots: int) -> Case:
    """Memories in a row, each of the mean of what is in the one before.

    TFLM guesses the cycles: all but one of 5, 13 or 25 slots let pass every second invoke only. Outputs are memories,
    as all else is anything before its first invoke.
    """
    scale = {"scale": 0.5, "zero_point": 3}
    operands = [tensor("INT8", 1, 1, 2, 2, **scale), constant("INT32", 1, values=[1])]
    steps: list[Step] = []
    memories: list[int] = []
    given = 0
    for each in slots:
        if memories:
            operands.append(tensor("INT8", 1, 1, 2, 2, **scale))
            given = len(operands) - 1
            steps.append(Step("MEAN", (memories[-1], 1), (given,), {"keep_dims": True}, "ReducerOptions"))
        operands.append(tensor("INT8", 1, each, 2, 2, variable=True, **scale))
        memories.append(len(operands) - 1)
        steps.append(Step("CIRCULAR_BUFFER", (given,), (memories[-1],)))
    return network(name, "CIRCULAR_BUFFER", Graph(operands, steps, (0,), tuple(memories)))


CASES = (
    buffer("always", 3, (1, 4), 1, -9),
    buffer("every_second", 2, (2, 3), 2, 127),
    buffer("every_third", 4, (1, 1), 3, -128),
    buffer("one_slot", 1, (1, 5), 1),
    buffer("five_slots", 5, (1, 2), None),
    buffer("unsaid", 6, (1, 2), None),
    stream("stream", 3, 5),
    stream("streams", 2, 4, 5),
)


def strategy() -> SearchStrategy[Case]:
    """Random sizes and zero points."""
    from hypothesis import strategies as st

    small = st.integers(1, 6)
    cycles = st.one_of(st.none(), st.integers(1, 4))
    return st.builds(buffer, st.just("drawn"), small, st.tuples(small, small), cycles, st.integers(-128, 127))
