# SPDX-License-Identifier: Apache-2.0
"""How well a keyword model does on synthesisers of other kinds than it was trained with: flite and Festival.

    python examples/keyword_spotting/unseen.py MODEL [--words yes,no]

Uses those of the commands `flite` and `text2wave` that this computer has, with all their English voices. Their
voices are cut from recordings of people (diphones, clusters of units) or made by hidden Markov models.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
from evaluate import Network, arguments, confusion
from scenes import Cast, Conditions, clips
from synthesisers import RATE, Sound, to_16k
from voices import Speech, Voice, Words, whole, words

FESTIVAL = Path("/usr/share/festival/voices")
PACES = (0.8, 1.0, 1.2)


def _read(wav: bytes) -> Sound:
    with wave.open(io.BytesIO(wav)) as stored:
        samples = np.frombuffer(stored.readframes(stored.getnframes()), np.int16)
        return whole(to_16k(samples / 32768, stored.getframerate()))


def flite(voice: str, text: str, pace: float) -> Sound:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={pace}", "-t", text, "-o", file.name]
        subprocess.run(command, check=True)
        return _read(Path(file.name).read_bytes())


def festival(voice: str, text: str, pace: float) -> Sound:
    stretch = f"(begin (voice_{voice}) (Parameter.set 'Duration_Stretch {pace}))"
    command = ["text2wave", "-eval", stretch]
    return _read(subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout)


def speakers() -> list[Voice]:
    found: list[Voice] = []
    if shutil.which("flite"):
        listed = subprocess.run(["flite", "-lv"], capture_output=True, text=True, check=True).stdout
        names = [name for name in listed.partition(":")[2].split() if "time" not in name]
        found += [Voice("flite", name, "unseen") for name in names]
    if shutil.which("text2wave"):
        found += [Voice("festival", path.name, "unseen") for path in sorted(FESTIVAL.glob("*/*"))]
    return found


def record(voice: Voice, spoken: Words) -> Speech:
    say = flite if voice.engine == "flite" else festival
    others = (spoken.near[::8] + spoken.trained[::16] + spoken.unheard[::4])[:40]

    def takes(word: str, paces: tuple[float, ...]) -> list[Sound]:
        found = [say(voice.name, word, pace) for pace in paces]
        return [each for each in found if RATE // 7 < len(each) < RATE]  # some voices fail on some words

    keywords = {word: takes(word, PACES) for word in spoken.keywords}
    return Speech(voice, keywords, [take for word in others for take in takes(word, (1.0,))])


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("model", type=Path)
    given = parser.parse_args()
    keywords = tuple(given.words.split(","))
    found = speakers()
    if not found:
        parser.error("neither flite nor text2wave (Festival) is installed")
    network = Network(given.model)
    speeches = [record(voice, words(keywords)) for voice in found]
    speeches = [each for each in speeches if each.others and all(each.keywords.values())]
    print(f"{len(speeches)} voices: " + " ".join(f"{each.voice.engine}/{each.voice.name}" for each in speeches))
    labels = ("silence", "unknown", *keywords)
    print("  dB     all" + "".join(f"{label:>9}" for label in labels))
    for snr in (float("inf"), 20.0, 10.0, 0.0):
        features, classes = clips(Cast(speeches, keywords), Conditions(snr), 150, [given.seed, 19], given.preprocessor)
        table = confusion(classes, network(features).argmax(axis=1), len(labels))
        shares = [table[index, index] / table[index].sum() for index in range(len(labels))]
        print(f"  {snr:<4.0f} {table.trace() / table.sum():6.1%}" + "".join(f"{share:9.1%}" for share in shares))


if __name__ == "__main__":
    main()
