"""``receipt.seen`` and ``conversation.mark_read``: positions that only grow; set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, tuple_

from console.domain.receipts import clamp_seen, grown
from console.relay.handlers.base import Request, Result, missing
from console.relay.handlers.campaign_receipts import Report, note_reports
from console.store import reading, tables
from console.store.dialect import chunks, one_of
from console.store.unit_of_work import Transaction
from console.wire.commands import MarkRead, Seen

SEEN_EVERY = timedelta(hours=1)
"""How fine ``member.last_seen_at`` is; finer would make every glance a row for everybody."""

Key = tuple[int, int]
"""Conversation and person."""


@dataclass(slots=True)
class _Position:
    """One participant while reports are applied to her."""

    row_id: int
    shop_id: int
    delivered_seq: int = 0
    read_seq: int = 0
    read_at: datetime | None = None
    is_new: bool = False
    changed: bool = False

    def report(self, delivered: int, read: int, last_seq: int) -> bool:
        """Grow; True when ``read_seq`` did, and ``changed`` when either did."""
        read_seq = grown(self.read_seq, read, last_seq)
        delivered_seq = grown(self.delivered_seq, max(delivered, read_seq), last_seq)
        read_grew = read_seq > self.read_seq
        self.changed |= read_grew or delivered_seq > self.delivered_seq
        self.delivered_seq, self.read_seq = delivered_seq, read_seq
        return read_grew


@dataclass(slots=True)
class _Board:
    """The positions of one kind of people in the conversations of a batch."""

    tx: Transaction
    person: str
    positions: dict[Key, _Position]

    @classmethod
    def load(cls, tx: Transaction, person: str, keys: Sequence[Key]) -> _Board:
        table = tables.participant
        column = table.c[person]
        query = select(
            table.c.id, table.c.shop_id, table.c.conversation_id, column, table.c.delivered_seq,
            table.c.read_seq, table.c.read_at,
        ).where(
            one_of(tx.connection, table.c.conversation_id, {key[0] for key in keys}),
            column.is_not(None),
        )  # fmt: skip
        return cls(tx, person, {
            (thread, who): _Position(row_id, shop_id, delivered, read, read_at)
            for row_id, shop_id, thread, who, delivered, read, read_at
            in tx.connection.execute(query)
        })  # fmt: skip

    def at(self, key: Key, shop_id: int) -> _Position:
        """The person's position, a new one when there is none."""
        if key not in self.positions:
            self.positions[key] = _Position(0, shop_id, is_new=True)
        return self.positions[key]

    def flush(self) -> None:
        """Write what changed."""
        changed = {key: p for key, p in self.positions.items() if p.changed}
        fresh = {key: p for key, p in changed.items() if p.is_new}
        table = tables.participant
        self.tx.update(table, [
            {"id": p.row_id, **_columns(p)} for p in changed.values() if not p.is_new
        ])  # fmt: skip
        ids = self.tx.new_ids(table, len(fresh)) if fresh else range(0)
        self.tx.insert(table, [
            {"id": row_id, "shop_id": p.shop_id, "conversation_id": key[0], self.person: key[1],
             **_columns(p)}
            for row_id, (key, p) in zip(ids, fresh.items(), strict=True)
        ])  # fmt: skip


def _columns(position: _Position) -> dict[str, Any]:
    return {
        "delivered_seq": position.delivered_seq,
        "read_seq": position.read_seq,
        "read_at": position.read_at,
    }


def apply_seen(tx: Transaction, requests: Sequence[Request[Seen]]) -> list[Result]:
    """What members' phones received and showed."""
    threads = reading.by_ids(
        tx.connection, tables.conversation, [r.command.conversation_id for r in requests]
    )
    sent_at = _sent_at(tx, requests)
    keys = [(r.command.conversation_id, r.actor.id) for r in requests]
    board = _Board.load(tx, "member_id", keys)
    results: list[Result] = []
    reports: dict[int, Report] = {}
    for request in requests:
        command, actor = request.command, request.actor
        thread = threads.get(command.conversation_id)
        if thread is None or not actor.may_chat(thread.id, thread.shop_id):
            results.append(missing("conversation_id"))
            continue
        position = board.at((thread.id, actor.id), thread.shop_id)
        if position.report(command.delivered, command.read, thread.last_seq):
            written = sent_at.get((thread.id, position.read_seq), tx.now)
            position.read_at = clamp_seen(command.at, written, tx.now)
            reports[thread.id] = _report(position, command.at)
        elif position.changed:
            before = reports.get(thread.id)
            reports[thread.id] = _report(position, before.at if before else None)
        results.append(None)
    note_reports(tx, reports)
    board.flush()
    _note_seen(tx, sorted({request.actor.id for request in requests}))
    return results


def _report(position: _Position, at: datetime | None) -> Report:
    return Report(position.delivered_seq, position.read_seq, at)


def _sent_at(tx: Transaction, requests: Sequence[Request[Seen]]) -> dict[Key, datetime]:
    """When the reported messages were written, for reports that bring a time of their own."""
    message = tables.message
    wanted = sorted(
        {(r.command.conversation_id, r.command.read) for r in requests if r.command.at is not None}
    )
    found: dict[Key, datetime] = {}
    for part in chunks(wanted):
        where = tuple_(message.c.conversation_id, message.c.seq).in_(part)
        for row in reading.fetch(tx.connection, message, where):
            found[row.conversation_id, row.seq] = row.sent_at
    return found


def _note_seen(tx: Transaction, member_ids: Sequence[int]) -> None:
    """Remember, once in a while, that these members were here."""
    tx.update(tables.member, [
        {"id": row.id, "last_seen_at": tx.now}
        for row in reading.by_ids(tx.connection, tables.member, member_ids).values()
        if row.last_seen_at is None or tx.now - row.last_seen_at >= SEEN_EVERY
    ])  # fmt: skip


def apply_mark_read(tx: Transaction, requests: Sequence[Request[MarkRead]]) -> list[Result]:
    """What staff have read."""
    threads = reading.by_ids(
        tx.connection, tables.conversation, [r.command.conversation_id for r in requests]
    )
    keys = [(r.command.conversation_id, r.actor.id) for r in requests]
    board = _Board.load(tx, "staff_id", keys)
    results: list[Result] = []
    for request in requests:
        thread = threads.get(request.command.conversation_id)
        if thread is None or not request.actor.may_chat(thread.id, thread.shop_id):
            results.append(missing("conversation_id"))
            continue
        position = board.at((thread.id, request.actor.id), thread.shop_id)
        if position.report(0, request.command.seq, thread.last_seq):
            position.read_at = tx.now
        results.append(None)
    board.flush()
    return results
