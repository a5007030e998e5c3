# SPDX-License-Identifier: Apache-2.0
"""From sound to the frames that the network reads: the audio preprocessor, run by packlight."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

import packlight
from packlight.verbs.run import MicroInterpreter

Frames: TypeAlias = npt.NDArray[np.int8]
PREPROCESSOR = Path(packlight.__file__).parent / "models" / "keyword_preprocessor.tflite"
WINDOW, HOP = 480, 320  # samples at 16 kHz: 30 ms every 20 ms
CHANNELS = 40
CONTEXT = 49  # frames that the network sees: 990 ms
CLIP = WINDOW + (CONTEXT - 1) * HOP  # samples that give so many frames


class Frontend:
    """Turns int16 sound at 16 kHz into int8 frames of 40 channels; each call starts from a reset preprocessor."""

    def __init__(self, preprocessor: Path = PREPROCESSOR) -> None:
        self._interpreter = MicroInterpreter(preprocessor)
        self._interpreter.allocate_tensors()

    def __call__(self, sound: npt.NDArray[np.int16]) -> Frames:
        self._interpreter.reset()
        source, sink = self._interpreter.input(), self._interpreter.output()
        frames = np.empty((max(0, (len(sound) - WINDOW) // HOP + 1), CHANNELS), np.int8)
        for index, frame in enumerate(frames):
            source[...] = sound[index * HOP : index * HOP + WINDOW].reshape(source.shape)
            self._interpreter.invoke()
            frame[...] = sink.reshape(-1)
        return frames


def windows(frames: Frames, started: int = CONTEXT) -> Frames:
    """Every run of 49 frames, as views: [windows, 49, 40].

    The first ends at frame `started`, counted from 1; before the stream's first frame stands digital silence.
    """
    padded = np.pad(frames, ((CONTEXT - started, 0), (0, 0)), constant_values=-128)
    view = np.lib.stride_tricks.sliding_window_view(padded, CONTEXT, axis=0)
    return view.transpose(0, 2, 1)
