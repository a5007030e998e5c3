# SPDX-License-Identifier: Apache-2.0
"""The op resolvers, the error reporters, and `resolve`."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from packlight import ops
from packlight.dev.case import constant, tensor
from packlight.errors import PacklightError, ResolverError, UnsupportedError, UsageError
from packlight.nouns.model import Model, OperatorCode
from packlight.nouns.operator import Operator
from packlight.verbs.resolve import (
    AllOpsResolver,
    LoggingErrorReporter,
    MicroMutableOpResolver,
    RaisingErrorReporter,
    Status,
    load_operators,
    resolve,
)
from packlight.verbs.run import MicroInterpreter
from small_models import CUSTOM, Step, chain, custom, network, pair, write_custom_folder

CHAIN = ["CONV_2D", "RESHAPE", "FULLY_CONNECTED"]


def full_resolver(**types: tuple[str, ...]) -> MicroMutableOpResolver:
    """Exactly what `chain` needs."""
    resolver = MicroMutableOpResolver(3)
    for name in CHAIN:
        assert getattr(resolver, "add_" + name.lower())(*types.get(name, ())) is Status.OK
    return resolver


def with_version(model: Model, name: str, version: int) -> Model:
    """The model with another version of an operator."""
    (graph,) = model.subgraphs
    operators = tuple(
        replace(each, code=OperatorCode(name, version)) if each.code.name == name else each for each in graph.operators
    )
    return replace(model, subgraphs=(replace(graph, operators=operators),))


def test_status_is_true_when_ok() -> None:
    assert Status.OK
    assert not Status.ERROR


def test_registration_in_order() -> None:
    resolver = full_resolver()
    assert list(resolver.registered) == CHAIN
    assert len(resolver) == 3
    assert "CONV_2D" in resolver
    assert "SOFTMAX" not in resolver
    assert resolver.registered["CONV_2D"][1] == tuple(ops.operators()["CONV_2D"].kernels)


def test_every_operator_has_its_method() -> None:
    resolver = MicroMutableOpResolver(len(ops.operators()))
    for operator in ops.operators().values():
        assert getattr(resolver, operator.method)() is Status.OK
    assert resolver.registered.keys() == AllOpsResolver().registered.keys()


def test_more_than_the_capacity() -> None:
    resolver = MicroMutableOpResolver(1)
    resolver.add_conv_2d()
    with pytest.raises(ResolverError, match="no room for RESHAPE") as caught:
        resolver.add_reshape()
    problem = caught.value.problems[0]
    assert (problem.code, problem.fix) == ("E301", "MicroMutableOpResolver(2)")
    assert list(resolver.registered) == ["CONV_2D"]


def test_the_same_operator_twice() -> None:
    resolver = MicroMutableOpResolver(1)
    resolver.add_conv_2d("INT8")
    with pytest.raises(ResolverError, match="CONV_2D is registered already") as caught:
        resolver.add_conv_2d("FLOAT32")
    assert caught.value.code == "E302"


def test_a_type_without_kernel() -> None:
    with pytest.raises(ResolverError, match="CONV_2D has no kernel for STRING") as caught:
        MicroMutableOpResolver(1).add_conv_2d("INT8", "STRING")  # type: ignore[arg-type]
    assert caught.value.code == "E305"
    assert "INT8" in str(caught.value)


def test_an_unknown_method_has_a_suggestion() -> None:
    with pytest.raises(AttributeError, match=r"no attribute add_conv2d; did you mean add_conv_2d\?"):
        MicroMutableOpResolver(1).add_conv2d()  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"no attribute zzz$"):
        MicroMutableOpResolver(1).zzz  # type: ignore[attr-defined]  # noqa: B018


def test_the_logging_reporter_leaves_the_status_to_the_caller(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    resolver = MicroMutableOpResolver(1, LoggingErrorReporter(stream))
    assert resolver.add_conv_2d() is Status.OK
    assert resolver.add_conv_2d() is Status.ERROR
    assert resolver.add_reshape() is Status.ERROR
    assert [line[:12] for line in stream.getvalue().splitlines() if line.startswith("error")] == [
        "error[E302]:", "error[E301]:",
    ]  # fmt: skip
    assert not MicroMutableOpResolver(0, LoggingErrorReporter()).add_reshape()
    captured = capsys.readouterr()
    assert "error[E301]: no room for RESHAPE" in captured.err
    assert not captured.out


def test_the_raising_reporter_raises() -> None:
    with pytest.raises(UsageError):
        RaisingErrorReporter().report(UsageError("E001", "no"))


def test_resolve_binds_operands_by_name() -> None:
    nodes = resolve(chain(), full_resolver())
    assert [(node.operator.name, node.types) for node in nodes] == [
        ("CONV_2D", "INT8"), ("CONV_2D", "INT8"), ("RESHAPE", "INT8"), ("FULLY_CONNECTED", "INT8"),
    ]  # fmt: skip
    assert [nodes[0].input.name, nodes[0].filter.name, nodes[0].bias.name, nodes[0].output.name] == [
        "t0", "t1", "t2", "t3",
    ]  # fmt: skip
    assert nodes[2].optional("shape") is None
    assert resolve(chain()) == resolve(chain(), AllOpsResolver())


def test_all_that_is_not_registered_is_listed_at_once() -> None:
    resolver = MicroMutableOpResolver(1)
    resolver.add_reshape()
    with pytest.raises(ResolverError) as caught:
        resolve(chain(), resolver)
    assert [problem.code for problem in caught.value.problems] == ["E303"] * 3
    assert [problem.fix for problem in caught.value.problems] == [
        "resolver.add_conv_2d()", "resolver.add_conv_2d()", "resolver.add_fully_connected()",
    ]  # fmt: skip
    assert "operator #3 FULLY_CONNECTED" in str(caught.value)


def test_an_empty_resolver_is_not_a_missing_one() -> None:
    with pytest.raises(ResolverError, match="the op resolver has no operators") as caught:
        resolve(chain(), MicroMutableOpResolver(4))
    assert len(caught.value.problems) == 4


def test_a_type_that_is_not_registered() -> None:
    with pytest.raises(ResolverError) as caught:
        resolve(chain("INT8"), full_resolver(CONV_2D=("FLOAT32",)))
    assert {problem.code for problem in caught.value.problems} == {"E304"}
    # The remedy can be followed: an operator is registered once, for all its types.
    assert caught.value.problems[0].fix == 'resolver.add_conv_2d("FLOAT32", "INT8")'
    resolve(chain("INT8"), full_resolver(CONV_2D=("FLOAT32", "INT8")))


def test_an_operator_that_packlight_does_not_have() -> None:
    steps: list[Step] = [("HASHTABLE_SIZE", 1, "NONE", {}, (0,), (1,))]
    model = network([tensor("FLOAT32", 3), tensor("FLOAT32", 3)], steps, [0], [1])
    with pytest.raises(UnsupportedError, match="HASHTABLE_SIZE has no kernel") as caught:
        resolve(model)
    assert caught.value.code == "E201"


def test_types_that_packlight_does_not_have() -> None:
    kinds = {"FLOAT16": "plain float32", "UINT16": "TFLITE_BUILTINS_INT8"}
    for type_, remedy in kinds.items():
        steps: list[Step] = [("FULLY_CONNECTED", 1, "NONE", {}, (0, 1), (2,))]
        model = network([tensor(type_, 1, 3), constant(type_, 2, 3), tensor(type_, 1, 2)], steps, [0], [2])
        with pytest.raises(UnsupportedError, match=f"no kernel for {type_}") as caught:
            resolve(model)
        assert caught.value.code == "E202"
        assert remedy in str(caught.value.problems[0].fix)


def test_a_version_that_is_too_new() -> None:
    newest = ops.operators()["CONV_2D"].max_version
    resolve(with_version(chain(), "CONV_2D", newest))
    with pytest.raises(UnsupportedError, match="newer than packlight") as caught:
        resolve(with_version(chain(), "CONV_2D", newest + 1))
    assert caught.value.code == "E203"
    assert f"version {newest + 1}" in str(caught.value)


def test_more_operands_than_the_operator_has() -> None:
    operands = [tensor("FLOAT32", 1, 3), constant("FLOAT32", 2, 3), constant("FLOAT32", 2), tensor("FLOAT32", 1, 2)]
    for inputs, sound in (((0, 1, 2, -1), True), ((0, 1, 2, 2), False)):
        model = network(operands, [("FULLY_CONNECTED", 1, "NONE", {}, inputs, (3,))], [0], [3])
        if sound:
            resolve(model)
            continue
        with pytest.raises(UnsupportedError) as caught:
            resolve(model)
        assert caught.value.code == "E204"


def test_unsupported_and_unregistered_operators_are_told_together() -> None:
    resolver = MicroMutableOpResolver(1)
    resolver.add_conv_2d()
    with pytest.raises(UnsupportedError) as caught:
        resolve(with_version(chain(), "CONV_2D", 99), resolver)
    assert [problem.code for problem in caught.value.problems] == ["E203", "E203", "E303", "E303"]


def test_for_model_is_exact() -> None:
    resolver = MicroMutableOpResolver.for_model(chain())
    assert list(resolver.registered) == CHAIN
    assert resolver.capacity == 3
    assert resolver.registered["CONV_2D"][1] == tuple(ops.operators()["CONV_2D"].kernels)
    with pytest.raises(ResolverError, match="no room"):
        resolver.add_softmax()


def test_for_several_models_by_type() -> None:
    resolver = MicroMutableOpResolver.for_model(chain("INT8"), pair(), by_type=True)
    assert {name: types for name, (_, types) in resolver.registered.items()} == {
        "CONV_2D": ("INT8",), "RESHAPE": ("INT8",), "FULLY_CONNECTED": ("INT8", "FLOAT32"),
    }  # fmt: skip
    resolve(chain("INT8"), resolver)
    resolve(pair(), resolver)
    with pytest.raises(ResolverError) as caught:
        resolve(chain("FLOAT32"), resolver)
    assert [problem.code for problem in caught.value.problems] == ["E304"] * 3


def test_for_no_model() -> None:
    assert MicroMutableOpResolver.for_model().capacity == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's operator folder, under a name that no other test has used."""
    return write_custom_folder(tmp_path / f"twice_{tmp_path.name.rsplit('-', 1)[-1].replace('-', '_')}")


def test_a_custom_operator(folder: Path) -> None:
    with pytest.raises(UnsupportedError, match="custom operator Twice has no kernel") as caught:
        resolve(custom())
    assert caught.value.problems[0].fix == f'write its folder and register it: resolver.add_custom("{CUSTOM}", FOLDER)'
    resolver = MicroMutableOpResolver(1)
    assert resolver.add_custom(CUSTOM, folder) is Status.OK
    (node,) = resolve(custom(), resolver)
    assert (node.operator.name, node.operator.custom, node.types) == (CUSTOM, True, "FLOAT32")
    with pytest.raises(ResolverError, match="registered already"):
        resolver.add_custom(CUSTOM, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a C compiler on the PATH")
def test_a_custom_operator_runs(folder: Path) -> None:
    resolver = MicroMutableOpResolver(1)
    resolver.add_custom(CUSTOM, str(folder), "FLOAT32")
    interpreter = MicroInterpreter(custom(), resolver)
    interpreter.allocate_tensors()
    interpreter.input()[:] = [1.5, -2, 0]
    interpreter.invoke()
    np.testing.assert_array_equal(interpreter.output(), [3, -4, 0])


def test_errors_of_add_custom(folder: Path, tmp_path: Path) -> None:
    (operator,) = load_operators(folder).values()
    for name, given, code in (
        ("Thrice", folder, "E306"),
        ("Thrice", operator, "E306"),
        (CUSTOM, tmp_path, "E002"),
        (CUSTOM, tmp_path / "nowhere", "E002"),
    ):
        with pytest.raises(PacklightError) as caught:
            MicroMutableOpResolver(1).add_custom(name, given)
        assert caught.value.code == code
        stream = io.StringIO()
        assert MicroMutableOpResolver(1, LoggingErrorReporter(stream)).add_custom(name, given) is Status.ERROR
        assert stream.getvalue().startswith(f"error[{code}]")


def test_remedies() -> None:
    """What only TensorFlow runs, what only a computer runs, and what the user can write."""
    operands = [tensor("FLOAT32", 3), tensor("FLOAT32", 3)]
    for name, remedy in (
        ("FlexRoll", "convert without tf.lite.OpsSet.SELECT_TF_OPS, or rewrite the layer that needs it"),
        (
            "HASHTABLE_SIZE",
            "replace it before converting, or end the model before it and do that part in the application",
        ),
        ("Roll", 'write its folder and register it: resolver.add_custom("Roll", FOLDER)'),
    ):
        steps: list[Step] = [(name, 1, "NONE", {}, (0,), (1,))]
        custom = [] if name.isupper() else [name]
        with pytest.raises(UnsupportedError) as caught:
            resolve(network(operands, steps, [0], [1], custom=custom))
        assert caught.value.problems[0].fix == remedy


def test_a_custom_operator_does_not_pass_for_a_builtin_one() -> None:
    """A model's custom operator may have any name, also that of a builtin operator which means something else."""
    steps: list[Step] = [("FULLY_CONNECTED", 1, "NONE", {}, (0, 1), (2,))]
    operands = [tensor("FLOAT32", 1, 3), constant("FLOAT32", 2, 3), tensor("FLOAT32", 1, 2)]
    resolve(network(operands, steps, [0], [2]))
    with pytest.raises(UnsupportedError, match="custom operator FULLY_CONNECTED"):
        resolve(network(operands, steps, [0], [2], custom=["FULLY_CONNECTED"]))


def test_a_user_may_bring_an_operator_of_the_schema() -> None:
    given = Operator("HASHTABLE_SIZE", ("input",), ("output",), {"FLOAT32": "move/bytes"}, lambda node: node.call())
    resolver = MicroMutableOpResolver(1)
    resolver.add_custom("HASHTABLE_SIZE", given)
    steps: list[Step] = [("HASHTABLE_SIZE", 1, "NONE", {}, (0,), (1,))]
    (node,) = resolve(network([tensor("FLOAT32", 3), tensor("FLOAT32", 3)], steps, [0], [1]), resolver)
    assert not node.operator.custom


def test_two_folders_with_one_operator(folder: Path) -> None:
    assert list(load_operators(folder)) == [CUSTOM]
    with pytest.raises(UsageError, match="Twice is declared twice"):
        load_operators(folder, folder)
