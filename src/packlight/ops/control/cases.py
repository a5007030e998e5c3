# SPDX-License-Identifier: Apache-2.0
"""Cases of IF, WHILE and CALL_ONCE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, Graph, Operand, Step, constant, network, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_QUANTIZED = {"INT8": {"scale": 0.1, "zero_point": 3}}


def operand(type_: str, *shape: int) -> Operand:
    return tensor(type_, *shape, **_QUANTIZED.get(type_, {}))


def binary(operator: str, input1: int, input2: int, output: int) -> Step:
    options = {"ADD": "AddOptions", "MUL": "MulOptions", "LESS": "LessOptions", "SUB": "SubOptions"}[operator]
    return Step(operator, (input1, input2), (output,), {}, options)


def branch(type_: str, shape: tuple[int, ...], step: str) -> Graph:
    """(x, y) -> the sum, the product, y as it is, or a constant."""
    x, y, z = (operand(type_, *shape) for _ in range(3))
    if step == "second":
        return Graph((x, y), (), (0, 1), (1,))
    if step == "constant":
        known = constant(type_, *shape, **_QUANTIZED.get(type_, {}))
        return Graph((x, y, known, z), (binary("ADD", 1, 2, 3),), (0, 1), (3,))
    return Graph((x, y, z), (binary(step, 0, 1, 2),), (0, 1), (2,))


def choice(name: str, type_: str, shape: tuple[int, ...], then: str, otherwise: str) -> Case:
    """IF: one of two branches, between two operators that use its operands and its output."""
    main = Graph(
        (tensor("BOOL", 1), *(operand(type_, *shape) for _ in range(5))),
        (
            binary("ADD", 1, 2, 3),
            Step("IF", (0, 3, 2), (4,), {"then_subgraph_index": 1, "else_subgraph_index": 2}, "IfOptions"),
            binary("ADD", 4, 3, 5),
        ),
        (0, 1, 2),
        (5, 4),
    )
    return network(name, "IF", main, branch(type_, shape, then), branch(type_, shape, otherwise))


def loop(name: str, type_: str, shape: tuple[int, ...], turns: int, *, crossed: bool = False) -> Case:
    """WHILE: (count, x, y) -> (count + 1, x + y, y) until the count is reached; or x and y change places."""
    count, one, limit, flag = (
        tensor("INT32", 1, values=[0]),
        constant("INT32", 1, values=[1]),
        constant("INT32", 1, values=[turns]),
        tensor("BOOL", 1),
    )
    x, y, z = (operand(type_, *shape) for _ in range(3))
    options = {"cond_subgraph_index": 1, "body_subgraph_index": 2}
    main = Graph(
        (count, x, y, count, x, y, operand(type_, *shape)),
        (Step("WHILE", (0, 1, 2), (3, 4, 5), options, "WhileOptions"), binary("ADD", 4, 5, 6)),
        (0, 1, 2),
        (6, 3, 4, 5),
    )
    cond = Graph((count, x, y, limit, flag), (binary("LESS", 0, 3, 4),), (0, 1, 2), (4,))
    steps = [binary("ADD", 0, 3, 4)] if crossed else [binary("ADD", 0, 3, 4), binary("ADD", 1, 2, 5)]
    body = Graph((count, x, y, one, count, z), steps, (0, 1, 2), (4, 2, 1) if crossed else (4, 5, 2))
    return network(name, "WHILE", main, cond, body)


def started(name: str, type_: str, shape: tuple[int, ...]) -> Case:
    """CALL_ONCE: a variable begins as a constant, and every invoke adds to it."""
    handle = {"container": "", "shared_name": "sum"}
    resource = tensor("RESOURCE")
    x, old, new = (operand(type_, *shape) for _ in range(3))
    main = Graph(
        (x, resource, old, new),
        (
            Step("CALL_ONCE", (), (), {"init_subgraph_index": 1}, "CallOnceOptions"),
            Step("VAR_HANDLE", (), (1,), handle, "VarHandleOptions"),
            Step("READ_VARIABLE", (1,), (2,), {}, "ReadVariableOptions"),
            binary("ADD", 0, 2, 3),
            Step("ASSIGN_VARIABLE", (1, 3), (), {}, "AssignVariableOptions"),
        ),
        (0,),
        (3,),
    )
    first = Graph(
        (resource, constant(type_, *shape, **_QUANTIZED.get(type_, {}))),
        (
            Step("VAR_HANDLE", (), (0,), handle, "VarHandleOptions"),
            Step("ASSIGN_VARIABLE", (0, 1), (), {}, "AssignVariableOptions"),
        ),
        (),
        (),
    )
    return network(name, "CALL_ONCE", main, first)


def nested(name: str, turns: int) -> Case:
    """WHILE with an IF in its body: x + y, and from the second turn on x * y."""
    count, one, limit = (constant("INT32", 1, values=[each]) for each in (0, 1, turns))
    index, x, flag = tensor("INT32", 1, values=[0]), operand("INT8", 3), tensor("BOOL", 1)
    loops = {"cond_subgraph_index": 1, "body_subgraph_index": 2}
    main = Graph(
        (index, x, x, index, x, x), (Step("WHILE", (0, 1, 2), (3, 4, 5), loops, "WhileOptions"),), (0, 1, 2), (4,)
    )
    cond = Graph((index, x, x, limit, flag), (binary("LESS", 0, 3, 4),), (0, 1, 2), (4,))
    branches = {"then_subgraph_index": 3, "else_subgraph_index": 4}
    body = Graph(
        (index, x, x, one, index, flag, x, count),
        (
            binary("LESS", 0, 3, 5),
            Step("IF", (5, 1, 2), (6,), branches, "IfOptions"),
            binary("ADD", 0, 3, 4),
        ),
        (0, 1, 2),
        (4, 6, 2),
    )
    return network(name, "WHILE", main, cond, body, branch("INT8", (3,), "ADD"), branch("INT8", (3,), "MUL"))


CASES = (
    choice("float32", "FLOAT32", (2, 3), "ADD", "MUL"),
    choice("int8", "INT8", (5,), "MUL", "ADD"),
    choice("as_it_is", "INT8", (5,), "second", "ADD"),
    choice("constant_branch", "FLOAT32", (1, 4), "ADD", "constant"),
    *(loop(f"{type_.lower()}_{n}_turns", type_, (4,), n) for type_, n in (("FLOAT32", 3), ("INT8", 2), ("INT32", 0))),
    loop("crossed", "FLOAT32", (2, 2), 3, crossed=True),
    nested("if_in_while", 3),
    started("float32", "FLOAT32", (3,)),
    started("int8", "INT8", (2, 2)),
)


def strategy() -> SearchStrategy[Case]:
    """Branches and loops of all kinds."""
    from hypothesis import strategies as st

    kinds = st.sampled_from(("ADD", "MUL", "second", "constant"))
    types = st.sampled_from(("FLOAT32", "INT8"))
    shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)

    def made(kind: str, type_: str, shape: Any, then: str, otherwise: str, turns: int, crossed: bool) -> Case:
        if kind == "if":
            return choice("drawn", type_, shape, then, otherwise)
        return (
            loop("drawn", type_, shape, turns, crossed=crossed) if kind == "while" else started("drawn", type_, shape)
        )

    return st.builds(
        made, st.sampled_from(("if", "while", "once")), types, shapes, kinds, kinds, st.integers(0, 4), st.booleans()
    )
