# SPDX-License-Identifier: Apache-2.0
"""`profile`: where the instructions of an inference go, and why a call does not run a faster kernel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from packlight.nouns.program import Program
from packlight.nouns.report import CallCost, FlashItem, Report


@dataclass(frozen=True)
class CallProfile:
    """One call: its cost, and its kernel with the reasons for it."""

    cost: CallCost
    general: bool  # whether the kernel is the portable one
    code: int  # bytes of the kernel, which other calls may share
    constants: int  # bytes of weights and tables that the call reads
    passed_over: tuple[str, ...]  # faster kernels that it has not, each with the reason

    @property
    def per_mac(self) -> float | None:
        """Instructions for each multiply-accumulate; None where there are none."""
        return self.cost.instructions / self.cost.macs if self.cost.macs else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Those of `passed_over` that this model or the choice of kernels causes, not the target."""
        return tuple(reason for reason in self.passed_over if " has no " not in reason)


@dataclass(frozen=True)
class OperatorProfile:
    """All calls of one operator."""

    operator: str
    calls: int
    macs: int
    instructions: int
    code: int  # bytes of its kernels, each once


@dataclass(frozen=True)
class Profile:
    """What a report says of the calls of its program."""

    report: Report
    calls: tuple[CallProfile, ...]
    operators: tuple[OperatorProfile, ...]  # the costliest first
    shared: int  # bytes of code that kernels of several operators share: the runtime, the compiler's helpers

    @property
    def macs(self) -> int:
        return sum(call.cost.macs for call in self.calls)

    @property
    def slowed(self) -> tuple[CallProfile, ...]:
        """Calls that run the general kernel though faster ones exist for the target, the costliest first."""
        found = [call for call in self.calls if call.general and call.reasons]
        return tuple(sorted(found, key=lambda call: -call.cost.instructions))


def profile(program: Program, report: Report) -> Profile:
    """What `measure` reported of a program's firmware, call by call and operator by operator."""
    kernels = [item for item in report.flash if item.kind == "kernel"]
    constants = [item for item in report.flash if item.kind in ("weights", "bias", "table")]
    portable = program.for_pc.calls
    calls = tuple(
        CallProfile(
            cost,
            call.kernel == portable[call.index].kernel,
            _bytes(kernels, [call.index]),
            _bytes(constants, [call.index]),
            call.passed_over,
        )
        for call, cost in zip(program.calls, report.calls, strict=True)
    )
    names = dict.fromkeys(call.cost.operator for call in calls)
    operators = [_operator(name, [call for call in calls if call.cost.operator == name], kernels) for name in names]
    shared = sum(item.bytes for item in report.flash if item.kind in ("runtime", "helper"))
    return Profile(report, calls, tuple(sorted(operators, key=lambda each: -each.instructions)), shared)


def _operator(name: str, calls: Sequence[CallProfile], kernels: Sequence[FlashItem]) -> OperatorProfile:
    return OperatorProfile(
        name,
        len(calls),
        sum(call.cost.macs for call in calls),
        sum(call.cost.instructions for call in calls),
        _bytes(kernels, [call.cost.index for call in calls]),
    )


def _bytes(items: Sequence[FlashItem], calls: Iterable[int]) -> int:
    """Of the items that one of the calls needs."""
    wanted = set(calls)
    return sum(item.bytes for item in items if wanted.intersection(item.calls))
