"""Opening hours in words: a span, a day, a week in as few words as it takes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from console.ui import phrases
from console.ui.i18n import language, translate

Span = tuple[int, int]
"""Minutes after midnight: opens, closes."""
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ZH = "一二三四五六日"


def weekday(number: int, *, short: bool = False) -> str:
    """``周一`` / ``Monday`` or ``Mon``; 0 is Monday."""
    if language() == "zh":
        return f"周{_ZH[number]}"
    return (_SHORT if short else _LONG)[number]


def day(spans: Sequence[Span]) -> str:
    """``10:00–14:00, 17:00–22:00``, or that it is a day off."""
    if not spans:
        return translate("Hours", "closed")
    return translate("Hours", ", ").join(phrases.hours(opens, closes) for opens, closes in spans)


def week(days: Sequence[Sequence[Span]]) -> str:
    """``10:00–21:30`` when every day is the same, else days that follow each other together."""
    grouped = itertools.groupby(range(len(days)), lambda number: days[number])
    groups = [(spans, list(numbers)) for spans, numbers in grouped]
    if len(groups) == 1:
        return day(groups[0][0])
    return " · ".join(f"{_names(numbers)} {day(spans)}" for spans, numbers in groups)


def _names(numbers: Sequence[int]) -> str:
    first, last = weekday(numbers[0], short=True), weekday(numbers[-1], short=True)
    return first if len(numbers) == 1 else f"{first}–{last}"
