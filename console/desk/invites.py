"""A personal link for one member, to be scanned from the screen or sent to her number."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from console.desk import addresses
from console.desk.types import Invite
from console.store import replica_queries
from console.store.outbox import NewEntry
from console.wire.commands import CreateInvite
from console.wire.rows import ADDRESS_SETTING

if TYPE_CHECKING:
    from console.store.replica import Connection
    from console.sync.station import Station


async def create(station: Station, member_id: int) -> Invite | None:
    """A fresh link; ``None`` when the relay does not answer.  Raises ``Refusal``."""
    if not station.link.is_up:
        return None
    command = CreateInvite(member_id=member_id)
    answer = await station.pump.call(
        NewEntry(name=command.name, body=msgspec.json.encode(command), scope="members",
                 lane=f"invite/{member_id}")
    )  # fmt: skip
    if not answer:
        return None
    public = await station.read(_public_address)
    base = await asyncio.to_thread(addresses.for_phones, station.http.base, public)
    return Invite(
        member_id=member_id, url=f"{base}/?i={answer['token']}",
        expires_at=datetime.now(UTC) + timedelta(seconds=int(answer["expires_s"])),
        at_home=not addresses.is_private(base),
    )  # fmt: skip


def _public_address(db: Connection) -> str:
    rows = replica_queries.table_rows(db, "setting")
    value = next((row.value for row in rows if row.key == ADDRESS_SETTING), "")
    return value if isinstance(value, str) else ""
