# SPDX-License-Identifier: Apache-2.0
"""The speech: every voice says every keyword several times, and other words; voices are split, whole, in three.

What was spoken is kept in a cache folder, one file a voice, so that a second run starts at once.
"""

from __future__ import annotations

import multiprocessing
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import synthesisers
from synthesisers import RATE, Sound, Speaker

ACCENTS = ("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-gb-x-gbclan", "en-us-nyc")
# How often a voice of each engine says each keyword, other words, and runs of five words without pauses.
TAKES = {"kokoro": 3, "hibari": 16, "piper": 16, "pico": 16, "espeak": 4}
OTHERS = {"kokoro": 6, "hibari": 80, "piper": 48, "pico": 80, "espeak": 24}
RUNS = {"kokoro": 1, "hibari": 16, "piper": 8, "pico": 16, "espeak": 3}


@dataclass(frozen=True)
class Words:
    """`near`: other words that sound like a keyword; `trained` and `unheard`: the rest, the latter for tests only."""

    keywords: tuple[str, ...]
    near: tuple[str, ...]
    trained: tuple[str, ...]
    unheard: tuple[str, ...]


@dataclass(frozen=True)
class Voice:
    """A speaker. `split` is "train", "validation" or "test"."""

    engine: str
    name: str
    split: str
    partners: tuple[str, ...] = ()


@dataclass
class Speech:
    """What one voice said: takes of each keyword, single other words, and runs of words without pauses."""

    voice: Voice
    keywords: dict[str, list[Sound]] = field(default_factory=dict)
    others: list[Sound] = field(default_factory=list)
    runs: list[Sound] = field(default_factory=list)


def words(keywords: tuple[str, ...]) -> Words:
    near: list[str] = []
    common: list[str] = []
    for line in Path(__file__).with_name("words.txt").read_text().splitlines():
        if line.startswith("near "):
            keyword, _, similar = line[len("near ") :].partition(":")
            (near if keyword in keywords else common).extend(similar.split())
        elif not line.startswith("#"):
            common.extend(line.split())
    common = sorted({word for word in common if word not in keywords and word not in near})
    unheard = [word for word in common if zlib.crc32(word.encode()) % 5 == 0]
    return Words(keywords, tuple(near), tuple(word for word in common if word not in unheard), tuple(unheard))


def split_of(speaker: str) -> str:
    """By a hash of the speaker's name: two tenths for the test, one for validation."""
    tenth = zlib.crc32(speaker.encode()) % 10
    return "test" if tenth < 2 else "validation" if tenth == 2 else "train"


def voices(cache: Path) -> list[Voice]:
    """All voices there are. hibari learned from af_heart: both lie in one split."""
    styles = sorted(path.stem for path in synthesisers.kokoro_styles(cache).glob("*.bin"))
    found = [Voice("hibari", "heart", split_of("af_heart")), Voice("piper", "joe", "train")]
    found += [Voice("pico", language, split) for language, split in (("en-US", "train"), ("en-GB", "test"))]
    for style in styles:
        split = split_of(style)
        partners = tuple(each for each in styles if each != style and split_of(each) == split)
        found.append(Voice("kokoro", style, split, partners))
    for variant in synthesisers.espeak_variants():
        first = zlib.crc32(variant.encode())
        for step in (0, 3):
            accent = ACCENTS[(first + step) % len(ACCENTS)]
            found.append(Voice("espeak", f"{accent}+{variant}", split_of(variant)))
    return found


def speaker(voice: Voice, cache: Path, seed: int) -> Speaker:
    match voice.engine:
        case "kokoro":
            return synthesisers.Kokoro(voice.name, list(voice.partners), synthesisers.kokoro_styles(cache), seed)
        case "hibari":
            return synthesisers.Hibari()
        case "piper":
            return synthesisers.Piper(seed)
        case "pico":
            return synthesisers.Pico(voice.name)
        case _:
            return synthesisers.ESpeak(voice.name)


def whole(sound: Sound) -> Sound:
    """Without the silence before and after: all from 20 ms before the first frame that is loud to 20 ms after the last.

    A frame has 10 ms and is loud if its power is at most 35 dB below that of the loudest.
    """
    hop = RATE // 100
    frames = sound[: len(sound) // hop * hop].reshape(-1, hop).astype(np.float64)
    power = np.square(frames).mean(axis=1)
    loud = np.flatnonzero(power > power.max(initial=1.0) * 10**-3.5)
    return sound[max(0, loud[0] - 2) * hop : (loud[-1] + 3) * hop] if len(loud) else sound[:0]


def record(voice: Voice, spoken: Words, cache: Path, seed: int) -> Speech:
    draw = np.random.default_rng([seed, zlib.crc32(f"{voice.engine}/{voice.name}".encode())])
    person = speaker(voice, cache, int(draw.integers(1 << 30)))
    common = spoken.trained + (() if voice.split == "train" else spoken.unheard)
    near = len(spoken.near) / (len(spoken.near) + len(common))  # in tests each word is as likely as any other
    if near and voice.split == "train":
        near = 0.5

    def other() -> str:
        return str(draw.choice(spoken.near if draw.random() < near else common))

    def say(text: str) -> Sound:
        return whole(person.say(text + str(draw.choice(list(".,!?"))), draw))

    speech = Speech(voice)
    for keyword in spoken.keywords:
        takes = [say(keyword) for _ in range(TAKES[voice.engine])]
        speech.keywords[keyword] = [take for take in takes if RATE // 7 < len(take) < RATE]  # s: it fits a window
    speech.others = [say(other()) for _ in range(OTHERS[voice.engine])]
    speech.runs = [say(" ".join(other() for _ in range(5))) for _ in range(RUNS[voice.engine])]
    return speech


def _store(speech: Speech, file: Path) -> None:
    groups = {f"keyword/{word}": takes for word, takes in speech.keywords.items()}
    groups |= {"others": speech.others, "runs": speech.runs}
    arrays: dict[str, Any] = {
        f"{group}/{index}": sound for group, sounds in groups.items() for index, sound in enumerate(sounds)
    }
    temporary = file.with_suffix(".part")
    with temporary.open("wb") as stream:
        np.savez(stream, **arrays)
    temporary.replace(file)


def _load(voice: Voice, file: Path) -> Speech:
    speech = Speech(voice)
    with np.load(file) as stored:
        for name in stored.files:
            group, *word, _index = name.split("/")
            sounds = speech.keywords.setdefault(word[0], []) if word else getattr(speech, group)
            sounds.append(stored[name])
    return speech


def _task(job: tuple[Voice, Words, Path, Path, int]) -> tuple[Voice, Path]:
    voice, spoken, cache, file, seed = job
    if not file.exists():
        _store(record(voice, spoken, cache, seed), file)
    return voice, file


def speech_of_all(spoken: Words, cache: Path, seed: int, processes: int) -> Iterator[Speech]:
    """Every voice's speech, in a fixed order; a process for each of `processes`."""
    folder = cache / f"speech-{seed}-{zlib.crc32(repr(spoken).encode()):08x}"
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [
        (voice, spoken, cache, folder / f"{voice.engine}-{voice.name}.npz", seed)
        for voice in sorted(voices(cache), key=lambda voice: voice.engine != "kokoro")  # the slow ones first
    ]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for voice, file in pool.imap(_task, jobs):
            yield _load(voice, file)
