"""Rules about fittings: slots of a day, states, when to remind.  Standard library only.

A day's *slots* follow each other from when the shop opens to when it closes, all of one length;
a *fitting* takes one slot of one room.  Moments are aware UTC, days are those of the shop's clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from console.domain.campaigns import allowed_from, is_quiet, quiet_began
from console.domain.hours import Hours

SLOT_LENGTHS = (15, 20, 30, 45, 60, 90)
"""Minutes a shop may give one fitting."""
DEFAULT_SLOT = 30
LONGEST = timedelta(minutes=max(SLOT_LENGTHS))
MAX_AHEAD = timedelta(days=60)
"""So far ahead a fitting may be booked."""
MAX_ROOMS = 12
MAX_ITEMS = 12
"""Articles that may be laid out for one fitting."""
MAX_OPEN = 3
"""Fittings to come that a member may book herself."""
MAX_NAME = 20
"""Characters of a room's name."""
REMIND_BEFORE = timedelta(hours=3)
_LAST_CALL = timedelta(minutes=30)
"""A reminder that comes later than this before the fitting is of no use."""
_EVENING = timedelta(minutes=60)
"""So long before quiet hours begin she is reminded of a fitting early the next day."""


class State(StrEnum):
    """What is known of a fitting."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    BOUGHT = "bought"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


LIVE = frozenset({State.BOOKED, State.ARRIVED, State.BOUGHT})
"""States that take the room; nobody else can have it then."""
_MOVES: dict[State, frozenset[State]] = {
    State.BOOKED: frozenset({State.ARRIVED, State.BOUGHT, State.NO_SHOW, State.CANCELLED}),
    State.ARRIVED: frozenset({State.BOOKED, State.BOUGHT, State.NO_SHOW}),
    State.BOUGHT: frozenset({State.BOOKED, State.ARRIVED}),
    State.NO_SHOW: frozenset({State.BOOKED, State.ARRIVED, State.BOUGHT}),
    # Taken back: it is booked again if nobody else has the place.
    State.CANCELLED: frozenset({State.BOOKED}),
}


class Fitting(Protocol):
    """A booking of one room."""

    @property
    def room_id(self) -> int:
        """Which room."""

    @property
    def starts_at(self) -> datetime:
        """From then on."""

    @property
    def ends_at(self) -> datetime:
        """Until then."""

    @property
    def state(self) -> str:
        """A ``State``."""


Kind = TypeVar("Kind", bound=Fitting)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked, in each room."""

    starts_at: datetime
    ends_at: datetime


def parse_slot(value: Any) -> int:
    """Minutes of a slot out of the setting's value.  Raises ``ValueError`` for nonsense."""
    if type(value) is not int or value not in SLOT_LENGTHS:
        raise ValueError("fitting_slot")
    return value


def read_slot(value: Any) -> int:
    """The same; what nobody set, or nonsense, is ``DEFAULT_SLOT``."""
    try:
        return parse_slot(value)
    except ValueError:
        return DEFAULT_SLOT


def slots_of(hours: Hours, day: date, minutes: int) -> list[Slot]:
    """The slots of a day, in order; what is shorter than a slot before closing is none."""
    length = timedelta(minutes=minutes)
    return [
        Slot(begin + length * number, begin + length * (number + 1))
        for begin, end in hours.spans_on(day)
        for number in range((end - begin) // length)
    ]


def slot_at(hours: Hours, at: datetime, minutes: int) -> Slot | None:
    """The slot that begins then; ``None``: none does."""
    day = hours.local(at).date()
    # What opens in the evening may be open into the next day.
    days = (day, day - timedelta(days=1))
    found = (slot for each in days for slot in slots_of(hours, each, minutes))
    return next((slot for slot in found if slot.starts_at == at), None)


def overlaps(one: Slot | Fitting, other: Slot | Fitting) -> bool:
    """Whether both take some moment."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def taken_by(fittings: Iterable[Kind], slot: Slot | Fitting, room_id: int) -> list[Kind]:
    """The fittings that leave the room to nobody else in that slot."""
    return [
        each for each in fittings
        if each.state in LIVE and each.room_id == room_id and overlaps(each, slot)
    ]  # fmt: skip


def free_room(
    fittings: Collection[Fitting], slot: Slot | Fitting, rooms: Sequence[int]
) -> int | None:
    """The first of ``rooms`` that nobody has in that slot; ``None``: all are taken."""
    return next((room for room in rooms if not taken_by(fittings, slot, room)), None)


def free_slots(
    fittings: Collection[Fitting], slots: Iterable[Slot], rooms: Sequence[int], now: datetime
) -> list[Slot]:
    """Those to come in which some room is free, in order."""
    return [
        slot for slot in slots
        if slot.starts_at > now and free_room(fittings, slot, rooms) is not None
    ]  # fmt: skip


def may_become(fitting: Fitting, state: State, hours: Hours, now: datetime) -> bool:
    """Whether staff may say so now: nobody has come before her day, or missed what is to come."""
    if state not in _MOVES[State(fitting.state)]:
        return False
    if state is State.NO_SHOW:
        return fitting.starts_at <= now
    if state in (State.ARRIVED, State.BOUGHT):
        return hours.local(fitting.starts_at).date() <= hours.local(now).date()
    return True


def remind_at(starts_at: datetime, now: datetime, timezone: str) -> datetime | None:
    """When to remind her of what is booked now: outside quiet hours, ``None``: not at all.

    ``REMIND_BEFORE`` it; early in the day it is the evening before, and where that is over the
    morning, if enough of it is left.
    """
    at = starts_at - REMIND_BEFORE
    if is_quiet(at, timezone):
        at = quiet_began(at, timezone) - _EVENING
        if at <= now:
            at = allowed_from(starts_at - REMIND_BEFORE, timezone)
            if at > starts_at - _LAST_CALL:
                return None
    return at if at > now else None


def remind_again_at(starts_at: datetime, now: datetime, timezone: str) -> datetime | None:
    """A reminder is due now: when it may be given; ``None``: it would come too late."""
    at = allowed_from(now, timezone)
    return at if at < starts_at else None


def tidy_room(name: str) -> str | None:
    """A room's name as it is kept; ``None``: it is none."""
    tidy = " ".join(name.split())
    return tidy if 0 < len(tidy) <= MAX_NAME and tidy.isprintable() else None
