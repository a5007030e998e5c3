# SPDX-License-Identifier: Apache-2.0
"""Cases of variables: see also those of CALL_ONCE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, Graph, Operand, Step, network, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Types that TFLM lets variables have.
TYPES = ("FLOAT32", "INT8", "INT16", "INT32", "INT64", "BOOL")


def variable(operator: str, type_: str, shape: tuple[int, ...]) -> Case:
    """The variable as it was, then the input becomes the variable: a delay by one invoke."""

    def operand() -> Operand:
        quantized: dict[str, Any] = {"scale": 0.5, "zero_point": 0} if type_ in ("INT8", "INT16") else {}
        return tensor(type_, *shape, **quantized)

    steps = (
        Step("VAR_HANDLE", (), (1,), {"container": "c", "shared_name": "delay"}, "VarHandleOptions"),
        Step("READ_VARIABLE", (1,), (2,), {}, "ReadVariableOptions"),
        Step("ASSIGN_VARIABLE", (1, 0), (), {}, "AssignVariableOptions"),
    )
    name = f"{type_.lower()}_{'x'.join(map(str, shape))}"
    return network(name, operator, Graph((operand(), tensor("RESOURCE"), operand()), steps, (0,), (2,)))


CASES = (
    *(variable("READ_VARIABLE", type_, (2, 3)) for type_ in TYPES),
    variable("ASSIGN_VARIABLE", "INT8", (1,)),
    variable("VAR_HANDLE", "FLOAT32", (1, 5)),
)


def strategy() -> SearchStrategy[Case]:
    """Variables of any type and shape."""
    from hypothesis import strategies as st

    shapes = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)
    return st.builds(variable, st.just("READ_VARIABLE"), st.sampled_from(TYPES), shapes)
