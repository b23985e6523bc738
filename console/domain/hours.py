"""Opening hours day by day, closed dates, and what follows from them.  Standard library only.

A day's hours are spans of minutes after its local midnight, in order; ``closes`` not after
``opens`` lies in the next day, so a bar that opens at 18:00 and closes at 02:00 is open over
midnight.  A closed date
takes the hours that begin on it away.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
MAX_CLOSED = 400
"""Closed dates somebody may list."""
MAX_SPANS = 4
"""Times a day somebody may open."""
_DAY = timedelta(days=1)
_WEEK = 7 * MINUTES_A_DAY

Span = tuple[int, int]
"""Minutes after midnight: opens, closes."""
Day = tuple[Span, ...]
"""The spans that begin on a day, in order; none on a day off."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shop is open.

    Attributes:
        timezone: IANA name of where the shop stands.
        week: hours of Monday to Sunday.
        closed: dates on which it stays shut whatever the weekday says.
    """

    timezone: str
    week: tuple[Day, ...]
    closed: frozenset[date] = frozenset()

    @classmethod
    def daily(cls, timezone: str, opens: int, closes: int) -> Hours:
        """The same hours every day."""
        return cls(timezone, (((opens, closes),),) * 7)

    @classmethod
    def read(cls, value: Any, fallback: Hours) -> Hours:
        """Out of the setting's value; ``fallback`` where that says nothing or nonsense."""
        try:
            return parse(value, fallback)
        except ValueError:
            return fallback

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock it is."""
        return ZoneInfo(self.timezone)

    def is_open(self, at: datetime) -> bool:
        """Whether the shop is open at that moment."""
        today = self._local_date(at)
        days = (today - _DAY, today, today + _DAY)
        return any(begin <= at < end for begin, end in self._spans(days))

    def next_open(self, at: datetime) -> datetime | None:
        """The first moment not before ``at`` when it is open; ``None``: never again."""
        first = self._local_date(at) - _DAY
        # At most so many days in a row can be skipped by closed dates.
        days = (first + _DAY * number for number in range(7 * (len(self.closed) + 3)))
        for begin, end in self._spans(days):
            if end > at:
                return max(begin, at)
        return None

    def open_between(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every span of open moments, in UTC, that may hold one of ``first`` to ``last``."""
        day, end = self._local_date(first) - _DAY, self._local_date(last)
        yield from self._spans(day + _DAY * number for number in range((end - day).days + 1))

    def spans_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open moments that begin on a day, in UTC and in order."""
        return list(self._spans([day]))

    def on(self, at: datetime) -> Day:
        """The hours that begin on that moment's day."""
        return self.on_date(self._local_date(at))

    def on_date(self, day: date) -> Day:
        """The hours that begin on a day."""
        return () if day in self.closed else self.week[day.weekday()]

    def value(self) -> dict[str, Any]:
        """What ``parse`` reads."""
        return {
            "week": [_written(spans) for spans in self.week],
            "closed": [day.isoformat() for day in sorted(self.closed)],
        }

    def local(self, at: datetime) -> datetime:
        """That moment on the shop's clock."""
        return at.astimezone(ZoneInfo(self.timezone))

    def _local_date(self, at: datetime) -> date:
        return self.local(at).date()

    def _spans(self, days: Iterable[date]) -> Iterator[tuple[datetime, datetime]]:
        """The open moments that begin on those days, in UTC, without the empty ones."""
        begun = ((day, span) for day in days for span in self.on_date(day))
        for day, (opens, closes) in begun:
            over = MINUTES_A_DAY if closes <= opens else 0
            begin = self._moment(day, opens, fold=0)
            # An hour that comes twice is open twice, one that is left out ends when it would.
            end = max(self._moment(day, closes + over, fold=fold) for fold in (0, 1))
            if begin < end:
                yield begin, end

    def _moment(self, day: date, minute: int, fold: int) -> datetime:
        """A minute of a local day (or of the one after) in UTC."""
        days, rest = divmod(minute, MINUTES_A_DAY)
        clock = time(rest // 60, rest % 60, fold=fold)
        local = datetime.combine(day + _DAY * days, clock, ZoneInfo(self.timezone))
        return local.astimezone(UTC)


def parse(value: Any, fallback: Hours) -> Hours:
    """``{"week": [day × 7], "closed": ["YYYY-MM-DD"]}``.

    A day is ``[opens, closes]``, several of these in a list, or ``null`` when it is off.
    ``None`` is ``fallback``, and so is what is left out.  Raises ``ValueError`` for anything else.
    """
    if value is None:
        return fallback
    if not isinstance(value, Mapping):
        raise ValueError("hours")
    week = fallback.week if value.get("week") is None else _week(value["week"])
    closed = value.get("closed") or []
    if not isinstance(closed, list) or len(closed) > MAX_CLOSED:
        raise ValueError("closed")
    return Hours(fallback.timezone, week, frozenset(_date(item) for item in closed))


def overlapping(week: Sequence[Day]) -> int | None:
    """The first day (0 is Monday) with a span that begins before an earlier one has ended."""
    spans = [
        (day, day * MINUTES_A_DAY + opens,
         day * MINUTES_A_DAY + closes + (MINUTES_A_DAY if closes <= opens else 0))
        for day, each in enumerate(week)
        for opens, closes in sorted(each)
    ]  # fmt: skip
    around = [*spans, *((day, begin + _WEEK, end + _WEEK) for day, begin, end in spans[:1])]
    for (_, _, end), (day, begin, _) in itertools.pairwise(around):
        if begin < end:
            return day
    return None


def _written(spans: Day) -> Any:
    lists = [list(span) for span in spans]
    return lists if len(lists) > 1 else lists[0] if lists else None


def _week(value: Any) -> tuple[Day, ...]:
    if not isinstance(value, list) or len(value) != 7:
        raise ValueError("week")
    return tuple(_day(item) for item in value)


def _day(value: Any) -> Day:
    if value is None:
        return ()
    several = isinstance(value, list) and bool(value) and isinstance(value[0], list)
    spans = value if several else [value]
    if len(spans) > MAX_SPANS:
        raise ValueError("week")
    return tuple(sorted(_span(span) for span in spans))


def _span(value: Any) -> Span:
    if not isinstance(value, list) or [type(minute) for minute in value] != [int, int]:
        raise ValueError("week")
    opens, closes = value
    if not (0 <= opens < MINUTES_A_DAY and 0 <= closes <= MINUTES_A_DAY):
        raise ValueError("week")
    return opens, closes


def _date(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("closed")
    return date.fromisoformat(value)
