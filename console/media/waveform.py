"""The loudness of a recording over its length, as the row of bars that a bubble shows.

Pure: fed with samples piece by piece, so that a long recording is never held whole.
"""

from __future__ import annotations

import math
from array import array
from itertools import pairwise
from operator import mul

BARS = 64
"""Most bars of a recording; a short one has fewer."""
RATE_HZ = 8_000
"""Samples a second that ``Loudness`` is fed with: enough to know how loud speech is."""
_WINDOW = RATE_HZ // 50
_WINDOWS_PER_BAR = 2
_SILENCE = 0.004
"""Share of full scale (about -48 dB) below which a slice counts as silent."""
_FULL_SCALE = 32_768.0


class Loudness:
    """Energy of 20 ms windows of 16-bit mono samples at ``RATE_HZ``."""

    def __init__(self) -> None:
        self._energies: list[float] = []
        self._rest = array("h")

    def feed(self, samples: array[int]) -> None:
        """Take the next samples."""
        self._rest.extend(samples)
        whole = len(self._rest) - len(self._rest) % _WINDOW
        for start in range(0, whole, _WINDOW):
            self._measure(self._rest[start : start + _WINDOW])
        del self._rest[:whole]

    def _measure(self, window: array[int]) -> None:
        self._energies.append(sum(map(mul, window, window)) / len(window))

    def bars(self) -> str:
        """Up to 64 hexadecimal digits: ``f`` the loudest slice, ``0`` a silent one."""
        if self._rest:
            self._measure(self._rest)
            self._rest = array("h")
        windows = len(self._energies)
        count = min(BARS, max(1, windows // _WINDOWS_PER_BAR))
        edges = [windows * at // count for at in range(count + 1)]
        levels = [
            math.sqrt(sum(self._energies[start:end]) / max(1, end - start)) / _FULL_SCALE
            for start, end in pairwise(edges)
        ]
        loudest = max(levels)
        return "".join(f"{_digit(level, loudest):x}" for level in levels)


def _digit(level: float, loudest: float) -> int:
    """Silence stays 0, whatever the loudest is; what can be heard is at least 1."""
    return max(1, round(15 * level / loudest)) if level >= _SILENCE else 0
