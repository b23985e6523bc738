"""When a clothing shop in China is busy: weekdays, seasons, holidays, hours of the day."""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import accumulate

SHOP_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
OPENS, CLOSES = time(10, 0), time(21, 30)

_NEW_YEARS = {
    2022: (2, 1),
    2023: (1, 22),
    2024: (2, 10),
    2025: (1, 29),
    2026: (2, 17),
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
    2031: (1, 23),
    2032: (2, 11),
    2033: (1, 31),
    2034: (2, 19),
    2035: (2, 8),
}
_WEEKDAY = (0.72, 0.74, 0.80, 0.86, 1.15, 1.75, 1.60)
_MONTH = (1.05, 0.80, 1.05, 1.05, 1.10, 0.95, 0.85, 0.85, 1.05, 1.15, 1.25, 1.15)
_SEASONS = {
    12: "winter",
    1: "winter",
    2: "winter",
    3: "spring",
    4: "spring",
    5: "spring",
    6: "summer",
    7: "summer",
    8: "summer",
    9: "autumn",
    10: "autumn",
    11: "autumn",
}
_SELLS = {  # category to the seasons it sells in; what is missing sells all year
    "trench": "spring autumn",
    "coat": "winter autumn",
    "down": "winter",
    "jacket": "spring autumn",
    "suit": "spring autumn",
    "cardigan": "spring autumn",
    "knit": "autumn winter",
    "hoodie": "autumn spring",
    "shirt": "spring summer",
    "polo": "summer",
    "tee": "summer",
    "top": "summer",
    "dress": "summer spring",
    "skirt": "summer spring",
    "shorts": "summer",
}
_HOUR = {10: 5, 11: 8, 12: 11, 13: 9, 14: 10, 15: 12, 16: 11, 17: 10, 18: 12, 19: 15, 20: 13, 21: 4}
_HOURS = tuple(_HOUR)
_HOUR_WEIGHTS = tuple(accumulate(_HOUR.values()))


def season(month: int) -> str:
    """spring, summer, autumn or winter."""
    return _SEASONS[month]


def in_season(category: str, month: int) -> bool | None:
    """Whether a category sells now; None for what sells all year."""
    seasons = _SELLS.get(category)
    return None if seasons is None else season(month) in seasons.split()


def new_year(year: int) -> date:
    """First day of the Chinese year, as far as the table goes; about 5 February beyond."""
    month, day = _NEW_YEARS.get(year, (2, 5))
    return date(year, month, day)


def is_open(day: date) -> bool:
    """The shop rests from New Year's Eve to the third day of the Chinese year."""
    return not -1 <= (day - new_year(day.year)).days <= 2


def busyness(day: date) -> float:
    """How many people come that day, 1 being ordinary."""
    if not is_open(day):
        return 0.0
    weight = _WEEKDAY[day.weekday()] * _MONTH[day.month - 1]
    from_new_year = (day - new_year(day.year)).days
    if -16 <= from_new_year < -1:
        weight *= 1.55
    elif 2 < from_new_year <= 18:
        weight *= 0.45
    if day.month == 11 and 8 <= day.day <= 11:
        weight *= 2.6
    elif day.month == 11 and 3 <= day.day < 8:
        weight *= 0.8  # everybody waits for the offer
    if (day.month, day.day) in ((5, 1), (5, 2), (5, 3)) or (day.month == 10 and day.day <= 7):
        weight *= 1.5
    return weight


def opening_time(dice: random.Random) -> time:
    """A moment within opening hours, with the rush at noon and after work."""
    hour = dice.choices(_HOURS, cum_weights=_HOUR_WEIGHTS)[0]
    return time(hour, dice.randrange(30 if hour == CLOSES.hour else 60), dice.randrange(60))


def next_opening(dice: random.Random, at: datetime) -> datetime:
    """``at`` itself within opening hours, otherwise shortly after the doors open again."""
    local = at.astimezone(SHOP_ZONE)
    if OPENS <= local.time() < CLOSES:
        return at
    day = local.date() + timedelta(days=1 if local.time() >= CLOSES else 0)
    return moment(day, time(OPENS.hour, dice.randrange(2, 14), dice.randrange(60)))


def moment(day: date, at: time) -> datetime:
    """A moment on the shop's clock, in UTC."""
    return datetime.combine(day, at, SHOP_ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days to draw from, busy ones more often."""

    first: date
    totals: tuple[float, ...]

    @classmethod
    def between(cls, first: date, last: date) -> Calendar:
        """Every day from first to last, both included."""
        days = (last - first).days + 1
        return cls(
            first,
            tuple(accumulate(busyness(first + timedelta(days=offset)) for offset in range(days))),
        )

    def weight(self, since: date, until: date) -> float:
        """The ordinary days' worth of business between two dates, both included."""
        low, high = self._bounds(since, until)
        return high - low

    def draw(self, dice: random.Random, since: date, until: date) -> date:
        """A day between two dates, both included, busy ones more likely."""
        low, high = self._bounds(since, until)
        at = bisect(self.totals, low + dice.random() * (high - low))
        return self.first + timedelta(days=min(at, len(self.totals) - 1))

    def _bounds(self, since: date, until: date) -> tuple[float, float]:
        start = max(0, (since - self.first).days)
        end = min(len(self.totals) - 1, (until - self.first).days)
        if end < start:
            return 0.0, 0.0
        return (self.totals[start - 1] if start else 0.0), self.totals[end]
