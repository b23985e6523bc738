"""``message.send``; set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from console.domain.consent import is_opt_out
from console.relay.handlers import marketing
from console.relay.handlers.after_hours import Answering
from console.relay.handlers.base import Request, Result, missing
from console.relay.handlers.campaign_receipts import note_replies
from console.relay.handlers.contents import Materials
from console.relay.handlers.threads import Appender
from console.store import tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.unit_of_work import Transaction
from console.wire.commands import SendMessage
from console.wire.errors import Code, Refusal

_BIGGEST_ID = 2**63


@dataclass(frozen=True, slots=True)
class _Known:
    """What one query each found for all requests."""

    sent: dict[str, Any]
    materials: Materials
    replies: dict[int, int]
    blocked: set[int]
    answering: Answering | None


def apply(tx: Transaction, requests: Sequence[Request[SendMessage]]) -> list[Result]:
    """Append every message; refusals leave nothing."""
    results = append(tx, requests)
    note_replies(tx, [
        request.command.conversation_id for request, result in zip(requests, results, strict=True)
        if request.actor.kind == "member" and not isinstance(result, Refusal)
    ])  # fmt: skip
    return results


def append(tx: Transaction, requests: Sequence[Request[SendMessage]]) -> list[Result]:
    """``apply`` without asking which campaigns they reply to."""
    commands = [request.command for request in requests]
    appender = Appender.load(tx, [command.conversation_id for command in commands])
    known = _look_up(tx, requests)
    results: list[Result] = []
    pending: list[tuple[int, dict[str, Any]]] = []
    opted_out: list[int] = []
    for request in requests:
        try:
            row = _add(appender, known, request)
        except Refusal as refusal:
            results.append(refusal)
            continue
        known.sent[row["client_id"]] = row
        pending.append((len(results), row))
        results.append(None)
        if request.actor.kind == "member" and is_opt_out(request.command.body):
            opted_out.append(request.actor.id)
    appender.flush()
    marketing.opt_out(tx, opted_out, channel="chat")
    for place, row in pending:
        results[place] = {"id": row["id"], "seq": row["seq"], "sent_at": row["sent_at"]}
    return results


def _look_up(tx: Transaction, requests: Sequence[Request[SendMessage]]) -> _Known:
    commands = [request.command for request in requests]
    members = [request.actor.id for request in requests if request.actor.kind == "member"]
    return _Known(
        sent=sent_before(tx, [command.client_id for command in commands]),
        materials=Materials.load(tx, commands),
        replies=conversations_of(tx, [c.reply_to for c in commands if c.reply_to is not None]),
        blocked=blocked_among(tx, members),
        answering=Answering.load(tx) if members else None,
    )


@cache
def _sent_query(dialect_name: str) -> Select[Any]:
    message = tables.message
    return select(
        message.c.id, message.c.seq, message.c.sent_at, message.c.client_id,
        message.c.conversation_id, message.c.sender_kind, message.c.sender_id,
    ).where(one_of_named(dialect_name, message.c.client_id, "names"))  # fmt: skip


def sent_before(tx: Transaction, client_ids: Sequence[str]) -> dict[str, Any]:
    """Messages that already have one of these names, as far as a retry needs them."""
    name = tx.connection.dialect.name
    found = tx.connection.execute(_sent_query(name), {"names": listed(name, client_ids)})
    return {row.client_id: row._asdict() for row in found}


def conversations_of(tx: Transaction, message_ids: Sequence[int]) -> dict[int, int]:
    """In which conversation each message is."""
    message = tables.message
    if not message_ids:
        return {}
    query = select(message.c.id, message.c.conversation_id).where(
        one_of(tx.connection, message.c.id, message_ids)
    )
    return {row.id: row.conversation_id for row in tx.connection.execute(query)}


def blocked_among(tx: Transaction, member_ids: Sequence[int]) -> set[int]:
    """Those of whom the shop wants to hear nothing."""
    if not member_ids:
        return set()
    name = tx.connection.dialect.name
    return set(tx.connection.scalars(_blocked_query(name), {"ids": listed(name, set(member_ids))}))


@cache
def _blocked_query(dialect_name: str) -> Select[Any]:
    member = tables.member
    wanted = one_of_named(dialect_name, member.c.id, "ids")
    return select(member.c.id).where(wanted, member.c.blocked)


def _add(appender: Appender, known: _Known, request: Request[SendMessage]) -> dict[str, Any]:
    """Check one request and append its message (or find the one it repeats)."""
    actor, command = request.actor, request.command
    thread = appender.threads.get(command.conversation_id)
    if thread is None or not actor.may_chat(thread.row.id, thread.row.shop_id):
        raise missing("conversation_id")
    if actor.kind == "member" and actor.id in known.blocked:
        raise Refusal(Code.MEMBER_BLOCKED)
    before = known.sent.get(command.client_id)
    if before is not None:
        return _same(before, request)
    content = known.materials.take(actor, command)
    if command.reply_to is not None and known.replies.get(command.reply_to) != thread.row.id:
        raise missing("reply_to")
    sender = (actor.kind, actor.id)
    row = appender.append(
        thread, command.client_id, sender, content, command.reply_to, _photo_meant(command)
    )
    if actor.kind == "member" and known.answering is not None:
        known.answering.answer(appender, thread)
    return row


def _photo_meant(command: SendMessage) -> int | None:
    """Of the answered message; an id that is none of its photos shows as none."""
    media = command.reply_media or 0
    return media if command.reply_to is not None and 0 < media < _BIGGEST_ID else None


def _same(before: dict[str, Any], request: Request[SendMessage]) -> dict[str, Any]:
    """The message that already has this ``client_id``, when it is the very sender's."""
    sender = (before["sender_kind"], before["sender_id"])
    same_place = before["conversation_id"] == request.command.conversation_id
    if sender != (request.actor.kind, request.actor.id) or not same_place:
        raise Refusal(Code.CONFLICT, field="client_id")
    return before
