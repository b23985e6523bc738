"""Writes the sound of a new message, ``resources/sounds/message.wav``: two soft bells.

python -m tools.make_sounds
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "resources" / "sounds" / "message.wav"
RATE = 22_050
SECONDS = 0.62
NOTES = ((0.0, 783.99), (0.11, 1174.66))
"""When each bell is struck (seconds) and its pitch (Hz): g″ and d‴."""
PARTIALS = ((1.0, 1.0), (2.0, 0.28), (3.01, 0.1))
LOUDNESS = 0.3


def sample(at_s: float) -> float:
    """The wave at a moment, -1..1."""
    total = 0.0
    for struck_s, hertz in NOTES:
        since = at_s - struck_s
        if since < 0:
            continue
        attack = min(1.0, since / 0.004)
        for times, share in PARTIALS:
            fade = math.exp(-since * 7.5 * times**0.6)
            total += attack * fade * share * math.sin(2 * math.pi * hertz * times * since)
    return LOUDNESS * total * min(1.0, (SECONDS - at_s) / 0.05)


def main() -> None:
    """Write the file."""
    FILE.parent.mkdir(exist_ok=True)
    values = [round(32_767 * sample(n / RATE)) for n in range(round(RATE * SECONDS))]
    with wave.open(str(FILE), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(values)}h", *values))


if __name__ == "__main__":
    main()
