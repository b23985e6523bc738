"""Opening hours over weeks, midnights and changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.hours import Hours, overlapping, parse

SHANGHAI = "Asia/Shanghai"
BERLIN = "Europe/Berlin"
SHOP = Hours.daily(SHANGHAI, 600, 1290)
WEEKDAYS_ONLY = Hours(SHANGHAI, (((600, 1200),),) * 5 + ((), ()))


def at(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [("09:59", False), ("10:00", True), ("21:29", True), ("21:30", False), ("00:00", False)],
)
def test_a_shop_opens_and_closes_at_its_minutes(clock: str, is_open: bool) -> None:
    assert SHOP.is_open(at(SHANGHAI, f"2026-11-23T{clock}")) is is_open


def test_days_off_and_closed_dates_stay_shut() -> None:
    assert not WEEKDAYS_ONLY.is_open(at(SHANGHAI, "2026-11-28T12:00"))
    holiday = Hours(SHANGHAI, SHOP.week, frozenset({date(2026, 10, 1)}))
    assert not holiday.is_open(at(SHANGHAI, "2026-10-01T12:00"))
    assert holiday.next_open(at(SHANGHAI, "2026-09-30T22:00")) == at(SHANGHAI, "2026-10-02T10:00")


def test_friday_night_looks_at_monday() -> None:
    friday = at(SHANGHAI, "2026-11-27T20:00")
    assert WEEKDAYS_ONLY.next_open(friday) == at(SHANGHAI, "2026-11-30T10:00")


def test_a_bar_is_open_over_midnight_even_into_a_closed_date() -> None:
    bar = Hours("UTC", (((1080, 120),),) * 7, frozenset({date(2026, 1, 2)}))
    assert bar.is_open(datetime(2026, 1, 2, 1, 59, tzinfo=UTC))
    assert not bar.is_open(datetime(2026, 1, 2, 2, 0, tzinfo=UTC))
    assert not bar.is_open(datetime(2026, 1, 2, 19, 0, tzinfo=UTC))
    assert bar.next_open(datetime(2026, 1, 2, 2, 0, tzinfo=UTC)) == datetime(
        2026, 1, 3, 18, 0, tzinfo=UTC
    )


@pytest.mark.parametrize("span", [(0, 1440), (0, 0), (600, 600)])
def test_a_shop_may_never_close(span: tuple[int, int]) -> None:
    always = Hours(BERLIN, ((span,),) * 7)
    assert all(always.is_open(datetime(2026, 3, 28, tzinfo=UTC) + timedelta(minutes=7 * n))
               for n in range(500))  # fmt: skip


def test_a_shop_that_never_opens_says_so() -> None:
    never = Hours(SHANGHAI, ((),) * 7)
    assert never.next_open(at(SHANGHAI, "2026-11-23T12:00")) is None


def test_when_the_clock_changes_the_wall_decides() -> None:
    """29 March 2026 has no 02:30 in Berlin, 25 October has two."""
    night = Hours.daily(BERLIN, 90, 150)
    assert night.next_open(at(BERLIN, "2026-03-29T00:00")) == at(BERLIN, "2026-03-29T01:30")
    early = Hours.daily(BERLIN, 150, 600)
    assert early.next_open(at(BERLIN, "2026-03-29T00:00")) == at(BERLIN, "2026-03-29T03:30")
    late = Hours.daily(BERLIN, 60, 150)
    opens = at(BERLIN, "2026-10-25T01:00")
    assert all(late.is_open(opens + timedelta(minutes=n)) for n in range(150))
    assert not late.is_open(opens + timedelta(minutes=150))


# --- whatever the hours -------------------------------------------------------------------------

minutes = st.integers(0, 1439)
spans = st.lists(st.tuples(minutes, st.integers(0, 1440)), max_size=3).map(
    lambda day: tuple(sorted(day))
)
zones = st.sampled_from([SHANGHAI, BERLIN, "America/New_York", "Australia/Lord_Howe", "UTC"])
moments = st.integers(0, 365 * 1440).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
dates = st.dates(date(2026, 1, 1), date(2026, 12, 31))
hours_of_any = st.builds(
    Hours, zones, st.tuples(*[spans] * 7), st.frozensets(dates, max_size=20)
)  # fmt: skip


def open_by_the_wall(hours: Hours, moment: datetime) -> bool:
    """The same said anew: looking at the wall's clock, for zones that change no clock."""
    local = moment.astimezone(ZoneInfo(hours.timezone))
    minute = local.hour * 60 + local.minute
    for day, shift in ((local.date(), 0), (local.date() - timedelta(days=1), 1440)):
        for opens, closes in () if day in hours.closed else hours.week[day.weekday()]:
            end = closes if closes > opens else closes + 1440
            if opens <= minute + shift < end:
                return True
    return False


@given(hours_of_any, moments)
def test_the_wall_agrees_where_no_clock_changes(hours: Hours, moment: datetime) -> None:
    there = Hours(SHANGHAI, hours.week, hours.closed)
    assert there.is_open(moment) == open_by_the_wall(there, moment)


@given(hours_of_any, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: Hours, moment: datetime) -> None:
    found = hours.next_open(moment)
    if found is None:
        assert not any(hours.week)
        return
    assert found >= moment
    assert hours.is_open(found)
    assert (found == moment) == hours.is_open(moment)
    step = (found - moment) / 25
    assert not any(hours.is_open(moment + step * n) for n in range(25) if step)


@given(hours_of_any, moments, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_later_moment_never_opens_earlier(
    hours: Hours, moment: datetime, more: timedelta
) -> None:
    first, second = hours.next_open(moment), hours.next_open(moment + more)
    assert first is None or second is None or first <= second


# --- out of the setting -------------------------------------------------------------------------


def test_the_setting_is_read_and_nothing_falls_back() -> None:
    value = {"week": [[540, 1080]] * 5 + [None, [660, 120]], "closed": ["2027-02-17"]}
    found = Hours.read(value, SHOP)
    assert found.week[5:] == ((), ((660, 120),))
    assert found.closed == {date(2027, 2, 17)}
    assert Hours.read(None, SHOP) == SHOP
    assert Hours.read({}, SHOP) == SHOP
    assert Hours.read({"closed": ["2027-02-17"]}, SHOP).week == SHOP.week


@given(hours_of_any)
def test_what_is_written_is_read_again(hours: Hours) -> None:
    assert parse(hours.value(), Hours.daily(hours.timezone, 0, 0)) == hours


def test_a_day_with_a_pause_is_open_before_and_after_it() -> None:
    value = {"week": [[[1020, 1320], [600, 840]]] * 6 + [None]}
    shop = parse(value, SHOP)
    assert shop.week[0] == ((600, 840), (1020, 1320))
    assert shop.is_open(at(SHANGHAI, "2026-11-23T13:59"))
    assert not shop.is_open(at(SHANGHAI, "2026-11-23T14:00"))
    assert shop.next_open(at(SHANGHAI, "2026-11-23T14:00")) == at(SHANGHAI, "2026-11-23T17:00")


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ((((600, 840), (1020, 1320)),) * 7, None),
        ((((600, 840), (800, 1320)), *[()] * 6), 0),
        (((), ((1080, 120),), ((60, 600),), *[()] * 4), 2),
        ((((60, 600),), *[()] * 5, ((1080, 120),)), 0),
        ((((0, 0),),) * 7, None),
    ],
)
def test_a_span_that_begins_before_another_ended_is_found(week: Any, day: int | None) -> None:
    assert overlapping(week) == day


@pytest.mark.parametrize(
    "value",
    [
        [], "10-21", {"week": []}, {"week": [[1]] * 7}, {"week": [[0, 1441]] * 7},
        {"week": [[-1, 5]] * 7}, {"week": [[True, 5]] * 7}, {"week": ["10"] * 7},
        {"closed": "2027-02-17"}, {"closed": ["soon"]}, {"closed": [5]},
        {"closed": ["2027-02-17"] * 401}, {"week": [[[600, 700]] * 5] * 7},
        {"week": [[[600, 700], [800]]] * 7}, {"week": [[]] * 7},
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_read_as_the_shops_daily_hours(value: Any) -> None:
    with pytest.raises(ValueError, match=r"hours|week|closed|Invalid isoformat"):
        parse(value, SHOP)
    assert Hours.read(value, SHOP) == SHOP
