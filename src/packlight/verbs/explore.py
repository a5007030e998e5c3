# SPDX-License-Identifier: Apache-2.0
"""`explore`: the frontier of flash against instructions of a model on a target, every point built and run."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from packlight.errors import UsageError
from packlight.nouns.choice import Budget, Choice, Trial
from packlight.nouns.model import Model
from packlight.nouns.program import Program
from packlight.nouns.target import Target
from packlight.toolchains import find_toolchain
from packlight.verbs.emit import Form
from packlight.verbs.fit import Search
from packlight.verbs.fit.candidates import Candidates
from packlight.verbs.fit.frontier import unbeaten
from packlight.verbs.fit.trial import Bench
from packlight.verbs.resolve import OpResolver

#: Points to build along the frontier.
POINTS = 10


@dataclass(frozen=True)
class Frontier:
    """Choices that none of those tried beats in both flash and instructions, the smallest first."""

    program: Program  # the portable one
    target: str
    toolchain: str
    form: str
    points: tuple[Trial, ...]
    tried: tuple[Trial, ...]  # all that were built, those on the frontier included
    size: Choice  # what `--optimize size`, `balanced` and `speed` choose
    balanced: Choice
    speed: Choice

    def titles(self, trial: Trial) -> list[str]:
        """Which of size, balanced and speed a point is."""
        named = {"size": self.size, "balanced": self.balanced, "speed": self.speed}
        return [name for name, choice in named.items() if choice.key == trial.choice.key]


def explore(
    model: Model | str | os.PathLike[str] | bytes,
    target: Target,
    *,
    points: int = POINTS,
    toolchain: str | None = None,
    form: Form = "compiled",
    resolver: OpResolver | None = None,
    emulator: str | None = None,
    progress: Callable[[str], None] = lambda title: None,
) -> Frontier:
    """The frontier, with about `points` choices built beside those that measure the kernels.

    What is drawn is measured. Between two points there may be others, which were not worth the time of building them.
    """
    if target.is_host:
        raise UsageError("E427", f"the target {target.name} has no emulator", fix="choose a core; packlight targets")
    candidates = Candidates(model, target, resolver)
    bench = Bench(candidates, toolchain=toolchain, form=form, emulator=emulator, progress=progress)
    search = Search(bench)
    search.points(points)
    balanced = search.best("balanced", Budget())
    assert balanced is not None
    tried = tuple(bench.trials.values())
    return Frontier(
        candidates.portable,
        target.name,
        str(find_toolchain(toolchain, target)),
        form,
        tuple(unbeaten(tried)),
        tried,
        candidates.size,
        balanced.choice,
        candidates.speed,
    )
