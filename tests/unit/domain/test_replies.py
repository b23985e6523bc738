"""First replies against their definition, counted anew in another way."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.intervals import Doubt, Estimate, Interval, Rate, TooFew
from console.domain.replies import (
    EDGES,
    LATER,
    SOON,
    Replies,
    Waited,
    bar_of,
    first_replies,
    hour_of,
)

TEN = datetime(2026, 11, 16, 2, tzinfo=UTC)
"""Ten in the morning in Shanghai."""
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
FEW = TooFew(Doubt.TOO_RARE)
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
    found: dict[tuple[int | None, int], list[Waited]] = {}
    for each in waits:
        found.setdefault((each.staff_id, hour(each)), []).append(each)
    assert {place: (first_replies(some, NOW).soon, first_replies(some, NOW).later)
            for place, some in found.items()} == {
        (1, 10): (Rate(2, 4), Rate(3, 4)),
        (1, 11): (Rate(0, 1), Rate(1, 1)),
        (2, 10): (Rate(0, 1), Rate(1, 1)),
    }  # fmt: skip


def test_who_still_waits_is_late_once_the_time_is_over_and_not_counted_before() -> None:
    waits = [asked(6 * HOUR - wait, None) for wait in (30 * SECOND, MINUTE, 2 * MINUTE,
             5 * MINUTE, 6 * MINUTE)]  # fmt: skip
    assert first_replies(waits, NOW) == Replies(Rate(0, 3), Rate(0, 1), FEW, 1)


def test_what_was_done_with_in_five_minutes_needed_no_answer_and_later_it_is_late() -> None:
    waits = [closed(20 * SECOND), closed(2 * MINUTE), closed(6 * MINUTE), asked(MINUTE, SECOND)]
    assert first_replies(waits, NOW) == Replies(Rate(1, 2), Rate(1, 2), FEW, 1)


def test_of_nobody_there_is_no_median() -> None:
    nobody = TooFew(Doubt.NOBODY)
    assert first_replies([], NOW) == Replies(Rate(0, 0), Rate(0, 0), nobody, 0)


def test_the_median_stands_between_the_waits_that_hold_it_in_95_of_100_shops() -> None:
    waits = [asked(n * MINUTE, n * SECOND) for n in range(1, 21)]
    # The sixth smallest and the sixth largest of twenty: binomial tables.
    assert first_replies(waits, NOW).median == Estimate(10.5, Interval(6.0, 15.0))
    assert first_replies(waits[:6], NOW).median == Estimate(3.5, Interval(1.0, 6.0))
    assert first_replies(waits[:5], NOW).median == FEW


def test_the_medians_interval_holds_the_truth_in_about_95_of_100_shops() -> None:
    dice, held = random.Random(5), 0
    for _ in range(1_000):
        size = dice.randint(20, 60)
        found = first_replies(
            [asked(MINUTE, dice.expovariate(1 / 60) * SECOND) for _ in range(size)], NOW
        ).median
        held += isinstance(found, Estimate) and found.interval.holds(60 * log(2))
    assert 935 <= held <= 985  # ranks are whole: it holds a little more than it promises


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
    for limit, rate in ((SOON, first_replies(found, NOW).soon),
                        (LATER, first_replies(found, NOW).later)):  # fmt: skip
        good = late = 0
        for each in found:
            lasted = (each.ended_at or NOW) - each.asked_at
            if each.answered:
                good, late = good + (lasted <= limit), late + (lasted > limit)
            elif each.ended_at is not None:
                late += lasted > LATER
            else:
                late += lasted > limit
        assert rate == Rate(good, good + late)
    counted = Counter(bar_of(each, NOW) for each in found)
    assert sum(counted.values()) == len(found)
