"""The conversation that a merge ended stands again, with all that hung on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select

from console.relay import journal
from console.relay.handlers import grants, moving, waits
from console.relay.handlers.recalls import refresh_preview
from console.relay.journal import Journal, Thread
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.rows import ConversationRow, MemberMergeRow

_STANDING = (
    ("status",), ("assignee_id",), ("snoozed_until", "snoozed_by"), ("last_message_at",),
)  # fmt: skip


def give_back(
    tx: Transaction, row: MemberMergeRow, moved: Journal, later: Sequence[Journal],
    *, has_phone: bool,
) -> set[int]:  # fmt: skip
    """Give the ended conversation back; ids of the media that went along.

    ``has_phone``: the member who was kept has one of her own, so her conversation stays.
    """
    thread, gone = moved.thread, moved.thread.gone
    going: set[int] = set()
    if gone is not None:
        _stand_up(tx, thread, gone)
        _return_messages(tx, thread, gone)
        going = _return_beside(tx, thread, gone)
        _return_drafts(tx, moved, gone)
        _settle_given_back(tx, gone)
    if thread.made and not has_phone and _is_empty(tx, thread.into):
        _drop(tx, thread, moved.was.id)
    elif gone is not None:
        _fill_places(tx, row, thread)
        _settle_kept(tx, thread, [one.thread for one in later])
    return going


def _stand_up(tx: Transaction, thread: Thread, gone: ConversationRow) -> None:
    for table, rows in ((tables.conversation, [gone]), (tables.participant, thread.participants)):
        tx.insert(table, [_columns(row) for row in rows])


def _columns(row: Any) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.structs.asdict(row)
    values.pop("rev")
    return values


def _return_messages(tx: Transaction, thread: Thread, gone: ConversationRow) -> None:
    """Back with their old seqs; what quotes them from where they stood quotes nothing now."""
    message, ids = tables.message, [place.id for place in thread.messages]
    tx.update(message, [
        {"id": place.id, "conversation_id": gone.id, "shop_id": gone.shop_id, "seq": place.seq,
         "sender_id": place.sender_id}
        for place in thread.messages
    ])  # fmt: skip
    tx.bury(message, ids, [f"chat/{thread.into}"])
    moving.bury_elsewhere(tx, message, ids, thread.was, gone.shop_id)
    quoting = select(message.c.id).where(
        message.c.conversation_id == thread.into, one_of(tx.connection, message.c.reply_to, ids)
    )
    left = list(tx.connection.scalars(quoting))
    tx.update(message, [{"id": row_id, "reply_to": None} for row_id in left])


def _fill_places(tx: Transaction, row: MemberMergeRow, thread: Thread) -> None:
    """Where they stood there is a message that shows nothing: a seq is never used twice."""
    if not thread.messages:
        return
    fresh = tx.new_ids(tables.message, len(thread.messages))
    tx.insert(tables.message, [
        {"id": row_id, "shop_id": thread.was.shop_id, "conversation_id": thread.into,
         "seq": thread.start + place, "client_id": f"moved-{row.id}-{place}",
         "sender_kind": "system", "kind": "moved", "sent_at": row.at, "recalled_at": tx.now}
        for place, row_id in enumerate(fresh, 1)
    ])  # fmt: skip


def _return_beside(tx: Transaction, thread: Thread, gone: ConversationRow) -> set[int]:
    """Notes, what is sent later, waits, media; what was sent since stays with its message."""
    note, media = tables.note, tables.media
    places = dict(thread.notes)
    notes = _still_there(tx, note, list(places), thread.into)
    tx.update(note, [
        {"id": row.id, "conversation_id": gone.id, "shop_id": gone.shop_id,
         "after_seq": places[row.id]}
        for row in notes
    ])  # fmt: skip
    moving.bury_elsewhere(tx, note, [row.id for row in notes], thread.was, gone.shop_id)
    back = waits.move(tx, thread.waits, thread.into, (gone.shop_id, gone.id))
    moving.bury_elsewhere(tx, tables.wait, back, thread.was, gone.shop_id)
    staying = _return_scheduled(tx, thread, gone)
    query = select(media.c.id).where(
        one_of(tx.connection, media.c.id, thread.media), media.c.conversation_id == thread.into
    )
    going = set(tx.connection.scalars(query)) - staying
    tx.update(media, [{"id": row_id, "conversation_id": gone.id} for row_id in sorted(going)])
    return going


def _return_scheduled(tx: Transaction, thread: Thread, gone: ConversationRow) -> set[int]:
    """Give back all but what was sent since; ids of the media that those messages carry."""
    later, states = tables.scheduled, dict(thread.scheduled)
    rows = _still_there(tx, later, list(states), thread.into)
    sent = [row for row in rows if row.state == "sent" != states[row.id]]
    back = [row for row in rows if row not in sent]
    tx.update(later, [
        {"id": row.id, "conversation_id": gone.id, "shop_id": gone.shop_id} for row in back
    ])  # fmt: skip
    moving.bury_elsewhere(tx, later, [row.id for row in back], thread.was, gone.shop_id)
    became = [row.message_id for row in sent if row.message_id is not None]
    carriers = [*sent, *reading.by_ids(tx.connection, tables.message, became).values()]
    return {item.id for row in carriers for item in row.media}


def _still_there(tx: Transaction, table: Any, ids: list[int], conversation_id: int) -> list[Any]:
    return reading.fetch(
        tx.connection, table, one_of(tx.connection, table.c.id, ids),
        table.c.conversation_id == conversation_id,
    )  # fmt: skip


def _return_drafts(tx: Transaction, moved: Journal, gone: ConversationRow) -> None:
    """Unsent words that nobody touched since go back; others are where they were typed on."""
    draft, thread = tables.draft, moved.thread
    for row in _still_there(tx, draft, thread.drafts, thread.into):
        if row.rev == moved.rev:
            tx.change(draft, row.id, conversation_id=gone.id)
    for pair in thread.joined:
        kept = reading.one(tx.connection, draft, draft.c.id == pair.into)
        if kept is not None and kept.rev == moved.rev:
            tx.change(draft, kept.id, beside=pair.beside)
            tx.insert(draft, [_columns(pair.gone)])


# --- how the two go on --------------------------------------------------------------------------


def _settle_given_back(tx: Transaction, gone: ConversationRow) -> None:
    """As it stood, but for what was recalled since."""
    since = refresh_preview(tx, gone.id)
    if gone.waiting_since is None or _still_waits(tx, gone.id, gone.waiting_since):
        since = gone.waiting_since
        tx.change(tables.conversation, gone.id, waiting_since=since)
    waits.settle(tx, (gone.shop_id, gone.id), since)


def _settle_kept(tx: Transaction, thread: Thread, later: Sequence[Thread]) -> None:
    """As it was, but for what happened since."""
    now = moving.conversation(tx, thread.into)
    newest = later[-1] if later else thread
    grew = now.last_seq > newest.became.last_seq
    kept = {"last_message_at"} if grew else set()
    values = journal.restored(thread, now, _STANDING, kept, later)
    values["waiting_since"] = _waiting(tx, thread, now)
    if values["waiting_since"] is not None:
        values["status"] = "open"
    refresh_preview(tx, thread.into)
    tx.change(tables.conversation, thread.into, **values)
    waits.settle(tx, (now.shop_id, thread.into), values["waiting_since"])


def _waiting(tx: Transaction, thread: Thread, now: ConversationRow) -> datetime | None:
    """Since when she waits who was kept: as before, or since the first word after the merge."""
    at, before, end = now.waiting_since, thread.was.waiting_since, thread.became.last_seq
    if at not in {None, thread.became.waiting_since} and _still_waits(tx, thread.into, at):
        return at
    answered = _answered(tx, thread.into)
    if at is None and (now.status == "done" or answered > end):
        return None
    if before is not None and _still_waits(tx, thread.into, before):
        return before
    message = tables.message
    first = select(message.c.sent_at).where(
        message.c.conversation_id == thread.into, message.c.sender_kind == "member",
        message.c.recalled_at.is_(None), message.c.seq > max(end, answered),
    )  # fmt: skip
    return tx.connection.scalar(first.order_by(message.c.seq).limit(1))


def _answered(tx: Transaction, conversation_id: int) -> int:
    """Seq of the newest message of staff, 0 for none."""
    message = tables.message
    query = select(func.max(message.c.seq)).where(
        message.c.conversation_id == conversation_id, message.c.sender_kind == "staff"
    )
    return tx.connection.scalar(query) or 0


def _still_waits(tx: Transaction, conversation_id: int, at: datetime | None) -> bool:
    """Whether the message that she waits with still says something."""
    message = tables.message
    query = select(message.c.id).where(
        message.c.conversation_id == conversation_id, message.c.sender_kind == "member",
        message.c.sent_at == at, message.c.recalled_at.is_(None),
    )  # fmt: skip
    return tx.connection.scalar(query.limit(1)) is not None


def _is_empty(tx: Transaction, conversation_id: int) -> bool:
    return all(
        tx.connection.scalar(
            select(table.c.id).where(table.c.conversation_id == conversation_id).limit(1)
        ) is None
        for table in (tables.message, tables.note, tables.scheduled, tables.draft)
    )  # fmt: skip


def _drop(tx: Transaction, thread: Thread, member_id: int) -> None:
    """She had no conversation before and nothing was said since: she has none again."""
    moving.end(tx, thread.was)
    grants.take(tx, ("member", member_id), [f"chat/{thread.into}"])
