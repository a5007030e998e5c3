# SPDX-License-Identifier: Apache-2.0
"""How well a keyword model does on voices that it never heard: by class and noise, and in a stream.

    python examples/keyword_spotting/evaluate.py MODEL [--words yes,no] [--seed N]

Speaks as train.py did (from its cache), chooses the recogniser's threshold on the validation voices, and prints what
the test voices give. Writes the confusion matrix beside this file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from features import HOP, PREPROCESSOR, WINDOW, Frontend, windows
from scenes import Cast, Conditions, Scene, clips, stream
from sounds import NOISES, RATE
from voices import Speech, speech_of_all, words

from packlight.keyword import Recogniser, Settings
from packlight.verbs.run import MicroInterpreter

CACHE = Path.home() / ".cache" / "packlight-keyword-spotting"
SNRS = (float("inf"), 20.0, 10.0, 5.0, 0.0)  # dB
Posteriors = npt.NDArray[np.float32]


class Network:
    """An int8 keyword model, run by packlight."""

    def __init__(self, model: Path | bytes) -> None:
        self._interpreter = MicroInterpreter(model)
        self._interpreter.allocate_tensors()

    def __call__(self, features: npt.NDArray[np.int8]) -> Posteriors:
        """Posteriors [n, classes] of windows [n, 49, 40]."""
        source, sink = self._interpreter.input(), self._interpreter.output()
        answers = np.empty((len(features), sink.size), np.float32)
        for window, answer in zip(features, answers, strict=True):
            source[...] = window.reshape(source.shape)
            self._interpreter.invoke()
            answer[...] = (sink.reshape(-1).astype(np.float32) + 128.0) / 256.0
        return answers


class Trial:
    """Streams of one kind and the network's answers for them, to be judged with any settings that share `every`."""

    def __init__(self, network: Network, scenes: Iterator[Scene], preprocessor: Path, every: int = 4) -> None:
        frontend = Frontend(preprocessor)
        self._every = every
        self._runs: list[tuple[Scene, list[list[int]]]] = []
        for scene in scenes:
            seen = windows(frontend(scene.sound), every)[::every]  # the first after `every` frames, as in a Spotter
            self._runs.append((scene, np.rint(network(seen) * 256 - 128).astype(int).tolist()))
        self.hours = sum(len(scene.sound) for scene, _ in self._runs) / RATE / 3600

    def judge(self, settings: Settings) -> tuple[int, int, int]:
        """Keywords said, keywords detected, and detections of what was not said.

        A detection counts for a keyword if it comes between the word's beginning and 0.8 s after its end.
        """
        said = hits = wrong = 0
        for scene, answers in self._runs:
            missing = [each for each in scene.spoken if each.label >= 2]
            said += len(missing)
            recogniser = Recogniser(len(answers[0]), 2, settings)
            for number, answer in enumerate(answers, 1):
                if label := recogniser.push(answer):
                    at = (number * self._every - 1) * HOP + WINDOW
                    due = [each for each in missing if each.label == label]
                    due = [each for each in due if each.start <= at <= each.end + 0.8 * RATE]
                    if due:
                        missing.remove(due[0])
                    hits, wrong = hits + bool(due), wrong + (not due)
        return said, hits, wrong


def streams(cast: Cast, minutes: float, keywords: float, seed: int) -> Iterator[Scene]:
    """Streams of half a minute, each with a noise of its own at 5 to 30 dB."""
    draw = np.random.default_rng([seed, 13, int(100 * keywords)])
    for _ in range(int(minutes * 2)):
        yield stream(30.0, cast, Conditions(float(draw.uniform(5.0, 30.0))), draw, keywords)


def tuned(network: Network, cast: Cast, seed: int, preprocessor: Path, minutes: float = 20.0) -> Settings:
    """The settings that detect most on these voices while they accept at most one word wrongly."""
    spoken = Trial(network, streams(cast, minutes / 2, 0.5, seed), preprocessor)
    babble = Trial(network, streams(cast, minutes, 0.0, seed), preprocessor)
    found: list[tuple[int, int, Settings]] = []
    for smoothing in (2, 3, 4, 5):
        for threshold in range(100, 250, 6):
            settings = Settings(smoothing=smoothing, threshold=threshold)
            if babble.judge(settings)[2] <= 1:
                found.append((spoken.judge(settings)[1], threshold, settings))
                break
    return max(found, key=lambda each: each[:2])[2] if found else Settings(threshold=250)


def confusion(labels: npt.NDArray[Any], answers: npt.NDArray[Any], classes: int) -> npt.NDArray[np.int64]:
    """[true class, answer]: how often."""
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (labels, answers), 1)
    return table


def by_noise(
    network: Network, cast: Cast, count: int, seed: int, preprocessor: Path
) -> tuple[dict[tuple[str, float], float], dict[float, npt.NDArray[np.int64]]]:
    """Accuracy by noise and dB, and a confusion matrix for each dB."""
    accuracy: dict[tuple[str, float], float] = {}
    tables: dict[float, npt.NDArray[np.int64]] = {}
    for at, snr in enumerate(SNRS):
        for index, noise in enumerate(NOISES):
            features, labels = clips(cast, Conditions(snr, noise), count, [seed, 17, at, index], preprocessor)
            table = confusion(labels, network(features).argmax(axis=1), 2 + len(cast.keywords))
            accuracy[noise, snr] = table.trace() / table.sum()
            tables[snr] = tables.get(snr, 0) + table
    return accuracy, tables


def picture(table: npt.NDArray[np.int64], labels: Sequence[str], title: str, file: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    shares = table / table.sum(axis=1, keepdims=True)
    figure, axes = plt.subplots(figsize=(4.2, 3.8), dpi=110)
    axes.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0)
    for row, column in np.ndindex(table.shape):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, f"{shares[row, column]:.1%}", ha="center", va="center", color=colour)
    axes.set_xticks(range(len(labels)), labels)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlabel("heard as")
    axes.set_ylabel("said")
    axes.set_title(title, fontsize=10)
    figure.tight_layout()
    figure.savefig(file)
    plt.close(figure)


def report(
    model: Path, casts: dict[str, Cast], labels: Sequence[str], seed: int, preprocessor: Path, count: int = 20
) -> None:
    network = Network(model)
    accuracy, tables = by_noise(network, casts["test"], count, seed, preprocessor)
    print(f"accuracy on the test voices, by noise and dB ({count * len(labels)} clips each)")
    print("  noise     " + "".join(f"{snr:>7.0f}" for snr in SNRS))
    for noise in NOISES:
        print(f"  {noise:10}" + "".join(f"{accuracy[noise, snr]:7.1%}" for snr in SNRS))
    print(f"  {'all':10}" + "".join(f"{tables[snr].trace() / tables[snr].sum():7.1%}" for snr in SNRS))
    for index, label in enumerate(labels):
        shares = (tables[snr][index, index] / tables[snr][index].sum() for snr in SNRS)
        print(f"  {label:10}" + "".join(f"{share:7.1%}" for share in shares))
    quiet = sum(tables[snr] for snr in SNRS if snr >= 10.0)
    assert isinstance(quiet, np.ndarray)
    print(f"at 10 dB and better: {quiet.trace() / quiet.sum():.1%}; at 0 dB: ", end="")
    print(f"{tables[0.0].trace() / tables[0.0].sum():.1%}")
    picture(quiet, labels, "test voices at 10 dB and better", Path(__file__).with_name("confusion.png"))

    settings = tuned(network, casts["validation"], seed, preprocessor)
    talk = Trial(network, streams(casts["test"], 15.0, 0.5, seed + 1), preprocessor)
    babble = Trial(network, streams(casts["test"], 30.0, 0.0, seed + 1), preprocessor)
    print(f"recogniser on the test voices at 5 to 30 dB; tuned on the validation voices: {settings}")
    print("  smoothing threshold  detected  wrong in 15 min  false accepts an hour of other words")
    for smoothing, threshold in [(3, 150), (3, 180), (3, 210), (3, 235), (settings.smoothing, settings.threshold)]:
        tried = Settings(smoothing=smoothing, threshold=threshold)
        said, hits, extra = talk.judge(tried)
        accepts = babble.judge(tried)[2] / babble.hours
        print(f"  {smoothing:9} {threshold:9} {hits / max(said, 1):9.1%} {extra:16} {accepts:14.1f}")


def casts_of(speeches: Sequence[Speech], keywords: Sequence[str]) -> dict[str, Cast]:
    splits = ("train", "validation", "test")
    return {name: Cast([each for each in speeches if each.voice.split == name], keywords) for name in splits}


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The options that train.py and evaluate.py share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", default="yes,no", help="the keywords, with commas between them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for what the voices said")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--preprocessor", type=Path, default=PREPROCESSOR, help="the .tflite that makes features")
    return parser


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("model", type=Path)
    given = parser.parse_args()
    keywords = tuple(given.words.split(","))
    speeches = list(speech_of_all(words(keywords), given.cache, given.seed, given.processes))
    labels = ("silence", "unknown", *keywords)
    report(given.model, casts_of(speeches, keywords), labels, given.seed, given.preprocessor)


if __name__ == "__main__":
    main()
