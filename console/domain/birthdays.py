"""Which birthdays fall into a window of days.  Standard library only.

A window is resolved into days of both calendars, so that asking a database is looking a text
up: who was born on 29 February has her birthday on the 28th in other years, who was born on the
30th of a lunar month on its 29th when it has no more.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from console.domain.lunar import lunar_days
from console.domain.spans import This, month_of

MAX_AHEAD = 366
WINDOWS = ("week", "month", "next_month")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Ahead:
    """Today and so many days after it."""

    days: int


@dataclass(frozen=True, slots=True)
class Named:
    """``week`` or ``month`` that today lies in, or the ``next_month``."""

    name: str


@dataclass(frozen=True, slots=True)
class Dates:
    """From one day of the year to another, ``MM-DD``, perhaps over New Year."""

    first: str
    last: str


Window: TypeAlias = Ahead | Named | Dates
Calendar: TypeAlias = Literal["any", "solar", "lunar"]
CALENDARS: tuple[Calendar, ...] = ("any", "solar", "lunar")


def kept_between(window: Window, today: date) -> tuple[frozenset[str], frozenset[str]]:
    """Birthdays ``MM-DD`` kept in the window, of the solar and of the lunar calendar."""
    days = list(_days(window, today))
    solar = frozenset(text for day in days for text in solar_days(day))
    return solar, frozenset(text for day in days for text in lunar_days(day))


def days_until(birthday: str, today: date, within: int, *, lunar: bool) -> int | None:
    """In how many days a birthday ``MM-DD`` is kept, 0: today; ``None``: not ``within`` so many."""
    for ahead in range(within + 1):
        day = today + timedelta(days=ahead)
        if birthday in (lunar_days(day) if lunar else solar_days(day)):
            return ahead
    return None


def solar_days(day: date) -> tuple[str, ...]:
    """Birthdays ``MM-DD`` of the solar calendar that are kept on that day."""
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        return "02-28", "02-29"
    return (f"{day:%m-%d}",)


def _days(window: Window, today: date) -> Iterator[date]:
    first, last = _bounds(window, today)
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _bounds(window: Window, today: date) -> tuple[date, date]:
    if isinstance(window, Ahead):
        return today, today + timedelta(days=window.days)
    if isinstance(window, Named):
        if window.name == "week":
            return This("week").days(today)
        _, end = month_of(today)
        return month_of(end + timedelta(days=1) if window.name == "next_month" else today)
    return _next_dates(window, today)


def _next_dates(window: Dates, today: date) -> tuple[date, date]:
    """Of the years' windows the first that is not over."""
    over = window.last < window.first
    for year in (today.year - 1, today.year, today.year + 1):
        first, last = _in_year(window.first, year), _in_year(window.last, year + over)
        if last >= today:
            return first, last
    raise AssertionError("one of three years' windows ends after today")


def _in_year(text: str, year: int) -> date:
    leap = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    short = (leap.month, leap.day) == (2, 29) and not calendar.isleap(year)
    return leap.replace(year=year, day=28 if short else leap.day)
