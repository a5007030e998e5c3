# SPDX-License-Identifier: Apache-2.0
"""`MicroInterpreter` and `run`: a program in the caller's arena."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from packlight.dev.write import write
from packlight.errors import ArenaError, PacklightError, UsageError
from packlight.nouns.model import Model
from packlight.verbs.pack import pack
from packlight.verbs.resolve import AllOpsResolver, LoggingErrorReporter, MicroMutableOpResolver, Status
from packlight.verbs.run import Machine, MicroInterpreter, run
from small_models import chain, pair, stateful

Array = npt.NDArray[Any]


def random_inputs(model: Model, seed: int = 1) -> list[Array]:
    """Values for the inputs of `chain` and `pair`."""
    random = np.random.default_rng(seed)
    tensors = [model.subgraphs[0].tensors[index] for index in model.subgraphs[0].inputs]
    if tensors[0].type == "INT8":
        return [random.integers(-128, 128, tensor.shape, np.int8) for tensor in tensors]
    return [random.standard_normal(tensor.shape).astype(np.float32) for tensor in tensors]


def aligned(size: int, misalignment: int = 0, around: int = 0) -> tuple[Array, Array]:
    """A numpy arena of `size` bytes at a multiple of 64 plus `misalignment`, and the memory it is cut out of."""
    room = np.full(size + misalignment + 2 * around + 64, 0xA5, np.uint8)
    start = around + -(room.ctypes.data + around) % 64 + misalignment
    return room[start : start + size], room


def test_a_float_network_computes_what_numpy_does() -> None:
    model = pair()
    tensors = model.subgraphs[0].tensors
    inputs = random_inputs(model)
    for value, filter_, output in zip(inputs, (tensors[1], tensors[4]), run(pack(model), inputs), strict=True):
        np.testing.assert_allclose(output, value @ filter_.array().T, rtol=1e-6)


def test_an_int8_network_is_the_rounded_float_network() -> None:
    """Within two steps of the output's scale: one rounding a layer."""
    model = chain()
    tensors = {tensor.index: tensor for tensor in model.subgraphs[0].tensors}

    def real(index: int) -> Array:
        return (tensors[index].array().astype(float) - tensors[index].zero_point) * tensors[index].scale

    (stored,) = random_inputs(model)
    value = np.pad((stored.astype(float) + 3) * 0.05, ((0, 0), (1, 1), (1, 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(value, (3, 3), axis=(1, 2))
    hidden = np.maximum(np.einsum("byxckl,oklc->byxo", windows, real(1)) + real(2), 0)
    hidden = np.clip(hidden, -125 * 0.05, 130 * 0.05)
    hidden = np.clip(hidden @ real(4).reshape(3, 4).T + real(5), -125 * 0.05, 130 * 0.05)
    expected = np.clip((hidden.reshape(1, 108) @ real(8).T + real(9)) / 0.2 - 3, -128, 127)
    (output,) = run(pack(model), [stored])
    assert np.abs(output - expected).max() < 2


@pytest.mark.parametrize("model", [chain(), chain("FLOAT32"), pair(), stateful()], ids=lambda model: model.name)
def test_the_arena_is_exact(model: Model) -> None:
    program = pack(model)
    needed = program.plan.arena_bytes
    inputs = random_inputs(model)
    for arena in (bytearray(needed), aligned(needed)[0]):
        interpreter = MicroInterpreter(model, AllOpsResolver(), arena)
        assert interpreter.allocate_tensors() is Status.OK
        assert interpreter.arena_used_bytes() == needed == len(arena)
        for index, value in enumerate(inputs):
            interpreter.input(index)[...] = value
        assert interpreter.invoke() is Status.OK
        for index, value in enumerate(run(program, inputs)):
            np.testing.assert_array_equal(interpreter.output(index), value)
    for arena in (bytearray(needed - 1), aligned(needed - 1)[0]):
        with pytest.raises(ArenaError, match=f"has {needed - 1:,} bytes, small needs {needed:,}") as caught:
            MicroInterpreter(model, AllOpsResolver(), arena).allocate_tensors()
        assert caught.value.code == "E501"
        assert caught.value.problems[0].fix == f"bytearray({needed})"


def test_an_arena_that_is_not_aligned() -> None:
    program = pack(chain())
    needed = program.plan.arena_bytes
    for skip in (1, 2, 3):
        start = program.plan.alignment - skip
        arena, _ = aligned(needed + skip, start)
        interpreter = MicroInterpreter(program, tensor_arena=arena)
        interpreter.allocate_tensors()
        assert interpreter.input().ctypes.data % program.plan.alignment == 0
        interpreter.input()[...] = random_inputs(chain())[0]
        interpreter.invoke()
        np.testing.assert_array_equal(interpreter.output(), run(program, random_inputs(chain()))[0])
        arena, _ = aligned(needed + skip - 1, start)
        with pytest.raises(ArenaError, match=f"needs {needed + skip:,}") as caught:
            MicroInterpreter(program, tensor_arena=arena).allocate_tensors()
        assert f"1 bytes are missing; {skip} go to its alignment" in str(caught.value)


def test_arenas_of_the_wrong_kind() -> None:
    read_only, _ = aligned(10_000)
    read_only.flags.writeable = False
    gaps = np.zeros(20_000, np.uint8)[::2]
    for arena, message in (
        (read_only, "cannot be written to"),
        (bytes(10_000), "cannot be written to"),
        (gaps, "no run of bytes"),
        (10_000, r"\(int\) is no run of bytes"),
        ([0] * 10_000, r"\(list\) is no run of bytes"),
    ):
        with pytest.raises(ArenaError, match=message) as caught:
            MicroInterpreter(chain(), tensor_arena=arena).allocate_tensors()  # type: ignore[arg-type]
        assert caught.value.code == "E503"
    with pytest.raises(ArenaError, match="has 0 bytes"):
        MicroInterpreter(chain(), tensor_arena=bytearray()).allocate_tensors()


def test_an_arena_may_have_any_type() -> None:
    words = np.zeros(pack(chain()).plan.arena_bytes // 4 + 1, np.float32)
    interpreter = MicroInterpreter(chain(), tensor_arena=words)
    interpreter.allocate_tensors()
    assert np.shares_memory(interpreter.input(), words)


def test_inputs_and_outputs_are_views_into_the_arena() -> None:
    arena = bytearray(pack(pair()).plan.arena_bytes)
    interpreter = MicroInterpreter(pair(), tensor_arena=arena)
    interpreter.allocate_tensors()
    assert (interpreter.inputs_size(), interpreter.outputs_size()) == (2, 2)
    for view, shape in ((interpreter.input(1), (1, 4)), (interpreter.output(1), (1, 5))):
        assert view.dtype == np.float32
        assert view.shape == shape
        assert np.shares_memory(view, np.frombuffer(arena, np.uint8))
        assert view.flags.writeable
    interpreter.input(0)[0, 2] = 7
    interpreter.input(1)[...] = 1
    assert interpreter.input(0)[0, 2] == 7
    for ask in (interpreter.input, interpreter.output):
        for index in (-1, 2):
            with pytest.raises(UsageError, match=f"has no (in|out)put {index}") as caught:
                ask(index)
            assert caught.value.code == "E504"


def test_an_invoke_changes_no_byte_outside_of_the_arena() -> None:
    program = pack(chain())
    arena, room = aligned(program.plan.arena_bytes, around=256)
    interpreter = MicroInterpreter(program, tensor_arena=arena)
    interpreter.allocate_tensors()
    interpreter.input()[...] = random_inputs(chain())[0]
    constants = [buffer.data for buffer in program.constants]
    start = arena.ctypes.data - room.ctypes.data
    interpreter.invoke()
    assert (room[:start] == 0xA5).all()
    assert (room[start + arena.size :] == 0xA5).all()
    assert [interpreter._ready._constants[b.index].tobytes() for b in program.constants] == constants


def test_an_invoke_changes_no_byte_between_the_tensors() -> None:
    program = pack(chain(), guard=16)
    arena, _ = aligned(program.plan.arena_bytes)
    machine = Machine(program, arena)
    owned = np.zeros(arena.size, bool)
    for buffer in program.buffers:
        if buffer.area == "arena":
            start = program.plan.offsets[buffer.index]
            assert not owned[max(0, start - 8) : start + buffer.size + 8].all()
            owned[start : start + buffer.size] = True
    machine.view(program.inputs[0])[...] = random_inputs(chain())[0]
    machine.invoke()
    assert not owned.all()
    assert (arena[~owned] == 0xA5).all()


def test_all_activations_live_in_the_arena() -> None:
    """The arena's bytes are the whole state: moved to another interpreter's arena, they are that one's inputs."""
    program = pack(chain())
    one, other = (MicroInterpreter(program, tensor_arena=bytearray(program.plan.arena_bytes)) for _ in range(2))
    for each in (one, other):
        each.allocate_tensors()
    one.input()[...] = random_inputs(chain())[0]
    other._ready.arena[...] = one._ready.arena
    other.invoke()
    np.testing.assert_array_equal(other.output(), run(program, random_inputs(chain()))[0])


def test_without_an_arena_the_interpreter_brings_its_own() -> None:
    interpreter = MicroInterpreter(chain())
    interpreter.allocate_tensors()
    interpreter.input()[...] = random_inputs(chain())[0]
    interpreter.invoke()
    np.testing.assert_array_equal(interpreter.output(), run(pack(chain()), random_inputs(chain()))[0])


def test_a_model_may_be_given_in_any_form(tmp_path: Path) -> None:
    data = write(chain())
    path = tmp_path / "chain.tflite"
    path.write_bytes(data)
    expected = run(pack(chain()), random_inputs(chain()))[0]
    for model in (path, str(path), data, chain(), pack(chain())):
        interpreter = MicroInterpreter(model)
        interpreter.allocate_tensors()
        interpreter.input()[...] = random_inputs(chain())[0]
        interpreter.invoke()
        np.testing.assert_array_equal(interpreter.output(), expected)


def test_repeated_invokes_give_the_same() -> None:
    interpreter = MicroInterpreter(chain("FLOAT32"))
    interpreter.allocate_tensors()
    (value,) = random_inputs(chain("FLOAT32"))
    outputs = []
    for _ in range(3):
        interpreter.input()[...] = value
        interpreter.invoke()
        outputs.append(interpreter.output().copy())
    np.testing.assert_array_equal(outputs[0], outputs[1])
    np.testing.assert_array_equal(outputs[0], outputs[2])


def test_variables_keep_their_value_until_the_reset() -> None:
    interpreter = MicroInterpreter(stateful())
    interpreter.allocate_tensors()
    (variable,) = [buffer for buffer in interpreter.program.buffers if buffer.area == "persistent"]
    start = interpreter.program.plan.offsets[variable.index]
    state = interpreter._ready.arena[start : start + variable.size].view(np.float32)
    for value, action in ((0, None), (5, None), (5, None), (0, interpreter.reset)):
        if action:
            assert action() is Status.OK
        elif value:
            state[...] = value
        interpreter.input()[...] = 1
        interpreter.invoke()
        np.testing.assert_array_equal(interpreter.output(0), np.full((1, 4), value))


@pytest.mark.parametrize("action", ["invoke", "reset", "input", "output", "arena_used_bytes", "inputs_size", "program"])
def test_nothing_works_before_allocate_tensors(action: str) -> None:
    with pytest.raises(UsageError, match="not allocated") as caught:
        result = getattr(MicroInterpreter(chain()), action)
        result()
    assert caught.value.code == "E502"
    assert caught.value.problems[0].fix == "call allocate_tensors() first"


def test_a_logging_reporter_leaves_the_status_to_the_caller() -> None:
    stream = io.StringIO()
    arena = bytearray(16)
    interpreter = MicroInterpreter(chain(), AllOpsResolver(), arena, LoggingErrorReporter(stream))
    assert interpreter.invoke() is Status.ERROR
    assert interpreter.reset() is Status.ERROR
    assert interpreter.allocate_tensors() is Status.ERROR
    codes = [line.split("]")[0] for line in stream.getvalue().splitlines() if line.startswith("error")]
    assert codes == ["error[E502", "error[E502", "error[E501"]


def test_errors_of_model_and_resolver_come_with_allocate_tensors() -> None:
    stream = io.StringIO()
    reporter = LoggingErrorReporter(stream)
    for model, resolver, code in (
        ("nowhere.tflite", None, "E101"),
        (b"no model", None, "E1"),
        (chain(), MicroMutableOpResolver(1), "E303"),
    ):
        with pytest.raises(PacklightError) as caught:
            MicroInterpreter(model, resolver).allocate_tensors()
        assert caught.value.code.startswith(code)
        interpreter = MicroInterpreter(model, resolver, None, reporter)
        assert interpreter.allocate_tensors() is Status.ERROR
        assert stream.getvalue().splitlines()[0].startswith(f"error[{code}")
        stream.truncate(0)
        stream.seek(0)


def test_run_converts_nothing() -> None:
    program = pack(chain())
    good = random_inputs(chain())[0]
    for inputs, code in (
        ([], "E505"),
        ([good, good], "E505"),
        ([good.astype(np.float32)], "E513"),
        ([good.astype(np.int16)], "E513"),
        ([good[0]], "E514"),
        ([good[:, :3]], "E514"),
    ):
        with pytest.raises(UsageError) as caught:
            run(program, inputs)
        assert caught.value.code == code


def test_the_remedy_for_real_numbers_quantises_them() -> None:
    program = pack(chain())
    value = np.full((1, 6, 6, 2), 1.5, np.float32)
    with pytest.raises(UsageError) as caught:
        run(program, [value])
    stored = eval(str(caught.value.problems[0].fix), {"np": np, "value": value})
    assert stored.dtype == np.int8
    assert (stored == 27).all()  # 1.5 / 0.05 - 3
    run(program, [stored])
