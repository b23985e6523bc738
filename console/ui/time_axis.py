"""Time since something happened, spread over a chart: the first hours have the most room.

Which part of it is shown can be chosen.  Numbers only: no widget, no painter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import expm1, log1p, sqrt
from typing import Final, Literal

Spread = Literal["root", "log"]
"""How time is spread: by its square root, or by its logarithm, which opens up the first minutes."""

MINUTE_S: Final = 60.0
HOUR_S: Final = 3600.0
_ENOUGH: Final = 4
_NARROWEST: Final = 0.02
"""The smallest part of the whole width that is shown: 3 hours at the end of three days …"""
_SHORTEST_S: Final = 5 * MINUTE_S
"""… and the shortest time, at its beginning."""
_TIERS: Final = (
    tuple(hour * HOUR_S for hour in (0, 1, 4, 12, 24, 48, 72)),
    (5 * MINUTE_S, 15 * MINUTE_S, HOUR_S / 2, 2 * HOUR_S, 8 * HOUR_S, 18 * HOUR_S, 36 * HOUR_S,
     60 * HOUR_S),
)  # fmt: skip
"""Moments worth a mark, the most telling first."""
_EVERY: Final = (6 * HOUR_S, HOUR_S, HOUR_S / 2, 10 * MINUTE_S, 5 * MINUTE_S, MINUTE_S)
"""Steps of the marks between them where these are too few."""


class TimeAxis:
    """From sending on to ``last_s`` seconds after; of that, what ``first_s`` … ``until_s`` say."""

    def __init__(self, last_s: float) -> None:
        self.last_s = last_s
        self.spread: Spread = "root"
        self.first_s, self.until_s = 0.0, last_s

    @property
    def is_zoomed(self) -> bool:
        """Whether only a part is shown."""
        return (self.first_s, self.until_s) != (0.0, self.last_s)

    def place(self, elapsed_s: float) -> float:
        """Where a moment lies: 0 at the left edge, 1 at the right one, beyond them outside."""
        left, right = self._ends()
        return (self._spread(elapsed_s) - left) / (right - left)

    def places(self, moments: Iterable[float]) -> list[float]:
        """``place`` of many: a live curve has thousands."""
        left, right = self._ends()
        scale = 1 / (right - left)
        if self.spread == "root":
            return [(sqrt(moment) - left) * scale for moment in moments]
        return [(log1p(moment / MINUTE_S) - left) * scale for moment in moments]

    def moment(self, place: float) -> float:
        """Which moment lies there; the other way round than ``place``."""
        left, right = self._ends()
        return self._gathered(left + (right - left) * place)

    # --- which part -----------------------------------------------------------------------

    def whole(self) -> None:
        """Show all of it."""
        self.first_s, self.until_s = 0.0, self.last_s

    def show(self, first_s: float, until_s: float) -> None:
        """Show from one moment to another, in either order."""
        first_s, until_s = sorted((first_s, until_s))
        self._take(self._spread(max(first_s, 0.0)), self._spread(until_s))

    def zoom(self, place: float, factor: float) -> None:
        """Show ``1 ÷ factor`` of it; the moment at ``place`` stays where it is."""
        left, right = self._ends()
        at, wide = left + (right - left) * place, (right - left) / factor
        wide = self._wide(at - wide * place, wide)
        self._take(at - wide * place, at + wide * (1 - place))

    def move(self, part: float) -> None:
        """Show what lies further right by such a part of what is shown."""
        left, right = self._ends()
        self._take(left + (right - left) * part, right + (right - left) * part)

    def reveal(self, elapsed_s: float) -> None:
        """Move so far that a moment is shown."""
        place = self.place(elapsed_s)
        if not 0.0 <= place <= 1.0:
            self.move(place if place < 0 else place - 1)

    def _take(self, left: float, right: float) -> None:
        """Show from one spread place to another, inside the whole and not too little of it."""
        whole, wide = self._spread(self.last_s), self._wide(left, right - left)
        if wide == whole:
            self.whole()
            return
        left = min(max(left, 0.0), whole - wide)
        self.first_s, self.until_s = self._gathered(left), self.last_s
        if left + wide < whole:
            self.until_s = self._gathered(left + wide)

    def _wide(self, left: float, wanted: float) -> float:
        left, whole = max(left, 0.0), self._spread(self.last_s)
        shortest = self._spread(self._gathered(left) + _SHORTEST_S) - left
        return min(max(wanted, whole * _NARROWEST, shortest), whole)

    def _ends(self) -> tuple[float, float]:
        return self._spread(self.first_s), self._spread(self.until_s)

    def _spread(self, elapsed_s: float) -> float:
        elapsed_s = max(elapsed_s, 0.0)
        return sqrt(elapsed_s) if self.spread == "root" else log1p(elapsed_s / MINUTE_S)

    def _gathered(self, place: float) -> float:
        place = max(place, 0.0)
        return place**2 if self.spread == "root" else expm1(place) * MINUTE_S

    # --- marks ----------------------------------------------------------------------------

    def marks(self, gap: float) -> list[float]:
        """Moments for marks, in order, at least ``gap`` apart (a part of the width)."""
        found: list[float] = []
        for number, tier in enumerate(self._tiers()):
            for moment in tier:
                at = self.place(moment)
                if -1e-9 <= at <= 1 + 1e-9 and all(abs(self.place(other) - at) >= gap
                                                   for other in found):  # fmt: skip
                    found.append(moment)
            # A logarithm leaves room for minutes between the hours.
            if len(found) >= _ENOUGH and (number or self.spread == "root"):
                break
        return sorted(found)

    def _tiers(self) -> Iterator[tuple[float, ...]]:
        yield from _TIERS
        for every in _EVERY:
            first, last = int(self.first_s // every), int(self.until_s // every)
            yield tuple(number * every for number in range(first, last + 1))
