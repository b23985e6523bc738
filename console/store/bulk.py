"""Filling a database that serves nobody yet: the sample shop, imports, benches.

One transaction is one commit of the feed, as the writer's are: one ``rev``, one mark.  Not
for a database with a running relay; there every change is a command.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, insert, select, update

from console.store import rollups, stock_opening, tables

Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
CHUNK_ROWS = 10_000


def fill(connection: Connection, rows: Rows, at: datetime) -> int:
    """Insert ``rows`` by table name as one commit at ``at``; the new head revision.

    Every row of a table with an ``id`` brings its own; rows of one table have the same
    columns; sums of campaigns are counted when recipients come, ledgers of stock are opened when
    variants come.  Raises ``KeyError`` for a
    table there is none of.
    The caller owns the transaction.
    """
    rev = _next_rev(connection, at)
    unknown = set(rows) - set(tables.metadata.tables)
    if unknown:
        raise KeyError(f"no such tables: {sorted(unknown)}")
    for table in tables.metadata.sorted_tables:
        name, items = table.name, rows.get(table.name, ())
        stamp = {"rev": rev} if "rev" in table.c else {}
        for chunk in _chunks(items):
            connection.execute(insert(table), [{**stamp, **item} for item in chunk])
        if "id" in table.c and items:
            _advance(connection, name, max(int(item["id"]) for item in items) + 1)
    if rows.get("recipient"):
        rollups.fill(connection, rev)
    if rows.get("variant"):
        stock_opening.fill(connection, rev, at)
    return rev


def _chunks(items: Sequence[Mapping[str, Any]]) -> Iterable[Sequence[Mapping[str, Any]]]:
    return (items[start : start + CHUNK_ROWS] for start in range(0, len(items), CHUNK_ROWS))


def _next_rev(connection: Connection, at: datetime) -> int:
    rev = int(connection.execute(select(tables.revision.c.head)).scalar_one()) + 1
    mark = secrets.token_hex(8)
    connection.execute(update(tables.revision).values(head=rev, mark=mark))
    connection.execute(insert(tables.commit_log).values(rev=rev, mark=mark, at=at))
    return rev


def _advance(connection: Connection, name: str, free: int) -> None:
    """The next id of ``name`` is at least ``free``."""
    sequence = tables.sequence
    known = connection.execute(select(sequence.c.next).where(sequence.c.name == name)).scalar()
    if known is None:
        connection.execute(insert(sequence).values(name=name, next=free))
    else:
        bigger = max(known, free)
        connection.execute(update(sequence).where(sequence.c.name == name).values(next=bigger))
