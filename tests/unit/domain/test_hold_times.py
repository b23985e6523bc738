"""How long units may be kept, when a member is told, and how a hold moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import holds
from console.domain.campaigns import is_quiet
from console.domain.holds import State

ZONE = "Asia/Shanghai"
HOUR = timedelta(hours=1)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))
lengths = st.integers(15, 30 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
zones = st.sampled_from([ZONE, "Europe/Berlin", "America/New_York"])


def there(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the shop's clock in November."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - 8 * HOUR


@pytest.mark.parametrize(
    ("kept", "until", "told"),
    [
        (there(2, 15), there(4, 15), there(4, 12)),
        (there(2, 10), there(2, 15), None),  # short: she has only just been told
        (there(2, 15), there(4, 10), there(3, 20, 30)),  # it would be 07:00: the evening before
        (there(2, 22), there(3, 11), there(3, 9)),  # that evening is over: in the morning
        (there(2, 22), there(3, 9), None),  # nor is there a morning before it ends
    ],
)
def test_she_is_reminded_some_hours_before_but_by_day(
    kept: datetime, until: datetime, told: datetime | None
) -> None:
    assert holds.remind_at(kept, until, ZONE) == told


@given(moments, lengths, zones)
def test_a_reminder_lies_between_keeping_and_the_end_and_in_no_quiet_hours(
    kept: datetime, length: timedelta, zone: str
) -> None:
    at = holds.remind_at(kept, kept + length, zone)
    if at is not None:
        assert kept < at < kept + length
        assert not is_quiet(at, zone)
    elif length > timedelta(days=1):
        raise AssertionError("kept for a day and never reminded")


@given(moments, lengths, zones, st.sampled_from([State.CONFIRMED, State.LAPSED]))
def test_what_is_due_in_the_night_waits_for_the_morning_or_is_no_use(
    now: datetime, length: timedelta, zone: str, state: State
) -> None:
    until = now + length if state is State.CONFIRMED else now - length
    at = holds.tell_again_at(state, now, until, zone)
    if at is not None:
        assert at >= now
        assert not is_quiet(at, zone)
        assert state is State.LAPSED or at < until


@given(moments, st.integers(-100, 100_000).map(lambda minutes: timedelta(minutes=minutes)))
def test_units_are_kept_for_a_quarter_of_an_hour_to_thirty_days(
    now: datetime, length: timedelta
) -> None:
    fits = timedelta(minutes=15) <= length <= timedelta(days=30)
    assert holds.can_last(now, now + length) == fits
    assert holds.can_extend(now, now + length) == (timedelta() < length <= timedelta(days=30))


def test_holds_move_only_forward() -> None:
    moves = {
        (state.value, name, str(holds.after(state, name)))
        for state in State
        for name in ("confirm", "extend", "release", "lapse", "collect")
        if holds.after(state, name) is not None
    }
    assert moves == {
        ("asked", "confirm", "confirmed"), ("asked", "release", "released"),
        ("confirmed", "extend", "confirmed"), ("confirmed", "release", "released"),
        ("confirmed", "lapse", "lapsed"), ("confirmed", "collect", "collected"),
        ("lapsed", "collect", "collected"),
    }  # fmt: skip
    assert holds.after("refused", "confirm") is None
