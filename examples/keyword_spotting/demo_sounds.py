# SPDX-License-Identifier: Apache-2.0
"""Writes the bundled sounds: one second each of a voice that the model never heard, saying one of its words.

    python examples/keyword_spotting/demo_sounds.py [--voice am_onyx] [--out FOLDER]

Takes what train.py kept of one of Kokoro's voices of the test split, the first take of each word that lies between
the others in length; WAV, 16 kHz, mono, 16 bits.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from evaluate import arguments
from features import PREPROCESSOR
from synthesisers import RATE
from voices import speech_of_all, words

START = int(0.25 * RATE)  # samples of silence before the word


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--voice", default="am_onyx", help="a voice of Kokoro's, of the test split")
    parser.add_argument("--out", type=Path, default=PREPROCESSOR.parent)
    given = parser.parse_args()
    keywords = tuple(given.words.split(","))
    speeches = list(speech_of_all(words(keywords), given.cache, given.seed, given.processes))
    found = [each for each in speeches if each.voice.name == given.voice and each.voice.split == "test"]
    if not found:
        names = sorted(
            each.voice.name for each in speeches if (each.voice.engine, each.voice.split) == ("kokoro", "test")
        )
        parser.error(f"no voice {given.voice} in the test split; these are: {' '.join(names)}")
    for word, takes in found[0].keywords.items():
        take = sorted(takes, key=len)[len(takes) // 2]
        sound = np.zeros(RATE, np.int16)
        sound[START : START + len(take)] = take[: RATE - START] // 2
        with wave.open(str(given.out / f"{word}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(sound.tobytes())
        print(f"{word}.wav: {len(take) / RATE:.2f} s of {given.voice}")


if __name__ == "__main__":
    main()
