# SPDX-License-Identifier: Apache-2.0
"""The kernels of this computer alone: the same bits as the portable ones, the same arena, chosen by default."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given

from packlight import MicroInterpreter, host, ops
from packlight.dev.case import Case
from packlight.dev.elementwise import binary
from packlight.dev.harness import Executor, HostExecutor, Job, operator_modules
from packlight.dev.sanitized import SanitizedExecutor, sanitizer_runtime
from packlight.dev.write import write
from packlight.errors import PacklightError, UsageError
from packlight.interpreter import Interpreter
from packlight.nouns.call import Call
from packlight.nouns.program import Program
from packlight.ops.conv_2d.cases import case as conv
from packlight.ops.depthwise_conv_2d.cases import case as depthwise
from packlight.ops.fully_connected.cases import case as dense
from packlight.packing import dense_host
from packlight.targets import load_target
from packlight.verbs.choose import choose
from packlight.verbs.pack import pack, pack_for_pc
from packlight.verbs.resolve import resolve
from small_models import chain

FEATURES = host.target().features
OPERATORS = {
    name: operator
    for name, operator in ops.operators().items()
    if any(kind in variant.features for variant in operator.variants for kind in host.KINDS)
}
MODULES = {folder: module for folder, module in operator_modules().items() if folder.upper() in OPERATORS}
LAYOUTS = {"avx2": dense_host.AVX2, "vnni": dense_host.VNNI}

#: Sizes at which blocks of channels, of pixels and of inputs have a rest, and which fill what kernels have room for.
SIZES = (
    *(conv(f"to_{n}", size=(1, 3, 5, 3), filter_=(n, 2, 2)) for n in (1, 7, 8, 15, 16, 17, 33)),
    *(conv(f"from_{n}", size=(1, 3, 3, n), filter_=(5, 3, 1)) for n in (1, 7, 8, 9, 15, 16, 17, 31, 32, 33)),
    *(conv(f"row_of_{n}", size=(2, 1, n, 4), filter_=(5, 1, 1), zero_points=(127, -128)) for n in range(1, 6)),
    conv("wide_dilation", size=(1, 4, 9, 20), filter_=(3, 2, 3), dilation=(1, 3), zero_points=(-128, 127)),
    conv("one_window_at_a_time", size=(1, 5, 5, 600), filter_=(3, 3, 3)),
    conv("large_steps", size=(1, 9, 9, 3), filter_=(20, 2, 2), stride=(4, 5)),
    *(depthwise(f"of_{n}", size=(1, 4, 5, n)) for n in (1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48)),
    depthwise("valid_stride_2", size=(2, 7, 9, 40), padding="VALID", stride=(2, 2), zero_points=(-128, 127)),
    depthwise("dilated_wide", size=(1, 9, 9, 24), dilation=(2, 3), zero_points=(127, 3)),
    depthwise("one_tap", size=(1, 3, 3, 19), window=(1, 1)),
    depthwise("most_taps", size=(1, 17, 18, 9), window=(16, 16)),
    depthwise("too_many_taps", size=(1, 17, 18, 9), window=(16, 17)),
    *(depthwise(f"times_{n}", size=(1, 5, 4, 3), ch_mult=n) for n in (2, 5, 8)),
    depthwise("too_many_channels", size=(1, 5, 4, 17), ch_mult=2),
    *(dense(f"row_{n}", shape=(3, n), depth=n, units=units) for n, units in ((1, 1), (16, 15), (33, 40), (255, 2))),
    dense("longest_row", shape=(2, 16384), depth=16384, units=3),
    dense("row_too_long", shape=(2, 16385), depth=16385, units=3),
    *(binary(f"of_{n}", "ADD", type_="INT8", shapes=((1, n), (1, n))) for n in (1, 15, 16, 17, 47)),
)
CASES = {str(case): case for module in MODULES.values() for case in module.CASES}
CASES.update({str(case): case for case in SIZES})
#: What keeps an int8 call from being served, as far as cases show it.
REFUSED = (
    "an input is broadcast",
    "the convolution is grouped",
    f"an output has more than {dense_host.WINDOW:,} inputs",
    "there are more than 16 input channels",
)


@pytest.fixture(params=host.KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The best feature that programs are packed for."""
    found = str(request.param)
    if found not in FEATURES:
        pytest.skip(f"the processor of this computer has no {found}")
    monkeypatch.setenv("PACKLIGHT_HOST", found)
    return found


@pytest.fixture(scope="module")
def executors() -> Iterator[list[Executor]]:
    made: list[Executor] = [HostExecutor()]
    if sanitizer_runtime() is not None:
        made.append(SanitizedExecutor())
    yield made
    for executor in made:
        executor.close()


def is_fast(program: Program) -> bool:
    return any(kernel.name.endswith(tuple(host.KINDS)) for kernel in program.kernels)


def check(case: Case, executors: list[Executor]) -> Program:
    """Runs a case with the kernels of this computer: all outputs, and the plan, are those of the portable program."""
    model, inputs = case.model(), case.draw_inputs(4)
    portable, fast = pack(model), pack_for_pc(model)
    assert fast.plan.arena_bytes == portable.plan.arena_bytes
    expected = HostExecutor().run([Job(str(case), portable, inputs)])[0].outputs
    for executor in executors:
        outcome = executor.run([Job(str(case), fast, inputs)])[0]
        assert outcome.finding is None, outcome.finding
        for actual, wanted in zip(outcome.outputs, expected, strict=True):
            for one, other in zip(actual, wanted, strict=True):
                np.testing.assert_array_equal(one, other, err_msg=executor.name)
    return fast


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str, kind: str, executors: list[Executor]) -> None:
    fast = check(CASES[case], executors)
    (node, *more) = resolve(CASES[case].model())
    step = node.operator.prepare(node)
    mine = [each for each in node.operator.variants if kind in each.features and not more]
    sources = {node.operator.kernel_file(each.of) for each in mine}
    if isinstance(step, Call) and step.kernel.source in sources and not is_fast(fast):
        reasons = choose(step, host.target(), "speed").passed_over
        assert any(known in why for why in reasons for known in REFUSED), reasons


@pytest.mark.parametrize("folder", MODULES)
def test_drawn_cases(folder: str, kind: str, executors: list[Executor]) -> None:
    @given(MODULES[folder].strategy())
    def drawn(case: Case) -> None:
        try:
            pack(case.model())
        except PacklightError:
            assume(False)
        check(case, executors)

    drawn()


def test_every_faster_kernel_serves_a_case(kind: str) -> None:
    served = {call.kernel.source for case in CASES.values() for call in pack_for_pc(case.model()).calls}
    for operator in OPERATORS.values():
        mine = [variant for variant in operator.variants if kind in variant.features]
        assert [variant.kernel for variant in mine if operator.kernel_file(variant.kernel) not in served] == []


# ---- requantisation --------------------------------------------------------------------------------------------------

COUNT = 1 << 16
Numbers: TypeAlias = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int8]]


def outputs(kernel: str, params: dict[str, Any], rows: int, **arrays: npt.NDArray[Any]) -> npt.NDArray[np.int8]:
    """What a kernel gives whose arrays are operands; the output has `rows` times COUNT elements."""
    found = ops.kernel(ops.FOLDER / f"{kernel}.c")
    output = np.zeros(rows * COUNT, np.int8)
    operands = {name: array.ctypes.data for name, array in {**arrays, "output": output}.items()}
    args = np.frombuffer(
        found.args.pack({"params": params, **operands}, ctypes.sizeof(ctypes.c_void_p)), np.uint8
    ).copy()
    host.run((ctypes.c_void_p * 2)(host.address(found), args.ctypes.data), 1)
    return output


def random_sums(
    random: np.random.Generator, multiplier: npt.NDArray[np.int64], shift: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Sums around those at which the result steps from one number to the next, over the whole range of int8."""
    halves = random.integers(-270, 271, COUNT)
    exact = [(int(h) << 62) // int(m) >> (32 + int(s)) for h, m, s in zip(halves, multiplier, shift, strict=True)]
    found: npt.NDArray[np.int64] = np.clip(np.array(exact, object), -(1 << 30), 1 << 30).astype(np.int64)
    return found + random.integers(-2, 3, COUNT)


def near_ties(random: np.random.Generator) -> Numbers:
    multiplier = random.integers(1 << 30, 1 << 31, COUNT)
    multiplier[::4] = 1 << 30  # exact halves
    shift = random.integers(-31, 7, COUNT)
    sums = random_sums(random, multiplier, shift)
    return sums.astype(np.int32), multiplier.astype(np.int32), shift.astype(np.int8)


def anything(random: np.random.Generator) -> Numbers:
    """All sums and shifts whose result and the output's zero point add up within 32 bits."""
    bias = random.integers(-(1 << 31), 1 << 31, COUNT)
    bias[:4] = -(1 << 31), (1 << 31) - 1, 0, -1
    multiplier = random.integers(0, 1 << 31, COUNT)
    return bias.astype(np.int32), multiplier.astype(np.int32), random.integers(-31, 0, COUNT).astype(np.int8)


@pytest.mark.parametrize("draw", [near_ties, anything])
@pytest.mark.parametrize("rows", [1, 8])
def test_requantisation(draw: Callable[[np.random.Generator], Numbers], rows: int, kind: str) -> None:
    """Weights of zero: the sums are the biases, each with a multiplier and a shift of its own."""
    random, layout = np.random.default_rng(rows), LAYOUTS[kind]
    bias, multiplier, shift = draw(random)
    params: dict[str, Any] = {
        "input_offset": 128,
        "output_offset": int(random.integers(-128, 128)),
        "activation": {"min": -128, "max": 127},
    }
    sizes = {"batches": rows, "depth": 1, "units": COUNT, "per_channel": 1}
    arrays: dict[str, Any] = {"bias": bias, "multiplier": multiplier, "shift": shift}
    zeros = {"input": np.zeros(rows, np.int8), "filter": np.zeros(COUNT * layout.together, np.int8)}
    expected = outputs("fully_connected/s8", {**sizes, **params}, rows, **zeros, **arrays)
    channels = layout.numbers(bias.astype(np.int64), multiplier.astype(np.int64), shift.astype(np.int64))
    geometry = dense_host.matrix(1, rows, COUNT)
    actual = outputs(f"conv_2d/{layout.kernel}", {"geometry": geometry, **params}, rows, **zeros, channels=channels)
    np.testing.assert_array_equal(actual, expected)
    assert draw is anything or len(np.unique(expected)) > 128


# ---- the choice ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not FEATURES, reason="this computer has the portable kernels alone")
def test_interpreters_take_the_fast_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    values = []
    for chosen in ("", "portable"):
        monkeypatch.setenv("PACKLIGHT_HOST", chosen)
        micro = MicroInterpreter(chain())
        micro.allocate_tensors()
        assert is_fast(micro.program) == (not chosen)
        micro.input()[...] = np.random.default_rng(1).integers(-128, 128, micro.input().shape)
        micro.invoke()
        values.append((micro.arena_used_bytes(), micro.output().tolist()))
        interpreter = Interpreter(model_content=write(chain()))
        interpreter.allocate_tensors()
        assert interpreter._machine
        assert is_fast(interpreter._machine.program) == (not chosen)
    assert values[0] == values[1]


def test_another_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKLIGHT_HOST", "fast")
    with pytest.raises(UsageError, match="PACKLIGHT_HOST is 'fast'") as caught:
        host.target()
    assert caught.value.code == "E428"


def test_firmware_never_gets_them() -> None:
    assert load_target("host").features == ()
    assert not is_fast(pack(chain(), target=load_target("host"), optimize="speed"))
