# SPDX-License-Identifier: Apache-2.0
"""The choice of kernels and compiler's levels: what is expected of sets of kernels, and what is built from them."""

from __future__ import annotations

import importlib.util
import itertools
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from networks import NETWORKS
from packlight.errors import MeasureError
from packlight.nouns.choice import LEVELS, Budget, Choice, Trial
from packlight.nouns.model import Model
from packlight.targets import load_target
from packlight.verbs.build import build
from packlight.verbs.choose import alternatives
from packlight.verbs.emit.compiled import compiled
from packlight.verbs.emit.ctext import levels_of_kernels
from packlight.verbs.explore import explore
from packlight.verbs.fit import Fitted, fit
from packlight.verbs.fit.candidates import Candidates
from packlight.verbs.fit.frontier import beaten, frontier, unbeaten
from packlight.verbs.fit.trial import Bench
from packlight.verbs.measure import measure
from packlight.verbs.pack import pack
from packlight.verbs.profile import profile
from small_models import chain

needs_build = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("ziglang", "unicorn", "capstone")),
    reason="packlight[build] is not installed",
)

# ---- what is expected of sets of kernels

FAMILIES = [[0, 1, 3], [2, 4]]
KERNELS = {0: "pqr", 1: "pq", 3: "pr", 2: "st", 4: "stu"}  # by call
CODE = {"p": 300, "q": 700, "r": 500, "s": 200, "t": 400, "u": 900}
SHARED = {"q": {"core": 600}, "r": {"core": 600, "fill": 90}, "t": {"core": 600}}


def costs(seed: int) -> dict[tuple[int, str, str], int]:
    """Instructions by call, kernel and level."""
    given = random.Random(seed)
    return {
        (call, kernel, level): given.randint(1_000, 100_000) // (LEVELS.index(level) + 1)
        for call, kernels in KERNELS.items()
        for kernel in kernels
        for level in LEVELS
    }


def made_trial(choice: Choice, instructions: Mapping[tuple[int, str, str], int]) -> Trial:
    """What building a choice would have shown, if code were as additive as `frontier` takes it to be."""
    levels = {kernel: choice.levels.get(kernel, "size") for kernel in choice.kernels}
    sizes = {kernel: CODE[kernel] * (2 + LEVELS.index(level)) // 2 for kernel, level in levels.items()}
    shared = {kernel: SHARED.get(kernel, {}) for kernel in sizes}
    every = {name: size for functions in shared.values() for name, size in functions.items()}
    calls = tuple(instructions[call, kernel, levels[kernel]] for call, kernel in enumerate(choice.kernels))
    own = tuple(10 + call for call in range(len(calls)))
    flash = 5_000 + sum(own) + sum(sizes.values()) + sum(every.values())
    return Trial(choice, flash, flash, 64, 100, 7 + sum(calls), calls, own, sizes, shared)


def every_choice() -> list[Choice]:
    found = []
    for kernels in itertools.product(*(KERNELS[call] for call in range(len(KERNELS)))):
        used = sorted(set(kernels))
        for levels in itertools.product(LEVELS, repeat=len(used)):
            given = {kernel: level for kernel, level in zip(used, levels, strict=True) if level != "size"}
            found.append(Choice(kernels, levels=given))
    return found


def layers(instructions: Mapping[tuple[int, str, str], int]) -> list[Trial]:
    found = []
    for level, depth in itertools.product(LEVELS, range(3)):
        kernels = tuple(KERNELS[call][min(depth, len(KERNELS[call]) - 1)] for call in range(len(KERNELS)))
        levels = {} if level == "size" else dict.fromkeys(kernels, level)
        found.append(made_trial(Choice(kernels, levels=levels), instructions))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_frontier_is_that_of_all_choices(seed: int) -> None:
    instructions = costs(seed)
    found = frontier(layers(instructions), FAMILIES, {call: list(kernels) for call, kernels in KERNELS.items()})
    truth = unbeaten(made_trial(choice, instructions) for choice in every_choice())
    assert [(each.flash, each.instructions) for each in found] == [(each.flash, each.instructions) for each in truth]
    for each in found:
        trial = made_trial(each.choice, instructions)
        assert (trial.flash, trial.instructions) == (each.flash, each.instructions)


def test_kernels_that_are_not_allowed_are_not_used() -> None:
    allowed = {call: [kernels[0]] for call, kernels in KERNELS.items()}
    found = frontier(layers(costs(0)), FAMILIES, allowed)
    assert {each.choice.kernels for each in found} == {("p", "p", "s", "p", "s")}


def test_a_kernel_is_beaten_by_one_that_serves_all_its_calls_at_no_more_cost() -> None:
    instructions = dict.fromkeys(costs(0), 100) | {(call, "p", "size"): 99 for call in (0, 1, 3)}
    scratch = [dict.fromkeys(KERNELS[call], 0) for call in range(len(KERNELS))]
    trials = layers(instructions)[:3]
    assert beaten(trials, FAMILIES[0], scratch) == {"q", "r"}
    for call in FAMILIES[0]:
        scratch[call]["p"] = 8
    assert beaten(trials, FAMILIES[0], scratch) <= {"q"}


def test_budgets() -> None:
    assert not Budget()
    assert Budget(ram=0)
    assert Budget(flash=10).holds(10, 10**9, 10**9)
    assert not Budget(flash=10).holds(11, 0, 0)
    assert not Budget(instructions=10).holds(0, 0, 11)


# ---- what is built


def test_alternatives_begin_with_the_portable_kernel_and_end_with_the_chosen_one() -> None:
    core = load_target("cortex-m4")
    candidates = Candidates(chain(), core)
    chosen = pack(chain(), target=core, optimize="speed")
    for calls, portable, fast in zip(candidates.calls, candidates.portable.calls, chosen.calls, strict=True):
        assert calls[0].kernel == portable.kernel
        assert calls[-1].kernel == fast.kernel
        assert len({call.kernel.name for call in calls}) == len(calls)
    assert candidates.speed.kernels == tuple(call.kernel.name for call in chosen.calls)


def test_what_a_target_lacks_is_said() -> None:
    core = load_target("rv32imc")
    candidates = Candidates(chain(), core)
    for calls in candidates.calls:
        operator = calls[0].node.operator
        assert len(alternatives(calls[0], core)) == len(calls)
        said = {reason.partition(":")[0] for reason in calls[0].passed_over}
        assert said | {call.kernel.source.stem for call in calls} >= {v.kernel for v in operator.variants}


def test_levels_reach_the_emitted_build() -> None:
    program = Candidates(chain(), load_target("cortex-m4")).program(
        Choice(("conv_2d_s8", "conv_2d_s8", "fully_connected_s8"), levels={"conv_2d_s8": "speed"})
    )
    text = compiled(program, "chain")["CMakeLists.txt"]
    assert "set_source_files_properties(kernels/conv_2d/s8.c PROPERTIES COMPILE_OPTIONS -O3)" in text
    assert "fully_connected/s8.c PROPERTIES" not in text


def test_for_speed_a_kernel_that_does_little_is_balanced() -> None:
    core = load_target("cortex-m4")
    program = pack(NETWORKS["ds_cnn"](), target=core, optimize="speed")
    levels = levels_of_kernels(program, "speed")
    assert set(levels) == {kernel.name for kernel in program.kernels}
    assert levels["softmax_s8"] == "balanced"
    costliest = max(program.calls, key=lambda call: call.macs)
    assert levels[costliest.kernel.name] == "speed"
    for level in LEVELS[:2]:
        assert set(levels_of_kernels(program, level).values()) == {level}
    said = replace(program, levels={"softmax_s8": "size"})
    assert levels_of_kernels(said, "speed") == {**levels, "softmax_s8": "size"}


def fitted(optimize: str | None = None, **limits: Any) -> Fitted:
    return fit(chain(), load_target("cortex-m4"), budget=Budget(**limits), optimize=optimize)


@needs_build
@pytest.mark.parametrize(
    ("model", "core"),
    [(chain, "cortex-m4"), (NETWORKS["autoencoder"], "cortex-m4"), (NETWORKS["autoencoder"], "cortex-m0plus")],
    ids=["chain", "dense-m4", "dense-m0plus"],
)
def test_the_midpoint_of_flash_gives_half_of_the_speed(model: Callable[[], Model | bytes], core: str) -> None:
    bench = Bench(Candidates(model(), load_target(core)))
    small, fast = bench.trial(bench.candidates.size), bench.trial(bench.candidates.speed)
    middle = (small.flash + fast.flash) // 2
    found = fit(model(), load_target(core), budget=Budget(flash=middle))
    assert found.trial.flash <= middle
    assert small.instructions - found.trial.instructions >= (small.instructions - fast.instructions) / 2
    report = measure(build(found.program, core, optimize=found.trial.choice.optimize), found.program, runs=2)
    assert report.bit_exact
    assert (report.flash_total, report.instructions) == (found.trial.flash, found.trial.instructions)


@needs_build
def test_size_speed_and_balanced_are_the_ends_and_the_best_product() -> None:
    size, balanced, speed = (fitted(optimize=goal).trial for goal in LEVELS)
    assert size.flash <= balanced.flash
    assert speed.instructions <= balanced.instructions
    assert balanced.trade <= min(size.trade, speed.trade)
    plain = measure(build(pack(chain()), "cortex-m4"), pack(chain()), runs=1)
    assert size.flash <= plain.flash_total


@needs_build
def test_instructions_budget_gives_the_smallest_that_is_fast_enough() -> None:
    fast = fitted(optimize="speed").trial
    limit = fast.instructions * 2
    found = fitted(instructions=limit)
    assert found.goal == "size"
    assert found.trial.instructions <= limit
    assert found.trial.flash <= fast.flash


@needs_build
def test_ram_is_kept_to() -> None:
    least = fitted(optimize="size").trial.ram
    assert fitted(ram=least + 16).trial.ram <= least + 16


@needs_build
@pytest.mark.parametrize(
    "limits", [{"flash": 100}, {"ram": 10}, {"instructions": 5}, {"flash": 100, "ram": 10}], ids=str
)
def test_a_budget_that_cannot_be_kept_to_names_the_closest(limits: dict[str, Any]) -> None:
    with pytest.raises(MeasureError) as caught:
        fitted(**limits)
    problem = caught.value.problems[0]
    assert (problem.code, caught.value.exit_code) == ("E621", 1)
    assert problem.why
    assert problem.why.count("the closest is") == len(limits)


@needs_build
def test_trials_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = Candidates(chain(), load_target("cortex-m4"))
    first = Bench(candidates).trial(candidates.size)
    monkeypatch.setattr("packlight.verbs.fit.trial.build", None)  # what is known is not built
    assert Bench(candidates).trial(candidates.size) == first
    with pytest.raises(TypeError):
        Bench(Candidates(chain("FLOAT32"), load_target("cortex-m4")), form="image").trial(
            Choice(("conv_2d_f32", "conv_2d_f32", "fully_connected_f32"), optimize="balanced", levels={"x": "speed"})
        )


@needs_build
def test_every_point_of_the_frontier_is_built() -> None:
    found = explore(chain(), load_target("cortex-m4"), points=3)
    assert list(found.points) == unbeaten(found.tried)
    named = [name for trial in found.tried for name in found.titles(trial)]
    assert sorted(named) == sorted(LEVELS)
    assert min(trial.flash for trial in found.tried) == found.points[0].flash
    assert min(trial.instructions for trial in found.tried) == found.points[-1].instructions


@needs_build
def test_profile_adds_up_and_says_why() -> None:
    core = load_target("cortex-m4")
    program = pack(chain(), target=core, optimize="size")
    report = measure(build(program, core), program, runs=1)
    found = profile(program, report)
    assert found.macs == sum(call.macs for call in report.calls)
    assert sum(each.instructions for each in found.operators) == sum(call.instructions for call in report.calls)
    code = sum(item.bytes for item in report.flash if item.kind == "kernel")
    assert sum(each.code for each in found.operators) == code
    assert all(call.general for call in found.calls)
    assert [call.cost.instructions for call in found.slowed] == sorted(
        (call.cost.instructions for call in found.slowed), reverse=True
    )
    assert all("the build is optimised for size" in call.reasons[0] for call in found.slowed)
    per = found.calls[0].per_mac
    assert per is not None
    assert np.isclose(per, report.calls[0].instructions / report.calls[0].macs)
