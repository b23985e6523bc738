"""``message.recall``: a message's words and media are erased for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from console.domain.recall import in_time
from console.relay.handlers import answers, waits
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing
from console.relay.handlers.contents import preview_of
from console.store import reading, tables
from console.store.suppression_facts import MessageRecalled
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import RecallMessage
from console.wire.errors import Code, Refusal
from console.wire.rows import MessageRow


def recall(tx: Transaction, request: Request[RecallMessage]) -> None:
    """Erase body and media; the row stays, so that no number is missing."""
    actor = request.actor
    message = tables.message
    row = reading.one(tx.connection, message, message.c.client_id == request.command.client_id)
    if row is None or not actor.may_chat(row.conversation_id, row.shop_id):
        raise missing("client_id")
    if row.recalled_at is not None:
        return
    _check(request, row, tx)
    suppress(tx, MessageRecalled(client_id=row.client_id))
    erase_words(tx, row)
    if actor.kind == "staff":
        write_line(tx, actor, "message.recall", row.id)


def erase_words(tx: Transaction, row: MessageRow) -> None:
    """Nothing is left of what a message said or showed."""
    if row.campaign_id is None:
        # A campaign's photos stand in other copies, too; this one shows them no more.
        erase_media(tx, [item.id for item in row.media])
    since_seq = _still_waiting(tx, row.conversation_id)
    gone: dict[str, Any] = {"media": [], "card": None, "question": None, "offer": None}
    tx.change(tables.message, row.id, body="", **gone, recalled_at=tx.now)
    answers.withdraw(tx, row.id)
    tx.effects.erased = True
    since = refresh_preview(tx, row.conversation_id, since_seq)
    waits.settle(tx, (row.shop_id, row.conversation_id), since)


def _check(request: Request[RecallMessage], row: MessageRow, tx: Transaction) -> None:
    actor = request.actor
    if actor.kind == "staff":
        own = row.sender_kind in {"staff", "system"}
    else:
        own = (row.sender_kind, row.sender_id) == ("member", actor.id)
    if not own:
        raise Refusal(Code.RECALL_NOT_OWN)
    if not in_time(actor.kind, row.sent_at, tx.now):
        raise Refusal(Code.RECALL_TOO_LATE)


def erase_media(tx: Transaction, media_ids: Sequence[int]) -> None:
    """From now on these media are gone; their files follow after the commit."""
    tx.update(tables.media, [
        {"id": media_id, "erased_at": tx.now, "blurhash": ""}
        for media_id in media_ids
    ])  # fmt: skip
    tx.effects.erased_media.extend(media_ids)
    tx.effects.erased = tx.effects.erased or bool(media_ids)


def refresh_preview(
    tx: Transaction, conversation_id: int, since_seq: int | None = 0
) -> datetime | None:
    """Let the list show the newest message that is not recalled, and since when who waits.

    Only members' messages from ``since_seq`` on may wait; ``None``: nobody does.
    """
    message = tables.message
    newest = reading.run(
        tx.connection,
        message,
        reading.rows_of(message)
        .where(
            message.c.conversation_id == conversation_id,
            message.c.recalled_at.is_(None),
            # The relay's own answer after hours would hide the question it follows.
            ~message.c.automatic,
        )
        .order_by(message.c.seq.desc())
        .limit(1),
    )
    values: dict[str, Any] = {"preview_kind": "", "preview_text": "", "preview_sender": ""}
    if newest:
        row = newest[0]
        values = {
            "preview_kind": row.kind,
            "preview_text": preview_of(row.body, row.card, row.question),
            "preview_sender": row.sender_kind,
        }
    since = None if since_seq is None else waiting_since(tx, conversation_id, since_seq)
    tx.change(tables.conversation, conversation_id, waiting_since=since, **values)
    return since


def _still_waiting(tx: Transaction, conversation_id: int) -> int | None:
    """The seq from which on somebody waits now: what was done with before stays done with."""
    conversation, message = tables.conversation, tables.message
    since = tx.connection.scalar(
        select(conversation.c.waiting_since).where(conversation.c.id == conversation_id)
    )
    if since is None:
        return None
    first = select(func.min(message.c.seq)).where(
        message.c.conversation_id == conversation_id,
        message.c.sender_kind == "member",
        message.c.sent_at == since,
        message.c.seq > last_answer(tx, conversation_id),
    )
    return tx.connection.scalar(first) or 0


def last_answer(tx: Transaction, conversation_id: int) -> int:
    """The seq of the newest message of staff, 0 when there is none."""
    message = tables.message
    newest = (
        select(message.c.seq)
        .where(message.c.conversation_id == conversation_id, message.c.sender_kind == "staff")
        .order_by(message.c.seq.desc())
        .limit(1)
    )
    return tx.connection.scalar(newest) or 0


def waiting_since(tx: Transaction, conversation_id: int, since_seq: int = 0) -> datetime | None:
    """When the first member message from ``since_seq`` on was sent that nobody has answered.

    Recalled ones do not count.
    """
    message = tables.message
    first = (
        select(message.c.sent_at)
        .where(
            message.c.conversation_id == conversation_id,
            message.c.sender_kind == "member",
            message.c.recalled_at.is_(None),
            message.c.seq > last_answer(tx, conversation_id),
            message.c.seq >= since_seq,
        )
        .order_by(message.c.seq)
        .limit(1)
    )
    return tx.connection.scalar(first)
