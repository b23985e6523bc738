"""What a search for anything asks a replica: members, groups and messages a query may mean.

Reads only.  Members are the ones heard of last first, messages the newest first.
"""

from __future__ import annotations

from typing import Final

import msgspec

from console.store import message_index, replica_members, replica_queries, search
from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.wire.rows import ConversationRow, MemberRow, MessageRow

_CANDIDATES: Final = 300
"""Of a query that fits very many members, as many are put in order."""


class MemberFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A member with her tags and her direct conversation (0: none yet)."""

    row: MemberRow
    tags: tuple[str, ...]
    conversation_id: int


class MessageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A message with the name of the member, or the group, it was written in."""

    row: MessageRow
    title: str


_TAGS: Final = """WITH RECURSIVE used (tag) AS (
    SELECT min(tag) FROM member_tag UNION ALL
    SELECT (SELECT min(tag) FROM member_tag WHERE tag > used.tag) FROM used
    WHERE used.tag IS NOT NULL)
    SELECT tag FROM used WHERE tag IS NOT NULL"""
"""Every tag, from one to the next along the index instead of through every member's."""


def members(db: Connection, query: str, limit: int) -> list[MemberFacts]:
    """Members by name, pinyin, initials or phone end, then those with a tag of that name."""
    found = _in_order(db, replica_members.found_ids(db, query, _CANDIDATES), limit)
    if len(found) < limit:
        tagged = [number for number in _tagged(db, query) if number not in found]
        found += _in_order(db, tagged, limit - len(found))
    rows = {row.id: row for row in replica_queries.by_ids(db, "member", found)}
    return [
        MemberFacts(row=rows[number], tags=replica_queries.tags_of(db, number),
                    conversation_id=replica_queries.direct_conversation(db, number) or 0)
        for number in found
    ]  # fmt: skip


def _tagged(db: Connection, query: str) -> list[int]:
    wanted = search.normalise(query)
    fit = [row[0] for row in db.execute(_TAGS) if wanted and wanted in search.normalise(row[0])]
    found: dict[int, None] = {}
    for tag in fit:
        some = "SELECT member_id FROM member_tag WHERE tag = ? LIMIT ?"
        found.update((row[0], None) for row in db.execute(some, (tag, _CANDIDATES)))
    return list(found)


def _in_order(db: Connection, ids: list[int], limit: int) -> list[int]:
    """Those that are members still, who wrote or was written to last first."""
    inside = ", ".join("?" * len(ids))
    found = db.execute(
        f"""SELECT m.id FROM member AS m LEFT JOIN conversation AS c ON c.member_id = m.id
            WHERE m.id IN ({inside}) AND m.state NOT IN ('merged', 'erased')
            GROUP BY m.id ORDER BY max(coalesce(c.last_message_at, 0)) DESC, m.id
            LIMIT ?""",  # noqa: S608 - question marks only
        [*ids, limit],
    )
    return [row[0] for row in found]


def groups(db: Connection, query: str, limit: int) -> list[ConversationRow]:
    """Groups whose name holds the query, newest first."""
    wanted = search.normalise(query)
    found = db.execute(
        """SELECT id, title FROM conversation INDEXED BY conversation_group
           WHERE kind = 'group' ORDER BY last_message_at DESC, id DESC"""
    )
    ids = [number for number, title in found if wanted and wanted in search.normalise(title)]
    rows = {row.id: row for row in replica_queries.by_ids(db, "conversation", ids[:limit])}
    return [rows[number] for number in ids[:limit]]


def messages(db: Connection, query: str, limit: int, before: int = 0) -> list[MessageFacts]:
    """The newest messages, older than ``before`` (an id), that hold every word."""
    ids = message_index.find(db, query, limit, before)
    found = db.execute(
        f"""SELECT coalesce(mb.name, c.title, ''), m.* FROM message AS m
            LEFT JOIN conversation AS c ON c.id = m.conversation_id
            LEFT JOIN member AS mb ON mb.id = c.member_id
            WHERE m.id IN ({", ".join("?" * len(ids))}) ORDER BY m.id DESC""",  # noqa: S608
        ids,
    )
    return [MessageFacts(title=values[0], row=CODECS["message"].struct(values[1:]))
            for values in found]  # fmt: skip
