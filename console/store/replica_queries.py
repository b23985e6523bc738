"""What the inbox asks a replica.  Reads only; takes a connection of ``Replica.reading``.

Results are wire rows or small frozen structs of this module.  Each function is one or a
few indexed statements: lists of ids over 100,000 conversations and windows of rows over a
million messages are what they are made for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.store.row_codec import from_ms
from console.wire.rows import ConversationRow, DraftRow, HoldRow, MessageRow, StaffRow

_MANY = 900


class ConversationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation with what its list row shows besides."""

    row: ConversationRow
    member_name: str
    tier: str
    state: str
    """Of the member; "" when she has not arrived."""
    blocked: bool
    unread: int
    member_read_seq: int
    draft: str


class MessageWindow(msgspec.Struct, frozen=True, kw_only=True):
    """Messages ``lowest`` ≤ seq ≤ ``highest`` that are here, ascending, and what they quote."""

    conversation: ConversationRow | None
    lowest: int
    highest: int
    messages: list[MessageRow]
    quoted: dict[int, MessageRow]
    read_seq: int
    member_read_seq: int
    member_delivered_seq: int
    member_read_at: datetime | None = None
    """When she read up to ``member_read_seq``."""
    answered_at: datetime | None = None
    """When she first wrote after ``highest``."""


def column(db: Connection, query: str, parameters: Any = ()) -> list[int]:
    """The first column; gathered into one text by SQLite, which is faster than row by row."""
    gathered = f"SELECT json_group_array(id) FROM ({query})"  # noqa: S608 - a query of our own
    (ids,) = db.execute(gathered, parameters).fetchone()
    return msgspec.json.decode(ids, type=list[int])


_FACTS = """
            SELECT coalesce(mb.name, ''), coalesce(mb.tier, 'basic'), coalesce(mb.state, ''),
              coalesce(mb.blocked, 0), coalesce(u.amount, 0),
              coalesce((SELECT max(p.read_seq) FROM participant AS p
                        WHERE p.conversation_id = c.id AND p.member_id = c.member_id), 0),
              coalesce((SELECT d.body FROM draft AS d WHERE d.conversation_id = c.id), ''), c.*
            FROM conversation AS c LEFT JOIN member AS mb ON mb.id = c.member_id
            LEFT JOIN unread AS u ON u.conversation_id = c.id WHERE c.id IN ({marks})"""


def conversations(db: Connection, ids: Sequence[int]) -> list[ConversationFacts]:
    """List rows in the order of ``ids``; ids that are not here are left out."""
    found: dict[int, ConversationFacts] = {}
    for start in range(0, len(ids), _MANY):
        some = list(ids[start : start + _MANY])
        for values in db.execute(_FACTS.format(marks=", ".join("?" * len(some))), some):
            row = CODECS["conversation"].struct(values[7:])
            found[row.id] = ConversationFacts(
                row=row, member_name=values[0], tier=values[1], state=values[2],
                blocked=bool(values[3]), unread=values[4], member_read_seq=values[5],
                draft=values[6],
            )  # fmt: skip
    return [found[each] for each in ids if each in found]


def window(
    db: Connection, conversation_id: int, reader_id: int, before_seq: int, limit: int
) -> MessageWindow:
    """Newest ``limit`` messages of a conversation, or those before ``before_seq``."""
    row = one(db, "conversation", conversation_id)
    (known,) = db.execute(
        "SELECT coalesce(max(seq), 0) FROM message WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()
    last = max(known, row.last_seq if row else 0)
    highest = min(before_seq - 1, last) if before_seq else last
    lowest = max(1, highest - limit + 1)
    messages = _rows(
        db, "message", "conversation_id = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (conversation_id, lowest, highest),
    )  # fmt: skip
    quoted = [message.reply_to for message in messages if message.reply_to]
    read = _read_state(db, conversation_id, reader_id)
    (answered,) = db.execute(
        """SELECT min(sent_at) FROM message
           WHERE conversation_id = ? AND seq > ? AND sender_kind = 'member'""",
        (conversation_id, highest),
    ).fetchone()
    return MessageWindow(
        conversation=row, lowest=lowest, highest=highest, messages=messages,
        quoted={message.id: message for message in by_ids(db, "message", quoted)},
        read_seq=read[0], member_read_seq=read[1], member_delivered_seq=read[2],
        member_read_at=None if read[3] is None else from_ms(read[3]),
        answered_at=None if answered is None else from_ms(answered),
    )  # fmt: skip


def _read_state(
    db: Connection, conversation_id: int, reader_id: int
) -> tuple[int, int, int, int | None]:
    return tuple(
        db.execute(
            """SELECT max(coalesce(max(CASE WHEN staff_id = :reader THEN read_seq END), 0),
                 coalesce((SELECT seq FROM read_here WHERE conversation_id = :conversation), 0)),
               coalesce(max(CASE WHEN member_id IS NOT NULL THEN read_seq END), 0),
               coalesce(max(CASE WHEN member_id IS NOT NULL
                                 THEN max(delivered_seq, read_seq) END), 0),
               max(CASE WHEN member_id IS NOT NULL THEN read_at END)
               FROM participant WHERE conversation_id = :conversation""",
            {"reader": reader_id, "conversation": conversation_id},
        ).fetchone()
    )


def message_by_client_id(db: Connection, client_id: str) -> MessageRow | None:
    """The message somebody named so, or ``None``."""
    return next(iter(_rows(db, "message", "client_id = ?", (client_id,))), None)


def present(db: Connection, client_ids: Sequence[str]) -> set[str]:
    """Which of those messages are here."""
    marks = ", ".join("?" * len(client_ids))
    query = f"SELECT client_id FROM message WHERE client_id IN ({marks})"  # noqa: S608
    return {row[0] for row in db.execute(query, list(client_ids))}


def draft_of(db: Connection, conversation_id: int) -> DraftRow | None:
    """The synced draft of a conversation, or ``None``."""
    return next(iter(_rows(db, "draft", "conversation_id = ?", (conversation_id,))), None)


def direct_conversation(db: Connection, member_id: int) -> int | None:
    """Id of the member's direct conversation, or ``None``."""
    found = db.execute(
        "SELECT id FROM conversation WHERE member_id = ? AND kind = 'direct'", (member_id,)
    ).fetchone()
    return found[0] if found else None


def conversations_of(db: Connection, member_ids: Sequence[int]) -> list[int]:
    """Conversations with those members."""
    marks = ", ".join("?" * len(member_ids))
    query = f"SELECT id FROM conversation WHERE member_id IN ({marks})"  # noqa: S608 - own names
    return column(db, query, list(member_ids))


def staff(db: Connection) -> dict[int, StaffRow]:
    """Everybody who works here, by id."""
    return {row.id: row for row in _rows(db, "staff", "1 = 1", ())}


def one(db: Connection, table: str, row_id: int) -> Any:
    """The row of that id as its wire struct, or ``None``."""
    return next(iter(_rows(db, table, "id = ?", (row_id,))), None)


def by_ids(db: Connection, table: str, ids: Sequence[int]) -> list[Any]:
    """Rows of those ids that are here, in no order."""
    if not ids:
        return []
    return _rows(db, table, f"id IN ({', '.join('?' * len(ids))})", list(ids))


def newest_of_member(db: Connection, table: str, member_id: int, limit: int = 20) -> list[Any]:
    """Newest rows about a member of ``visit``, ``purchase``, ``enquiry`` or ``hold``."""
    return _rows(db, table, "member_id = ? ORDER BY at DESC, id DESC LIMIT ?", (member_id, limit))


def open_holds(db: Connection, lapsed_since_ms: int) -> list[HoldRow]:
    """Holds that are asked for or kept, and those whose time ended since that moment."""
    where = "state IN ('asked', 'confirmed') OR (state = 'lapsed' AND expires_at >= ?)"
    return _rows(db, "hold", where, (lapsed_since_ms,))


def sums_of_member(
    db: Connection, member_id: int, month_ago_ms: int, year_ago_ms: int
) -> tuple[int, int, int]:
    """Visits since ``month_ago_ms``; purchases and cents spent since ``year_ago_ms``."""
    (visits,) = db.execute(
        "SELECT count(*) FROM visit WHERE member_id = ? AND at >= ?", (member_id, month_ago_ms)
    ).fetchone()
    bought, spent = db.execute(
        """SELECT count(*), coalesce(sum(amount), 0) FROM purchase
           WHERE member_id = ? AND at >= ?""",
        (member_id, year_ago_ms),
    ).fetchone()
    return visits, bought, spent


def tags_of(db: Connection, member_id: int) -> tuple[str, ...]:
    """A member's tags, sorted."""
    query = "SELECT tag FROM member_tag WHERE member_id = ? ORDER BY tag"
    return tuple(row[0] for row in db.execute(query, (member_id,)))


def table_rows(db: Connection, table: str) -> list[Any]:
    """Every row of a synced table as wire structs, by id."""
    return _rows(db, table, "1 = 1 ORDER BY id", ())


def _rows(db: Connection, table: str, where: str, parameters: Sequence[Any]) -> list[Any]:
    codec = CODECS[table]
    query = f'SELECT * FROM "{table}" WHERE {where}'  # noqa: S608 - names of our own
    return [codec.struct(values) for values in db.execute(query, parameters)]
