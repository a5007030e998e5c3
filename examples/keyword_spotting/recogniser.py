# SPDX-License-Identifier: Apache-2.0
"""From posteriors to words: a plain reference of the streaming recogniser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Settings:
    """The mean posterior of the last `average` frames says a word if it reaches `threshold`.

    After a word no other is said for `suppression` frames. A frame is 20 ms; silence and unknown are never said.
    """

    average: int = 12
    threshold: float = 0.7
    suppression: int = 50


@dataclass(frozen=True)
class Detection:
    frame: int  # the last one that the network had seen
    label: int
    score: float


def detections(posteriors: npt.NDArray[Any], settings: Settings, first: int = 48) -> Iterable[Detection]:
    """`posteriors` [frames, classes] of windows that end at frames `first`, `first` + 1, ..."""
    sums = np.cumsum(np.pad(posteriors.astype(np.float64), ((1, 0), (0, 0))), axis=0)
    quiet_until = 0
    for index in range(settings.average, len(posteriors) + 1):
        if index < quiet_until:
            continue
        mean = (sums[index] - sums[index - settings.average]) / settings.average
        label = 2 + int(np.argmax(mean[2:]))
        if mean[label] >= settings.threshold:
            yield Detection(first + index - 1, label, float(mean[label]))
            quiet_until = index + settings.suppression
