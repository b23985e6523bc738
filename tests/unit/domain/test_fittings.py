"""Slots of a day, who has a room, and when she is reminded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import fittings
from console.domain.campaigns import is_quiet
from console.domain.fittings import SLOT_LENGTHS, Slot, State
from console.domain.hours import Hours
from console.wire.rows import FittingRow

SHANGHAI = "Asia/Shanghai"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
MINUTE = st.integers(0, 24 * 60 - 1)
SPANS = st.lists(st.tuples(MINUTE, MINUTE), max_size=2)
ZONES = st.sampled_from([SHANGHAI, "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = DAYS.flatmap(lambda day: MINUTE.map(lambda minute: datetime.combine(
    day, time(minute // 60, minute % 60), UTC)))  # fmt: skip


def row(number: int, room: int, at: datetime, minutes: int = 30, **kw: str) -> FittingRow:
    return FittingRow(id=number, rev=1, shop_id=1, client_id=f"f{number}", member_id=1,
                      room_id=room, starts_at=at, ends_at=at + timedelta(minutes=minutes),
                      at=NOON, **kw)  # fmt: skip


@given(ZONES, SPANS, DAYS, st.sampled_from(SLOT_LENGTHS))
def test_slots_lie_in_the_hours_and_take_one_length_each(
    zone: str, spans: list[tuple[int, int]], day: date, minutes: int
) -> None:
    hours = Hours(zone, (tuple(spans),) * 7)
    slots = fittings.slots_of(hours, day, minutes)
    for slot in slots:
        assert slot.ends_at - slot.starts_at == timedelta(minutes=minutes)
        last = slot.ends_at - timedelta(seconds=1)
        assert hours.is_open(slot.starts_at)
        assert hours.is_open(last)
        assert fittings.slot_at(hours, slot.starts_at, minutes) is not None
    open_for = sum((end - begin for begin, end in hours.spans_on(day)), timedelta())
    assert timedelta(minutes=minutes) * len(slots) <= open_for


def test_a_day_is_cut_from_its_opening_on() -> None:
    hours = Hours.daily(SHANGHAI, 10 * 60, 12 * 60 + 20)
    begins = [hours.local(slot.starts_at).strftime("%H:%M")
              for slot in fittings.slots_of(hours, date(2026, 11, 23), 30)]  # fmt: skip
    assert begins == ["10:00", "10:30", "11:00", "11:30"]


def test_a_slot_after_midnight_belongs_to_the_evening_before() -> None:
    hours = Hours.daily(SHANGHAI, 18 * 60, 2 * 60)
    late = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # one in the night of the 24th
    assert fittings.slot_at(hours, late, 30) == Slot(late, late + timedelta(minutes=30))
    assert fittings.slot_at(hours, late + timedelta(minutes=10), 30) is None


BOOKINGS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 8), st.sampled_from(SLOT_LENGTHS),
              st.sampled_from(list(State))),
    max_size=8,
)  # fmt: skip


@given(BOOKINGS, st.integers(0, 8), st.sampled_from(SLOT_LENGTHS))
def test_a_free_room_is_one_that_nobody_has_for_a_moment_of_the_slot(
    booked: list[tuple[int, int, int, State]], start: int, minutes: int
) -> None:
    step = timedelta(minutes=15)
    rows = [row(number, room, NOON + step * begin, length, state=state.value)
            for number, (room, begin, length, state) in enumerate(booked)]  # fmt: skip
    slot = Slot(NOON + step * start, NOON + step * start + timedelta(minutes=minutes))
    found = fittings.free_room(rows, slot, [1, 2, 3])
    minute = timedelta(minutes=1)
    moments = [slot.starts_at + minute * number for number in range(minutes)]
    taken = {
        each.room_id for each in rows for at in moments
        if each.state in fittings.LIVE and each.starts_at <= at < each.ends_at
    }  # fmt: skip
    assert found == next((room for room in (1, 2, 3) if room not in taken), None)
    free = fittings.free_slots(rows, [slot], [1, 2, 3], NOON - minute)
    assert free == ([] if found is None else [slot])


@given(MOMENTS, st.integers(0, 60 * 24 * 60), ZONES)
def test_she_is_reminded_before_it_and_never_in_quiet_hours(
    now: datetime, ahead: int, zone: str
) -> None:
    starts_at = now + timedelta(minutes=ahead)
    at = fittings.remind_at(starts_at, now, zone)
    if at is not None:
        assert now < at < starts_at
        assert not is_quiet(at, zone)
    later = fittings.remind_again_at(starts_at, now, zone)
    if later is not None:
        assert now <= later < starts_at
        assert not is_quiet(later, zone)


@given(MOMENTS, st.integers(24 * 60, 60 * 24 * 60), ZONES)
def test_who_books_a_day_ahead_is_always_reminded(now: datetime, ahead: int, zone: str) -> None:
    starts_at = now + timedelta(minutes=ahead)
    early = is_quiet(starts_at, zone)
    assert fittings.remind_at(starts_at, now, zone) is not None or early


@pytest.mark.parametrize(("booked", "starts", "reminded"), [
    ("23 10:00", "23 16:00", "23 13:00"),  # three hours before
    ("22 10:00", "23 10:00", "22 20:30"),  # early: the evening before
    ("22 23:00", "23 10:00", "23 09:00"),  # booked at night: in the morning
    ("22 23:00", "23 09:15", None),  # too late to be of use
    ("23 14:00", "23 16:00", None),  # she just booked it
])  # fmt: skip
def test_when_she_is_reminded(booked: str, starts: str, reminded: str | None) -> None:
    def moment(text: str) -> datetime:
        day, _, clock = text.partition(" ")
        return datetime.fromisoformat(f"2026-11-{day}T{clock}+08:00").astimezone(UTC)

    wanted = None if reminded is None else moment(reminded)
    assert fittings.remind_at(moment(starts), moment(booked), SHANGHAI) == wanted


def test_nobody_has_come_before_her_day_or_missed_what_is_to_come() -> None:
    hours = Hours.daily(SHANGHAI, 600, 1200)
    today, later = row(1, 1, NOON + timedelta(hours=2)), row(2, 1, NOON + timedelta(days=2))
    assert fittings.may_become(today, State.ARRIVED, hours, NOON)
    assert not fittings.may_become(later, State.ARRIVED, hours, NOON)
    assert not fittings.may_become(today, State.NO_SHOW, hours, NOON)
    assert fittings.may_become(today, State.NO_SHOW, hours, today.starts_at)
    assert not fittings.may_become(today, State.BOOKED, hours, NOON)


@pytest.mark.parametrize("value", [None, True, "30", 0, 31, 30.0, [30]])
def test_a_slot_that_makes_no_sense_is_the_usual_one(value: object) -> None:
    with pytest.raises(ValueError, match="fitting_slot"):
        fittings.parse_slot(value)
    assert fittings.read_slot(value) == fittings.DEFAULT_SLOT


@pytest.mark.parametrize(("said", "kept"), [
    ("  大 间 ", "大 间"), ("A" * 20, "A" * 20), ("A" * 21, None), ("  ", None), ("a\x07b", None),
])  # fmt: skip
def test_a_room_has_a_short_name(said: str, kept: str | None) -> None:
    assert fittings.tidy_room(said) == kept
