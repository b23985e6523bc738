"""The queue: assigning, snoozing, finishing and reopening conversations, waking snoozed ones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from console.domain.conversations import may_snooze
from console.relay.actor import Actor
from console.relay.handlers import waits
from console.relay.handlers.base import Request, missing
from console.relay.handlers.recalls import waiting_since
from console.relay.internal import WakeConversations
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import (
    AssignConversation,
    FinishConversation,
    ReopenConversation,
    SnoozeConversation,
)
from console.wire.errors import Code, Refusal
from console.wire.rows import ConversationRow

_AWAKE: dict[str, Any] = {"snoozed_until": None, "snoozed_by": None}


def thread_of(tx: Transaction, actor: Actor, conversation_id: int) -> ConversationRow:
    """A conversation the actor may see; raises ``not_found``."""
    row: ConversationRow | None = reading.one(
        tx.connection, tables.conversation, tables.conversation.c.id == conversation_id
    )
    if row is None or not actor.may_chat(row.id, row.shop_id):
        raise missing("conversation_id")
    return row


def _change(tx: Transaction, row: ConversationRow, **values: Any) -> None:
    """What is so already needs no commit."""
    if any(getattr(row, name) != value for name, value in values.items()):
        tx.change(tables.conversation, row.id, **values)


def assign(tx: Transaction, request: Request[AssignConversation]) -> None:
    """Hand it to a colleague who works here now, or to nobody."""
    command = request.command
    row = thread_of(tx, request.actor, command.conversation_id)
    if command.staff_id is not None:
        staff = tables.staff
        found = reading.one(
            tx.connection, staff, staff.c.id == command.staff_id, staff.c.active,
            staff.c.shop_id == row.shop_id,
        )  # fmt: skip
        if found is None:
            raise missing("staff_id")
    _change(tx, row, assignee_id=command.staff_id)


def snooze(tx: Transaction, request: Request[SnoozeConversation]) -> None:
    """Out of the queue until then, or back in it now."""
    command = request.command
    row = thread_of(tx, request.actor, command.conversation_id)
    if command.until is None:
        _change(tx, row, **_AWAKE)
        return
    if command.until <= tx.now:
        raise Refusal(Code.SNOOZE_PAST, field="until")
    if not may_snooze(command.until, tx.now):
        raise Refusal(Code.COMMAND_INVALID, field="until")
    _change(
        tx, row, status="open", snoozed_until=command.until, snoozed_by=request.actor.id,
        woken_at=None,
    )  # fmt: skip


def finish(tx: Transaction, request: Request[FinishConversation]) -> None:
    """Nobody waits any more, unless the member wrote again beyond what the clerk had seen."""
    command = request.command
    row = thread_of(tx, request.actor, command.conversation_id)
    newer = waiting_since(tx, row.id, command.up_to_seq + 1)
    if newer is not None:
        # Finished by somebody who had seen less than whoever finished it before: that stands.
        newer = None if row.waiting_since is None else max(newer, row.waiting_since)
    if newer != row.waiting_since:
        waits.settle(tx, (row.shop_id, row.id), newer, waits.CLOSED, request.actor.id)
    _change(
        tx, row, status="done" if newer is None else "open", waiting_since=newer, woken_at=None,
        **_AWAKE,
    )  # fmt: skip


def reopen(tx: Transaction, request: Request[ReopenConversation]) -> None:
    """As if it had not been finished."""
    row = thread_of(tx, request.actor, request.command.conversation_id)
    if row.status != "open":
        since = waiting_since(tx, row.id)
        waits.settle(tx, (row.shop_id, row.id), since)
        tx.change(tables.conversation, row.id, status="open", waiting_since=since)


def wake(tx: Transaction, request: Request[WakeConversations]) -> dict[str, Any]:
    """Bring back those whose time has come."""
    conversation = tables.conversation
    due = (
        select(conversation.c.id)
        .where(
            conversation.c.snoozed_until.is_not(None), conversation.c.snoozed_until <= tx.now
        )
        .order_by(conversation.c.snoozed_until)
        .limit(request.command.at_most)
    )  # fmt: skip
    ids = list(tx.connection.scalars(due))
    tx.update(conversation, [
        {"id": row_id, "status": "open", "woken_at": tx.now, **_AWAKE} for row_id in ids
    ])  # fmt: skip
    return {"done": len(ids)}
