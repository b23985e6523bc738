"""The operation log: a chain in which each line's hash covers the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, select

from console.relay.actor import Actor
from console.store import tables
from console.store.unit_of_work import Transaction


def line_hash(previous: str, parts: tuple[object, ...]) -> str:
    """The hash of a line: over the hash before it and everything it says."""
    text = "\x1f".join([previous, *(str(part) for part in parts)])
    return hashlib.sha256(text.encode()).hexdigest()


def write_line(
    tx: Transaction, actor: Actor, what: str, subject_id: int = 0, detail: str = ""
) -> None:
    """Add a line.  ``detail`` holds no body, no number and no name of a person."""
    write_lines(tx, actor, what, [subject_id], detail)


def write_lines(
    tx: Transaction, actor: Actor, what: str, subjects: Sequence[int], detail: str = ""
) -> None:
    """Add a line for each of ``subjects``."""
    audit = tables.audit
    previous = tx.connection.scalar(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)) or ""
    rows = []
    for line_id, subject_id in zip(tx.new_ids(audit, len(subjects)), subjects, strict=True):
        parts = (line_id, tx.now.isoformat(), actor.label, what, subject_id, detail)
        rows.append({
            "id": line_id, "at": tx.now, "actor": actor.label, "what": what,
            "subject_id": subject_id, "detail": detail, "previous": previous,
            "hash": (previous := line_hash(previous, parts)),
        })  # fmt: skip
    tx.insert(audit, rows)


def first_broken_line(connection: Connection) -> int | None:
    """Id of the first line that was changed or follows a removed one; ``None`` when whole."""
    previous = ""
    for row in connection.execute(select(tables.audit).order_by(tables.audit.c.id)):
        parts = (row.id, row.at.isoformat(), row.actor, row.what, row.subject_id, row.detail)
        if row.previous != previous or row.hash != line_hash(previous, parts):
            return int(row.id)
        previous = row.hash
    return None
