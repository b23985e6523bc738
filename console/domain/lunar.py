"""The Chinese lunar calendar of the years 2000 to 2100.  Standard library only.

The table holds what astronomers reckoned; each year is one number: bits 0–12 say which of its
months have 30 days, bits 13–16 which month is followed by a leap month of the same number, the
rest how many days after 1 January it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

FIRST_YEAR, LAST_YEAR = 2000, 2100
# fmt: off
_YEARS = (
    0x460693, 0x2e952b, 0x54052b, 0x3e0a5b, 0x2a555a, 0x4e056a, 0x38fb55, 0x600ba4, 0x4a0b49,
    0x32ba93, 0x580a95, 0x42052d, 0x2c8aad, 0x500ab5, 0x3d35aa, 0x6205d2, 0x4c0da5, 0x36dd4a,
    0x5c0d4a, 0x460c95, 0x30952e, 0x540556, 0x3e0ab5, 0x2a55b2, 0x5006d2, 0x38cea5, 0x5e0725,
    0x48064b, 0x32ac97, 0x560cab, 0x42055a, 0x2c6ad6, 0x520b69, 0x3d7752, 0x620b52, 0x4c0b25,
    0x36da4b, 0x5a0a4b, 0x4404ab, 0x2ea55b, 0x5405ad, 0x3e0b6a, 0x2a5b52, 0x500d92, 0x3afd25,
    0x5e0d25, 0x480a55, 0x32b4ad, 0x5804b6, 0x4005b5, 0x2c6daa, 0x520ec9, 0x3f1e92, 0x620e92,
    0x4c0d26, 0x36ca56, 0x5a0a57, 0x4404d6, 0x2e86d5, 0x540755, 0x400749, 0x286e93, 0x4e0693,
    0x38f52b, 0x5e052b, 0x460a5b, 0x32b55a, 0x58056a, 0x420b65, 0x2c974a, 0x520b4a, 0x3d1a95,
    0x620a95, 0x4a052d, 0x34caad, 0x5a0ab5, 0x4605aa, 0x2e8ba5, 0x540da5, 0x400d4a, 0x2a7c95,
    0x4e0c96, 0x38f94e, 0x5e0556, 0x480ab5, 0x32b5b2, 0x5806d2, 0x420ea5, 0x2e8e4a, 0x50068b,
    0x3b0c97, 0x6004ab, 0x4a055b, 0x34cad6, 0x5a0b6a, 0x460752, 0x309725, 0x540b45, 0x3e0a8b,
    0x28549b, 0x4e04ab,
)
# fmt: on


def lunar_days(day: date) -> tuple[str, ...]:
    """Birthdays ``MM-DD`` of the lunar calendar that are kept on that day.

    None in a leap month: a birthday is kept in the month before it.  On the last day of a
    month of 29 days also the 30th.  None at all outside the table.
    """
    for year in (day.year, day.year - 1):
        found = _days_of(year).get(day)
        if found is not None:
            return found
    return ()


@cache
def _days_of(year: int) -> dict[date, tuple[str, ...]]:
    """Each day of a lunar year and the birthdays that are kept on it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    days: dict[date, tuple[str, ...]] = {}
    day = date(year, 1, 1) + timedelta(days=_YEARS[year - FIRST_YEAR] >> 17)
    for month, length, leap in _months(year):
        for number in range(1, length + 1):
            kept = (number,) if number < length or length == 30 else (number, 30)
            days[day] = () if leap else tuple(f"{month:02}-{each:02}" for each in kept)
            day += timedelta(days=1)
    return days


def _months(year: int) -> Iterator[tuple[int, int, bool]]:
    """Each month's number, its length, and whether it is the leap one."""
    code = _YEARS[year - FIRST_YEAR]
    leap = code >> 13 & 0xF
    months = [(month, False) for month in range(1, 13)]
    if leap:
        months.insert(leap, (leap, True))
    for place, (month, second) in enumerate(months):
        yield month, 30 if code >> place & 1 else 29, second
