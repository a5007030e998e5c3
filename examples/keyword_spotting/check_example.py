# SPDX-License-Identifier: Apache-2.0
"""The keyword model and its sounds: what they are made of, and that packlight, TFLM and the training agree."""

from __future__ import annotations

import importlib
import sys
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from packlight import host
from packlight.dev.oracle import TFLM, is_installed, tflm
from packlight.keyword import HOP, WINDOW, load_spotter
from packlight.verbs.read import read
from packlight.verbs.run import MicroInterpreter

EXAMPLE = Path(__file__).parents[1] / "examples" / "keyword_spotting"
MODELS = host.PACKAGE / "models"
KEYWORD = MODELS / "keyword_yes_no.tflite"
OPERATORS = ["RESHAPE", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "SOFTMAX"]


def sound(word: str) -> npt.NDArray[np.int16]:
    with wave.open(str(MODELS / f"{word}.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def test_the_model_is_tiny_conv() -> None:
    model = read(KEYWORD)
    graph = model.subgraphs[0]
    assert [each.code.name for each in graph.operators] == OPERATORS
    assert [graph.tensors[index].shape for index in graph.inputs + graph.outputs] == [(1, 1960), (1, 4)]
    assert KEYWORD.stat().st_size < 20_000
    assert model.description.split()[1:] == ["silence", "unknown", "yes", "no"]


@pytest.mark.parametrize("word", ["yes", "no"])
def test_the_bundled_sounds_are_recognised(word: str) -> None:
    found = load_spotter().push(np.concatenate([sound(word), np.zeros(8000, np.int16)]))
    assert [each.word for each in found] == [word]


@pytest.mark.skipif(not is_installed(TFLM), reason="the oracle, the package tflite-micro, is not installed")
def test_features_and_answers_are_those_of_tflm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(EXAMPLE), *sys.path])
    features = importlib.import_module("features")

    heard = np.concatenate([sound("yes"), sound("no"), np.full(4000, -32768, np.int16)])
    frames = features.Frontend()(heard)
    preprocessor = read(MODELS / "keyword_preprocessor.tflite")
    shape = preprocessor.subgraphs[0].tensors[preprocessor.subgraphs[0].inputs[0]].shape
    sounds = [heard[at : at + WINDOW].reshape(shape) for at in range(0, len(heard) - WINDOW + 1, HOP)]
    expected = tflm((MODELS / "keyword_preprocessor.tflite").read_bytes(), [[each] for each in sounds])
    assert np.array_equal(frames, np.stack([each[0].reshape(-1) for each in expected]))

    interpreter = MicroInterpreter(KEYWORD)
    interpreter.allocate_tensors()
    seen = features.windows(frames, 1)
    answers = []
    for window in seen:
        interpreter.input()[...] = window.reshape(1, -1)
        interpreter.invoke()
        answers.append(interpreter.output().copy())
    golden = tflm(KEYWORD.read_bytes(), [[window.reshape(1, -1)] for window in seen])
    assert np.array_equal(np.stack(answers), np.stack([each[0] for each in golden]))
