"""Periods that the shop's figures are of, and the one before each.  Standard library only.

A period ends now; the one before it ends as long ago as the period is long, at the same time of
the shop's day, so that half a week is compared with half a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from console.domain import spans

_WEEK, _THIRTY, _MONTHS = timedelta(days=7), timedelta(days=30), 12
_MOMENT = timedelta(microseconds=1)
COMPARED_DAYS = 28
"""A quarter's share of a period that is long enough to compare visits in."""


class Period(StrEnum):
    """What the owner looks back on."""

    WEEK = "week"
    """Monday until now."""
    MONTH = "month"
    """Thirty days, today included."""
    YEAR = "year"
    """Twelve months, today included."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``begin`` until before ``end``."""

    begin: datetime
    end: datetime

    @property
    def lasted(self) -> timedelta:
        """How long it is; what has only just begun is a moment long, for rates to divide by."""
        return max(self.end - self.begin, _MOMENT)

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment lies in it; what never happened lies in none."""
        return at is not None and self.begin <= at < self.end


def stretch(period: Period, now: datetime, timezone: str, back: int = 0) -> Stretch:
    """The period that ends ``now``, or the one so many periods ``back``."""
    zone = ZoneInfo(timezone)
    last, end = _ended(period, now, zone, back)
    return Stretch(spans.midnight(_first(period, last), zone), end)


def months(period: Period, now: datetime, timezone: str, back: int = 0) -> tuple[Stretch, ...]:
    """The months of a year, the newest first; a shorter period as it is."""
    whole = stretch(period, now, timezone, back)
    if period is not Period.YEAR:
        return (whole,)
    zone = ZoneInfo(timezone)
    last, _ = _ended(period, now, zone, back)
    begins = [spans.midnight(spans.months_before(last, n) + timedelta(days=1), zone)
              for n in range(1, _MONTHS)]  # fmt: skip
    bounds = [whole.end, *begins, whole.begin]
    return tuple(Stretch(begin, end) for end, begin in pairwise(bounds))


def calendar_months(now: datetime, timezone: str) -> tuple[Stretch, ...]:
    """The twelve months of the shop's calendar up to this one, which ends ``now``; oldest first.

    Each lies within one quarter, for which the holdout stays.
    """
    zone = ZoneInfo(timezone)
    first = now.astimezone(zone).date().replace(day=1)
    begins = [spans.midnight(spans.months_before(first, n), zone)
              for n in reversed(range(_MONTHS))]  # fmt: skip
    return tuple(Stretch(*each) for each in pairwise([*begins, now]) if each[0] < each[1])


def days(found: Stretch, timezone: str) -> tuple[date, date]:
    """Its first and last day on the shop's calendar."""
    zone = ZoneInfo(timezone)
    last = max(found.begin, found.end - _MOMENT)
    return found.begin.astimezone(zone).date(), last.astimezone(zone).date()


def within_quarter(found: Stretch, timezone: str) -> Stretch:
    """The part in which visits may be compared: of one quarter, for then the holdout moves on.

    The newest part of ``COMPARED_DAYS`` or more; without one the longest.
    """
    parts = _quarters(found, timezone)
    enough = [each for each in parts if each.end - each.begin >= timedelta(days=COMPARED_DAYS)]
    return (enough or sorted(parts, key=lambda each: each.end - each.begin))[-1]


def _quarters(found: Stretch, timezone: str) -> list[Stretch]:
    """Its parts by quarters, in order."""
    zone = ZoneInfo(timezone)
    first, last = days(found, timezone)
    later = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    begins = [spans.midnight(day, zone) for day in later if (day.month % 3, day.day) == (1, 1)]
    bounds = [found.begin, *begins, found.end]
    return [Stretch(*each) for each in pairwise(bounds)]


def _ended(period: Period, now: datetime, zone: ZoneInfo, back: int) -> tuple[date, datetime]:
    local = now.astimezone(zone)
    match period:
        case Period.WEEK:
            day = local.date() - back * _WEEK
        case Period.MONTH:
            day = local.date() - back * _THIRTY
        case Period.YEAR:
            day = spans.months_before(local.date(), back * _MONTHS)
    return day, datetime.combine(day, local.time(), zone).astimezone(UTC)


def _first(period: Period, last: date) -> date:
    match period:
        case Period.WEEK:
            return last - timedelta(days=last.weekday())
        case Period.MONTH:
            return last - _THIRTY + timedelta(days=1)
        case Period.YEAR:
            return spans.months_before(last, _MONTHS) + timedelta(days=1)
