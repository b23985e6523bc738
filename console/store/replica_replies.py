"""Who waited how long for a first reply, asked of a replica.  Reads only.

Rows become the terms of ``domain.replies``, which does the counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.domain.replies import Waited
from console.store.driver import Connection
from console.store.row_codec import from_ms, to_ms


def waits(db: Connection, begin: datetime, end: datetime) -> list[Waited]:
    """What was asked from ``begin`` until before ``end`` while the shop was open.

    One that nobody answered is whose conversation it is now.
    """
    found = db.execute(
        """SELECT w.asked_at, w.ended_at, w.outcome = 'answered',
                  CASE w.outcome WHEN 'answered' THEN w.staff_id ELSE c.assignee_id END,
                  w.conversation_id
           FROM wait AS w
           LEFT JOIN conversation AS c ON w.outcome <> 'answered' AND c.id = w.conversation_id
           WHERE w.in_hours AND w.outcome <> 'void' AND w.asked_at >= ? AND w.asked_at < ?""",
        (to_ms(begin), to_ms(end)),
    )
    return [
        Waited(from_ms(asked), None if ended is None else from_ms(ended), bool(answered), staff,
               conversation)
        for asked, ended, answered, staff, conversation in found
    ]  # fmt: skip


def names(db: Connection, conversation_ids: Iterable[int]) -> dict[int, str]:
    """By conversation: what its member, or the group, is called."""
    found: dict[int, str] = {}
    for number in set(conversation_ids):
        row = db.execute(
            """SELECT coalesce(m.name, c.title) FROM conversation AS c
               LEFT JOIN member AS m ON m.id = c.member_id WHERE c.id = ?""",
            (number,),
        ).fetchone()
        if row is not None:
            found[number] = row[0]
    return found


def newest(db: Connection) -> datetime | None:
    """The newest moment at which anybody is known to have written."""
    (at,) = db.execute("SELECT max(last_message_at) FROM conversation").fetchone()
    return None if at is None else from_ms(at)
