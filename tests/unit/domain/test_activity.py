"""Asleep, waking, active: from one moment to the next, and a whole shop over time."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.activity import (
    Activity,
    ActivityCounts,
    Life,
    activity_at,
    activity_over_time,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY, BLINK = timedelta(days=1), timedelta(milliseconds=1)
ASLEEP, WAKING, ACTIVE = Activity.ASLEEP, Activity.WAKING, Activity.ACTIVE

days = st.integers(0, 500)
signs = st.lists(days, max_size=12)


def at(day: float) -> datetime:
    return START + day * DAY


@pytest.mark.parametrize(
    ("seen", "moment", "found"),
    [
        ([], at(10), ASLEEP),
        ([10], at(10) - BLINK, ASLEEP),
        ([10], at(10), WAKING),
        ([10], at(100), WAKING),
        ([10], at(100) + BLINK, ASLEEP),
        ([10, 39], at(50), WAKING),
        ([10, 40], at(40), ACTIVE),
        ([10, 40], at(40) - BLINK, WAKING),
        ([10, 40], at(130), ACTIVE),
        ([10, 40], at(130) + BLINK, ASLEEP),
        ([10, 100], at(100), ACTIVE),
        ([10, 40, 131], at(131), WAKING),
        ([10, 40, 131, 161], at(161), ACTIVE),
    ],
)
def test_she_wakes_stays_and_falls_asleep(
    seen: list[int], moment: datetime, found: Activity
) -> None:
    assert activity_at([at(day) for day in reversed(seen)], moment) is found


def recount(seen: list[int], day: int) -> Activity:
    """Back from the last sign, one by one, for as long as the next one is near."""
    past = sorted((each for each in seen if each <= day), reverse=True)
    if not past or day - past[0] > 90:
        return ASLEEP
    first = past[0]
    for each in past:
        if first - each > 90:
            break
        first = each
    return ACTIVE if past[0] - first >= 30 else WAKING


@given(seen=signs, day=days)
def test_a_recount_backwards_finds_the_same(seen: list[int], day: int) -> None:
    assert activity_at([at(each) for each in seen], at(day)) is recount(seen, day)


@given(seen=signs, day=days, later=st.lists(st.integers(501, 900)))
def test_what_happens_later_never_changes_what_she_was(
    seen: list[int], day: int, later: list[int]
) -> None:
    known, all_ = ([at(each) for each in found] for found in (seen, [*seen, *later]))
    assert activity_at(known, at(day)) is activity_at(all_, at(day))


@given(seen=signs)
def test_from_active_she_goes_to_sleep_and_never_back_to_waking(seen: list[int]) -> None:
    # A sleep may last for a blink: it is looked for right before each sign.
    moments = sorted(
        {*map(at, range(0, 600, 5)), *map(at, seen), *(at(day) - BLINK for day in seen)}
    )
    course = [activity_at([at(each) for each in seen], moment) for moment in moments]
    steps = set(itertools.pairwise(course))
    assert (ACTIVE, WAKING) not in steps
    assert (ASLEEP, ACTIVE) not in steps


@given(lives=st.lists(st.tuples(days, signs), max_size=8), moments=st.lists(days, max_size=5))
def test_at_every_moment_the_three_add_up_to_those_known(
    lives: list[tuple[int, list[int]]], moments: list[int]
) -> None:
    members = [Life(at(since), [at(each) for each in seen]) for since, seen in lives]
    found = activity_over_time(members, [at(each) for each in moments])
    for counts, day in zip(found, moments, strict=True):
        known = [recount(seen, day) for since, seen in lives if since <= day]
        assert counts == ActivityCounts(at(day), *(known.count(each) for each in Activity))
