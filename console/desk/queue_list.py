"""The conversation list: its figures, its order and its rows, with the outbox laid over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from console.desk import rows
from console.desk.types import ConversationFilter, ConversationItem, Counts, Me
from console.store import (
    overlay,
    overlay_members,
    overlay_queue,
    replica_queries,
    replica_queue,
)
from console.store.replica_queries import ConversationFacts
from console.wire.rows import MemberRow

if TYPE_CHECKING:
    from console.store.overlay_queue import Step
    from console.store.replica import Connection
    from console.sync.station import Station

Steps = dict[int, list["Step"]]


class QueueList:
    """What ``InboxDesk`` answers about the list.  ``now`` decides what is still put off."""

    def __init__(
        self, station: Station, me: Callable[[], Me],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self._station, self._me, self._now = station, me, now

    async def counts(self) -> Counts:
        """Figures for chips, badges and the title."""
        steps = overlay_queue.pending(self._station.outbox.entries)
        found = await self._station.read(_figures, steps, self._now(), self._me().staff_id)
        return Counts(
            waiting=found.waiting, unread=found.unread, mine=found.mine, groups=found.groups,
            snoozed=found.snoozed, all=found.all, longest_wait_since=found.waiting_since,
            next_wake=found.next_wake,
        )  # fmt: skip

    async def ids(self, which: ConversationFilter, query: str = "") -> list[int]:
        """Ids in list order."""
        steps = overlay_queue.pending(self._station.outbox.entries)
        return await self._station.read(_ids, which, query, steps, self._now(),
                                        self._me().staff_id)  # fmt: skip

    async def items(self, ids: Sequence[int]) -> list[ConversationItem]:
        """List rows for those ids."""
        entries = self._station.outbox.entries
        steps = overlay_queue.pending(entries)
        failed = overlay.failed_conversations(entries)
        keys = [entry.key for entry in entries if entry.key]
        found, present, staff, people = await self._station.read(
            _facts, list(ids), keys, steps, overlay_members.changed_members(entries)
        )
        waiting = [entry for entry in entries if not entry.key or entry.key not in present]
        items = [rows.conversation_item(facts, waiting, failed) for facts in found]
        people = {row.id: overlay_members.with_facts(row, entries) for row in people.values()}
        shelf = self._station.outbox.begun
        return [_begun(_named(item, staff, people), shelf.kind(item.id)) for item in items]


def _begun(item: ConversationItem, kind: str) -> ConversationItem:
    """With what was begun besides words."""
    return msgspec.structs.replace(item, has_draft=True, begun_kind=kind) if kind else item


def _named(
    item: ConversationItem, staff: dict[int, str], people: dict[int, MemberRow]
) -> ConversationItem:
    """With the colleague's name, and what is being changed about the member."""
    item = msgspec.structs.replace(item, assignee_name=staff.get(item.assignee_id, ""))
    row = people.get(item.member_id or 0)
    if row is None:
        return item
    return msgspec.structs.replace(item, title=row.name, blocked=row.blocked)


def _figures(
    db: Connection, steps: Steps, now: datetime, staff_id: int
) -> replica_queue.QueueFigures:
    changes = replica_queue.with_changes(db, steps)
    return replica_queue.figures(db, now=now, staff_id=staff_id, changes=changes)


def _ids(
    db: Connection, which: str, query: str, steps: Steps, now: datetime, staff_id: int
) -> list[int]:
    changes = replica_queue.with_changes(db, steps)
    return replica_queue.conversation_ids(
        db, which, query, now=now, staff_id=staff_id, changes=changes
    )


def _facts(
    db: Connection, ids: Sequence[int], keys: Sequence[str], steps: Steps, members: set[int]
) -> tuple[list[ConversationFacts], set[str], dict[int, str], dict[int, MemberRow]]:
    found, present = rows.conversation_facts(db, ids, keys)
    after = {row.id: row for _, row in replica_queue.with_changes(
        db, {number: steps[number] for number in ids if number in steps})}  # fmt: skip
    names = {row.id: row.name for row in replica_queries.staff(db).values()}
    laid = [
        msgspec.structs.replace(facts, row=after.get(facts.row.id, facts.row)) for facts in found
    ]
    people = {row.id: row for row in replica_queries.by_ids(db, "member", sorted(members))}
    return laid, present, names, people
