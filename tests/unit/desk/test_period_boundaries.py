"""Periods at the very moment in which one begins, and where clocks are set: a shop with nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.desk.insight_facts import Moment, facts_of
from console.desk.insight_making import looks, made, watched
from console.domain import periods, spans
from console.domain.intervals import TooFew
from console.domain.periods import Period
from console.store import driver, replica_rollups, replica_tables

MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)
DAYS = {
    "Asia/Shanghai": (date(2026, 11, 30), date(2026, 10, 1), date(2024, 2, 29)),
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)),
    "America/Santiago": (date(2026, 9, 6), date(2026, 4, 5), date(2026, 4, 6)),
}
"""Mondays, first days of a quarter, and days on which clocks are set, at midnight in Chile."""


@pytest.fixture(scope="module")
def nothing() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    yield db
    db.close()


@pytest.mark.parametrize("timezone", DAYS)
@pytest.mark.parametrize("period", Period)
def test_a_period_is_told_from_its_first_moment_on(
    nothing: driver.Connection, period: Period, timezone: str
) -> None:
    for day in DAYS[timezone]:
        for hours in (0, 1, 2, 3):
            for moments in (-1, 0, 1):
                now = spans.midnight(day, ZoneInfo(timezone))
                now += timedelta(hours=hours) + moments * MOMENT
                moment = Moment(period=period, at=now, shop_id=1, timezone=timezone)
                figures = made(facts_of(nothing, moment), moment)
                assert figures.first <= figures.last
                assert figures.visits.first <= figures.visits.last
                assert isinstance(figures.visits.comparison.rise, TooFew)
                assert moment.now.end == now
                assert moment.before.end <= moment.now.begin + DAY
                days = watched(now, timezone)
                found = looks(replica_rollups.hours(nothing, 1, *days), days, timezone)
                assert not any(cell.readers for cell in found.heat.cells)


def test_a_week_that_begins_now_is_of_one_day_and_the_one_before_has_no_time_either() -> None:
    monday = spans.midnight(date(2026, 11, 30), ZoneInfo("Asia/Shanghai"))
    now, before = (periods.stretch(Period.WEEK, monday, "Asia/Shanghai", back) for back in (0, 1))
    assert (now.end - now.begin, before.end - before.begin) == (timedelta(), timedelta())
    assert now.begin - before.begin == 7 * DAY
    assert periods.days(now, "Asia/Shanghai") == (date(2026, 11, 30), date(2026, 11, 30))
    assert now.lasted == MOMENT
