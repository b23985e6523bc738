"""``receipt.seen`` and ``conversation.mark_read``: positions that only grow; set-wise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Select, bindparam, or_, select, tuple_

from console.domain.receipts import clamp_seen, grown
from console.relay.handlers.base import Request, Result, missing
from console.relay.handlers.campaign_receipts import Report, note_reports
from console.store import reading, tables
from console.store.dialect import chunks, listed, one_of_named
from console.store.unit_of_work import Transaction, as_kept
from console.wire.commands import MarkRead, Seen
from console.wire.rows import ParticipantRow

SEEN_EVERY = timedelta(hours=1)
"""How fine ``member.last_seen_at`` is; finer would make every glance a row for everybody."""

Key = tuple[int, int]
"""Conversation and person."""


@dataclass(slots=True)
class _Position:
    """One participant while reports are applied to her, as her row was before."""

    row: ParticipantRow
    is_new: bool
    delivered_seq: int
    read_seq: int
    read_at: datetime | None
    changed: bool = False

    @classmethod
    def of(cls, row: ParticipantRow, *, is_new: bool = False) -> _Position:
        """As it stands."""
        return cls(row, is_new, row.delivered_seq, row.read_seq, row.read_at)

    def report(self, delivered: int, read: int, last_seq: int) -> bool:
        """Grow; True when ``read_seq`` did, and ``changed`` when either did."""
        read_seq = grown(self.read_seq, read, last_seq)
        delivered_seq = grown(self.delivered_seq, max(delivered, read_seq), last_seq)
        read_grew = read_seq > self.read_seq
        self.changed |= read_grew or delivered_seq > self.delivered_seq
        self.delivered_seq, self.read_seq = delivered_seq, read_seq
        return read_grew

    def grown_row(self, rev: int, row_id: int) -> ParticipantRow:
        """Her row as it is now."""
        return replace(self.row, id=row_id, rev=rev, delivered_seq=self.delivered_seq,
                       read_seq=self.read_seq, read_at=self.read_at)  # fmt: skip


_GROWN = ("delivered_seq", "read_seq", "read_at")


@cache
def _positions_query(dialect_name: str, person: str) -> Select[Any]:
    """Positions of one kind of people; asked at every report, so built once."""
    table = tables.participant
    return reading.prepared(dialect_name, reading.rows_of(table).where(
        one_of_named(dialect_name, table.c.conversation_id, "threads"),
        table.c[person].is_not(None),
    ))  # fmt: skip


@dataclass(slots=True)
class _Board:
    """The positions of one kind of people (by their column) in the conversations of a batch."""

    tx: Transaction
    person: str
    positions: dict[Key, _Position]

    @classmethod
    def load(cls, tx: Transaction, person: str, threads: Collection[int]) -> _Board:
        name = tx.connection.dialect.name
        rows: list[ParticipantRow] = reading.run_prepared(
            tx.connection, tables.participant, _positions_query(name, person),
            threads=listed(name, threads),
        )  # fmt: skip
        who = attrgetter("conversation_id", person)
        return cls(tx, person, {who(row): _Position.of(row) for row in rows})

    def at(self, key: Key, shop_id: int) -> _Position:
        """The person's position, a new one when there is none."""
        found = self.positions.get(key)
        if found is None:
            who: dict[str, Any] = {self.person: key[1]}
            row = ParticipantRow(id=0, rev=0, shop_id=shop_id, conversation_id=key[0], **who)
            found = self.positions[key] = _Position.of(row, is_new=True)
        return found

    def flush(self) -> None:
        """Write what changed."""
        tx, table = self.tx, tables.participant
        changed = [each for each in self.positions.values() if each.changed]
        fresh = [each for each in changed if each.is_new]
        tx.update_whole(table, [
            each.grown_row(tx.rev, each.row.id) for each in changed if not each.is_new
        ], _GROWN)  # fmt: skip
        ids = tx.new_ids(table, len(fresh)) if fresh else range(0)
        tx.insert_whole(table, [
            each.grown_row(tx.rev, row_id) for row_id, each in zip(ids, fresh, strict=True)
        ], ("id", "shop_id", "conversation_id", self.person, *_GROWN))  # fmt: skip


class _Thread(NamedTuple):
    """What of a conversation decides about reports."""

    id: int
    shop_id: int
    last_seq: int


@cache
def _threads_query(dialect_name: str) -> Select[Any]:
    thread = tables.conversation
    query = select(thread.c.id, thread.c.shop_id, thread.c.last_seq)
    return reading.prepared(
        dialect_name, query.where(one_of_named(dialect_name, thread.c.id, "threads"))
    )


def _threads(tx: Transaction, ids: Collection[int]) -> dict[int, _Thread]:
    name = tx.connection.dialect.name
    found = reading.numbers(tx.connection, _threads_query(name), threads=listed(name, ids))
    return {row[0]: _Thread(*row) for row in found}


def apply_seen(tx: Transaction, requests: Sequence[Request[Seen]]) -> list[Result]:
    """What members' phones received and showed."""
    threads = _threads(tx, {each.command.conversation_id for each in requests})
    sent_at = _sent_at(tx, requests)
    board = _Board.load(tx, "member_id", threads)
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
            position.read_at = as_kept(clamp_seen(command.at, written, tx.now))
            reports[thread.id] = _report(position, command.at)
        elif position.changed:
            before = reports.get(thread.id)
            reports[thread.id] = _report(position, before.at if before else None)
        results.append(None)
    note_reports(tx, reports)
    board.flush()
    _note_seen(tx, {request.actor.id for request in requests})
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


@cache
def _unseen_query(dialect_name: str) -> Select[Any]:
    """Of some members those who were not here lately."""
    member = tables.member
    query = select(member.c.id).where(
        one_of_named(dialect_name, member.c.id, "members"),
        or_(member.c.last_seen_at.is_(None),
            member.c.last_seen_at <= bindparam("before", type_=member.c.last_seen_at.type)),
    )  # fmt: skip
    return reading.prepared(dialect_name, query)


def _note_seen(tx: Transaction, member_ids: Collection[int]) -> None:
    """Remember, once in a while, that these members were here."""
    name = tx.connection.dialect.name
    found = reading.numbers(tx.connection, _unseen_query(name), members=listed(name, member_ids),
                            before=tx.now - SEEN_EVERY)  # fmt: skip
    tx.update(tables.member, [
        {"id": member_id, "last_seen_at": tx.now} for member_id in sorted(row[0] for row in found)
    ])  # fmt: skip


def apply_mark_read(tx: Transaction, requests: Sequence[Request[MarkRead]]) -> list[Result]:
    """What staff have read."""
    threads = _threads(tx, {each.command.conversation_id for each in requests})
    board = _Board.load(tx, "staff_id", threads)
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
