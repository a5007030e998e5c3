# SPDX-License-Identifier: Apache-2.0
"""Trains the bundled keyword model: TinyConv, which hears yes, no, other words and silence.

    python examples/keyword_spotting/train.py [--words yes,no] [--seed N] [--out FILE]

Lets synthetic voices speak, puts them into rooms and noises, computes features as the device does, trains, quantises
to int8, writes the .tflite, and prints how well it does on voices that it never heard. README.md tells more.
Deterministic by its seed on one machine; another processor may round sums differently.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import numpy as np
from evaluate import arguments, casts_of, report
from features import PREPROCESSOR
from network import train
from quantise import quantised
from scenes import training
from voices import speech_of_all, words

BATCHES, EPOCHS = 120, 8


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--out", type=Path, default=None, help="default: the bundled model of these words")
    parser.add_argument("--batches", type=int, default=BATCHES, help="of about 1,100 windows each")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    keywords = tuple(given.words.split(","))
    labels = ("silence", "unknown", *keywords)
    out = given.out or PREPROCESSOR.with_name(f"keyword_{'_'.join(keywords)}.tflite")
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {text}", flush=True)

    spoken = words(keywords)
    speeches = list(speech_of_all(spoken, given.cache, given.seed, given.processes))
    for split, count in Counter(each.voice.split for each in speeches).items():
        chosen = [each for each in speeches if each.voice.split == split]
        takes = sum(len(sounds) for each in chosen for sounds in each.keywords.values())
        others = sum(len(each.others) + len(each.runs) for each in chosen)
        say(f"{split}: {count} voices, {takes:,} keywords, {others:,} other utterances")
    casts = casts_of(speeches, keywords)
    windows, classes = training(casts["train"], given.batches, given.seed, given.preprocessor, given.processes)
    counts = np.bincount(classes, minlength=len(labels))
    say(f"{len(windows):,} windows: " + ", ".join(f"{n:,} {word}" for word, n in zip(labels, counts, strict=True)))
    net = train(windows, classes, len(labels), given.seed, given.epochs, say)
    sample = np.random.default_rng(given.seed).choice(len(windows), min(2000, len(windows)), replace=False)
    out.write_bytes(quantised(net, windows[sample], labels))
    say(f"{out.name}: {out.stat().st_size:,} bytes")
    report(out, casts, labels, given.seed, given.preprocessor)
    say("done")


if __name__ == "__main__":
    main()
