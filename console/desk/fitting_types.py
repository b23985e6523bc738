"""What screens are told of fitting rooms and fittings.  Pure data."""

from __future__ import annotations

from datetime import date, datetime

from console.desk.types import Value
from console.domain.fittings import LIVE, Slot


class RoomItem(Value, frozen=True, kw_only=True):
    """A room that can be booked."""

    room_id: int
    client_id: str
    name: str


class PickItem(Value, frozen=True, kw_only=True):
    """A variant to be laid out; ``kept``: it is on hold for her, the rest was asked for."""

    variant_id: int
    name: str
    name_en: str = ""
    colour: str = ""
    colour_en: str = ""
    size: str = ""
    shelf: str = ""
    stock: int = 0
    kept: bool = False


class FittingItem(Value, frozen=True, kw_only=True):
    """A booking.

    Attributes:
        client_id: what commands name it by.
        name: whose it is.
        state: a ``domain.fittings.State``.
        waits: asked for here; the relay has not agreed yet.
        by_member: she booked it herself.
        picks: what is to be laid out.
    """

    client_id: str
    member_id: int
    name: str
    room_id: int
    starts_at: datetime
    ends_at: datetime
    state: str = "booked"
    waits: bool = False
    by_member: bool = False
    picks: tuple[PickItem, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it takes its place."""
        return self.state in LIVE


class BoardDay(Value, frozen=True, kw_only=True):
    """A day's rooms, slots and fittings.

    Attributes:
        slots: in order; with those of fittings booked when slots or hours were others.
        fittings: all but the cancelled ones.
    """

    day: date
    rooms: tuple[RoomItem, ...] = ()
    slots: tuple[Slot, ...] = ()
    fittings: tuple[FittingItem, ...] = ()
    minutes: int = 30
    closed: bool = False

    def free_rooms(self, slot: Slot) -> list[RoomItem]:
        """Rooms that nobody has for a moment of it."""
        taken = {
            each.room_id for each in self.fittings
            if each.is_live and each.starts_at < slot.ends_at and slot.starts_at < each.ends_at
        }  # fmt: skip
        return [room for room in self.rooms if room.room_id not in taken]
