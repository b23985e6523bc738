"""Spans of days and windows of birthdays, in both calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.domain.birthdays import Ahead, Dates, Named, kept_between
from console.domain.lunar import lunar_days
from console.domain.spans import Ago, Span, This, inside, moments

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


def test_twelve_months_ago_is_the_same_day_of_last_year() -> None:
    assert Span(Ago(12, "month")).days(date(2026, 11, 28)) == (date(2025, 11, 28), None)


def test_a_month_without_that_day_has_its_last_day_instead() -> None:
    assert Ago(1, "month").on(date(2026, 3, 31)) == date(2026, 2, 28)
    assert Ago(1, "year").on(date(2024, 2, 29)) == date(2023, 2, 28)


def test_counting_back_a_thousand_years_ends_somewhere() -> None:
    for unit in ("day", "week", "month", "year"):
        first, _ = moments(Span(Ago(1_000, unit)), date(2026, 3, 31), SHANGHAI)
        assert first is not None


def test_this_week_begins_on_monday() -> None:
    assert This("week").days(date(2026, 11, 29)) == (date(2026, 11, 23), date(2026, 11, 29))
    assert This("month").days(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert This("year").days(date(2026, 5, 1)) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_day_begins_at_the_shops_midnight_and_its_end_is_not_in_it() -> None:
    day = date(2026, 3, 1)
    begin, end = moments(Span(day, day), date(2026, 3, 31), SHANGHAI)
    assert begin == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert begin is not None
    assert end is not None
    assert inside(begin, (begin, end))
    assert not inside(end, (begin, end))
    assert not inside(begin - timedelta(milliseconds=1), (begin, end))
    assert not inside(None, (None, None))


def test_the_day_the_clock_goes_forward_has_23_hours() -> None:
    day = date(2026, 3, 8)
    begin, end = moments(Span(day, day), day, NEW_YORK)
    assert begin is not None
    assert end is not None
    assert end - begin == timedelta(hours=23)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2026, 2, 17), ("01-01",)),  # Spring Festival
        (date(2026, 6, 19), ("05-05",)),  # Dragon Boat
        (date(2026, 9, 25), ("08-15",)),  # Mid-Autumn
        (date(2025, 1, 28), ("12-29", "12-30")),  # the eve, in a month of 29 days
        (date(2025, 7, 24), ("06-30",)),
        (date(2025, 7, 25), ()),  # the leap sixth month
        (date(2033, 12, 22), ()),  # the leap eleventh month, the hardest case there is
        (date(2057, 9, 29), ("09-01",)),  # where older tables are a day off
        (date(1999, 12, 31), ()),
        (date(2101, 6, 1), ()),
    ],
)
def test_lunar_birthdays_are_kept_on_the_right_day(day: date, kept: tuple[str, ...]) -> None:
    assert lunar_days(day) == kept


def test_every_lunar_birthday_is_kept_once_in_each_lunar_year() -> None:
    day, seen = date(2000, 2, 5), list[str]()
    while day < date(2100, 2, 9):
        seen += lunar_days(day)
        day += timedelta(days=1)
    assert len(seen) == 100 * 12 * 30
    assert {seen.count(text) for text in set(seen)} == {100}


def test_who_was_born_on_29_february_is_not_left_out_in_other_years() -> None:
    assert kept_between(Ahead(0), date(2026, 2, 28))[0] == {"02-28", "02-29"}
    assert kept_between(Ahead(0), date(2024, 2, 28))[0] == {"02-28"}
    assert kept_between(Ahead(0), date(2024, 2, 29))[0] == {"02-29"}


def test_a_window_may_go_over_new_year() -> None:
    solar, lunar = kept_between(Ahead(7), date(2026, 12, 28))
    assert {"12-28", "12-31", "01-01", "01-04"} <= solar
    assert "01-05" not in solar
    assert len(solar) == 8
    assert len(lunar) == 8


def test_named_windows_are_calendar_weeks_and_months() -> None:
    assert len(kept_between(Named("week"), date(2026, 11, 28))[0]) == 7
    solar, _ = kept_between(Named("month"), date(2026, 2, 10))
    assert {text[:2] for text in solar} == {"02"}
    assert "02-29" in solar
    assert "12-01" in kept_between(Named("next_month"), date(2026, 11, 30))[0]
    assert "01-31" in kept_between(Named("next_month"), date(2026, 12, 30))[0]


def test_dates_mean_the_first_such_days_that_are_not_over() -> None:
    winter = Dates("12-20", "01-10")
    solar, lunar = kept_between(winter, date(2026, 1, 5))
    assert {"12-20", "01-10"} <= solar
    assert "01-11" not in solar
    assert "11-01" in lunar  # 20 December 2025; a year later it would be 11-12 on that day
    assert "11-01" not in kept_between(winter, date(2026, 1, 11))[1]
    assert kept_between(Dates("02-29", "02-29"), date(2026, 3, 1))[0] == {"02-28", "02-29"}
