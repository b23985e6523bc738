"""What the member panel, her history and the merging of two members ask of a replica.

Reads only.  ``table`` is one of ``HISTORY``; pages go from the newest to the oldest by
``(at, id)``, so that rows which come in meanwhile neither repeat nor skip one.
"""

from __future__ import annotations

from typing import Any, Final

from console.store import replica_queries, search
from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.wire.rows import MemberRow

HISTORY: Final = ("purchase", "visit", "enquiry", "consent", "member_merge")
"""Tables that hold what happened with a member."""
_OWNERS: Final = {"member_merge": "(keep_id = :member OR gone_id = :member)"}
_FOUND: Final = 30
_COUNTED: Final = ("purchase", "visit", "enquiry", "hold", "waitlist", "consent", "coupon")


def history(
    db: Connection, table: str, member_id: int, before: tuple[int, int] | None, limit: int
) -> list[Any]:
    """Newest ``limit`` rows of a table about a member, older than ``before`` (ms, id)."""
    if table not in HISTORY:
        raise KeyError(table)
    owner = _OWNERS.get(table, "member_id = :member")
    at, row_id = before or (2**62, 0)
    codec = CODECS[table]
    found = db.execute(
        f"""SELECT * FROM "{table}" WHERE {owner} AND (at, id) < (:at, :id)
            ORDER BY at DESC, id DESC LIMIT :limit""",  # noqa: S608 - names of our own
        {"member": member_id, "at": at, "id": row_id, "limit": limit},
    )
    return [codec.struct(values) for values in found]


def tags_in_use(db: Connection) -> list[str]:
    """Every tag, the most used first."""
    query = "SELECT tag FROM member_tag GROUP BY tag ORDER BY count(*) DESC, tag"
    return [row[0] for row in db.execute(query)]


def sizes_in_use(db: Connection) -> list[tuple[str, str]]:
    """Every size that members wear, as part and size, the most worn first."""
    query = """SELECT s.key, s.value FROM member, json_each(member.sizes) AS s
               WHERE member.sizes != '{}' GROUP BY s.key, s.value ORDER BY count(*) DESC"""
    return [(row[0], str(row[1])) for row in db.execute(query)]


def find_members(db: Connection, query: str) -> list[MemberRow]:
    """Members that a query may mean (name, pinyin, initials, phone end), at most 30."""
    ids = found_ids(db, query, _FOUND)
    found = {row.id: row for row in replica_queries.by_ids(db, "member", ids)}
    return [found[number] for number in ids if number in found]


def found_ids(db: Connection, query: str, limit: int) -> list[int]:
    """Ids of members that a query may mean, in no order."""
    needles = search.needles(query)
    if not needles:
        return []
    matches = " OR ".join("instr(k.folded, ?)" for _ in needles)
    return replica_queries.column(
        db,
        f"""SELECT m.id FROM member_key AS k CROSS JOIN member AS m
            WHERE m.id = k.member_id AND ({matches}) AND m.state NOT IN ('merged', 'erased')
            LIMIT {limit:d}""",  # noqa: S608 - names of our own
        needles,
    )


def amounts(db: Connection, member_id: int) -> dict[str, int]:
    """How many rows of each kind are a member's, and of her messages (``message``)."""
    found = {
        table: int(
            db.execute(
                f'SELECT count(*) FROM "{table}" WHERE member_id = ?',  # noqa: S608 - own names
                (member_id,),
            ).fetchone()[0]
        )
        for table in _COUNTED
    }
    (messages,) = db.execute(
        "SELECT coalesce(sum(last_seq), 0) FROM conversation WHERE member_id = ?", (member_id,)
    ).fetchone()
    return found | {"message": int(messages)}
