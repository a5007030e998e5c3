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

import numpy as np
import synthesisers
from synthesisers import RATE, Sound, Speaker

ACCENTS = ("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-gb-x-gbclan", "en-us-nyc")
TAKES = {"kokoro": 3, "hibari": 14, "piper": 14, "pico": 14, "espeak": 3}  # of each keyword
LISTS = {"kokoro": 6, "hibari": 24, "piper": 24, "pico": 24, "espeak": 10}  # of six other words each


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


def pieces(sound: Sound, gap: float = 0.12, shortest: float = 0.1) -> list[Sound]:
    """The stretches of sound between pauses of at least `gap` seconds, each with 20 ms before and after."""
    hop = RATE // 100
    frames = sound[: len(sound) // hop * hop].reshape(-1, hop).astype(np.float64)
    power = np.square(frames).mean(axis=1)
    loud = np.flatnonzero(power > power.max(initial=1.0) * 10**-3.5)
    if not len(loud):
        return []
    starts = np.flatnonzero(np.diff(loud, prepend=-1000) > gap * 100)
    ends = np.append(starts[1:], len(loud)) - 1
    found = [(loud[start], loud[end] + 1) for start, end in zip(starts, ends, strict=True)]
    return [sound[max(0, a - 2) * hop : (b + 2) * hop] for a, b in found if (b - a) / 100 >= shortest]


def whole(sound: Sound) -> Sound:
    """Without the silence before and after."""
    parts = pieces(sound, gap=10.0)
    return parts[0] if parts else sound[:0]


def record(voice: Voice, spoken: Words, cache: Path, seed: int) -> Speech:
    draw = np.random.default_rng([seed, zlib.crc32(f"{voice.engine}/{voice.name}".encode())])
    person = speaker(voice, cache, int(draw.integers(1 << 30)))
    speech = Speech(voice)
    longest = int(0.95 * RATE)  # s: what is longer than a window is no take
    for keyword in spoken.keywords:
        takes = [whole(person.say(keyword + end, draw)) for end in ". ! ?".split() * TAKES[voice.engine]]
        takes = takes[: TAKES[voice.engine]]
        takes += pieces(person.say(" ".join(f"{keyword.capitalize()}{end}" for end in ".!?."), draw))
        speech.keywords[keyword] = [take for take in takes if RATE // 7 < len(take) <= longest]
    common = spoken.trained if voice.split == "train" else spoken.trained + spoken.unheard * 3
    for index in range(LISTS[voice.engine]):
        chosen = [*draw.choice(spoken.near, 3 if spoken.near else 0), *draw.choice(common, 3 if spoken.near else 6)]
        draw.shuffle(chosen)
        if index % 3 == 2:
            speech.runs.append(whole(person.say(" ".join(chosen) + ".", draw)))
        else:
            said = person.say(" ".join(f"{each.capitalize()}." for each in chosen), draw)
            speech.others += pieces(said)
    return speech


def _store(speech: Speech, file: Path) -> None:
    groups = {f"keyword/{word}": takes for word, takes in speech.keywords.items()}
    groups |= {"others": speech.others, "runs": speech.runs}
    arrays = {f"{group}/{index}": sound for group, sounds in groups.items() for index, sound in enumerate(sounds)}
    temporary = file.with_suffix(".part")
    with temporary.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]
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
