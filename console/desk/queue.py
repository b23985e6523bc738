"""What a clerk does with a conversation's place in the queue: hand over, put off, be done.

Every step shows at once and offline (``store.overlay_queue``) and is sent when the line is
up; a refused one is told through ``on_refused`` and undone.  Times are aware.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from console.desk import snoozes
from console.desk.ports import Unsubscribe
from console.desk.refusals import Refusals, StepRefused
from console.desk.snoozes import SnoozeChoice
from console.desk.types import Typing, Value
from console.store import overlay_queue, replica_queries
from console.store.replica import Connection
from console.sync.http import Offline
from console.wire.commands import (
    AssignConversation,
    FinishConversation,
    ReopenConversation,
    SnoozeConversation,
)
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

HERE_S: Final = 120.0
"""Who typed or looked at something within this time is here."""


class ColleagueHere(Value, frozen=True, kw_only=True):
    """Somebody to hand a conversation to; ``here``: at a console just now."""

    staff_id: int
    name: str
    here: bool = False
    me: bool = False


class QueueDesk:
    """``QueuePort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self.refusals = Refusals(station, inbox)
        self._seen: dict[int, float] = {}
        self._file: Path = station.outbox.folder.parent / "snoozes.json"
        self._stop = inbox.on_signal(self._on_signal)

    async def close(self) -> None:
        """Stop watching the outbox and the colleagues."""
        self._stop()
        await self.refusals.close()

    def on_refused(self, listener: Callable[[StepRefused], None]) -> Unsubscribe:
        """Call ``listener`` when a step was refused and undone."""
        return self.refusals.on_refused(listener)

    # --- who ---

    async def colleagues(self) -> list[ColleagueHere]:
        """Everybody of the shop: who is here now first, then by name; oneself at the end."""
        me = self._inbox.me
        rows = await self._station.read(_staff, me.shop_id)
        here = await self._here()
        found = [
            ColleagueHere(staff_id=number, name=name, me=number == me.staff_id,
                          here=number in here or number == me.staff_id)
            for number, name in rows
        ]  # fmt: skip
        return sorted(found, key=lambda each: (each.me, not each.here, each.name))

    async def _here(self) -> set[int]:
        now = time.monotonic()
        here = {number for number, at in self._seen.items() if now - at < HERE_S}
        if not self._station.link.is_up:
            return set()
        try:
            answer = await self._station.http.json("GET", "/api/staff/here")
        except (Offline, Refusal):
            return here
        return here | set(msgspec.convert(answer, list[int]))

    def _on_signal(self, signal: Typing) -> None:
        if signal.sender_kind == "staff":
            self._seen[signal.sender_id] = time.monotonic()

    # --- steps ---

    async def assign(self, conversation_id: int, staff_id: int | None) -> None:
        """Hand it to a colleague, or to nobody."""
        await self._queue(
            AssignConversation(conversation_id=conversation_id, staff_id=staff_id), conversation_id
        )

    async def snooze(
        self, conversation_id: int, until: datetime | None, *, by_hand: bool = False
    ) -> None:
        """Out of the queue until then; ``None``: back now.

        ``by_hand``: the time (in the shop's zone) is remembered and offered again.  Raises
        ``Refusal`` for a time that is past.
        """
        if until is not None and until <= datetime.now(UTC):
            raise Refusal(Code.SNOOZE_PAST, field="until")
        if until is not None and by_hand:
            await asyncio.to_thread(snoozes.remember_in, self._file, until)
        command = SnoozeConversation(
            conversation_id=conversation_id, until=until.astimezone(UTC) if until else None
        )
        await self._queue(command, conversation_id)

    async def finish(self, conversation_id: int, up_to_seq: int) -> None:
        """Done: nobody waits here, unless something came beyond ``up_to_seq``."""
        await self._queue(
            FinishConversation(conversation_id=conversation_id, up_to_seq=up_to_seq),
            conversation_id,
        )

    async def reopen(self, conversation_id: int) -> None:
        """Undo ``finish``."""
        await self._queue(ReopenConversation(conversation_id=conversation_id), conversation_id)

    async def snooze_choices(self, now: datetime) -> list[SnoozeChoice]:
        """Times to offer at a moment of the shop's time."""
        return snoozes.choices(now, await asyncio.to_thread(snoozes.load, self._file))

    # --- inside ---

    async def _queue(self, command: overlay_queue.Step, conversation_id: int) -> None:
        await self._inbox.outgoing.queue(command, lane=overlay_queue.lane(conversation_id))


def _staff(db: Connection, shop_id: int) -> list[tuple[int, str]]:
    return [
        (row.id, row.name)
        for row in replica_queries.staff(db).values()
        if row.active and row.shop_id == shop_id
    ]
