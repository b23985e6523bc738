"""Lists and figures of the queue, asked of a replica.  Reads only.

Each list over 100,000 conversations is one statement along an index; what is still in the
outbox touches few conversations, which are taken out and put back where they will stand.
``snoozed`` ones are in no other part of the queue until their time has come; then they are
``waiting`` again, also before (or without) a relay that says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from console.store import replica_queries, search
from console.store.driver import Connection
from console.store.overlay_queue import Step, changed
from console.store.row_codec import from_ms, to_ms
from console.wire.rows import ConversationRow

Changes = Sequence[tuple[ConversationRow, ConversationRow]]
"""Conversations with something in the outbox: as they stand here, and as they will."""


class QueueFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How many are in each part of the queue.

    Attributes:
        waiting_since: the oldest unanswered message's time.
        next_wake: when the next snoozed one comes back.
    """

    waiting: int
    unread: int
    mine: int
    groups: int
    snoozed: int
    all: int
    waiting_since: datetime | None
    next_wake: datetime | None


_AWAKE: Final = "(c.snoozed_until IS NULL OR c.snoozed_until <= :now)"
_SINCE: Final = "coalesce(c.waiting_since, c.woken_at, c.snoozed_until)"
_CONDITIONS: Final = {
    "waiting": f"{_SINCE} IS NOT NULL AND {_AWAKE}",
    "unread": "c.id IN (SELECT conversation_id FROM unread)",
    "mine": "c.assignee_id = :me AND c.status = 'open'",
    "groups": "c.kind = 'group'",
    "snoozed": "c.snoozed_until > :now",
    "all": "1 = 1",
}
_NEWEST: Final = "ORDER BY c.last_message_at DESC, c.id DESC"
_ORDERS: Final = {
    "waiting": f"ORDER BY {_SINCE}, c.id",
    "snoozed": "ORDER BY c.snoozed_until, c.id",
}
# One branch for each index; members wait in the first, the other two are short.
_WAITING: Final = f"""
    SELECT id, waiting_since AS since FROM conversation AS c INDEXED BY conversation_waiting
    WHERE c.waiting_since IS NOT NULL AND {_AWAKE}
    UNION ALL
    SELECT id, woken_at FROM conversation AS c INDEXED BY conversation_woken
    WHERE c.woken_at IS NOT NULL AND c.waiting_since IS NULL AND {_AWAKE}
    UNION ALL
    SELECT id, snoozed_until FROM conversation AS c INDEXED BY conversation_snoozed
    WHERE c.snoozed_until <= :now AND c.waiting_since IS NULL AND c.woken_at IS NULL
"""  # noqa: S608 - constants
# CROSS JOIN: from the few to the many, not along the order's index through all of them.
_UNREAD: Final = f"""SELECT c.id FROM unread AS u CROSS JOIN conversation AS c
    WHERE c.id = u.conversation_id {_NEWEST}"""  # noqa: S608 - constants


def _statement(which: str) -> str:
    if which == "waiting":
        return f"SELECT id FROM ({_WAITING}) ORDER BY since, id"  # noqa: S608 - own names
    if which == "unread":
        return _UNREAD
    order = _ORDERS.get(which, _NEWEST)
    return f"SELECT c.id FROM conversation AS c WHERE {_CONDITIONS[which]} {order}"  # noqa: S608


def conversation_ids(
    db: Connection, which: str, query: str = "", *, now: datetime, staff_id: int = 0,
    changes: Changes = (),
) -> list[int]:  # fmt: skip
    """Ids in list order: waiting longest first, snoozed by when they come back, else newest."""
    values: dict[str, Any] = {"now": to_ms(now), "me": staff_id}
    needles = search.needles(query)
    if needles:
        values |= {f"n{number}": needle for number, needle in enumerate(needles)}
        ids = replica_queries.column(db, _searching(which, len(needles)), values)
    else:
        ids = replica_queries.column(db, _statement(which), values)
    if changes and which in {"waiting", "mine", "snoozed"}:
        found = set(conversation_ids(db, "all", query, now=now)) if needles else None
        put = [after for _, after in changes if found is None or after.id in found]
        return _put_back(db, which, ids, [each for each in put if belongs(
            each, which, now, staff_id)], {before.id for before, _ in changes})  # fmt: skip
    return ids


def _searching(which: str, needles: int) -> str:
    matches = " OR ".join(f"instr(k.folded, :n{number})" for number in range(needles))
    return f"""SELECT c.id FROM member_key AS k CROSS JOIN conversation AS c
        WHERE c.member_id = k.member_id AND ({matches}) AND {_CONDITIONS[which]}
        {_ORDERS.get(which, _NEWEST)}"""  # noqa: S608 - own names


def belongs(row: ConversationRow, which: str, now: datetime, staff_id: int) -> bool:
    """Whether a conversation is in a part of the queue; says the same as the statements."""
    asleep = row.snoozed_until is not None and row.snoozed_until > now
    if which == "waiting":
        return not asleep and any((row.waiting_since, row.woken_at, row.snoozed_until))
    if which == "mine":
        return row.assignee_id == staff_id and row.status == "open"
    return asleep if which == "snoozed" else which == "all" or row.kind == "group"


def _put_back(
    db: Connection, which: str, ids: list[int], rows: Sequence[ConversationRow],
    out: set[int],
) -> list[int]:  # fmt: skip
    order = _Order(db, which)
    ids = [number for number in ids if number not in out]
    for row in rows:
        order.known[row.id] = order.of(row)
        ids.insert(bisect_left(ids, order.known[row.id], key=order.key), row.id)
    return ids


class _Order:
    """Where conversations stand in a list, asked one by one."""

    def __init__(self, db: Connection, which: str) -> None:
        self._db = db
        self.known: dict[int, tuple[int, int]] = {}
        self._which = which

    def of(self, row: ConversationRow) -> tuple[int, int]:
        """The earlier, the smaller."""
        moment, sign = row.last_message_at, -1
        if self._which == "waiting":
            moment, sign = row.waiting_since or row.woken_at or row.snoozed_until, 1
        elif self._which == "snoozed":
            moment, sign = row.snoozed_until, 1
        return (0 if moment is None else sign * to_ms(moment)), sign * row.id

    def key(self, number: int) -> tuple[int, int]:
        """The same of a conversation that stands as it does here."""
        if number not in self.known:
            self.known[number] = self.of(replica_queries.one(self._db, "conversation", number))
        return self.known[number]


def figures(
    db: Connection, *, now: datetime, staff_id: int = 0, changes: Changes = ()
) -> QueueFigures:
    """Counts for chips and badges."""
    values = {"now": to_ms(now), "me": staff_id}
    counts = {
        which: int(db.execute(f"SELECT count(*) FROM ({statement})", values).fetchone()[0])  # noqa: S608
        for which, statement in (
            ("waiting", _WAITING),
            ("unread", "SELECT 1 FROM unread"),
            *((each, f"SELECT 1 FROM conversation AS c WHERE {_CONDITIONS[each]}")  # noqa: S608
              for each in ("mine", "groups", "snoozed", "all")),
        )
    }  # fmt: skip
    for before, after in changes:
        for which in ("waiting", "mine", "snoozed"):
            counts[which] += belongs(after, which, now, staff_id)
            counts[which] -= belongs(before, which, now, staff_id)
    since, wake = _times(db, values, [before.id for before, _ in changes])
    waits = [row.waiting_since for _, row in changes
             if row.waiting_since and belongs(row, "waiting", now, staff_id)]  # fmt: skip
    wakes = [row.snoozed_until for _, row in changes if row.snoozed_until and
             belongs(row, "snoozed", now, staff_id)]  # fmt: skip
    return QueueFigures(**counts, waiting_since=min([*since, *waits], default=None),
                        next_wake=min([*wake, *wakes], default=None))  # fmt: skip


def _times(
    db: Connection, values: dict[str, int], out: Sequence[int]
) -> tuple[list[datetime], list[datetime]]:
    """The oldest wait and the next waking of conversations with nothing in the outbox."""
    without = f"c.id NOT IN ({', '.join(map(str, out))})"
    (since,) = db.execute(
        f"""SELECT min(c.waiting_since) FROM conversation AS c INDEXED BY conversation_waiting
            WHERE c.waiting_since IS NOT NULL AND {_AWAKE} AND {without}""",  # noqa: S608
        values,
    ).fetchone()
    (wake,) = db.execute(
        f"""SELECT min(c.snoozed_until) FROM conversation AS c INDEXED BY conversation_snoozed
            WHERE c.snoozed_until > :now AND {without}""",  # noqa: S608 - numbers and own names
        values,
    ).fetchone()
    return ([] if since is None else [from_ms(since)]), ([] if wake is None else [from_ms(wake)])


def with_changes(db: Connection, steps: dict[int, list[Step]]) -> Changes:
    """Conversations that have something in the outbox, before and after it."""
    if not steps:
        return ()
    rows = replica_queries.by_ids(db, "conversation", sorted(steps))
    return changed(rows, steps, {row.id: unanswered_since(db, row.id) for row in rows})


def unanswered_since(db: Connection, conversation_id: int) -> datetime | None:
    """When the first member message was written that nobody has answered."""
    (at,) = db.execute(
        """SELECT min(sent_at) FROM message WHERE conversation_id = :id
           AND sender_kind = 'member' AND recalled_at IS NULL AND seq > coalesce(
             (SELECT max(seq) FROM message WHERE conversation_id = :id
              AND sender_kind = 'staff' AND automatic = 0), 0)""",
        {"id": conversation_id},
    ).fetchone()
    return None if at is None else from_ms(at)
