"""Steps on grants that several commands share."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from console.store import tables
from console.store.unit_of_work import Reader, Transaction


def give(tx: Transaction, reader: Reader, scopes: Sequence[str]) -> None:
    """Grant scopes; those she has stay as they are."""
    grant = tables.grant
    kind, reader_id = reader
    known = {
        row.scope: row
        for row in tx.connection.execute(
            select(grant.c.id, grant.c.scope, grant.c.revoked_at).where(
                grant.c.reader_kind == kind, grant.c.reader_id == reader_id,
                grant.c.scope.in_(scopes),
            )
        )
    }  # fmt: skip
    again = [row.id for row in known.values() if row.revoked_at is not None]
    fresh = [scope for scope in scopes if scope not in known]
    tx.update(grant, [{"id": grant_id, "revoked_at": None} for grant_id in again])
    ids = tx.new_ids(grant, len(fresh)) if fresh else range(0)
    tx.insert(grant, [
        {"id": grant_id, "reader_kind": kind, "reader_id": reader_id, "scope": scope,
         "revoked_at": None}
        for grant_id, scope in zip(ids, fresh, strict=True)
    ])  # fmt: skip
    if again or fresh:
        tx.effects.readers.add(reader)


def take(tx: Transaction, reader: Reader, scopes: Sequence[str] | None = None) -> None:
    """Revoke scopes, or all she has."""
    grant = tables.grant
    kind, reader_id = reader
    held = select(grant.c.id).where(
        grant.c.reader_kind == kind, grant.c.reader_id == reader_id, grant.c.revoked_at.is_(None)
    )
    if scopes is not None:
        held = held.where(grant.c.scope.in_(scopes))
    ids = list(tx.connection.scalars(held))
    tx.update(grant, [{"id": grant_id, "revoked_at": tx.now} for grant_id in ids])
    if ids:
        tx.effects.readers.add(reader)
