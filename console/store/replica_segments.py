"""Who is in a segment, asked of a replica.  Reads only; rules must be written out."""

from __future__ import annotations

from datetime import date, tzinfo

from console.domain.segments import Rule
from console.store import replica_queries, segment_query
from console.store.driver import Connection
from console.wire.rows import MemberRow


def count(db: Connection, rule: Rule, today: date, zone: tzinfo) -> int:
    """How many members it has here."""
    statement = segment_query.as_text(segment_query.count(rule, today, zone))
    return int(db.execute(*statement).fetchone()[0])


def members(
    db: Connection, rule: Rule, today: date, zone: tzinfo, after: int, limit: int
) -> list[MemberRow]:
    """Its members behind ``after`` (an id), in order of their ids."""
    page = segment_query.ids(rule, today, zone, after).limit(limit)
    found = [row[0] for row in db.execute(*segment_query.as_text(page))]
    rows = {row.id: row for row in replica_queries.by_ids(db, "member", found)}
    return [rows[number] for number in found]
