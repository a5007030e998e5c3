# SPDX-License-Identifier: Apache-2.0
"""Why a call did not get a faster kernel that it could have had."""

from __future__ import annotations

from packlight.nouns.choice import Budget, Trial
from packlight.verbs.fit.trial import Bench


def reasons(bench: Bench, chosen: Trial, goal: str, budget: Budget) -> dict[int, list[str]]:
    """By call, a sentence for each kernel that is declared faster than the one it has, with measured figures."""
    found: dict[int, list[str]] = {}
    for index, calls in enumerate(bench.candidates.calls):
        names = [call.kernel.name for call in calls]
        at = names.index(chosen.choice.kernels[index])
        now = chosen.call_instructions[index]
        for call in reversed(calls[at + 1 :]):
            name = call.kernel.source.stem
            other = _fewest(bench, index, call.kernel.name)
            if other is None:
                continue
            if other >= now:
                sentence = f"{name}: no faster here ({other:,} instructions)"
            else:
                sentence = f"{name}: {_refusal(goal, budget)} (it would save {now - other:,} instructions)"
            found.setdefault(index, []).append(sentence)
    return found


def _fewest(bench: Bench, index: int, kernel: str) -> int | None:
    """The fewest instructions that a call took with a kernel in any trial."""
    trials = [trial for trial in bench.trials.values() if trial.choice.kernels[index] == kernel]
    return min((trial.call_instructions[index] for trial in trials), default=None)


def _refusal(goal: str, budget: Budget) -> str:
    limits = (("flash", budget.flash), ("RAM", budget.ram))
    kept = " and ".join(f"{limit:,} B of {name}" for name, limit in limits if limit is not None)
    if kept and goal == "speed":
        return f"not within {kept}"
    return "more flash than it needs" if goal == "size" else "more flash than it is worth"
