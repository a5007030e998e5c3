# SPDX-License-Identifier: Apache-2.0
"""The harness: every operator x case x executor, against the oracle. And what operator folders must look like."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest

from packlight import host, ops
from packlight.dev import oracle
from packlight.dev.case import Array
from packlight.dev.firmware import CompiledExecutor, ImageExecutor
from packlight.dev.harness import Executor, HostExecutor, Job, Outcome, all_cases, faster_programs, operator_modules
from packlight.dev.sanitized import SanitizedExecutor, sanitizer_runtime
from packlight.dev.write import write
from packlight.errors import PacklightError
from packlight.header import RUNTIME
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.targets import load_target
from packlight.verbs.pack import pack
from packlight.verbs.read import read

#: Emulated cores by the switch --cores: target, toolchain, emulator.
CORES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "zig": tuple((target, "zig", "unicorn") for target in ("cortex-m0plus", "cortex-m4", "cortex-m33", "rv32imc")),
    "gcc": (("cortex-m4", "gcc", "unicorn"), ("cortex-m4", "gcc", "qemu"), ("cortex-m55", "gcc", "qemu")),
}
CASES = {str(case): case for case in all_cases()}
LANGUAGE = ("-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-ffp-contract=off")


@dataclass(frozen=True)
class Kind:
    """An executor to be. With a target, it runs the faster kernels that the target has, each in turn."""

    make: Callable[[], Executor]
    target: Target | None = None

    def jobs(self, case: str) -> tuple[list[Job], str | None]:
        """The case's jobs on this executor; and where packlight refuses the case, why."""
        return jobs(case, self.target.features if self.target else None)


def kinds(cores: str) -> dict[str, Kind]:
    """Each executor, by name."""
    found: dict[str, Kind] = {}
    if cores != "gcc":
        found.update({"host": Kind(HostExecutor), "sanitized": Kind(_sanitized)})
        found.update(
            {"host-speed": Kind(HostExecutor, host.target()), "sanitized-speed": Kind(_sanitized, host.target())}
        )
    chosen = [core for name, each in CORES.items() if cores in (name, "all") for core in each]
    for target, toolchain, emulator in chosen:
        for form in (CompiledExecutor, ImageExecutor):
            name = "-".join((target, toolchain, emulator, form.form))
            found[name] = Kind(partial(form, target, toolchain, emulator))
            found[f"{name}-speed"] = Kind(partial(form, target, toolchain, emulator, "speed"), load_target(target))
    return found


def _sanitized() -> Executor:
    if sanitizer_runtime() is None:
        pytest.skip("the C compiler of this computer has no AddressSanitizer")
    return SanitizedExecutor()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "executor" in metafunc.fixturenames:
        found = kinds(metafunc.config.getoption("cores"))
        pairs = [(name, case) for name, kind in found.items() for case in CASES if any(kind.jobs(case))]
        metafunc.parametrize(("executor", "case"), pairs, ids=[f"{case}@{name}" for name, case in pairs])


class Batches:
    """The outcomes of each executor, which runs all the tests' cases at once when the first of them is asked for."""

    def __init__(self, session: pytest.Session) -> None:
        self._kinds = kinds(session.config.getoption("cores"))
        self._cases: dict[str, list[str]] = {}
        for item in session.items:
            params = getattr(getattr(item, "callspec", None), "params", {})
            if "executor" in params:
                self._cases.setdefault(params["executor"], []).append(params["case"])
        self._outcomes: dict[str, dict[str, list[tuple[str, Outcome]]]] = {}

    def outcomes(self, executor: str, case: str) -> list[tuple[str, Outcome]]:
        """Of each job of the case, with its name."""
        if executor not in self._outcomes:
            self._outcomes[executor] = self._run(executor)
        return self._outcomes[executor][case]

    def _run(self, name: str) -> dict[str, list[tuple[str, Outcome]]]:
        wanted = {case: self._kinds[name].jobs(case) for case in self._cases[name]}
        together = [job for each, _ in wanted.values() for job in each]
        try:
            executor = self._kinds[name].make()
        except PacklightError as error:
            ran = [Outcome(finding=str(error)) for _ in together]
        else:
            ran = executor.run(together)
            executor.close()
        found = iter(ran)
        return {
            case: [(job.name, next(found)) for job in each] + [("", Outcome(finding=why))] * (why is not None)
            for case, (each, why) in wanted.items()
        }


@pytest.fixture(scope="session")
def batches(request: pytest.FixtureRequest) -> Batches:
    return Batches(request.session)


@cache
def model(case: str) -> bytes:
    return write(CASES[case].model())


@cache
def inputs(case: str) -> list[list[Array]]:
    return CASES[case].draw_inputs()


@cache
def program(case: str) -> Program:
    return pack(model(case))


@cache
def jobs(case: str, features: tuple[str, ...] | None = None) -> tuple[list[Job], str | None]:
    """The case in portable kernels, or with features, in each other kernel that it can have on such a core."""
    try:
        if features is None:
            return [Job(case, program(case), inputs(case))], None
        variants = ops.operators()[CASES[case].operator].variants
        if not any(set(features).issuperset(variant.features) for variant in variants):
            return [], None
        found = faster_programs(read(model(case)), features)
        return [Job(f"{case}, {name}", each, inputs(case)) for name, each in found.items()], None
    except Exception as error:  # whatever it is, it is this case's failure and no other's
        return [], f"{case}: {type(error).__name__}: {error}"


@cache
def golden(case: str) -> list[list[Array]]:
    return oracle.golden(model(case), inputs(case), CASES[case])


@cache
def on_host(case: str) -> Outcome:
    return HostExecutor().run(jobs(case)[0])[0]


def test_operator(executor: str, case: str, batches: Batches) -> None:
    outcomes = batches.outcomes(executor, case)
    if not oracle.is_installed(oracle.TFLM):
        pytest.skip("the oracle, the package tflite-micro, is not installed")
    for name, outcome in outcomes:
        assert outcome.finding is None, f"{executor}: {outcome.finding}"
        for invoke, (actual, expected) in enumerate(zip(outcome.outputs, golden(case), strict=True)):
            problem = oracle.agrees(actual, expected, CASES[case])
            assert problem is None, f"{executor}: {name}, invoke {invoke}: {problem}"
        assert stored(outcome) == stored(on_host(case)), f"{executor}: {name}: not bit for bit what the PC gives"


def stored(outcome: Outcome) -> list[bytes]:
    return [array.tobytes() for outputs in outcome.outputs for array in outputs]


# ---- the folders -----------------------------------------------------------------------------------------------------


def test_every_operator_folder_has_cases_and_a_strategy() -> None:
    folders = {operator.folder.name for operator in ops.operators().values()}
    modules = operator_modules()
    assert folders == set(modules)
    assert [name for name, module in modules.items() if not (module.CASES and callable(module.strategy))] == []
    assert len(CASES) == len(all_cases()), "two cases have the same name"


def test_cases_cover_every_operator_and_every_kernel_that_it_has() -> None:
    packed = [job.program for case in CASES for job in jobs(case)[0]]
    known = ops.operators()
    covered = {(name, known[name].kernels.get(types)) for each in packed for name, types in each.schedule.operators}
    wanted = {(operator.name, kernels) for operator in known.values() for kernels in operator.kernels.values()}
    assert sorted(wanted - covered, key=str) == []
    variants = {each.kernel_file(variant.kernel) for each in known.values() for variant in each.variants}
    portable = {kernel.name for kernel in ops.all_kernels() if kernel.source not in variants}
    called = {kernel.name for each in packed for kernel in each.kernels}
    assert sorted(portable - called) == []


@pytest.mark.parametrize("operator", [name for name, each in ops.operators().items() if each.variants])
def test_cases_cover_every_faster_kernel(operator: str) -> None:
    targets = [host.target(), *(load_target(core[0]) for cores in CORES.values() for core in cores)]
    mine = [case for case in CASES if CASES[case].operator == operator]
    found = [job for case in mine for target in targets for job in jobs(case, target.features)[0]]
    called = {kernel.source for job in found for kernel in job.program.kernels}
    known = ops.operators()[operator]
    assert [each.kernel for each in known.variants if known.kernel_file(each.kernel) not in called] == []


def test_folders_with_c_files_have_a_header() -> None:
    assert [file.parent.name for file in ops.FOLDER.glob("*/*.c") if not (file.parent / "kernel.h").is_file()] == []


def functions(file: Path) -> Iterator[tuple[str, bool]]:
    """The functions that a C file defines, and whether each is static."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    for found in re.finditer(r"^(static\s+)?(?:inline\s+)?[A-Za-z_][\w \t*]*?\b(\w+)\s*\([^;{}()]*\)\s*\{", text, re.M):
        yield found[2], bool(found[1])


@pytest.mark.parametrize("folder", sorted({file.parent.name for file in ops.FOLDER.glob("*/*.[ch]")}))
def test_functions_are_named_after_their_file(folder: str) -> None:
    """The ledger of flash knows the owner of a function by its name."""
    wrong = []
    for file in sorted((ops.FOLDER / folder).glob("*.[ch]")):
        kernel = f"{folder}_{file.stem}"
        for name, static in functions(file):
            if ops.is_kernel(file):
                good = name.startswith(f"{kernel}_") if static else name == f"pl_{kernel}"
            else:
                good = name.startswith((f"pl_{folder}_", f"{folder}_") if static else f"pl_{folder}_")
            if not good:
                wrong.append(f"{folder}/{file.name}: {name}")
    assert wrong == []


def test_functions_of_the_runtime_begin_with_pl() -> None:
    named = [(file.name, name) for file in sorted(RUNTIME.glob("*.[ch]")) for name, _ in functions(file)]
    assert [pair for pair in named if not pair[1].startswith("pl_")] == []


@pytest.mark.parametrize("compiler", ["gcc", "clang", "zig"])
@pytest.mark.parametrize("folder", sorted({file.parent.name for file in ops.FOLDER.glob("*/*.c")} | {"runtime"}))
def test_c_is_clean(compiler: str, folder: str, tmp_path: Path) -> None:
    command = compiler_command(compiler)
    place = RUNTIME if folder == "runtime" else ops.FOLDER / folder
    files = [str(file) for file in sorted(place.glob("*.c")) if not host.FEATURES.search(file.name)]
    arguments = [*command, *LANGUAGE, f"-I{RUNTIME}", f"-I{ops.FOLDER}", "-c", *files]
    done = subprocess.run(arguments, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def compiler_command(name: str) -> list[str]:
    """gcc and clang where they are; zig, which is clang, where both are not."""
    if name != "zig":
        if not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        return [name]
    if shutil.which("clang"):
        pytest.skip("clang is installed")
    ziglang = pytest.importorskip("ziglang")
    return [str(Path(ziglang.__file__).parent / "zig"), "cc"]
