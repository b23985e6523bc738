"""Who is checked in twice within two hours came once; birthdays that are near."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from console.domain.birthdays import Ahead, days_until, kept_between
from console.domain.visits import ONE_VISIT, UNDO_WITHIN, can_undo, same_visit

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
TIMES = st.integers(-600, 600).map(lambda n: NOON + timedelta(minutes=n))


@given(st.lists(TIMES, max_size=30))
def test_counted_visits_lie_two_hours_apart_in_whatever_order_they_arrive(
    times: list[datetime],
) -> None:
    counted: list[datetime] = []
    for at in times:
        if same_visit(at, counted) is None:
            counted.append(at)
    in_order = sorted(counted)
    assert all(b - a >= ONE_VISIT for a, b in pairwise(in_order))
    for at in times:
        assert any(abs(at - each) < ONE_VISIT for each in counted)


@given(TIMES, st.lists(TIMES, max_size=10))
def test_it_belongs_to_the_nearest(at: datetime, counted: list[datetime]) -> None:
    found = same_visit(at, counted)
    nearest = min((abs(each - at) for each in counted), default=ONE_VISIT)
    assert (found is None) == (nearest >= ONE_VISIT)
    assert found is None or abs(found - at) == nearest


def test_a_visit_is_taken_back_for_a_quarter_of_an_hour() -> None:
    assert can_undo(NOON, NOON + UNDO_WITHIN)
    assert not can_undo(NOON, NOON + UNDO_WITHIN + timedelta(milliseconds=1))


@given(st.dates(date(2020, 1, 1), date(2040, 12, 1)), st.integers(0, 14), st.booleans(),
       st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: f"{day:%m-%d}"))  # fmt: skip
def test_a_birthday_is_near_when_its_window_says_so(
    today: date, within: int, lunar: bool, birthday: str
) -> None:
    ahead = days_until(birthday, today, within, lunar=lunar)
    assert (ahead is not None) == (birthday in kept_between(Ahead(within), today)[lunar])
    if ahead:
        assert days_until(birthday, today, ahead - 1, lunar=lunar) is None
