# SPDX-License-Identifier: Apache-2.0
"""Scenes: words in a room with noise, as int16 sound, with what was said when; and windows of features with labels."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import sounds
from features import CLIP, CONTEXT, HOP, Frames, Frontend, windows
from sounds import RATE, Draw, Wave, decibels, level
from voices import Speech

SILENCE, UNKNOWN = 0, 1  # classes; the keywords follow
ENGINES = {"kokoro": 0.46, "espeak": 0.2, "hibari": 0.12, "piper": 0.12, "pico": 0.1}  # how often each is heard
SHIFTS = (-8.0, 6.0)  # frames by which a window may end later than one with the word in its middle
Labels: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Conditions:
    """How a scene sounds. None: drawn anew for each scene."""

    snr: float | None = None  # dB, of speech while it is loud to noise; inf: none
    noise: str | None = None  # of sounds.NOISES


@dataclass(frozen=True)
class Spoken:
    """Something said from sample `start` to `end`; `run` if it is several words."""

    start: int
    end: int
    label: int
    run: bool = False


@dataclass
class Scene:
    sound: npt.NDArray[np.int16]
    spoken: list[Spoken] = field(default_factory=list)


class Cast:
    """The voices of one split."""

    def __init__(self, speeches: Sequence[Speech], keywords: Sequence[str]) -> None:
        self.keywords = keywords
        self._engines: dict[str, list[Speech]] = {}
        for speech in speeches:
            if speech.others and all(speech.keywords.get(word) for word in keywords):
                self._engines.setdefault(speech.voice.engine, []).append(speech)

    def speech(self, draw: Draw) -> Speech:
        names = list(self._engines)
        weights = np.array([ENGINES.get(name, 0.1) for name in names])
        speeches = self._engines[str(draw.choice(names, p=weights / weights.sum()))]
        return speeches[int(draw.integers(len(speeches)))]

    def say(self, label: int, draw: Draw, run: bool = False) -> Wave:
        """One word of the class, or a run of others, by anybody, as yet another speaker would say it."""
        speech = self.speech(draw)
        source = speech.keywords[self.keywords[label - 2]] if label >= 2 else speech.others
        if run and speech.runs:
            return np.asarray(speech.runs[int(draw.integers(len(speech.runs)))] / 32768, np.float32)
        sound = source[int(draw.integers(len(source)))]
        return sounds.spoken_by_another(np.asarray(sound / 32768, np.float32), draw)

    def talk(self, draw: Draw) -> Wave:
        """Other words, without end: for babble."""
        return self.say(UNKNOWN, draw, run=draw.random() < 0.5)


def finish(speech: Wave, spoken: list[Spoken], conditions: Conditions, cast: Cast, draw: Draw) -> Scene:
    """Adds the room, the microphone and the noise, and sets the loudness: speech at -45 to -9 dB of full scale."""
    gains = sounds.microphone(draw)
    reverberant = draw.random() < 0.65
    heard = sounds.filtered(speech, gains, sounds.room(draw) if reverberant else None)
    loud = level(np.concatenate([heard[each.start : each.end] for each in spoken])) if spoken else 1.0
    snr = conditions.snr if conditions.snr is not None else float(draw.uniform(-1.0, 40.0))
    if np.isfinite(snr):
        name = conditions.noise or str(draw.choice(list(sounds.NOISES)))
        if name == "babble" and not spoken:
            name = "band"  # people who talk are no silence
        noise = sounds.background(name, len(heard), draw, cast.talk)
        if name != "babble" and draw.random() < 0.5:
            noise = sounds.filtered(noise, gains)
        heard = heard + noise * (loud / level(noise) * decibels(-snr))
    volume = decibels(float(draw.uniform(-45.0, -9.0))) / loud
    if conditions.snr is None and draw.random() < 0.06:
        volume *= 8.0  # too loud: clipped
    floor = draw.normal(size=len(heard)) * draw.uniform(0.0, 3.0) / 32768  # of the microphone's own
    sound = np.clip(np.round((heard * volume + floor) * 32768), -32768, 32767)
    return Scene(sound.astype(np.int16), spoken)


def clip(label: int, cast: Cast, conditions: Conditions, draw: Draw, before: float = 0.0) -> Scene:
    """One second with one word, or none, about its middle, after `before` seconds of the same room."""
    length, first = CLIP + int(before * RATE), int(before * RATE)
    speech = np.zeros(length, np.float32)
    if label == SILENCE:
        return finish(speech, [], conditions, cast, draw)
    word = cast.say(label, draw)[:CLIP]
    room = CLIP - len(word)
    at = first + int(np.clip(room / 2 + draw.uniform(-0.1, 0.1) * RATE, 0, room))
    speech[at : at + len(word)] = word / level(word)
    return finish(speech, [Spoken(at, at + len(word), label)], conditions, cast, draw)


def stream(seconds: float, cast: Cast, conditions: Conditions, draw: Draw, keywords: float = 0.5) -> Scene:
    """Talk with pauses; a share of `keywords` of what is said are those, each with half a second around it."""
    length = int(seconds * RATE)
    speech = np.zeros(length, np.float32)
    spoken: list[Spoken] = []
    at = int(draw.uniform(0.0, 1.5) * RATE)
    while at < length - RATE:
        keyword = draw.random() < keywords
        label = int(draw.integers(2, 2 + len(cast.keywords))) if keyword else UNKNOWN
        run = not keyword and draw.random() < 0.3
        word = cast.say(label, draw, run)
        at += int(0.4 * RATE) if keyword else 0
        word = word[: length - at]
        speech[at : at + len(word)] = word / level(word) * decibels(float(draw.uniform(-4.0, 2.0)))
        spoken.append(Spoken(at, at + len(word), label, run))
        at += len(word) + int(RATE * (draw.uniform(0.45, 1.5) if keyword else draw.uniform(0.1, 1.0)))
    return finish(speech, spoken, conditions, cast, draw)


def cut(scene: Scene, frames: Frames, draw: Draw, times: int) -> list[tuple[Frames, int]]:
    """`times` windows about every word with the word near their middle, or with any part of a run; with their labels.

    In some of them the stream has just begun.
    """
    views = windows(frames, 1)  # the last ends where the stream ends
    found = []
    for each in scene.spoken:
        for _ in range(times):
            middle = draw.uniform(each.start, each.end) if each.run else (each.start + each.end) / 2
            central = (middle - CLIP / 2) / HOP + CONTEXT - 1  # index of the window with the word in its middle
            index = round(central + (0.0 if each.run else draw.uniform(*SHIFTS)))
            if 0 <= index < len(views):
                found.append((views[index], each.label))
    return found


class _Worker:
    """What a worker process is handed once, as it is hundreds of megabytes."""

    cast: Cast


def _start(cast: Cast) -> None:
    _Worker.cast = cast


def _batch(index: int, seed: int, preprocessor: Path) -> tuple[Frames, Labels]:
    """About 1,100 windows for training: streams, clips from a reset preprocessor or not, noise without speech."""
    cast, draw, frontend = _Worker.cast, np.random.default_rng([seed, 7, index]), Frontend(preprocessor)
    drawn, classes = Conditions(), 2 + len(cast.keywords)
    found: list[tuple[Frames, int]] = []
    for _ in range(26):
        scene = stream(12.0, cast, drawn, draw)
        found += cut(scene, frontend(scene.sound), draw, 3)
    for number in range(150):
        label = (UNKNOWN, *range(1, classes))[number % classes]
        scene = clip(label, cast, drawn, draw, float(draw.uniform(0.0, 2.0)) if draw.random() < 0.3 else 0.0)
        found += cut(scene, frontend(scene.sound), draw, 2)
    for _ in range(30):
        views = windows(frontend(clip(SILENCE, cast, drawn, draw, float(draw.uniform(0.0, 4.0))).sound), 1)
        found += [(views[int(each)], SILENCE) for each in draw.choice(len(views), 5, replace=False)]
    return np.stack([window for window, _ in found]), np.array([label for _, label in found])


def training(cast: Cast, batches: int, seed: int, preprocessor: Path, processes: int) -> tuple[Frames, Labels]:
    """Windows [n, 49, 40] and their classes [n]."""
    task = partial(_batch, seed=seed, preprocessor=preprocessor)
    with multiprocessing.get_context("spawn").Pool(processes, _start, (cast,)) as pool:
        results = list(pool.imap(task, range(batches)))
    return np.concatenate([each[0] for each in results]), np.concatenate([each[1] for each in results])


def clips(
    cast: Cast, conditions: Conditions, count: int, seed: Sequence[int], preprocessor: Path
) -> tuple[Frames, Labels]:
    """`count` clips of one second of each class, for tests: half from a reset preprocessor, half in a running one."""
    draw, frontend = np.random.default_rng(seed), Frontend(preprocessor)
    labels = np.tile(np.arange(2 + len(cast.keywords)), count)
    features = [
        frontend(clip(int(label), cast, conditions, draw, 1.5 * (index // len(labels) % 2)).sound)[-CONTEXT:]
        for index, label in enumerate(labels)
    ]
    return np.stack(features), labels
