# SPDX-License-Identifier: Apache-2.0
"""`Interpreter`, alone and beside ai_edge_litert's."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from packlight.dev.case import constant, tensor
from packlight.dev.write import write
from packlight.errors import ResolverError
from packlight.interpreter import Interpreter, OpResolverType, SignatureRunner
from packlight.nouns.model import Model
from packlight.verbs.pack import pack
from packlight.verbs.resolve import MicroMutableOpResolver
from packlight.verbs.run import run
from small_models import chain, network, pair, stateful

IMAGE = np.random.default_rng(2).integers(-128, 128, (1, 6, 6, 2), np.int8)
X, Y = np.arange(4, dtype=np.float32).reshape(1, 4), np.ones((1, 3), np.float32)


def opened(model: Model, **options: Any) -> Interpreter:
    interpreter = Interpreter(model_content=write(model), **options)
    interpreter.allocate_tensors()
    return interpreter


def kinds() -> Model:
    """A model with tensors of every kind that details tell of."""
    operands = [
        *(tensor("FLOAT32", 1, 3), constant("FLOAT32", 2, 3), tensor("FLOAT32", 1, 2)),
        *(constant("INT8", 3, 2, scale=[0.5, 0.25, 0.1]), constant("INT16", 2, scale=0.1), constant("BOOL", 2)),
        *(constant("INT32", values=7), constant("INT64", 3), constant("UINT8", 2, scale=0.1, zero_point=9)),
        *(constant("FLOAT16", 2), constant("INT32", 4, scale=[0.1, 0.2, 0.3, 0.4])),
    ]
    model = network(operands, [("FULLY_CONNECTED", 1, "FullyConnectedOptions", {}, (0, 1, -1), (2,))], [0], [2])
    (graph,) = model.subgraphs
    nibbles = replace(graph.tensors[4], type="INT4", shape=(3,), data=memoryview(b"\x87\x0f"), quantization=None)
    open_ = replace(graph.tensors[0], shape_signature=(-1, 3))
    tensors = (open_, *graph.tensors[1:4], nibbles, *graph.tensors[5:])
    return replace(model, subgraphs=(replace(graph, tensors=tensors),))


def test_the_usual_course() -> None:
    interpreter = opened(chain())
    (input_,) = interpreter.get_input_details()
    (output,) = interpreter.get_output_details()
    interpreter.set_tensor(input_["index"], IMAGE)
    interpreter.invoke()
    np.testing.assert_array_equal(interpreter.get_tensor(output["index"]), run(pack(chain()), [IMAGE])[0])


def test_a_model_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "chain.tflite"
    path.write_bytes(write(chain()))
    for given in (path, str(path)):
        assert Interpreter(given).get_input_details()[0]["name"] == "t0"


def test_details() -> None:
    (details,) = opened(chain()).get_input_details()
    assert list(details) == [
        "name", "index", "shape", "shape_signature", "dtype", "quantization", "quantization_parameters",
        "sparsity_parameters",
    ]  # fmt: skip
    assert (details["name"], details["index"], details["dtype"]) == ("t0", 0, np.int8)
    assert details["quantization"] == (float(np.float32(0.05)), -3)
    assert details["shape"].tolist() == details["shape_signature"].tolist() == [1, 6, 6, 2]
    assert [details["shape"].dtype, details["quantization_parameters"]["scales"].dtype] == [np.int32, np.float32]
    tensors = Interpreter(model_content=write(kinds())).get_tensor_details()
    assert tensors[0]["shape_signature"].tolist() == [-1, 3]
    assert tensors[3]["quantization"] == (0.0, 0)
    assert tensors[3]["quantization_parameters"]["zero_points"].tolist() == [0, 0, 0]


def test_inputs_keep_their_value_over_invokes() -> None:
    """Although the plan gives their memory to other tensors."""
    interpreter = opened(chain())
    interpreter.set_tensor(0, IMAGE)
    outputs = []
    for _ in range(3):
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(10))
        np.testing.assert_array_equal(interpreter.get_tensor(0), IMAGE)
    assert not np.shares_memory(outputs[0], outputs[1])
    np.testing.assert_array_equal(outputs[0], outputs[2])


def test_a_new_input_starts_with_zeros() -> None:
    assert not opened(chain()).get_tensor(0).any()


def test_get_tensor_copies_and_tensor_is_live() -> None:
    interpreter = opened(chain())
    view = interpreter.tensor(0)
    view()[...] = IMAGE
    copy = interpreter.get_tensor(0)
    view()[...] = 1
    np.testing.assert_array_equal(copy, IMAGE)
    assert (interpreter.get_tensor(0) == 1).all()
    output = interpreter.tensor(10)()
    interpreter.set_tensor(0, IMAGE)
    interpreter.invoke()
    np.testing.assert_array_equal(output, run(pack(chain()), [IMAGE])[0])
    with pytest.raises(ValueError, match="read-only"):
        interpreter.tensor(1)()[...] = 0


def test_constants_can_be_read_at_any_time() -> None:
    interpreter = Interpreter(model_content=write(kinds()))
    for each in kinds().subgraphs[0].tensors[1:]:
        if each.data is not None and each.type != "INT4":
            value = interpreter.get_tensor(each.index)
            assert value.tobytes() == bytes(each.data)
            assert value.shape == each.shape
    assert interpreter.get_tensor(4).tolist() == [7, -8, -1]
    assert isinstance(interpreter.get_tensor(6), np.int32)


def test_intermediate_tensors_on_demand() -> None:
    interpreter = opened(chain())
    interpreter.invoke()
    for index in (3, 6, 7):
        for read in (interpreter.get_tensor, lambda index: interpreter.tensor(index)()):
            with pytest.raises(ValueError, match=f'tensor #{index} "t{index}" cannot be read') as caught:
                read(index)
            assert "experimental_preserve_all_tensors=True" in str(caught.value)
    keeping = opened(chain(), experimental_preserve_all_tensors=True)
    keeping.set_tensor(0, IMAGE)
    for _ in range(2):
        keeping.invoke()
    np.testing.assert_array_equal(keeping.get_tensor(6).reshape(1, 108), keeping.get_tensor(7))
    assert (keeping.get_tensor(3) >= -3).all()  # after RELU
    assert keeping.get_tensor(3).any()
    interpreter.set_tensor(0, IMAGE)
    interpreter.invoke()
    np.testing.assert_array_equal(keeping.get_tensor(10), interpreter.get_tensor(10))


def test_variables() -> None:
    interpreter = opened(stateful())
    np.testing.assert_array_equal(interpreter.get_tensor(0), np.zeros((1, 4)))
    interpreter.set_tensor(0, np.full((1, 4), 3, np.float32))
    interpreter.invoke()
    np.testing.assert_array_equal(interpreter.get_tensor(1), np.full((1, 4), 3))
    interpreter.reset_all_variables()
    np.testing.assert_array_equal(interpreter.get_tensor(0), np.zeros((1, 4)))


def test_allocating_again_keeps_inputs_and_resets_variables() -> None:
    interpreter = opened(stateful())
    interpreter.set_tensor(0, np.ones((1, 4), np.float32))
    interpreter.set_tensor(2, np.ones((1, 3), np.float32))
    interpreter.allocate_tensors()
    assert not interpreter.get_tensor(0).any()
    assert interpreter.get_tensor(2).all()


@pytest.mark.parametrize(
    ("error", "code", "action"),
    [
        (ValueError, "E513", lambda it: it.set_tensor(0, IMAGE.astype(np.int32))),
        (ValueError, "E513", lambda it: it.set_tensor(0, IMAGE.astype(np.float32))),
        (ValueError, "E513", lambda it: it.set_tensor(0, IMAGE.tolist())),
        (ValueError, "E514", lambda it: it.set_tensor(0, IMAGE[0])),
        (ValueError, "E514", lambda it: it.set_tensor(0, IMAGE[:, 1:])),
        (ValueError, "E516", lambda it: it.set_tensor(1, np.zeros((4, 3, 3, 2), np.int8))),
        (ValueError, "E516", lambda it: it.set_tensor(10, np.zeros((1, 5), np.int8))),
        (ValueError, "E519", lambda it: it.set_tensor(11, IMAGE)),
        (ValueError, "E519", lambda it: it.get_tensor(-1)),
        (ValueError, "E519", lambda it: it.get_tensor(99)),
        (ValueError, "E519", lambda it: it.tensor(99)()),
        (ValueError, "E519", lambda it: it.get_tensor(0, 1)),
        (ValueError, "E519", lambda it: it.get_tensor_details(1)),
        (ValueError, "E517", lambda it: it.resize_tensor_input(0, [2, 6, 6, 2])),
        (ValueError, "E518", lambda it: it.get_signature_runner()),
        (ValueError, "E518", lambda it: it.get_signature_runner("serve")),
    ],
)
def test_errors(error: type[Exception], code: str, action: Callable[[Interpreter], None]) -> None:
    with pytest.raises(error) as caught:
        action(opened(chain()))
    assert str(caught.value).startswith(f"error[{code}]")


def test_errors_before_allocation() -> None:
    interpreter = Interpreter(model_content=write(chain()))
    for error, action in (
        (RuntimeError, interpreter.invoke),
        (RuntimeError, interpreter.reset_all_variables),
        (ValueError, lambda: interpreter.get_tensor(10)),
        (ValueError, lambda: interpreter.set_tensor(0, IMAGE)),
        (ValueError, interpreter.tensor(0)),
    ):
        with pytest.raises(error, match=r"call allocate_tensors\(\) first"):
            action()


def test_errors_of_the_constructor(tmp_path: Path) -> None:
    data = write(chain())
    for options, code in (
        ({}, "E511"),
        ({"model_path": "a", "model_content": data}, "E511"),
        ({"model_path": tmp_path / "nowhere"}, "E101"),
        ({"model_content": data[:1000]}, "E110"),
        ({"model_content": data, "num_threads": 0}, "E512"),
        ({"model_content": data, "num_threads": "two"}, "E512"),
        ({"model_content": data, "experimental_delegates": [object()]}, "E512"),
    ):
        with pytest.raises(ValueError, match=rf"error\[{code}\]"):
            Interpreter(**options)


def test_options_without_influence_are_accepted() -> None:
    interpreter = opened(
        chain(),
        num_threads=4,
        experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
        experimental_disable_delegate_clustering=True,
    )
    interpreter.resize_tensor_input(0, [1, 6, 6, 2])
    interpreter.resize_tensor_input(0, np.array([1, 6, 6, 2]), strict=True)
    interpreter.set_tensor(np.int64(0), IMAGE)
    interpreter.invoke()


def test_the_resolver_limits_the_operators() -> None:
    with pytest.raises(ResolverError, match="not registered"):
        opened(chain(), resolver=MicroMutableOpResolver(3))
    opened(chain(), resolver=MicroMutableOpResolver.for_model(chain()))


def test_signatures() -> None:
    interpreter = Interpreter(model_content=write(pair()))
    assert interpreter.get_signature_list() == {"serve": {"inputs": ["x", "y"], "outputs": ["a", "b"]}}
    runner = interpreter.get_signature_runner()
    assert isinstance(runner, SignatureRunner)
    assert {name: details["index"] for name, details in runner.get_input_details().items()} == {"x": 3, "y": 0}
    assert {name: details["index"] for name, details in runner.get_output_details().items()} == {"a": 2, "b": 5}
    a, b = run(pack(pair()), [Y, X])
    for each in (runner, interpreter.get_signature_runner("serve")):
        outputs = each(x=X, y=Y)
        assert list(outputs) == ["a", "b"]
        np.testing.assert_array_equal(outputs["a"], a)
        np.testing.assert_array_equal(outputs["b"], b)
    for inputs, message in (
        ({"x": X}, "misses the input y"),
        ({"x": X, "z": Y}, "has no input z"),
        ({"x": X, "y": Y, "z": Y}, "has no input z"),
        ({"x": X.astype(float), "y": Y}, "takes float32, not float64"),
    ):
        with pytest.raises(ValueError, match=message):
            runner(**inputs)


def test_a_signature_of_another_subgraph() -> None:
    model = pair()
    (signature,) = model.signatures
    other = replace(model, subgraphs=model.subgraphs * 2, signatures=(replace(signature, subgraph=1),))
    interpreter = Interpreter(model_content=write(other))
    with pytest.raises(ValueError, match="runs subgraph 1"):
        interpreter.get_signature_runner()
    assert interpreter.num_subgraphs() == 2
    interpreter.get_tensor(1, 1)
    with pytest.raises(ValueError, match="of subgraph 1 has no value"):
        interpreter.get_tensor(0, 1)


def assert_same(ours: Any, theirs: Any, where: str) -> None:
    """Equal, and of the same types all the way down."""
    assert type(ours) is type(theirs), where
    if isinstance(ours, dict):
        assert list(ours) == list(theirs), where
        for key, value in ours.items():
            assert_same(value, theirs[key], f"{where} {key}")
    elif isinstance(ours, (list, tuple)):
        assert len(ours) == len(theirs), where
        for index, value in enumerate(ours):
            assert_same(value, theirs[index], f"{where} {index}")
    elif isinstance(ours, np.ndarray):
        assert ours.dtype == theirs.dtype, where
        np.testing.assert_array_equal(ours, theirs, where)
    else:
        assert ours == theirs, where


def litert() -> Any:
    return pytest.importorskip("ai_edge_litert.interpreter")


@pytest.mark.parametrize("model", [chain(), chain("FLOAT32"), pair(), stateful(), kinds()], ids=range(5))
def test_litert_tells_the_same(model: Model) -> None:
    data = write(model)
    reference = litert().OpResolverType.BUILTIN_REF
    theirs = litert().Interpreter(model_content=data, experimental_op_resolver_type=reference)
    ours = Interpreter(model_content=data, experimental_op_resolver_type=reference)
    for name in ("get_input_details", "get_output_details", "get_tensor_details", "get_signature_list"):
        assert_same(getattr(ours, name)(), getattr(theirs, name)(), name)
    for each in (ours, theirs):
        assert each.allocate_tensors() is None
        for position, details in enumerate(each.get_input_details()):
            random = np.random.default_rng(position)
            value = random.standard_normal(details["shape"]) * 50
            assert each.set_tensor(details["index"], value.astype(details["dtype"])) is None
        assert each.invoke() is None
        assert each.invoke() is None
    constants = [each.index for each in model.subgraphs[0].tensors if each.is_constant]
    for index in (*model.subgraphs[0].inputs, *constants):
        assert_same(ours.get_tensor(index), theirs.get_tensor(index), f"tensor {index}")
    for index in model.subgraphs[0].outputs:
        # LiteRT does not round int8 sums as TFLM and packlight do: seldom, and by one step, they differ.
        step = 1 if model.subgraphs[0].tensors[index].type == "INT8" else 0
        np.testing.assert_allclose(ours.get_tensor(index), theirs.get_tensor(index), rtol=1e-5, atol=step)
    if model.signatures:
        outputs = [each.get_signature_runner()(x=X, y=Y) for each in (ours, theirs)]
        assert list(outputs[0]) == list(outputs[1])
        for name in ("get_input_details", "get_output_details"):
            runners = [each.get_signature_runner() for each in (ours, theirs)]
            assert_same(getattr(runners[0], name)(), getattr(runners[1], name)(), name)


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (RuntimeError, lambda it: it.invoke()),
        (ValueError, lambda it: it.set_tensor(0, IMAGE)),
        (ValueError, lambda it: it.get_tensor(10)),
        (ValueError, lambda it: it.tensor(10)()),
        (ValueError, lambda it: it.get_tensor_details(3)),
        (ValueError, lambda it: (it.allocate_tensors(), it.set_tensor(0, IMAGE.astype(np.int16)))),
        (ValueError, lambda it: (it.allocate_tensors(), it.set_tensor(0, IMAGE.tolist()))),
        (ValueError, lambda it: (it.allocate_tensors(), it.set_tensor(0, IMAGE[0]))),
        (ValueError, lambda it: (it.allocate_tensors(), it.set_tensor(0, IMAGE[:, :3]))),
        (ValueError, lambda it: (it.allocate_tensors(), it.set_tensor(77, IMAGE))),
        (ValueError, lambda it: (it.allocate_tensors(), it.get_tensor(77))),
        (TypeError, lambda it: (it.allocate_tensors(), it.get_tensor("t0"))),
        (ValueError, lambda it: it.get_signature_runner()),
        (ValueError, lambda it: it.get_signature_runner("serve")),
    ],
)
def test_litert_raises_the_same(kind: type[Exception], action: Callable[[Any], Any]) -> None:
    data = write(chain())
    for interpreter in (Interpreter(model_content=data), litert().Interpreter(model_content=data)):
        with pytest.raises(kind):
            action(interpreter)


def test_litert_has_the_same_signatures() -> None:
    for ours, theirs in ((Interpreter, litert().Interpreter), (SignatureRunner, litert().SignatureRunner)):
        for name, method in inspect.getmembers(ours, inspect.isfunction):
            if name.startswith("_") and name != "__call__":
                continue
            parameters = inspect.signature(method).parameters
            expected = inspect.signature(getattr(theirs, name)).parameters
            assert list(parameters) == list(expected), name
            assert [each.default for each in parameters.values()] == [each.default for each in expected.values()], name
        public = {name for name, _ in inspect.getmembers(theirs, inspect.isfunction) if not name.startswith("_")}
        assert public <= set(dir(ours))
    constructor = list(inspect.signature(Interpreter).parameters)
    assert constructor == [*inspect.signature(litert().Interpreter).parameters, "resolver"]
