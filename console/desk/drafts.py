"""Unsent words of the staff member here: kept at once, cleared in the step that sends them.

Knows the outbox's drafts and the replica's; nothing of what is sent instead.
"""

from __future__ import annotations

import msgspec

from console.desk.types import DraftItem
from console.store import overlay, replica_queries
from console.store.outbox import NewEntry
from console.sync.station import Station
from console.wire.commands import SaveDraft


class Drafts:
    """Drafts of one staff member; what is typed next counts as typed over what was read."""

    def __init__(self, station: Station, staff_id: int) -> None:
        self._station, self._staff_id = station, staff_id
        self._revs: dict[int, int] = {}

    async def read(self, conversation_id: int) -> DraftItem:
        """The draft as saved here or synced."""
        pending = overlay.pending_draft(self._station.outbox.entries, conversation_id)
        row = await self._station.read(replica_queries.draft_of, conversation_id)
        rev = row.rev if row else 0
        self._revs[conversation_id] = max(rev, self._revs.get(conversation_id, 0))
        beside = row.beside if row else ""
        if pending is not None:
            beside = "" if pending.drop_beside else beside
            return DraftItem(conversation_id=conversation_id, body=pending.body, beside=beside,
                             rev=rev)  # fmt: skip
        body = row.body if row else ""
        return DraftItem(conversation_id=conversation_id, body=body, beside=beside, rev=rev)

    async def save(self, conversation_id: int, body: str, *, drop_beside: bool) -> None:
        """Keep unsent words: durable here when this returns."""
        await self._station.pump.enqueue(self._entry(conversation_id, body, drop_beside))

    async def clearing(self, conversation_id: int) -> list[NewEntry]:
        """What empties the draft, to be queued with the message made of its words."""
        draft = await self.read(conversation_id)
        return [self._entry(conversation_id, "", drop_beside=False)] if draft.body else []

    def _entry(self, conversation_id: int, body: str, drop_beside: bool) -> NewEntry:
        lane = overlay.draft_lane(conversation_id)
        command = SaveDraft(
            conversation_id=conversation_id, body=body, drop_beside=drop_beside,
            base_rev=max(self._revs.get(conversation_id, 0),
                         self._station.outbox.draft_revs.get(lane, 0)),
        )  # fmt: skip
        return NewEntry(name=command.name, body=msgspec.json.encode(command), coalesce="draft",
                        lane=lane, scope=f"drafts/{self._staff_id}")  # fmt: skip
