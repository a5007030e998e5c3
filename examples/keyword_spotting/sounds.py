# SPDX-License-Identifier: Apache-2.0
"""What happens to speech before a microphone has it: other speakers' throats, rooms, microphones and noises.

Sounds are mono at 16 kHz, floats with full scale at 1; `draw` is the random generator. Speech in real rooms differs
from a synthesiser's in spectrum, tempo, reverberation and noise, so each of these varies more here than it would there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import resample

Wave: TypeAlias = npt.NDArray[np.float32]
Draw: TypeAlias = np.random.Generator
Talk: TypeAlias = Callable[[Draw], Wave]
RATE = 16000


def decibels(value: float) -> float:
    """A factor of amplitude."""
    return float(10.0 ** (value / 20.0))


def level(wave: Wave) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(wave, dtype=np.float64)) + 1e-14))


def stretched(wave: Wave, factor: float) -> Wave:
    """`factor` times as long at the same pitch: WSOLA (Verhelst and Roelands, 1993) with windows of 32 ms."""
    size, hop, reach = 512, 256, 160
    count = int(len(wave) * factor) // hop
    if count < 2 or len(wave) < size + 2 * reach:
        return wave
    padded = np.pad(wave, (reach, size + hop + 2 * reach))
    window = np.hanning(size).astype(np.float32)
    result = np.zeros((count + 1) * hop + size, np.float32)
    last = reach
    for index in range(count):
        wanted = min(int(index * hop / factor) + reach, len(wave) + reach)
        follow = padded[last + hop : last + hop + size]
        region = padded[wanted - reach : wanted + reach + size]
        if len(region) < 2 * reach + size or len(follow) < size:
            break
        at = wanted - reach + int(np.argmax(np.correlate(region, follow, "valid"))) if index else wanted
        result[index * hop : index * hop + size] += window * padded[at : at + size]
        last = at
    return result[: int(len(wave) * factor)]


def spoken_by_another(wave: Wave, draw: Draw) -> Wave:
    """A longer or shorter vocal tract (formants and pitch by a factor of 0.8 to 1.25) and another tempo."""
    tract = float(np.exp(draw.normal(0.0, 0.08)).clip(0.8, 1.25))
    length = next_fast_len(max(1600, int(len(wave) / tract)), real=True)
    if abs(tract - 1.0) > 0.02:
        wave = np.asarray(resample(wave, length), np.float32)
    if draw.random() < 0.6:
        wave = stretched(wave, float(draw.uniform(0.8, 1.25)))
    return wave[: int(0.97 * RATE)]


def filtered(wave: Wave, gains: npt.NDArray[np.float64], impulse: Wave | None = None) -> Wave:
    """Through a filter with these gains, given at 257 frequencies from 0 to 8 kHz, and a room's impulse response."""
    size = next_fast_len(len(wave) + (len(impulse) if impulse is not None else 512), real=True)
    spectrum = rfft(wave, size)
    spectrum *= np.interp(np.linspace(0.0, 256.0, len(spectrum)), np.arange(257), gains).astype(np.float32)
    if impulse is not None:
        spectrum *= rfft(impulse, size)
    return np.asarray(irfft(spectrum, size)[: len(wave)], np.float32)


def microphone(draw: Draw) -> npt.NDArray[np.float64]:
    """Gains of a microphone and its housing: band limits, tilt, and a few resonances."""
    frequency = np.linspace(0.0, 8000.0, 257) + 1.0
    low = draw.uniform(30.0, 150.0) if draw.random() < 0.6 else draw.uniform(150.0, 400.0)
    high = draw.uniform(6500.0, 9000.0) if draw.random() < 0.6 else draw.uniform(3200.0, 6500.0)
    gain = -10.0 * np.log10(1.0 + (low / frequency) ** 4) - 10.0 * np.log10(1.0 + (frequency / high) ** 12)
    octaves = np.log2(frequency / 1000.0).clip(-4.0, 3.0)
    gain += draw.normal(0.0, 2.0) * octaves
    for _ in range(int(draw.integers(0, 5))):
        centre, width = draw.uniform(-3.0, 3.0), draw.uniform(0.15, 1.0)
        gain += draw.normal(0.0, 4.0) * np.exp(-0.5 * ((octaves - centre) / width) ** 2)
    return np.asarray(10.0 ** (gain.clip(-60.0, 20.0) / 20.0))


def room(draw: Draw) -> Wave:
    """An impulse response: direct sound, a few early reflections, and a tail of noise that decays 60 dB in RT60."""
    rt60 = float(draw.uniform(0.12, 0.7))
    time = np.arange(int(min(rt60, 0.6) * RATE)) / RATE
    tail = draw.normal(size=len(time)) * np.exp(-6.9 * time / rt60)
    smooth = draw.uniform(0.0, 0.7)  # walls swallow high frequencies
    tail[1:] += smooth * tail[:-1]
    tail[: int(0.003 * RATE)] = 0.0
    impulse = tail / np.sqrt(np.sum(tail**2) + 1e-9) * decibels(-float(draw.uniform(0.0, 18.0)))
    for _ in range(int(draw.integers(2, 9))):
        delay = draw.uniform(0.001, 0.03)
        impulse[int(delay * RATE)] += draw.normal() * 0.4 * np.exp(-delay / 0.015)
    impulse[0] = 1.0
    return impulse.astype(np.float32)


def coloured(length: int, slope: float, draw: Draw) -> Wave:
    """Noise whose power falls with frequency to the power of `slope`: 0 white, 1 pink, 2 brown."""
    size = next_fast_len(length, real=True)
    frequency = np.arange(size // 2 + 1) * (RATE / size)
    spectrum = rfft(draw.standard_normal(size, np.float32)) / np.maximum(frequency, 25.0) ** (slope / 2.0)
    return np.asarray(irfft(spectrum, size)[:length], np.float32)


def white(length: int, draw: Draw, talk: Talk) -> Wave:
    return coloured(length, float(draw.uniform(-0.3, 0.3)), draw)


def pink(length: int, draw: Draw, talk: Talk) -> Wave:
    return coloured(length, float(draw.uniform(0.6, 2.0)), draw)


def band(length: int, draw: Draw, talk: Talk) -> Wave:
    """Noise through a random filter whose loudness rises and falls, as of wind, cars and machines."""
    noise = filtered(coloured(length, float(draw.uniform(0.0, 1.5)), draw), microphone(draw) * microphone(draw))
    swell = np.interp(np.arange(length), np.linspace(0, length, 12), draw.uniform(0.2, 1.0, 12))
    return np.asarray(noise * swell, np.float32)


def hum(length: int, draw: Draw, talk: Talk) -> Wave:
    """Mains and motors: a low tone with harmonics, over a little noise."""
    time = np.arange(length, dtype=np.float32) / np.float32(RATE)
    tone = float(draw.choice([50.0, 60.0, 100.0, 120.0, draw.uniform(40.0, 300.0)]))
    total = 0.05 * coloured(length, 1.0, draw) / level(coloured(1600, 1.0, draw))
    for harmonic in range(1, int(draw.integers(3, 20))):
        wave = np.sin(2.0 * np.pi * (tone * harmonic * time + np.float32(draw.random())))
        total = total + np.float32(draw.exponential() / harmonic ** draw.uniform(0.3, 1.5)) * wave
    return np.asarray(total, np.float32)


def tones(length: int, draw: Draw, talk: Talk) -> Wave:
    """Beeps, whistles and chords: tones that start, glide and end."""
    total = np.zeros(length)
    for _ in range(max(2, int(length / RATE * draw.uniform(1.0, 5.0)))):
        start, count = int(draw.integers(length)), int(draw.uniform(0.05, 1.0) * RATE)
        time = np.arange(min(count, length - start)) / RATE
        first, glide = np.exp(draw.uniform(np.log(100.0), np.log(5000.0))), draw.normal(0.0, 200.0)
        wave = np.sin(2.0 * np.pi * (first * time + glide * time**2))
        total[start : start + len(time)] += draw.exponential() * wave * np.exp(-time * draw.uniform(0.0, 8.0))
    return total.astype(np.float32)


def clicks(length: int, draw: Draw, talk: Talk) -> Wave:
    """Keys, knocks and rattling: short bursts of noise at random times."""
    total = np.zeros(length)
    for _ in range(max(2, int(length / RATE * draw.uniform(2.0, 20.0)))):
        start, count = int(draw.integers(length)), int(draw.uniform(0.002, 0.05) * RATE)
        burst = draw.normal(size=count) * np.exp(-np.arange(count) / (count / 4.0)) * draw.exponential()
        total[start : start + count] += burst[: length - start]
    return filtered(total.astype(np.float32), microphone(draw))


def babble(length: int, draw: Draw, talk: Talk) -> Wave:
    """Four to eight people who talk at the same time."""
    total = np.zeros(length, np.float32)
    for _ in range(int(draw.integers(4, 9))):
        at = -int(draw.integers(0, RATE))
        loudness = decibels(float(draw.uniform(-6.0, 0.0)))
        while at < length:
            said = talk(draw)
            part = said[max(0, -at) : length - at]
            total[max(0, at) : max(0, at) + len(part)] += part * (loudness / level(said))
            at += len(said) + int(draw.uniform(0.0, 0.3) * RATE)
    return total


NOISES: dict[str, Callable[[int, Draw, Talk], Wave]] = {
    noise.__name__: noise for noise in (white, pink, band, hum, tones, clicks, babble)
}


def background(name: str, length: int, draw: Draw, talk: Talk) -> Wave:
    """One of `NOISES`, with a root mean square of 1."""
    noise = NOISES[name](length, draw, talk)
    return np.asarray(noise / level(noise), np.float32)
