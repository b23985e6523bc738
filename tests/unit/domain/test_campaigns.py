"""The states of a campaign, and the shop's week and quiet hours, whatever its clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import campaigns
from console.domain.campaigns import State

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
moments = st.integers(0, 5 * 366 * 86_400).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
zones = st.sampled_from(ZONES)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@given(st.lists(st.sampled_from(list(campaigns._MOVES)), max_size=20))
def test_nothing_leads_out_of_what_is_settled(moves: list[str]) -> None:
    state = State.DRAFT
    for move in moves:
        following = campaigns.after(state, move)
        if state in campaigns.SETTLED:
            assert following is None
        state = following or state


def test_sending_begins_only_with_what_was_frozen_and_nothing_goes_back_once_it_was_sent() -> None:
    assert campaigns.after("draft", "send_now") is None
    assert campaigns.after("draft", "schedule") is None
    assert campaigns.after("sending", "undo") is None
    assert campaigns.after("paused", "undo") is None
    assert campaigns.after("sending", "pause") is State.PAUSED
    assert campaigns.after("paused", "resume") is State.SENDING


@given(moments, zones)
def test_a_week_begins_on_monday_at_midnight_and_holds_its_moments(at: datetime, zone: str) -> None:
    begin, end = campaigns.week_of(at, zone)
    assert begin <= at < end
    local = begin.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.hour, local.minute) == (0, 0, 0)
    assert (
        begin.astimezone(ZoneInfo(zone)).isocalendar()[:2]
        == (at.astimezone(ZoneInfo(zone)).isocalendar()[:2])
    )
    assert campaigns.week_of(end, zone)[0] == end


@given(moments, zones)
def test_marketing_waits_until_the_morning_and_no_longer(at: datetime, zone: str) -> None:
    allowed = campaigns.allowed_from(at, zone)
    assert not campaigns.is_quiet(allowed, zone)
    assert at <= allowed <= at + timedelta(hours=13)
    if allowed != at:
        assert campaigns.is_quiet(at, zone)
        assert allowed.astimezone(ZoneInfo(zone)).hour == 9
        before = allowed - timedelta(minutes=1)
        assert campaigns.is_quiet(before, zone)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:29", False), ("21:30", True), ("23:59", True), ("00:00", True), ("08:59", True),
     ("09:00", False), ("14:00", False)],
)  # fmt: skip
def test_quiet_hours_cross_midnight(clock: str, quiet: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    at = datetime(2026, 11, 25, hour, minute, tzinfo=SHANGHAI)
    assert campaigns.is_quiet(at, "Asia/Shanghai") is quiet


@given(moments, zones)
def test_the_next_week_is_another_week_and_begins_awake(at: datetime, zone: str) -> None:
    following = campaigns.next_week(at, zone)
    assert campaigns.week_of(following, zone)[0] == campaigns.week_of(at, zone)[1]
    assert not campaigns.is_quiet(following, zone)


@given(moments, zones, st.integers(0, 6), st.integers(0, 1439))
def test_weekly_times_follow_each_other_without_a_gap(
    at: datetime, zone: str, weekday: int, minute: int
) -> None:
    slot = campaigns.next_slot(weekday, minute, at, zone)
    assert at < slot <= at + timedelta(days=7, hours=2)
    following = campaigns.next_slot(weekday, minute, slot, zone)
    assert abs(following - slot - timedelta(days=7)) <= timedelta(hours=2)
    assert campaigns.last_slot(weekday, minute, slot, zone) == slot
    assert campaigns.last_slot(weekday, minute, following - timedelta(hours=3), zone) == slot


def test_two_hours_are_not_late_and_a_moment_more_is() -> None:
    due = datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert not campaigns.is_late(due, due + timedelta(hours=2))
    assert campaigns.is_late(due, due + timedelta(hours=2, milliseconds=1))
    assert not campaigns.is_late(due, due - timedelta(days=3))
