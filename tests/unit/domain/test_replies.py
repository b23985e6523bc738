"""First replies against their definition, counted anew in another way."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.intervals import Rate
from console.domain.replies import (
    EDGES,
    LATER,
    SOON,
    Replies,
    Waited,
    bar_of,
    first_replies,
    grouped,
    hour_of,
)

TEN = datetime(2026, 11, 16, 2, tzinfo=UTC)
"""Ten in the morning in Shanghai."""
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NOW = TEN + 6 * HOUR


def asked(after: timedelta, wait: timedelta | None, staff: int | None = 1) -> Waited:
    """Asked so long after ten, answered so long after that."""
    at = TEN + after
    return Waited(at, None if wait is None else at + wait, wait is not None, staff)


def closed(wait: timedelta) -> Waited:
    """Done with after so long, without an answer."""
    return Waited(TEN, TEN + wait)


def test_first_replies_are_counted_by_clerk_and_hour_of_the_shop() -> None:
    waits = [
        asked(MINUTE, 20 * SECOND), asked(59 * MINUTE, MINUTE),
        asked(2 * MINUTE, MINUTE + timedelta(milliseconds=1)), asked(3 * MINUTE, 6 * MINUTE),
        asked(HOUR, 5 * MINUTE), asked(MINUTE, 2 * MINUTE, staff=2),
    ]  # fmt: skip
    hour = hour_of("Asia/Shanghai")
    found = grouped(waits, lambda each: (each.staff_id, hour(each)))
    assert {place: (first_replies(each, NOW).soon, first_replies(each, NOW).later)
            for place, each in found.items()} == {
        (1, 10): (Rate(2, 4), Rate(3, 4)),
        (1, 11): (Rate(0, 1), Rate(1, 1)),
        (2, 10): (Rate(0, 1), Rate(1, 1)),
    }  # fmt: skip


def test_who_still_waits_is_late_once_the_time_is_over_and_not_counted_before() -> None:
    waits = [asked(6 * HOUR - wait, None) for wait in (30 * SECOND, MINUTE, 2 * MINUTE,
             5 * MINUTE, 6 * MINUTE)]  # fmt: skip
    assert first_replies(waits, NOW) == Replies(Rate(0, 3), Rate(0, 1), 6 * MINUTE, 1)


def test_to_be_done_with_a_question_after_its_time_makes_it_no_less_late() -> None:
    waits = [closed(20 * SECOND), closed(2 * MINUTE), closed(6 * MINUTE), asked(MINUTE, SECOND)]
    assert first_replies(waits, NOW) == Replies(
        Rate(1, 3), Rate(1, 2), (6 * MINUTE + SECOND) / 2, 1
    )


def test_of_nobody_there_is_no_median() -> None:
    assert first_replies([], NOW) == Replies(Rate(0, 0), Rate(0, 0), None, 0)


@pytest.mark.parametrize(
    ("wait", "bar"),
    [(0 * SECOND, 0), (15 * SECOND, 0), (16 * SECOND, 1), (HOUR, 7), (HOUR + SECOND, len(EDGES))],
)
def test_a_bar_holds_its_end(wait: timedelta, bar: int) -> None:
    assert bar_of(asked(MINUTE, wait), NOW) == bar


waits = st.builds(
    lambda after, wait, answered: Waited(
        TEN + after * SECOND, None if wait is None else TEN + (after + wait) * SECOND,
        answered and wait is not None),
    st.integers(0, 5 * 3_600), st.none() | st.integers(0, 900), st.booleans())  # fmt: skip


@given(st.lists(waits, max_size=30))
def test_it_is_what_counting_by_hand_gives(found: list[Waited]) -> None:
    lasted = [((each.ended_at or NOW) - each.asked_at, each.answered) for each in found]
    for limit, rate in ((SOON, first_replies(found, NOW).soon),
                        (LATER, first_replies(found, NOW).later)):  # fmt: skip
        late = sum(time > limit for time, _ in lasted)
        good = sum(time <= limit and answered for time, answered in lasted)
        assert rate == Rate(good, good + late)
    counted = Counter(bar_of(each, NOW) for each in found)
    assert sum(counted.values()) == len(found)
