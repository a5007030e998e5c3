# SPDX-License-Identifier: Apache-2.0
"""`draws`: random cases of every operator, and random networks, in every kernel that can serve them, on one executor.

A round draws cases from the strategy of each operator's folder and makes constants and inputs extreme now and then
(`extremes.py`). Each case runs in the portable kernel and in every faster one that the executor has; a network in a few
mixtures of them. On this computer the results are held against the oracle; on an emulated core, where hundreds of
programs share a firmware, against the portable kernels on this computer, to the last bit. What a round draws depends on
its seed, the folder and the count alone, so that it can be repeated.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from packlight import host
from packlight.dev import oracle
from packlight.dev.case import Array, Case, Operand
from packlight.dev.extremes import extreme, inputs_of, inputs_of_type
from packlight.dev.firmware import AloneExecutor, CompiledExecutor, FirmwareExecutor, ImageExecutor
from packlight.dev.harness import Executor, HostExecutor, Job, Outcome, faster_programs, operator_modules
from packlight.dev.network import random_network
from packlight.dev.sanitized import SanitizedExecutor
from packlight.dev.write import write
from packlight.errors import PacklightError
from packlight.nouns.choice import LEVELS, Choice
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.targets import load_target
from packlight.verbs.fit.candidates import Candidates
from packlight.verbs.pack import pack
from packlight.verbs.read import read

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Executors on this computer, beside the targets' names.
HERE = ("host", "sanitized")
#: Forms of firmware: many programs in one, each alone and optimised at link time, or as images for one firmware.
FORMS: Mapping[str, type[FirmwareExecutor]] = {
    kind.form: kind for kind in (CompiledExecutor, AloneExecutor, ImageExecutor)
}
NETWORKS = "networks"  # drawn beside the folders' cases
_MIXTURES = 3  # of kernels, that a network runs in


@dataclass(frozen=True)
class Place:
    """Where draws run: this computer, or a target whose core is emulated."""

    target: Target
    executor: Executor


@dataclass(frozen=True)
class Drawn:
    """A model with its inputs."""

    folder: str
    name: str  # for messages
    model: bytes
    inputs: Sequence[Sequence[Array]]
    case: Case | None = None  # None: a network


@dataclass
class Tally:
    """What the rounds of a run have seen."""

    programs: int = 0
    kernels: Counter[str] = field(default_factory=Counter)  # calls
    refused: Counter[str] = field(default_factory=Counter)  # models, by folder and by who refuses them
    findings: list[str] = field(default_factory=list)


def open_place(name: str, *, toolchain: str, emulator: str | None, form: str, optimize: str) -> Place:
    """The executor on "host", on "sanitized", or on the core of the target `name`. Raises `PacklightError`."""
    if name in HERE:
        return Place(host.target(), HostExecutor() if name == "host" else SanitizedExecutor())
    target = load_target(name)
    emulator = emulator or ("unicorn" if target.unicorn_cpu else "qemu")
    return Place(target, FORMS[form](name, toolchain, emulator, optimize))


def all_folders() -> list[str]:
    """What can be drawn from."""
    return [*sorted(operator_modules()), NETWORKS]


def draw_round(place: Place, folders: Sequence[str], seed: int, count: int, tally: Tally) -> None:
    """Draws `count` models from each folder and runs them; what is wrong is added to the tally's findings."""
    jobs: list[tuple[Drawn, Job]] = []
    for folder in folders:
        draw = _networks if folder == NETWORKS else partial(_cases, folder)
        for drawn in draw(seed, count):
            jobs += [(drawn, job) for job in _jobs(place, drawn, random.Random(f"{seed} {drawn.name}"), tally)]
    outcomes = place.executor.run([job for _, job in jobs])
    expected: dict[str, Sequence[Sequence[Array]] | None] = {}
    for (drawn, job), outcome in zip(jobs, outcomes, strict=True):
        if drawn.name not in expected:
            expected[drawn.name] = _expected(place, drawn, tally)
        right = expected[drawn.name]
        if right is not None:
            tally.programs += 1
            tally.kernels.update(call.kernel.name for call in job.program.calls)
            problem = _problem(place, drawn, outcome, right)
            if problem:
                tally.findings.append(f"{job.name} on {place.executor.name}: {problem}{_shown(drawn, job.program)}")


def _cases(folder: str, seed: int, count: int) -> Iterator[Drawn]:
    """Of a folder's strategy, every second one made extreme."""
    chance = random.Random(f"{seed} {folder}")
    for index, given in enumerate(_examples(operator_modules()[folder].strategy(), seed, count)):
        case = replace(given, name=f"{given.name}_{seed}_{index}")  # which decides its random values
        case = extreme(case, chance) if index % 2 else case
        yield Drawn(folder, str(case), write(case.model()), inputs_of(case), case)


def _examples(strategy: SearchStrategy[Case], seed: int, count: int) -> list[Case]:
    """`count` cases, or fewer where the strategy has no more."""
    import hypothesis
    from hypothesis import HealthCheck, Phase, settings

    found: list[Case] = []
    fresh = settings(database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))

    @hypothesis.seed(seed)
    @settings(fresh, max_examples=count)
    @hypothesis.given(strategy)
    def gather(case: Case) -> None:
        found.append(case)

    gather()
    return found


def _networks(seed: int, count: int) -> Iterator[Drawn]:
    for index in range(count):
        name = f"network_{seed}_{index}"
        model = random_network(name, random.Random(name))
        tensors = [value.tensor for value in pack(model).inputs]
        yield Drawn(NETWORKS, name, model, inputs_of_type([Operand(each.type, each.shape) for each in tensors], name))


def _jobs(place: Place, drawn: Drawn, chance: random.Random, tally: Tally) -> Iterator[Job]:
    """The model in portable kernels and in faster ones; an operator alone in each that it can have."""
    try:
        programs = {"portable": pack(drawn.model)}
        if drawn.case is None:
            programs.update({f"mixture {i}": _mixture(place, drawn.model, chance) for i in range(_MIXTURES)})
        else:
            programs.update(faster_programs(read(drawn.model), place.target.features))
    except PacklightError:
        tally.refused[f"{drawn.folder}, by packlight"] += 1
    except Exception as error:  # whatever it is, others can go on
        tally.findings.append(f"{drawn.name}: {type(error).__name__}: {error}{_shown(drawn)}")
    else:
        for name, program in programs.items():
            yield Job(f"{drawn.name}, {name}", program, drawn.inputs)


def _mixture(place: Place, model: bytes, chance: random.Random) -> Program:
    """The model with any kernel that each call can have, the fast ones rather than the portable.

    Where programs are compiled alone, the compiler aims at something else in each kernel.
    """
    candidates = Candidates(model, place.target, costly=True)
    kernels = [chance.choice(calls[1:] or calls).kernel.name for calls in candidates.calls]
    return candidates.program(Choice(tuple(kernels), levels={kernel: chance.choice(LEVELS) for kernel in kernels}))


def _expected(place: Place, drawn: Drawn, tally: Tally) -> Sequence[Sequence[Array]] | None:
    """What is right; None where the oracle does not run the model."""
    if not place.target.is_host:
        return HostExecutor().run([Job(drawn.name, pack(drawn.model), drawn.inputs)])[0].outputs
    try:
        return oracle.golden(drawn.model, drawn.inputs, drawn.case)
    except oracle.OracleError:
        tally.refused[f"{drawn.folder}, by the oracle"] += 1
        return None


def _problem(place: Place, drawn: Drawn, outcome: Outcome, right: Sequence[Sequence[Array]]) -> str | None:
    if outcome.finding:
        return outcome.finding
    for invoke, (actual, expected) in enumerate(zip(outcome.outputs, right, strict=True)):
        problem = oracle.agrees(actual, expected, drawn.case)
        if not problem and not place.target.is_host:
            same = all(a.tobytes() == e.tobytes() for a, e in zip(actual, expected, strict=True))
            problem = None if same else "not bit for bit what this computer gives"
        if problem:
            return f"invoke {invoke}: {problem}"
    return None


def _shown(drawn: Drawn, program: Program | None = None) -> str:
    """Kernels, options and operands, a line each."""
    lines = [f"{call.operator}: {call.kernel.name}" for call in program.calls] if program else []
    if drawn.case is not None:
        lines += [f"{name}: {value}" for name, value in drawn.case.options.items()]
        named = [("input", drawn.case.inputs), ("output", drawn.case.outputs)]
        lines += [f"{kind} {i}: {operand}" for kind, operands in named for i, operand in enumerate(operands)]
    return "".join(f"\n  {line[:400]}" for line in lines)
