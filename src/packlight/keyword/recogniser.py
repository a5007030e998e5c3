# SPDX-License-Identifier: Apache-2.0
"""`Recogniser`: from a classifier's answers over time to words; `pl_recogniser.c` does the same on a device."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from packlight.errors import UsageError

#: The least value and the limit of every setting; what C's types hold.
_LIMITS = {"every": (1, 1000), "smoothing": (1, 50), "threshold": (1, 255), "suppression": (0, 60_000)}


@dataclass(frozen=True)
class Settings:
    """When a classifier is asked, and when its answers are a word. Raises `UsageError` E530 outside of the limits."""

    every: int = 4  # frames from one answer of the classifier to the next; its cost falls with it
    smoothing: int = 3  # answers whose mean is compared with the threshold
    threshold: int = 180  # of that mean, in 256ths
    suppression: int = 50  # frames after a word in which no other is recognised

    def __post_init__(self) -> None:
        for name, (low, high) in _LIMITS.items():
            if not low <= getattr(self, name) <= high:
                why = f"it is {getattr(self, name)}"
                raise UsageError("E530", f"{name} is a whole number from {low} to {high:,}", why=why)


class Recogniser:
    """Watches the mean of the last answers: a word is recognised where its mean is the highest of all and reaches the
    threshold, unless another was recognised shortly before. Answers before the first count as zero.

    All arithmetic is in integers, so that a device recognises the same words at the same frames.
    """

    def __init__(self, classes: int, first_word: int, settings: Settings) -> None:
        """`first_word` is the first class that is a word; those before it are silence and unknown words."""
        self.settings = settings
        self._first_word = first_word
        self._answers: deque[tuple[int, ...]] = deque([(0,) * classes] * settings.smoothing, settings.smoothing)
        self._wait = 0  # frames until the next word may be recognised

    def push(self, answer: Sequence[int]) -> int:
        """The class of the word that is recognised with this answer, or 0 for none.

        `answer` is the probability of each class as the classifier stores it, in 256ths less 128.
        """
        self._answers.append(tuple(value + 128 for value in answer))
        self._wait = max(0, self._wait - self.settings.every)
        sums = self.sums
        best = sums.index(max(sums))  # the first of equals
        enough = self.settings.threshold * self.settings.smoothing
        if best < self._first_word or sums[best] < enough or self._wait:
            return 0
        self._wait = self.settings.suppression
        return best

    @property
    def sums(self) -> tuple[int, ...]:
        """Of each class, the sum of the last answers, in 256ths."""
        return tuple(map(sum, zip(*self._answers, strict=True)))

    @property
    def scores(self) -> tuple[float, ...]:
        """Of each class, the mean of the last answers, 0 to 1."""
        return tuple(each / (256 * self.settings.smoothing) for each in self.sums)
