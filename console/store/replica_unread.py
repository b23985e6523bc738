"""How many unread messages of members each conversation of a replica has.

Kept in the table ``unread`` in the transaction that changes what is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec

from console.store.driver import Connection

_READ_UP_TO: Final = """max(
    coalesce((SELECT max(read_seq) FROM participant AS p
              WHERE p.conversation_id = {0} AND p.staff_id = ?2), 0),
    coalesce((SELECT seq FROM read_here AS r WHERE r.conversation_id = {0}), 0))"""
_FORGET: Final = """DELETE FROM unread WHERE conversation_id IN (SELECT value FROM json_each(?))"""
# CROSS JOIN: from the few conversations to their messages, never the other way.
_COUNT: Final = f"""INSERT INTO unread
    SELECT t.value, count(*) FROM json_each(?1) AS t
    CROSS JOIN message AS m INDEXED BY message_seq
    WHERE m.conversation_id = t.value AND m.sender_kind = 'member'
      AND m.recalled_at IS NULL AND m.seq > {_READ_UP_TO.format("t.value")}
    GROUP BY t.value"""  # noqa: S608 - words of our own
_BEYOND: Final = f"""SELECT CAST(t.key AS INTEGER) FROM json_each(?1) AS t
    WHERE t.value > {_READ_UP_TO.format("CAST(t.key AS INTEGER)")}"""  # noqa: S608 - as above


def recount(db: Connection, reader_id: int, conversations: Collection[int]) -> None:
    """Count again in those conversations, whatever happened there."""
    ids = msgspec.json.encode(list(conversations)).decode()
    db.execute(_FORGET, (ids,))
    db.execute(_COUNT, (ids, reader_id))


def where_added(db: Connection, reader_id: int, messages: Sequence[Any]) -> set[int]:
    """Conversations in which some of those messages, none of which was here, is unread.

    A first copy brings a million messages, nearly all of which were read long ago.
    """
    newest: dict[int, int] = {}
    for message in messages:
        if message.sender_kind == "member" and message.recalled_at is None:
            conversation_id, seq = message.conversation_id, message.seq
            if newest.get(conversation_id, 0) < seq:
                newest[conversation_id] = seq
    found = db.execute(_BEYOND, (msgspec.json.encode(newest).decode(), reader_id))
    return {row[0] for row in found}
