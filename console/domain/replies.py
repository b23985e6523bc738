"""How soon members are answered, defined once.  Standard library only.

Each ``Waited`` is one wait: a member's first message that nobody had answered, and how it ended.
Only what was asked while the shop was open counts.  Who still waits, and whoever it was done
with without an answer, is late once the time was over, and not counted before: to be done with
a question afterwards makes no figure better.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from console.domain.intervals import Rate

K = TypeVar("K")
SOON, LATER = timedelta(minutes=1), timedelta(minutes=5)
"""The two waits that first replies are measured by."""
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
        median: of the waits that were due within five minutes; ``None``: of none.
        unanswered: late without an answer, waiting or done with.
    """

    soon: Rate
    later: Rate
    median: timedelta | None
    unanswered: int


def first_replies(waits: Iterable[Waited], now: datetime) -> Replies:
    """Within 1 (5) minutes = first replies within 1 (5) minutes ÷ waits that were due.

    Due is what was answered, whenever, and what was not although the time is over.  Median: the
    middle one of the waits due within 5 minutes; one without an answer counts as long as it
    lasted.
    """
    every = list(waits)
    due = [each for each in every if is_due(each, LATER, now)]
    middle = statistics.median(each.lasted(now).total_seconds() for each in due) if due else None
    return Replies(
        soon=_within(SOON, every, now), later=_within(LATER, due, now),
        median=None if middle is None else timedelta(seconds=middle),
        unanswered=sum(not each.answered for each in due),
    )  # fmt: skip


def is_due(wait: Waited, limit: timedelta, now: datetime) -> bool:
    """Whether it counts where so long may be waited."""
    return wait.answered or wait.lasted(now) > limit


def is_within(wait: Waited, limit: timedelta) -> bool:
    """Whether it was answered in that time."""
    return wait.answered and wait.lasted(wait.asked_at) <= limit


def _within(limit: timedelta, waits: Sequence[Waited], now: datetime) -> Rate:
    due = [each for each in waits if is_due(each, limit, now)]
    return Rate(sum(is_within(each, limit) for each in due), len(due))


def grouped(waits: Iterable[Waited], key: Callable[[Waited], K]) -> Mapping[K, list[Waited]]:
    """Waits by clerk, by hour, or by both."""
    found: dict[K, list[Waited]] = {}
    for each in waits:
        found.setdefault(key(each), []).append(each)
    return found


def hour_of(timezone: str) -> Callable[[Waited], int]:
    """In which hour of the shop's day (0–23) it was asked."""
    zone = ZoneInfo(timezone)
    return lambda wait: wait.asked_at.astimezone(zone).hour


def bar_of(wait: Waited, now: datetime) -> int:
    """The bar of ``EDGES`` it is in by how long it lasted."""
    return bisect_left(EDGES, wait.lasted(now))
