"""Sounds like somebody speaking, made of nothing: the sample shop's voice messages.

Pure and seeded.  A syllable is one period of a voice (a few harmonics around two formants)
repeated under a swell; syllables make words, words have pauses.  Nobody's recording is shipped.
"""

from __future__ import annotations

import io
import math
import random
import wave
from array import array

RATE_HZ = 16_000
_FORMANTS = ((800, 1_200), (500, 1_900), (350, 2_300), (600, 900), (400, 800))
"""First and second formant of five vowels, in hertz."""
_HARMONICS = 14
_PEAK = 9_000


def speech(seed: int, seconds: float, *, pitch_hz: float = 210.0) -> bytes:
    """A WAV file of about that length; the same seed sounds the same."""
    dice = random.Random(seed)
    samples = array("h")
    wanted = int(seconds * RATE_HZ)
    while len(samples) < wanted:
        for _ in range(dice.randint(2, 5)):
            samples.extend(_syllable(dice, pitch_hz * dice.uniform(0.85, 1.2)))
        samples.extend(array("h", bytes(2 * int(dice.uniform(0.12, 0.4) * RATE_HZ))))
    return _wav(samples[:wanted])


def _syllable(dice: random.Random, pitch_hz: float) -> array[int]:
    period = _period(pitch_hz, *dice.choice(_FORMANTS))
    count = int(dice.uniform(0.11, 0.22) * RATE_HZ)
    loud = dice.uniform(0.45, 1.0)
    swell = [math.sin(math.pi * n / count) for n in range(0, count, len(period))]
    found = array("h")
    for strength in swell:
        found.extend(int(value * strength * loud) for value in period)
    return found


def _period(pitch_hz: float, *formants: int) -> list[float]:
    """One swing of the voice; harmonics near a formant are strong."""
    length = round(RATE_HZ / pitch_hz)
    weights = [
        sum(math.exp(-(((k * pitch_hz - f) / 220) ** 2)) for f in formants) + 0.08 / k
        for k in range(1, _HARMONICS + 1)
    ]
    raw = [
        sum(w * math.sin(2 * math.pi * k * n / length) for k, w in enumerate(weights, 1))
        for n in range(length)
    ]
    highest = max(map(abs, raw))
    return [value / highest * _PEAK for value in raw]


def _wav(samples: array[int]) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE_HZ)
        target.writeframes(samples.tobytes())
    return file.getvalue()
