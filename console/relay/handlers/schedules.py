"""``message.schedule`` and what becomes of it: changed, cancelled, or sent when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import literal_column, select

from console.domain.schedules import SETTLED, due_time, is_missed
from console.relay.actor import Actor
from console.relay.handlers import messages
from console.relay.handlers.base import Request, missing
from console.relay.handlers.contents import Content, Materials, check_words, kind_of_row
from console.relay.handlers.queue import thread_of
from console.relay.handlers.recalls import erase_media
from console.relay.handlers.threads import Appender
from console.relay.internal import FireScheduled
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.suppression_facts import WordsRemoved
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import CancelScheduled, ChangeScheduled, ScheduleMessage
from console.wire.errors import Code, Refusal
from console.wire.rows import ScheduledRow

WAITING = tables.scheduled.c.state == literal_column("'waiting'")
"""Said in the statement itself: with a parameter the index of those waiting is not used."""


def schedule(tx: Transaction, request: Request[ScheduleMessage]) -> dict[str, Any]:
    """Keep a message, checked as if it were sent now, until it is due."""
    actor, command = request.actor, request.command
    thread = thread_of(tx, actor, command.conversation_id)
    before = _find(tx, command.client_id)
    if before is not None or messages.sent_before(tx, [command.client_id]):
        if before is None or (before.staff_id, before.conversation_id) != (actor.id, thread.id):
            raise Refusal(Code.CONFLICT, field="client_id")
        return {"id": before.id}
    due_at = due_time(command.due_at, tx.now)
    if due_at is None:
        raise Refusal(Code.SCHEDULE_TOO_FAR, field="due_at")
    content = Materials.load(tx, [command]).take(actor, command)
    if command.reply_to is not None and _quotes(tx, [command.reply_to]).get(command.reply_to) != (
        thread.id
    ):
        raise missing("reply_to")
    _keep_media(tx, content, thread.id)
    row_id = tx.add(
        tables.scheduled, shop_id=thread.shop_id, conversation_id=thread.id,
        client_id=command.client_id, staff_id=actor.id, body=content.body, media=content.media,
        layout=content.layout, card=content.card, reply_to=command.reply_to, due_at=due_at,
        state="waiting", at=tx.now,
    )  # fmt: skip
    return {"id": row_id}


def _keep_media(tx: Transaction, content: Content, conversation_id: int) -> None:
    """They belong to this conversation, and no member may fetch them yet."""
    place = {"conversation_id": conversation_id, "internal": True}
    tx.update(tables.media, [{"id": media_id, **place} for media_id in content.attached])
    tx.insert(tables.media, [copy | place for copy in content.copies])


def _find(tx: Transaction, client_id: str) -> ScheduledRow | None:
    table = tables.scheduled
    row: ScheduledRow | None = reading.one(tx.connection, table, table.c.client_id == client_id)
    return row


def _changeable(tx: Transaction, actor: Actor, client_id: str) -> ScheduledRow:
    row = _find(tx, client_id)
    if row is None or not actor.may_chat(row.conversation_id, row.shop_id):
        raise missing("client_id")
    return row


def change(tx: Transaction, request: Request[ChangeScheduled]) -> None:
    """Other words, another time; who changes it answers for it, and it waits again."""
    actor, command = request.actor, request.command
    row = _changeable(tx, actor, command.client_id)
    if row.state in SETTLED:
        raise Refusal(Code.SCHEDULE_SETTLED)
    body = row.body if command.body is None else command.body
    check_words(body, alone=not row.media and row.card is None)
    due_at = due_time(command.due_at or row.due_at, tx.now)
    if due_at is None:
        raise Refusal(Code.SCHEDULE_TOO_FAR, field="due_at")
    tx.change(
        tables.scheduled, row.id, body=body, due_at=due_at, state="waiting", code="",
        staff_id=actor.id,
    )  # fmt: skip


def cancel(tx: Transaction, request: Request[CancelScheduled]) -> None:
    """It will not be sent."""
    row = _changeable(tx, request.actor, request.command.client_id)
    if row.state == "cancelled":
        return
    if row.state in SETTLED:
        raise Refusal(Code.SCHEDULE_SETTLED)
    suppress(tx, WordsRemoved(of="scheduled", client_id=row.client_id))
    erase(tx, row)


def erase(tx: Transaction, row: ScheduledRow) -> None:
    """Its words and media are gone; nothing of it will be sent."""
    erase_media(tx, [item.id for item in row.media])
    tx.change(tables.scheduled, row.id, state="cancelled", code="", **_EMPTY)
    tx.effects.erased = True


_EMPTY: dict[str, Any] = {"body": "", "media": [], "card": None}


# --- firing -----------------------------------------------------------------------------------


def fire(tx: Transaction, request: Request[FireScheduled]) -> dict[str, Any]:
    """Settle those that are due: send what may still be said, say why not of the others.

    Which are due, and which are too late, this transaction's clock decides; a row settled here
    is never seen again, however the clock jumps.
    """
    table = tables.scheduled
    query = (
        reading.rows_of(table)
        .where(WAITING, table.c.due_at <= tx.now)
        .order_by(table.c.due_at, table.c.id)
        .limit(request.command.at_most)
    )
    rows: list[ScheduledRow] = reading.run(tx.connection, table, query)
    if not rows:
        return {"done": 0}
    appender = Appender.load(tx, [row.conversation_id for row in rows])
    known = _Circumstances.load(tx, rows, appender)
    sent: list[tuple[ScheduledRow, dict[str, Any]]] = []
    kept: list[dict[str, Any]] = []
    for row in rows:
        code = Code.SCHEDULE_MISSED if is_missed(row.due_at, tx.now) else known.objection(row)
        if code is None:
            sent.append((row, _append(appender, row)))
        else:
            state = "missed" if code is Code.SCHEDULE_MISSED else "refused"
            kept.append({"id": row.id, "state": state, "code": code.value})
    appender.flush()
    tx.update(table, kept)
    tx.update(table, [
        # Its words live on in the message alone, where recalling it reaches them.
        {"id": row.id, "state": "sent", "message_id": message["id"], **_EMPTY}
        for row, message in sent
    ])  # fmt: skip
    return {"done": len(rows)}


def hold(tx: Transaction) -> None:
    """Nothing that waits is sent by itself: staff look at it first."""
    table = tables.scheduled
    tx.update(table, [
        {"id": row_id, "state": "missed", "code": Code.SCHEDULE_RESTORED.value}
        for row_id in tx.connection.scalars(select(table.c.id).where(WAITING))
    ])  # fmt: skip


def _append(appender: Appender, row: ScheduledRow) -> dict[str, Any]:
    content = Content(
        kind_of_row(row.media, row.card), row.body, layout=row.layout,
        media=[_plain(item) for item in row.media],
        card=None if row.card is None else _plain(row.card),
        attached=[item.id for item in row.media],
    )  # fmt: skip
    thread = appender.threads[row.conversation_id]
    return appender.append(thread, row.client_id, ("staff", row.staff_id), content, row.reply_to)


def _plain(value: msgspec.Struct) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What may have changed since it was written down, one query each for all rows."""

    threads: dict[int, int | None]
    blocked: set[int]
    authors: set[tuple[int, int]]
    quotes: dict[int, int]
    gone: set[int]
    names: dict[str, Any]

    @classmethod
    def load(
        cls, tx: Transaction, rows: Sequence[ScheduledRow], appender: Appender
    ) -> _Circumstances:
        threads = {key: thread.row.member_id for key, thread in appender.threads.items()}
        return cls(
            threads=threads,
            blocked=messages.blocked_among(tx, [key for key in threads.values() if key]),
            authors=_authors(tx),
            quotes=_quotes(tx, [row.reply_to for row in rows if row.reply_to is not None]),
            gone=_erased_media(tx, [item.id for row in rows for item in row.media]),
            names=messages.sent_before(tx, [row.client_id for row in rows]),
        )

    def objection(self, row: ScheduledRow) -> Code | None:
        """Why it must not be sent now, or ``None``."""
        if (row.staff_id, row.shop_id) not in self.authors:
            return Code.COMMAND_DENIED
        if row.conversation_id not in self.threads:
            return Code.NOT_FOUND
        if self.threads[row.conversation_id] in self.blocked:
            return Code.MEMBER_BLOCKED
        if row.reply_to is not None and self.quotes.get(row.reply_to) != row.conversation_id:
            return Code.NOT_FOUND
        if any(item.id in self.gone for item in row.media):
            return Code.MEDIA_GONE
        return Code.CONFLICT if row.client_id in self.names else None


def _authors(tx: Transaction) -> set[tuple[int, int]]:
    """Who works here and may write in which shop's conversations."""
    grant, staff = tables.grant, tables.staff
    query = (
        select(grant.c.reader_id, grant.c.scope)
        .join(staff, staff.c.id == grant.c.reader_id)
        .where(
            grant.c.reader_kind == "staff", grant.c.revoked_at.is_(None), staff.c.active,
            grant.c.scope.like("chats/%"),
        )
    )  # fmt: skip
    found = tx.connection.execute(query)
    return {(staff_id, int(scope.partition("/")[2])) for staff_id, scope in found}


def _quotes(tx: Transaction, message_ids: Sequence[int]) -> dict[int, int]:
    """In which conversation each quoted message is, without those taken back."""
    message = tables.message
    if not message_ids:
        return {}
    query = select(message.c.id, message.c.conversation_id).where(
        one_of(tx.connection, message.c.id, message_ids), message.c.recalled_at.is_(None)
    )
    return {row.id: row.conversation_id for row in tx.connection.execute(query)}


def _erased_media(tx: Transaction, media_ids: Sequence[int]) -> set[int]:
    media = tables.media
    if not media_ids:
        return set()
    query = select(media.c.id).where(
        one_of(tx.connection, media.c.id, media_ids), media.c.erased_at.is_not(None)
    )
    return set(tx.connection.scalars(query))
