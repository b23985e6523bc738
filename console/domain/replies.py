"""How soon members are answered, defined once.  Standard library only.

Each ``Waited`` is one wait: a member's first message that nobody had answered, and how it ended.
Only what was asked while the shop was open counts.  Who still waits is late once the time is
over, and not counted before.  What was done with in five minutes needed no answer (her thanks)
and counts nowhere; after that it is late: to be done with a question makes no figure better.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor, sqrt
from zoneinfo import ZoneInfo

from console.domain.intervals import (
    CONFIDENCE,
    Doubt,
    Estimate,
    Interval,
    Rate,
    Told,
    TooFew,
    z_of,
)

SOON, LATER = timedelta(minutes=1), timedelta(minutes=5)
"""The two waits that first replies are measured by."""
_SOON_S, _LATER_S = SOON.total_seconds(), LATER.total_seconds()
EDGES = tuple(timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300, 600, 1_800, 3_600))
"""Where the bars of the distribution end, each included; the last one is beyond."""


@dataclass(frozen=True, slots=True)
class Waited:
    """A member's first unanswered message and what came of it.

    Attributes:
        ended_at: when it was answered or done with; ``None``: she still waits.
        answered: whether it was.
        staff_id: who answered, else whose conversation it is; ``None``: nobody's.
        conversation_id: where; ``None``: she is erased.
    """

    asked_at: datetime
    ended_at: datetime | None = None
    answered: bool = False
    staff_id: int | None = None
    conversation_id: int | None = None

    def lasted(self, now: datetime) -> timedelta:
        """How long she waited, until now if she still does."""
        return max((self.ended_at or now) - self.asked_at, timedelta())


@dataclass(frozen=True, slots=True)
class Replies:
    """First replies of some waits, all of them asked while the shop was open.

    Attributes:
        soon, later: those within one and within five minutes ÷ those that were due.
        median: in seconds, of the waits that were due within five minutes.
        unanswered: late without an answer, waiting or done with.
    """

    soon: Rate
    later: Rate
    median: Told
    unanswered: int


def first_replies(waits: Iterable[Waited], now: datetime) -> Replies:
    """Within 1 (5) minutes = first replies within 1 (5) minutes ÷ waits that were due.

    Due is what was answered, whenever, who still waits although the time is over, and what was
    done with without an answer after more than 5 minutes.  Median: the middle one of the waits
    due within 5 minutes; one without an answer counts as long as it lasted.
    """
    seconds: list[float] = []
    soon = soon_due = later = answers = 0
    for each in waits:
        lasted = each.lasted(now).total_seconds()
        if each.answered:
            answers += 1
            soon += lasted <= _SOON_S
            later += lasted <= _LATER_S
        soon_due += each.answered or lasted > (_SOON_S if each.ended_at is None else _LATER_S)
        if each.answered or lasted > _LATER_S:
            seconds.append(lasted)
    return Replies(
        soon=Rate(soon, soon_due), later=Rate(later, len(seconds)),
        median=_tell_median(seconds), unanswered=len(seconds) - answers,
    )  # fmt: skip


def _tell_median(seconds: Sequence[float]) -> Told:
    """With the interval between the two waits that hold it in 95 of 100 shops (sign test)."""
    size, ordered = len(seconds), sorted(seconds)
    place = floor((size + 1 - z_of(CONFIDENCE) * sqrt(size)) / 2)
    if place < 1:
        return TooFew(Doubt.TOO_RARE if seconds else Doubt.NOBODY)
    return Estimate(statistics.median(ordered), Interval(ordered[place - 1], ordered[-place]))


def is_due(wait: Waited, now: datetime) -> bool:
    """Whether it counts where five minutes may be waited."""
    return wait.answered or wait.lasted(now) > LATER


def hour_of(timezone: str) -> Callable[[Waited], int]:
    """In which hour of the shop's day (0–23) it was asked."""
    zone = ZoneInfo(timezone)
    return lambda wait: wait.asked_at.astimezone(zone).hour


def bar_of(wait: Waited, now: datetime) -> int:
    """The bar of ``EDGES`` it is in by how long it lasted."""
    return bisect_left(EDGES, wait.lasted(now))
