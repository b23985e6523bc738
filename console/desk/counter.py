"""Check-in at the counter: who is meant, and her visit, once.

Finding works on the replica.  A visit goes out through the outbox: with a line the relay, which
alone knows what the other counters do, is waited for; without one what is known here decides
until it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from console.desk.counter_port import CheckedIn
from console.desk.find import FoundMember, found_members, member_found
from console.desk.identity import new_client_id
from console.desk.looks import NumberLooks
from console.domain.visits import is_code, same_visit
from console.store import overlay_visits, replica_queries
from console.store.outbox import Entry
from console.store.replica import Connection
from console.wire.commands import Command, RecordVisit, UndoVisit
from console.wire.errors import Code, Refusal
from console.wire.rows import VisitRow

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

_SCOPE: Final = "trade"
_LOOKED_AT: Final = 40
"""Her newest visits among which one may be the same."""
_FOUND: Final = 20


class CounterDesk:
    """``CounterPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._looks = NumberLooks(inbox)

    async def find(self, query: str) -> tuple[FoundMember, ...]:
        """Members that a name, pinyin or the end of a number, or a scanned code, may mean."""
        if is_code(query):
            return await self._scanned(query)
        members = await self._station.read(found_members, query, _FOUND)
        await self._looks.met(query, [each.member_id for each in members if each.phone_hits])
        return members

    async def _scanned(self, code: str) -> tuple[FoundMember, ...]:
        """Whose phone shows it, says the relay.  Raises ``Offline``, ``Refusal``."""
        answer = await self._station.http.json("POST", "/api/staff/code", {"code": code})
        return await self._station.read(member_found, int(answer["member_id"]))

    async def check_in(self, member_id: int, *, again: bool = False) -> CheckedIn:
        """She came, unless that is counted already; her card is open from here on."""
        await self._inbox.report_look(member_id)
        now = datetime.now(UTC)
        if not again:
            entries = self._station.outbox.entries
            counted = await self._station.read(_counted, member_id, now, entries)
            if counted is not None:
                return CheckedIn(member_id=member_id, counted=counted)
        visit = new_client_id()
        command = RecordVisit(member_id=member_id, at=now, client_id=visit, again=again)
        try:
            await self._send(command, member_id)
        except Refusal as refusal:
            if refusal.code != Code.VISIT_COUNTED:
                raise
            return CheckedIn(member_id=member_id, counted=_at(refusal))
        return CheckedIn(member_id=member_id, visit=visit)

    async def take_back(self, checked_in: CheckedIn) -> None:
        """She did not come.  Raises ``Refusal``."""
        command = UndoVisit(client_id=checked_in.visit, at=datetime.now(UTC))
        await self._send(command, checked_in.member_id)

    async def _send(self, command: Command, member_id: int) -> None:
        out, lane = self._inbox.outgoing, overlay_visits.visit_lane(member_id)
        if out.is_up:
            await out.call(command, lane=lane, scope=_SCOPE)
        else:
            await out.queue(command, lane=lane, scope=_SCOPE)


def _counted(
    db: Connection, member_id: int, now: datetime, entries: Sequence[Entry]
) -> datetime | None:
    rows: list[VisitRow] = replica_queries.newest_of_member(db, "visit", member_id, _LOOKED_AT)
    gone = overlay_visits.undone(entries)
    known = [row.at for row in rows if row.client_id not in gone]
    return same_visit(now, [*known, *overlay_visits.pending(entries, member_id)])


def _at(refusal: Refusal) -> datetime:
    return datetime.fromisoformat(str(refusal.parameters["at"]))
