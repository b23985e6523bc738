"""Spans of local days, fixed or counted back from today.  Standard library only.

A span says when something happened: "in the last 12 months", "this month", "from 2026-03-01 to
2026-03-31", "90 to 30 days ago".  Days are the shop's: each begins at its local midnight.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
THIS: tuple[Unit, ...] = ("week", "month", "year")
MAX_AGO = 1_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Between these years fixed dates may lie."""
_EARLIEST = date(1970, 1, 1)
"""Counting back ends here."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ago:
    """A day that moves with today: so many units before it."""

    amount: int
    unit: Unit

    def on(self, today: date) -> date:
        """That day; a month without it (31 February) has its last day instead."""
        if self.unit == "day":
            return _back(today, self.amount)
        if self.unit == "week":
            return _back(today, 7 * self.amount)
        return months_before(today, self.amount * (12 if self.unit == "year" else 1))


Day: TypeAlias = date | Ago


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both of them included; ``None`` is open."""

    first: Day | None = None
    last: Day | None = None

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Its first and last day when it is ``today``."""
        return _on(self.first, today), _on(self.last, today)


@dataclass(frozen=True, slots=True)
class This:
    """The calendar week (Monday first), month or year that today lies in."""

    unit: Unit

    def days(self, today: date) -> tuple[date, date]:
        """Its first and last day when it is ``today``."""
        if self.unit == "week":
            monday = today - timedelta(days=today.weekday())
            return monday, monday + timedelta(days=6)
        if self.unit == "month":
            return month_of(today)
        return date(today.year, 1, 1), date(today.year, 12, 31)


When: TypeAlias = Span | This


def moments(when: When, today: date, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """The span in UTC: the first moment that is in it, and the first behind it."""
    first, last = when.days(today)
    begin = None if first is None else midnight(first, zone)
    end = None if last is None else midnight(last + _DAY, zone)
    return begin, end


def inside(at: datetime | None, bounds: tuple[datetime | None, datetime | None]) -> bool:
    """Whether a moment lies in a span's moments; what never happened lies in none."""
    begin, end = bounds
    return at is not None and (begin is None or at >= begin) and (end is None or at < end)


def midnight(day: date, zone: tzinfo) -> datetime:
    """When that local day begins, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def month_of(day: date) -> tuple[date, date]:
    """The first and last day of that day's month."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_before(day: date, amount: int) -> date:
    """The same day so many months earlier, or that month's last."""
    months = max(day.year * 12 + day.month - 1 - amount, _EARLIEST.year * 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _on(day: Day | None, today: date) -> date | None:
    return day.on(today) if isinstance(day, Ago) else day


def _back(day: date, days: int) -> date:
    return date.fromordinal(max(day.toordinal() - days, _EARLIEST.toordinal()))
