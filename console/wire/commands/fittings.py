"""Fitting rooms and fittings.  Pure data.

A fitting is named by the ``client_id`` that its first ``fitting.book`` gave it.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from console.wire.commands.base import BOTH, STAFF, Command


class SaveFittingRoom(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Make, rename or move a room, or bring back one that was removed.  Result: ``{"id"}``.

    What is ``None`` stays; a new room is the last.
    """

    name: ClassVar[str] = "fitting_room.save"
    by: ClassVar[frozenset[str]] = STAFF
    needs_role: ClassVar[str] = "owner"
    client_id: str
    display_name: str | None = None
    place: int | None = None


class RemoveFittingRoom(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Book nothing there any more; ``fitting.room_used`` while somebody is to come."""

    name: ClassVar[str] = "fitting_room.remove"
    by: ClassVar[frozenset[str]] = STAFF
    needs_role: ClassVar[str] = "owner"
    client_id: str


class BookFitting(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Keep a room for a member in the slot that begins at ``starts_at``.

    ``room_id`` 0: the first that is free.  ``variants``: what staff lay out for her.
    Result: ``{"id", "room_id"}``.
    """

    name: ClassVar[str] = "fitting.book"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str
    member_id: int = 0
    """0: the member who sends it."""
    room_id: int = 0
    starts_at: datetime
    variants: list[int] = msgspec.field(default_factory=list)


class MoveFitting(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Another slot or room.  Result: ``{"id", "room_id"}``.

    ``seen_at`` and ``seen_room``: where it stood; somewhere else by now is a ``conflict``.
    """

    name: ClassVar[str] = "fitting.move"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str
    starts_at: datetime
    room_id: int = 0
    seen_at: datetime | None = None
    seen_room: int = 0


class CancelFitting(Command, frozen=True, kw_only=True, omit_defaults=True):
    """She does not come; the room is free again."""

    name: ClassVar[str] = "fitting.cancel"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str


class SettleFitting(Command, frozen=True, kw_only=True, omit_defaults=True):
    """What became of it: ``arrived``, ``bought``, ``no_show``, or ``booked`` again."""

    name: ClassVar[str] = "fitting.settle"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    outcome: str


class PickForFitting(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Lay these variants out for her, too, and those no longer."""

    name: ClassVar[str] = "fitting.pick"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    add: list[int] = msgspec.field(default_factory=list)
    remove: list[int] = msgspec.field(default_factory=list)
