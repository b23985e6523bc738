"""When members look, on the shop's clock, and which hours really differ."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.heat_map import (
    Advice,
    HeatCell,
    HeatMap,
    every_day,
    heat_map,
    send_time_advice,
    unprompted,
)
from console.domain.intervals import Doubt, Estimate, TooFew, counted
from console.domain.statistics import Notice

MONDAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 29)
SHANGHAI, BERLIN, LORD_HOWE = "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def local(day: date, hour: int, minute: int = 0, zone: str = SHANGHAI, fold: int = 0) -> datetime:
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone), fold=fold)
    return at.astimezone(UTC)


def read(at: datetime, member: int = 1, campaign: int = 1, after: timedelta = HOUR) -> Notice:
    return Notice(campaign, member, at - after, None, at)


def cell(found: HeatMap, weekday: int | None, hour: int) -> HeatCell:
    return next(each for each in found.cells if (each.weekday, each.hour) == (weekday, hour))


# --- cells --------------------------------------------------------------------------------------


def test_a_reader_is_counted_on_the_shops_weekday_and_hour() -> None:
    found = heat_map([read(datetime(2026, 11, 2, 16, 30, tzinfo=UTC))], MONDAY, SUNDAY, SHANGHAI)
    assert [each for each in found.cells if each.readers] == [HeatCell(1, 0, 1, 16)]
    assert [(each.weekday, each.hour) for each in found.cells] == [
        (day, hour) for day in range(7) for hour in range(24)
    ]


def test_who_reads_three_notices_in_one_hour_is_one_reader() -> None:
    notices = [read(local(MONDAY, 10, minute), campaign=minute) for minute in (1, 2, 59)]
    notices += [read(local(MONDAY, 10), member=2), read(local(MONDAY + timedelta(7), 10))]
    assert cell(heat_map(notices, MONDAY, SUNDAY, SHANGHAI), 0, 10).readers == 3


def test_reads_outside_the_days_asked_for_are_left_out() -> None:
    before, after = local(MONDAY, 0) - MINUTE, local(SUNDAY, 23, 59) + MINUTE
    found = heat_map([read(before), read(after), Notice(1, 1)], MONDAY, SUNDAY, SHANGHAI)
    assert not any(each.readers for each in found.cells)


def test_five_mondays_and_four_tuesdays_compare_by_the_hour() -> None:
    notices = [read(local(MONDAY + timedelta(number), 10)) for number in range(29)]
    found = heat_map(notices, MONDAY, MONDAY + timedelta(28), SHANGHAI)
    monday, tuesday = cell(found, 0, 10), cell(found, 1, 10)
    assert (monday.readers, tuesday.readers) == (5, 4)
    assert monday.rate == tuesday.rate == 1


@pytest.mark.parametrize(
    ("zone", "day", "hour", "quarters"),
    [
        (BERLIN, date(2026, 10, 25), 2, 8),  # comes twice
        (BERLIN, date(2026, 3, 29), 2, 0),  # is left out
        (BERLIN, date(2026, 3, 29), 3, 4),
        (LORD_HOWE, date(2026, 4, 5), 1, 6),  # half of it comes twice
        (LORD_HOWE, date(2026, 10, 4), 2, 2),  # half of it is left out
        ("America/Havana", date(2026, 11, 1), 0, 8),  # midnight comes twice
        ("America/Santiago", date(2026, 9, 6), 0, 0),  # midnight is left out
    ],
)
def test_hours_are_as_long_as_the_clock_makes_them(
    zone: str, day: date, hour: int, quarters: int
) -> None:
    found = heat_map([], day, day, zone)
    assert cell(found, day.weekday(), hour).quarters == quarters
    begin, end = (datetime(each.year, each.month, each.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
                  for each in (day, day + timedelta(1)))  # fmt: skip
    assert sum(each.quarters for each in found.cells) == (end - begin) / timedelta(minutes=15)


def test_both_runs_of_an_hour_that_comes_twice_are_counted_in_it() -> None:
    day = date(2026, 10, 25)
    notices = [read(local(day, 2, 30, BERLIN, fold), member=fold) for fold in (0, 1)]
    assert len({each.read_at for each in notices}) == 2
    found = cell(heat_map(notices, day, day, BERLIN), 6, 2)
    assert (found.readers, found.rate) == (2, 1)


@given(
    reads=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 35 * 24 * 12)), max_size=40),
    zone=st.sampled_from([SHANGHAI, BERLIN, LORD_HOWE, "Asia/Kathmandu", "America/New_York"]),
    days=st.integers(0, 30),
)
def test_a_recount_reader_by_reader_finds_the_same(
    reads: list[tuple[int, int]], zone: str, days: int
) -> None:
    first = date(2026, 10, 12)
    notices = [read(datetime(2026, 10, 11, tzinfo=UTC) + place * 5 * MINUTE, member)
               for member, place in reads]  # fmt: skip
    found = heat_map(notices, first, first + timedelta(days), zone)
    seen = {f"{each.member_id} {each.read_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %w %H}"
            for each in notices if each.read_at}  # fmt: skip
    last = first + timedelta(days)
    inside = [text.split() for text in seen if f"{first}" <= text.split()[1] <= f"{last}"]
    recount = Counter(((int(day) - 1) % 7, int(hour)) for _, _, day, hour in inside)
    assert {(each.weekday, each.hour): each.readers
            for each in found.cells if each.readers} == recount  # fmt: skip
    together = every_day(found)
    assert [each.readers for each in together.cells] == [
        sum(number for (_, hour), number in recount.items() if hour == wanted)
        for wanted in range(24)
    ]
    assert found.spread >= 1


# --- uncertainty --------------------------------------------------------------------------------


def test_a_cell_tells_readers_an_hour_with_their_interval_or_that_there_are_too_few() -> None:
    found = HeatMap((), 2.0)
    told = found.tell(HeatCell(0, 10, 20, 16))
    assert told == Estimate(5.0, counted(20, 2.0).scaled(1 / 4))
    assert found.tell(HeatCell(0, 10, 4, 16)) == TooFew(Doubt.TOO_RARE)
    assert found.tell(HeatCell(0, 2, 0, 0)) == TooFew(Doubt.NOBODY)


def test_weeks_that_differ_make_every_cell_less_certain() -> None:
    steady = [read(local(MONDAY + timedelta(7 * week), 10), member)
              for week in range(4) for member in range(10)]  # fmt: skip
    bursts = [read(local(MONDAY, 10), member) for member in range(40)]
    even, uneven = (heat_map(notices, MONDAY, SUNDAY, SHANGHAI) for notices in (steady, bursts))
    assert cell(even, 0, 10) == cell(uneven, 0, 10)
    assert even.spread == 1
    # Three hours of the four 10 below their mean of 10, one 30 above: 1,200 ÷ 10 ÷ 3.
    assert uneven.spread == pytest.approx(40)


def test_members_who_look_independently_spread_by_about_one() -> None:
    chance = random.Random(7)
    notices = [read(local(MONDAY, 0) + chance.random() * timedelta(28), member)
               for member in range(8_000)]  # fmt: skip
    assert heat_map(notices, MONDAY, SUNDAY, SHANGHAI).spread < 1.15


# --- when to send -------------------------------------------------------------------------------


def flat(readers: dict[int, int], quarters: int = 16, spread: float = 1.0) -> HeatMap:
    """24 hours of a Monday with so many readers."""
    cells = tuple(HeatCell(0, hour, readers.get(hour, 0), quarters) for hour in range(24))
    return HeatMap(cells, spread)


def hours(cells: tuple[HeatCell, ...]) -> list[int]:
    return [each.hour for each in cells]


def test_only_hours_behind_by_more_than_chance_are_worse() -> None:
    counts = dict.fromkeys(range(9, 22), 20) | {10: 100, 11: 85, 20: 55, 3: 900}
    advice = send_time_advice(flat(counts))
    assert isinstance(advice, Advice)
    assert advice.best == HeatCell(0, 10, 100, 16)
    assert hours(advice.as_good) == [10, 11]
    # 55 beside 100 is 3.6 standard deviations; 2.6 rule it out among 13 hours.
    assert hours(advice.worse) == [9, *range(12, 22)]


def test_where_counts_are_unsteady_fewer_hours_are_ruled_out() -> None:
    counts = dict.fromkeys(range(9, 22), 20) | {10: 100, 20: 55}
    advice = send_time_advice(flat(counts, spread=3.0))
    assert isinstance(advice, Advice)
    assert hours(advice.as_good) == [10, 20]


def test_hours_in_which_marketing_waits_are_not_advised() -> None:
    advice = send_time_advice(flat(dict.fromkeys(range(24), 9)))
    assert isinstance(advice, Advice)
    assert hours(advice.as_good) == list(range(9, 22))
    assert advice.worse == ()


def test_too_little_reading_gives_no_advice() -> None:
    assert send_time_advice(flat({10: 4})) == TooFew(Doubt.TOO_RARE)
    assert send_time_advice(flat({}, quarters=0)) == TooFew(Doubt.NOBODY)


def test_a_cell_watched_half_as_long_is_compared_by_the_hour() -> None:
    cells = (HeatCell(0, 10, 60, 16), HeatCell(1, 10, 30, 8), HeatCell(2, 10, 30, 16))
    advice = send_time_advice(HeatMap(cells, 1.0))
    assert isinstance(advice, Advice)
    assert advice.worse == cells[2:]


def test_what_is_read_right_after_sending_does_not_count_for_advice() -> None:
    at = local(MONDAY, 10)
    late = read(at, after=HOUR + MINUTE)
    assert unprompted([read(at), Notice(1, 2), replace(late, member_id=3), late]) == [
        replace(late, member_id=3), late,
    ]  # fmt: skip


def test_the_truly_best_hour_is_kept_in_95_of_100_shops_and_bad_ones_are_not() -> None:
    chance = random.Random(1956)
    kept = dropped = 0
    shops = 200
    for _ in range(shops):
        counts = Counter(chance.choices([11, *range(9, 22), 15], [3, *[10] * 6, 3, *[10] * 7],
                                        k=400))  # fmt: skip
        advice = send_time_advice(flat(counts))
        assert isinstance(advice, Advice)
        kept += 11 in hours(advice.as_good)
        dropped += 15 not in hours(advice.as_good)
    assert kept >= 0.95 * shops
    assert dropped > 0
