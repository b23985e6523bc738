"""Whether a member sleeps, wakes or is active, at any moment.  Standard library only.

A *sign of life* is a moment at which she opened her page, read, wrote, reserved, visited or
bought.  Signs with no more than ``AWAKE`` (90 days) between one and the next are one *spell*.

- asleep: her last sign is more than ``AWAKE`` ago, or there never was one;
- waking: she is in a spell whose signs lie less than ``STAYED`` (30 days) apart: she woke, and
  has yet to show that she stays;
- active: she is in a spell that has lasted for ``STAYED`` or longer.

Within a spell she goes from waking to active and never back; only sleep ends it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.audiences import AWAKE, is_awake

STAYED = timedelta(days=30)
"""A sign so long after the one she woke with shows that she stays."""
REACH = 2 * AWAKE + STAYED
"""What she was at a moment is known from her signs since so long before it.

Of a spell that began earlier there is a sign within ``AWAKE`` after that, and her last one is not
older than ``AWAKE``: they are ``STAYED`` apart.
"""


class Activity(StrEnum):
    """What a member is at a moment."""

    ASLEEP = "asleep"
    WAKING = "waking"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Life:
    """Since when a member is known, and her signs of life in any order."""

    known_since: datetime
    signs: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class ActivityCounts:
    """How many of the members known at a moment were what."""

    at: datetime
    asleep: int
    waking: int
    active: int


def activity_at(signs: Iterable[datetime], at: datetime) -> Activity:
    """What she was at that moment, by her signs until then; later ones do not matter."""
    return _Course(signs).at(at)


def activity_over_time(
    lives: Iterable[Life], moments: Sequence[datetime]
) -> tuple[ActivityCounts, ...]:
    """How many members were asleep, waking and active at each moment.

    The three add up to the members known by then.
    """
    counts = [Counter[Activity]() for _ in moments]
    for life in lives:
        course = _Course(life.signs)
        for place, at in enumerate(moments):
            if life.known_since <= at:
                counts[place][course.at(at)] += 1
    return tuple(
        ActivityCounts(at, *(count[each] for each in Activity))
        for at, count in zip(moments, counts, strict=True)
    )


class _Course:
    """Signs in order, each with the beginning of its spell."""

    def __init__(self, signs: Iterable[datetime]) -> None:
        self._signs = sorted(signs)
        self._began: list[datetime] = []
        for sign in self._signs:
            place = len(self._began)
            goes_on = place > 0 and is_awake(self._signs[place - 1], sign)
            self._began.append(self._began[-1] if goes_on else sign)

    def at(self, moment: datetime) -> Activity:
        place = bisect_right(self._signs, moment) - 1
        if place < 0 or not is_awake(self._signs[place], moment):
            return Activity.ASLEEP
        stayed = self._signs[place] - self._began[place] >= STAYED
        return Activity.ACTIVE if stayed else Activity.WAKING
