"""Rows of ``wait``: who waited how long for whose reply.  The only place that writes them.

A conversation's ``waiting_since`` is when the earliest of its open waits began; it has none
when nobody waits.  Two members who become one while both wait keep a wait each, which the same
answer ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from console.domain.hours import Hours
from console.store import opening, reading, tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.unit_of_work import Transaction
from console.wire.rows import WaitRow

ANSWERED, CLOSED, VOID = "answered", "closed", "void"
_OPEN: dict[str, Any] = {"ended_at": None, "staff_id": None, "outcome": ""}


@dataclass(slots=True)
class Waits:
    """Waits that begin and end while messages are appended, for a few statements at the end."""

    tx: Transaction
    begun: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[int, int | None] = field(default_factory=dict)
    """Who answered what already waited, by conversation."""
    _open: dict[int, dict[str, Any]] = field(default_factory=dict)
    _hours: dict[int, Hours] | None = None

    def begin(self, shop_id: int, conversation_id: int) -> None:
        """A member wrote, and nobody had been waiting there."""
        if self._hours is None:
            self._hours = opening.hours_by_shop(self.tx.connection)
        row = _begun(shop_id, conversation_id, self.tx.now, self._hours)
        self.begun.append(row)
        self._open[conversation_id] = row

    def answer(self, conversation_id: int, staff_id: int | None) -> None:
        """Staff wrote where somebody had been waiting."""
        row = self._open.pop(conversation_id, None)
        if row is None:
            self.answered[conversation_id] = staff_id
        else:
            row.update(_ended(self.tx, ANSWERED, staff_id))

    def flush(self) -> None:
        """Write everything; what was answered first, for whoever asked again waits anew."""
        if self.answered:
            self._end_answered()
        _insert(self.tx, self.begun)

    def _end_answered(self) -> None:
        name = self.tx.connection.dialect.name
        found = self.tx.connection.execute(
            _open_query(name), {"threads": listed(name, list(self.answered))}
        )
        self.tx.update(tables.wait, [
            {"id": row.id, **_ended(self.tx, ANSWERED, self.answered[row.conversation_id])}
            for row in found
        ])  # fmt: skip


@cache
def _open_query(dialect_name: str) -> Select[Any]:
    wait = tables.wait
    here = one_of_named(dialect_name, wait.c.conversation_id, "threads")
    return select(wait.c.id, wait.c.conversation_id).where(here, wait.c.ended_at.is_(None))


def settle(
    tx: Transaction, conversation: tuple[int, int], since: datetime | None,
    outcome: str = VOID, staff_id: int | None = None,
) -> None:  # fmt: skip
    """A conversation (its shop and id) now waits ``since`` then, without any message.

    Open waits that began before are over as ``outcome``.  One that began at that moment is
    open, also when it had ended: it was reopened, or a merge was taken back.
    """
    shop_id, conversation_id = conversation
    rows = _of(tx, conversation_id, tables.wait.c.ended_at.is_(None))
    over = [row.id for row in rows if since is None or row.asked_at < since]
    tx.update(tables.wait, [{"id": row_id, **_ended(tx, outcome, staff_id)} for row_id in over])
    if since is None or any(row.asked_at == since for row in rows):
        return
    before = _of(tx, conversation_id, tables.wait.c.asked_at == since)
    if before:
        tx.change(tables.wait, max(row.id for row in before), **_OPEN)
    else:
        hours = opening.hours_by_shop(tx.connection)
        _insert(tx, [_begun(shop_id, conversation_id, since, hours)])


def ids_of(tx: Transaction, conversation_id: int) -> list[int]:
    """All of a conversation."""
    wait = tables.wait
    return list(tx.connection.scalars(
        select(wait.c.id).where(wait.c.conversation_id == conversation_id)
    ))  # fmt: skip


def move(tx: Transaction, ids: Sequence[int], was: int, into: tuple[int, int]) -> list[int]:
    """Those that are still in conversation ``was`` go to another (its shop and id); which."""
    still = one_of(tx.connection, tables.wait.c.id, ids)
    moved = [row.id for row in _of(tx, was, still)]
    shop_id, conversation_id = into
    tx.update(tables.wait, [
        {"id": row_id, "shop_id": shop_id, "conversation_id": conversation_id}
        for row_id in moved
    ])  # fmt: skip
    return moved


def let_go(tx: Transaction, conversation_id: int) -> None:
    """The conversation ends: what is left says when somebody waited and for whom, not who."""
    settle(tx, (0, conversation_id), None)
    tx.update(tables.wait, [
        {"id": row_id, "conversation_id": None} for row_id in ids_of(tx, conversation_id)
    ])  # fmt: skip


def _of(tx: Transaction, conversation_id: int, *where: Any) -> list[WaitRow]:
    wait = tables.wait
    return reading.fetch(tx.connection, wait, wait.c.conversation_id == conversation_id, *where)


def _begun(
    shop_id: int, conversation_id: int, at: datetime, hours: dict[int, Hours]
) -> dict[str, Any]:
    return {"shop_id": shop_id, "conversation_id": conversation_id, "asked_at": at,
            "in_hours": hours[shop_id].is_open(at), **_OPEN}  # fmt: skip


def _ended(tx: Transaction, outcome: str, staff_id: int | None) -> dict[str, Any]:
    return {"ended_at": tx.now, "staff_id": staff_id, "outcome": outcome}


def _insert(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        ids = tx.new_ids(tables.wait, len(rows))
        tx.insert(tables.wait, [{"id": n, **row} for n, row in zip(ids, rows, strict=True)])
