"""What members do with a campaign: read it, answer it.  From their own reports and words alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, and_, bindparam, select, type_coerce

from console.domain import audiences
from console.domain.campaigns import REPLY_WINDOW
from console.domain.receipts import clamp_seen
from console.relay.handlers import tallies
from console.relay.handlers.tallies import Read
from console.store import reading, tables
from console.store.dialect import listed, one_of_named
from console.store.row_codec import from_ms, to_ms
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.rows import MessageRow


class Report(NamedTuple):
    """Up to which seq a conversation came to a phone and was read, and when, as the phone says."""

    delivered: int
    read: int
    at: datetime | None


@cache
def _unread_query(dialect_name: str) -> Select[Any]:
    """Campaign messages beyond what their readers had read before, and who got them."""
    message, recipient, position = tables.message, tables.recipient, tables.participant
    ours = and_(
        message.c.conversation_id == position.c.conversation_id,
        message.c.seq > position.c.read_seq, message.c.campaign_id.is_not(None),
    )  # fmt: skip
    theirs = and_(
        recipient.c.campaign_id == message.c.campaign_id,
        recipient.c.member_id == message.c.addressee_id,
    )
    sent_at, written_at, replied_at = (
        type_coerce(column, BigInteger).label(column.name)
        for column in (message.c.sent_at, recipient.c.written_at, recipient.c.replied_at)
    )
    query = (
        select(message.c.conversation_id, message.c.seq, sent_at,
               message.c.recalled_at.is_(None).label("stands"), position.c.delivered_seq,
               recipient.c.id, recipient.c.campaign_id, recipient.c.variant,
               recipient.c.member_id, recipient.c.counted, written_at, replied_at)
        .select_from(position.join(message, ours).join(recipient, theirs))
        .where(one_of_named(dialect_name, position.c.conversation_id, "threads"),
               position.c.member_id.is_not(None), recipient.c.read_at.is_(None))
    )  # fmt: skip
    return reading.prepared(dialect_name, query)


def note_reports(tx: Transaction, reports: Mapping[int, Report]) -> None:
    """Before the positions move: campaigns that these, by conversation, show as come or read."""
    if not reports:
        return
    name = tx.connection.dialect.name
    threads = listed(name, list(reports))
    found = reading.numbers(tx.connection, _unread_query(name), threads=threads)
    told: dict[int, Read] = {}
    changed: dict[int, datetime] = {}
    for thread, seq, sent, stands, delivered, key, *hers in found:
        report = reports[thread]
        if seq > report.delivered or key in told:
            continue
        read = None
        if stands and seq <= report.read:
            changed[key] = clamp_seen(report.at, from_ms(sent), tx.now)
            read = to_ms(changed[key])
        told[key] = Read._make((*hers, read, seq <= delivered))
    steps = Counter(told[key].campaign_id for key in changed)
    campaigns = _campaigns(tx, steps)
    tallies.note_reads(tx, list(told.values()), campaigns)
    tx.update(tables.recipient, [{"id": key, "read_at": at} for key, at in changed.items()])
    _count(tx, campaigns, steps, "read")


@cache
def _newest_query(dialect_name: str) -> Select[Any]:
    """Lately written campaign messages of conversations, and who got them."""
    message, recipient = tables.message, tables.recipient
    theirs = and_(
        recipient.c.campaign_id == message.c.campaign_id,
        recipient.c.member_id == message.c.addressee_id,
    )
    return (
        select(message.c.conversation_id, message.c.seq, recipient.c.id,
               recipient.c.campaign_id, recipient.c.variant, recipient.c.written_at,
               recipient.c.read_at, recipient.c.replied_at)
        .select_from(message.join(recipient, theirs))
        .where(one_of_named(dialect_name, message.c.conversation_id, "threads"),
               message.c.campaign_id.is_not(None), message.c.recalled_at.is_(None),
               message.c.sent_at >= bindparam("since", type_=message.c.sent_at.type))
        .order_by(message.c.conversation_id, message.c.seq)
    )  # fmt: skip


def note_replies(tx: Transaction, conversation_ids: Iterable[int]) -> None:
    """Members wrote there: to each one's newest campaign it is the reply, if it is the first."""
    threads = sorted(set(conversation_ids))
    if not threads:
        return
    name = tx.connection.dialect.name
    since = tx.now - REPLY_WINDOW
    found = tx.connection.execute(
        _newest_query(name), {"threads": listed(name, threads), "since": since}
    )
    newest = {row.conversation_id: row for row in found}
    replied = [row for row in newest.values() if row.replied_at is None]
    _note_replied(tx, replied)


def note_reply_to(tx: Transaction, message: MessageRow) -> None:
    """A member answered this very message of a campaign."""
    recipient = tables.recipient
    row = reading.one(
        tx.connection, recipient, recipient.c.campaign_id == message.campaign_id,
        recipient.c.member_id == message.addressee_id, recipient.c.replied_at.is_(None),
    )  # fmt: skip
    if row is not None:
        _note_replied(tx, [row])


def _note_replied(tx: Transaction, rows: Sequence[Any]) -> None:
    """Recipients, as they were, who replied just now."""
    tx.update(tables.recipient, [{"id": row.id, "replied_at": tx.now} for row in rows])
    steps = Counter(row.campaign_id for row in rows)
    _count(tx, _campaigns(tx, steps), steps, "replied")
    tallies.note_replies(tx, rows)


def _campaigns(tx: Transaction, steps: Mapping[int, int]) -> dict[int, CampaignRow]:
    return reading.by_ids(tx.connection, tables.campaign, list(steps)) if steps else {}


def _count(
    tx: Transaction, campaigns: Mapping[int, CampaignRow], steps: Mapping[int, int], what: str
) -> None:
    tx.update(tables.campaign, [
        {"id": row.id, "counts": audiences.moved(row.counts, {what: steps[row.id]})}
        for row in campaigns.values()
    ])  # fmt: skip


def forget_member(tx: Transaction, member_id: int) -> None:
    """She is erased, her messages with her: what is left says only that she was skipped."""
    recipient = tables.recipient
    found = reading.fetch(tx.connection, recipient, recipient.c.member_id == member_id)
    rows = [row for row in found if row.reason != audiences.ERASED]
    tx.update(recipient, [
        {"id": row.id, "state": "skipped", "reason": audiences.ERASED, "variant": "",
         "until": None, "written_at": None, "counted": False, "message_id": None,
         "read_at": None, "replied_at": None, "recalled_at": None}
        for row in rows
    ])  # fmt: skip
    campaigns = reading.by_ids(tx.connection, tables.campaign, [row.campaign_id for row in rows])
    tx.update(tables.campaign, [
        {"id": row.campaign_id,
         "counts": audiences.moved(campaigns[row.campaign_id].counts, _steps_of(row))}
        for row in rows
    ])  # fmt: skip


def _steps_of(row: Any) -> dict[str, int]:
    """What is no longer counted of her."""
    steps = {row.state: -1}
    steps["skipped"] = steps.get("skipped", 0) + 1
    full = row.state == "pending" and row.reason == audiences.CAP
    steps[audiences.CAPPED] = -1 if full else 0
    if row.read_at is not None:
        steps["read"] = -1
    if row.replied_at is not None:
        steps["replied"] = -1
    if row.recalled_at is not None:
        steps["recalled_unread" if row.read_at is None else "recalled_read"] = -1
    return steps
