"""Who waits for what is sold out: noted and given up here, offered by the relay alone.

Both steps wait in the outbox without a line; a place counts from when the relay hears of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from console.store import overlay_waitlist, replica_waitlist
from console.store.outbox import Entry
from console.store.replica import Connection
from console.wire.commands import JoinWaitlist, LeaveWaitlist
from console.wire.rows import WaitlistRow

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk.inbox import InboxDesk

_SCOPE: Final = "trade"


def place_name(message_key: str, variant_id: int) -> str:
    """``client_id`` of the place that an answer to a message takes: the same at every counter."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{message_key}/{variant_id}/waits"))


class WaitlistDesk:
    """``WaitlistPort`` for the staff member of one station."""

    def __init__(self, inbox: InboxDesk) -> None:
        self._inbox = inbox

    async def join(self, place: str, member_id: int, variant_id: int) -> None:
        """She is told when it is back."""
        command = JoinWaitlist(client_id=place, member_id=member_id, variant_id=variant_id)
        await self._queue(command, place)

    async def leave(self, place: str) -> None:
        """She waits no longer; ``place`` is its ``client_id``.  Waits for the line if need be."""
        await self._queue(LeaveWaitlist(client_id=place), place)

    async def _queue(self, command: JoinWaitlist | LeaveWaitlist, place: str) -> None:
        lane = overlay_waitlist.lane(place)
        await self._inbox.outgoing.queue(command, lane=lane, scope=_SCOPE, key=place)


def waits_of(
    db: Connection, member_id: int, entries: Sequence[Entry], now: datetime
) -> list[WaitlistRow]:
    """What she waits for with what is in the outbox laid over, the newest first.

    What only waits here for the line has the id 0.
    """
    steps = overlay_waitlist.steps(entries)
    rows = [row for row in replica_waitlist.of_member(db, member_id) if row.state == "waiting"]
    known = {row.client_id for row in rows}
    here = [
        WaitlistRow(id=0, rev=0, shop_id=0, client_id=name, member_id=member_id,
                    variant_id=join.variant_id, asked_at=now)
        for name, join in reversed(steps.items())
        if join is not None and join.member_id == member_id and name not in known
    ]  # fmt: skip
    return [*here, *(row for row in rows if steps.get(row.client_id, row) is not None)]
