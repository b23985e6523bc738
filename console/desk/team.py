"""Colleagues and the consoles they are signed in on.

Names come from the replica and are there offline; changes go to the relay at once, since
nobody should believe that somebody is shut out who is not.  They raise ``Refusal``, and
``Offline`` when the relay does not answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from console.desk.types import Me, Value
from console.store import replica_queries
from console.store.outbox import NewEntry
from console.sync.http import Offline
from console.wire.commands import RevokeDevice

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.store.replica import Connection
    from console.sync.station import Station


class Colleague(Value, frozen=True, kw_only=True):
    """Somebody who works here, or did (not ``active``)."""

    staff_id: int
    name: str
    role: str = "clerk"
    active: bool = True


class SignedInConsole(Value, frozen=True, kw_only=True):
    """A console that somebody is signed in on.

    Attributes:
        seen_at: now while connected, else when it last hung up; ``None``: never.
        connected: it is there just now.
        this: it is this one.
    """

    device_id: int
    staff_id: int
    staff_name: str
    name: str = ""
    created_at: datetime
    seen_at: datetime | None = None
    connected: bool = False
    this: bool = False


class TeamDesk:
    """What settings may ask and change about people."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox

    @property
    def me(self) -> Me:
        """Who sits here."""
        return self._inbox.me

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after rows of colleagues changed; returns what ends that."""
        return self._inbox.on_tables({"staff"}, listener)

    async def people(self) -> list[Colleague]:
        """Everybody: those who may sign in first, owners before clerks."""
        return await self._station.read(_people)

    async def add(self, name: str, role: str, secret: str) -> None:
        """A new colleague.  Refused: ``join.name``, ``password.weak``, ``command.denied``."""
        body = {"name": name, "role": role, "secret": secret}
        await self._station.http.json("POST", "/api/staff", body)

    async def set_active(self, staff_id: int, *, active: bool) -> None:
        """Shut her out on every console, or let her in again.  Refused: ``staff.last_owner``."""
        body = {"staff_id": staff_id, "active": active}
        await self._station.http.json("POST", "/api/staff/active", body)

    async def set_secret(self, staff_id: int, secret: str, current: str = "") -> None:
        """Another password or PIN; one's own needs the ``current`` one.

        Refused: ``password.wrong``, ``password.weak``, ``login.locked``, ``command.denied``.
        """
        body = {"staff_id": staff_id, "secret": secret, "current": current}
        await self._station.http.json("POST", "/api/staff/secret", body)

    async def consoles(self) -> list[SignedInConsole]:
        """Where this staff member (an owner: everybody) is signed in."""
        answer = await self._station.http.json("GET", "/api/staff/devices")
        return msgspec.convert(answer, list[SignedInConsole])

    async def sign_out(self, device_id: int) -> None:
        """End a console's access; what is queued on it is sent once somebody signs in there."""
        if not self._station.link.is_up:
            raise Offline
        command = RevokeDevice(device_id=device_id)
        entry = NewEntry(name=command.name, body=msgspec.json.encode(command), lane="account")
        await self._station.pump.call(entry)


def _people(db: Connection) -> list[Colleague]:
    found = [
        Colleague(staff_id=row.id, name=row.name, role=row.role, active=row.active)
        for row in replica_queries.staff(db).values()
    ]
    return sorted(found, key=lambda each: (not each.active, each.role != "owner", each.staff_id))
