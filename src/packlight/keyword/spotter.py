# SPDX-License-Identifier: Apache-2.0
"""`Spotter`: sound in, words out, on this computer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from packlight.errors import UnsupportedError, UsageError
from packlight.keyword.recogniser import Recogniser, Settings
from packlight.nouns.model import Model, Tensor
from packlight.nouns.program import Program
from packlight.verbs.pack import pack_for_pc
from packlight.verbs.read import read
from packlight.verbs.run import Machine

Samples: TypeAlias = npt.NDArray[np.int16]
Answer: TypeAlias = tuple[int, ...]  # of each class, its probability in 256ths less 128

MODELS = Path(__file__).parents[1] / "models"
PREPROCESSOR, CLASSIFIER = MODELS / "keyword_preprocessor.tflite", MODELS / "keyword_yes_no.tflite"
RATE = 16000  # samples a second
WINDOW, HOP = 480, 320  # samples of a frame; samples from one frame to the next
CHANNELS = 40  # features of a frame
SILENCE = -128  # every feature of digital silence
NAMES = ("silence", "unknown", "yes", "no")
FIRST_WORD = 2  # class; those before it are no words


def seconds(frame: int) -> float:
    """Where a frame ends, from the first sample."""
    return (frame * HOP + WINDOW) / RATE


@dataclass(frozen=True)
class Detection:
    """A word that was recognised."""

    word: str
    index: int  # class of the classifier
    frame: int  # at whose end it was recognised, counted from 0
    score: float  # mean of the last probabilities, 0 to 1

    @property
    def time(self) -> float:
        """Seconds from the first sample until the word was recognised."""
        return seconds(self.frame)


@dataclass(frozen=True)
class Frame:
    """What became known with one frame."""

    index: int
    answer: Answer | None  # of the classifier, where it was asked
    scores: tuple[float, ...]  # of each class, the mean of the last probabilities, 0 to 1
    detection: Detection | None = None

    @property
    def time(self) -> float:
        """Seconds from the first sample to the frame's end."""
        return seconds(self.index)


@dataclass(frozen=True)
class KeywordModel:
    """The two models of a spotter and what the classes of the second are called. Raises `UnsupportedError` E251."""

    classifier: Model
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        graph = self.classifier.subgraphs[0]
        inputs, outputs = ([graph.tensors[index] for index in indices] for indices in (graph.inputs, graph.outputs))
        features = f"its input is int8, of frames of {CHANNELS} features"
        answer = "its output is int8, one probability in 256ths for each class"
        limits = (
            (len(inputs) == 1 and _is(inputs[0], "INT8") and inputs[0].elements % CHANNELS == 0, features),
            (len(outputs) == 1 and _is(outputs[0], "INT8") and outputs[0].scale == 1 / 256, answer),
            (len(outputs) == 1 and outputs[0].zero_point == -128, answer),
        )
        for holds, sentence in limits:
            if not holds:
                message = f"{self.classifier.name} is no classifier of keywords"
                raise UnsupportedError("E251", message, why=f"it must hold that {sentence}")
        classes = outputs[0].elements
        plain = all(re.fullmatch(r"[\w '-]+", name) for name in self.names)
        if len(self.names) != classes or not FIRST_WORD < classes <= 255 or not plain:
            given = ", ".join(self.names)
            fix = "name every class in letters, silence and unknown first"
            raise UsageError("E531", f"{self.classifier.name} has {classes} classes", why=f"named: {given}", fix=fix)

    @property
    def frames(self) -> int:
        """How many frames the classifier sees."""
        graph = self.classifier.subgraphs[0]
        return graph.tensors[graph.inputs[0]].elements // CHANNELS

    @cached_property
    def preprocessor(self) -> Model:
        return read(PREPROCESSOR)


def load_model(path: str | os.PathLike[str] | None = None, names: Sequence[str] | None = None) -> KeywordModel:
    """A classifier, by default the bundled one.

    `names` are those of its classes, silence and unknown words first; by default the words behind the colon of the
    file's description, or silence, unknown, yes and no.
    """
    model = read(CLASSIFIER if path is None else path)
    described = tuple(model.description.rpartition(":")[2].split()) if ":" in model.description else ()
    return KeywordModel(model, tuple(names or described or NAMES))


class Spotter:
    """Takes sound (16 kHz, one channel, int16) in pieces of any size and tells words as they are recognised."""

    def __init__(self, model: KeywordModel, settings: Settings | None = None) -> None:
        self.model = model
        self.settings = settings or Settings()
        self.names = model.names
        self._preprocessor = _Invoker(pack_for_pc(model.preprocessor))
        self._classifier = _Invoker(pack_for_pc(model.classifier))
        self.reset()

    def reset(self) -> None:
        """Forgets all sound: what comes next is the first."""
        self.frame = 0  # index of the frame that comes next
        self._held: Samples = np.zeros(0, np.int16)
        self._ring = np.full((self.model.frames, CHANNELS), SILENCE, np.int8)  # the newest frame last
        self._preprocessor.machine.reset()
        self._recogniser = Recogniser(len(self.names), FIRST_WORD, self.settings)

    def push(self, samples: Samples) -> list[Detection]:
        """The words that these samples complete."""
        return [frame.detection for frame in self.frames(samples) if frame.detection]

    def frames(self, samples: Samples) -> Iterator[Frame]:
        """Every frame that these samples complete, as it is known. Take all of them before the next samples."""
        check_sound(samples)
        self._held = np.concatenate([self._held, samples])
        while self._held.size >= WINDOW:
            window, self._held = self._held[:WINDOW], self._held[HOP:]
            yield self._step(window)

    def _step(self, window: Samples) -> Frame:
        self._ring[:-1] = self._ring[1:]
        self._ring[-1] = self._preprocessor(window)
        index, self.frame = self.frame, self.frame + 1
        if self.frame % self.settings.every:
            return Frame(index, None, self._recogniser.scores)
        answer = tuple(self._classifier(self._ring).tolist())
        word = self._recogniser.push(answer)
        scores = self._recogniser.scores
        found = Detection(self.names[word], word, index, scores[word]) if word else None
        return Frame(index, answer, scores, found)


def load_spotter(
    model_path: str | os.PathLike[str] | None = None,
    *,
    names: Sequence[str] | None = None,
    settings: Settings | None = None,
) -> Spotter:
    """A spotter with a classifier of its own, by default the bundled one for yes and no; see `load_model`."""
    return Spotter(load_model(model_path, names), settings)


def check_sound(samples: Samples) -> None:
    """Raises `UsageError` E532 unless it is a row of int16."""
    if samples.dtype != np.int16 or samples.ndim != 1:
        what = f"{samples.dtype} {list(samples.shape)}"
        raise UsageError("E532", "sound is a row of int16 samples", why=f"given: {what}", fix="convert it first")


class _Invoker:
    """A program with one input and one output as a function."""

    def __init__(self, program: Program) -> None:
        self.machine = Machine(program)
        self._input = self.machine.view(program.inputs[0]).reshape(-1)
        self._output = self.machine.view(program.outputs[0]).reshape(-1)

    def __call__(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.int8]:
        self._input[...] = values.reshape(-1)
        self.machine.invoke()
        return self._output


def _is(tensor: Tensor, type_: str) -> bool:
    return tensor.type == type_ and tensor.elements > 0
