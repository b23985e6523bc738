"""Suppressions in the database: rows of the commit that made them.

Outside the database each is a line of a file, too (``relay.suppression_file``).  A backup
carries the rows; what the file has beyond them happened after the backup was made.  Does not
know how a fact is carried out again (``relay.handlers.restoring``).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from console.store import tables
from console.store.dialect import one_of
from console.store.suppression_facts import AnyFact, Suppression
from console.store.unit_of_work import Transaction


def suppress(tx: Transaction, *facts: AnyFact) -> None:
    """Let these outlive a restore, from this very commit on."""
    keep(tx, [Suppression(mark=secrets.token_hex(8), at=tx.now, fact=fact) for fact in facts])


def keep(tx: Transaction, suppressions: Sequence[Suppression]) -> None:
    """Note these, made now or before a restore, as told by this database."""
    if not suppressions:
        return
    tx.connection.execute(tables.suppression.insert(), [
        {"mark": each.mark, "at": each.at, "fact": msgspec.to_builtins(each.fact)}
        for each in suppressions
    ])  # fmt: skip
    tx.note_write()
    tx.effects.suppressed.extend(suppressions)


def marks(connection: Connection) -> list[str]:
    """Marks of those that this database carries, in the order of their commits."""
    table = tables.suppression
    return list(connection.scalars(select(table.c.mark).order_by(table.c.id)))


def told(connection: Connection, wanted: Sequence[str]) -> list[Suppression]:
    """Those of these marks, in the order of their commits."""
    table = tables.suppression
    query = (
        select(table.c.mark, table.c.at, table.c.fact)
        .where(one_of(connection, table.c.mark, wanted))
        .order_by(table.c.id)
    )
    return [
        Suppression(mark=row.mark, at=row.at, fact=msgspec.convert(row.fact, AnyFact))
        for row in connection.execute(query)
    ]
