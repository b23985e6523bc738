"""``note.add`` and ``note.remove``: words of staff to staff, in no member's scope."""

from __future__ import annotations

from typing import Any

from console.relay.handlers.base import Request, missing
from console.relay.handlers.contents import check_words
from console.relay.handlers.queue import thread_of
from console.store import reading, tables
from console.store.suppression_facts import WordsRemoved
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import AddNote, RemoveNote
from console.wire.errors import Code, Refusal
from console.wire.rows import NoteRow


def add_note(tx: Transaction, request: Request[AddNote]) -> dict[str, Any]:
    """Write a note behind the newest message; the conversation itself stays as it was."""
    actor, command = request.actor, request.command
    thread = thread_of(tx, actor, command.conversation_id)
    before = _find(tx, command.client_id)
    if before is not None:
        if (before.staff_id, before.conversation_id) != (actor.id, thread.id):
            raise Refusal(Code.CONFLICT, field="client_id")
        return {"id": before.id}
    check_words(command.body, alone=True)
    note_id = tx.add(
        tables.note, shop_id=thread.shop_id, conversation_id=thread.id,
        client_id=command.client_id, staff_id=actor.id, after_seq=thread.last_seq,
        body=command.body, at=tx.now,
    )  # fmt: skip
    return {"id": note_id}


def remove_note(tx: Transaction, request: Request[RemoveNote]) -> None:
    """Erase one's own note; an owner erases any."""
    actor = request.actor
    row = _find(tx, request.command.client_id)
    if row is None or not actor.may_chat(row.conversation_id, row.shop_id):
        raise missing("client_id")
    if row.staff_id != actor.id and actor.role != "owner":
        raise Refusal(Code.RECALL_NOT_OWN)
    suppress(tx, WordsRemoved(of="note", client_id=row.client_id))
    erase(tx, row)


def erase(tx: Transaction, row: NoteRow) -> None:
    """It is gone for good."""
    tx.delete(tables.note, [row.id], [f"chats/{row.shop_id}"])
    tx.effects.erased = True


def _find(tx: Transaction, client_id: str) -> NoteRow | None:
    row: NoteRow | None = reading.one(
        tx.connection, tables.note, tables.note.c.client_id == client_id
    )
    return row
