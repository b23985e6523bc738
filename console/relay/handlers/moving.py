"""A conversation is taken into another one: all that hangs on it goes along.

Messages are appended with new seqs in their order, so that the seqs of both conversations
stay without gaps and none is used twice.  What was moved is noted for the journal.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import func, select

from console.relay.handlers import waits
from console.relay.handlers.recalls import refresh_preview
from console.relay.journal import JoinedDraft, Place, Thread
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.frames import MAX_TEXT_CHARS
from console.wire.rows import ConversationRow, ParticipantRow


def conversation(tx: Transaction, conversation_id: int) -> ConversationRow:
    """A conversation that exists, without its preview."""
    table = tables.conversation
    row: ConversationRow
    (row,) = reading.fetch(tx.connection, table, table.c.id == conversation_id)
    return msgspec.structs.replace(row, preview_kind="", preview_text="", preview_sender="")


def take_in(
    tx: Transaction, old: ConversationRow | None, new: ConversationRow, members: tuple[int, int],
    *, made: bool,
) -> Thread:  # fmt: skip
    """Move all of ``old`` behind what is in ``new``; ``members``: whose was, whose is."""
    thread = Thread(into=new.id, made=made, start=new.last_seq, was=new, became=new)
    if old is None:
        return thread
    thread.gone = old
    _join_receipts(tx, thread, old, members)
    _move_messages(tx, thread, old, members)
    _move_beside(tx, thread, old)
    _move_drafts(tx, thread, old)
    end(tx, old)
    _stand(tx, thread, old)
    thread.became = conversation(tx, new.id)
    return thread


def bury_elsewhere(
    tx: Transaction, table: Any, row_ids: list[int], old: ConversationRow, shop_id: int
) -> None:
    """Rows that went to another shop's conversations are gone for those who see only this one."""
    if old.shop_id != shop_id:
        tx.bury(table, row_ids, [f"chats/{old.shop_id}"])


def _move_messages(
    tx: Transaction, thread: Thread, old: ConversationRow, members: tuple[int, int]
) -> None:
    message, (was, now) = tables.message, members
    found = reading.fetch(tx.connection, message, message.c.conversation_id == old.id)
    found.sort(key=lambda row: row.seq)
    thread.messages = [Place(row.id, row.seq, row.sender_id) for row in found]
    tx.update(message, [
        {"id": row.id, "conversation_id": thread.into, "shop_id": thread.was.shop_id,
         "seq": thread.start + place,
         "sender_id": now if (row.sender_kind, row.sender_id) == ("member", was)
         else row.sender_id}
        for place, row in enumerate(found, 1)
    ])  # fmt: skip
    bury_elsewhere(tx, message, [row.id for row in found], old, thread.was.shop_id)


def _move_beside(tx: Transaction, thread: Thread, old: ConversationRow) -> None:
    """Notes, messages to be sent later, waits, and media."""
    note, later, media = tables.note, tables.scheduled, tables.media
    into, shop_id = thread.into, thread.was.shop_id
    notes = reading.fetch(tx.connection, note, note.c.conversation_id == old.id)
    thread.notes = [(row.id, row.after_seq) for row in notes]
    tx.update(note, [
        {"id": row.id, "conversation_id": into, "shop_id": shop_id,
         "after_seq": thread.start + row.after_seq}
        for row in notes
    ])  # fmt: skip
    waiting = reading.fetch(tx.connection, later, later.c.conversation_id == old.id)
    thread.scheduled = [(row.id, row.state) for row in waiting]
    tx.update(later, [
        {"id": row.id, "conversation_id": into, "shop_id": shop_id} for row in waiting
    ])  # fmt: skip
    thread.waits = waits.move(tx, waits.ids_of(tx, old.id), old.id, (shop_id, into))
    for table, ids in ((note, [row.id for row in notes]), (later, [row.id for row in waiting]),
                       (tables.wait, thread.waits)):  # fmt: skip
        bury_elsewhere(tx, table, ids, old, shop_id)
    carried = tx.connection.scalars(select(media.c.id).where(media.c.conversation_id == old.id))
    thread.media = list(carried)
    tx.update(media, [{"id": row_id, "conversation_id": into} for row_id in thread.media])


def _move_drafts(tx: Transaction, thread: Thread, old: ConversationRow) -> None:
    """Unsent words go along; where staff had some there too, both are kept."""
    draft = tables.draft
    there = {
        row.staff_id: row
        for row in reading.fetch(tx.connection, draft, draft.c.conversation_id == thread.into)
    }
    for row in reading.fetch(tx.connection, draft, draft.c.conversation_id == old.id):
        other = there.get(row.staff_id)
        if other is None:
            tx.change(draft, row.id, conversation_id=thread.into)
            thread.drafts.append(row.id)
            continue
        kept = "\n".join(part for part in (other.beside, row.body, row.beside) if part)
        thread.joined.append(JoinedDraft(gone=row, into=other.id, beside=other.beside))
        tx.change(draft, other.id, beside=kept[:MAX_TEXT_CHARS])
        tx.delete(draft, [row.id], [f"drafts/{row.staff_id}"])


# --- receipts -----------------------------------------------------------------------------------


def _join_receipts(
    tx: Transaction, thread: Thread, old: ConversationRow, members: tuple[int, int]
) -> None:
    """Who had read one conversation to its end has read as much of the other as she had.

    Positions only grow; what somebody had not read before stays unread, also what is behind.
    """
    thread.participants = _participants(tx, old.id)
    there = {_person(row): row for row in _participants(tx, thread.into)}
    ends = {kind: _last_of(tx, thread.into, kind) for kind in ("staff", "member")}
    for row in thread.participants:
        person = ("member", members[1]) if row.member_id is not None else _person(row)
        mine = there.get(person)
        read = mine.read_seq if mine else 0
        if row.read_seq == 0 or read < ends[person[0]]:
            continue
        delivered = max(thread.start + row.delivered_seq, mine.delivered_seq if mine else 0)
        position = {
            "read_seq": thread.start + row.read_seq, "delivered_seq": delivered,
            "read_at": row.read_at,
        }  # fmt: skip
        if mine is not None:
            tx.change(tables.participant, mine.id, **position)
        else:
            tx.add(tables.participant, shop_id=thread.was.shop_id, conversation_id=thread.into,
                   **{f"{person[0]}_id": person[1]}, **position)  # fmt: skip


def _participants(tx: Transaction, conversation_id: int) -> list[ParticipantRow]:
    table = tables.participant
    return reading.fetch(tx.connection, table, table.c.conversation_id == conversation_id)


def _person(row: ParticipantRow) -> tuple[str, int]:
    if row.staff_id is not None:
        return "staff", row.staff_id
    return "member", row.member_id or 0


def _last_of(tx: Transaction, conversation_id: int, reader: str) -> int:
    """Seq of the newest message that such a reader has to read, 0 for none."""
    message = tables.message
    theirs = message.c.sender_kind == "member"
    query = select(func.max(message.c.seq)).where(
        message.c.conversation_id == conversation_id,
        message.c.recalled_at.is_(None),
        theirs if reader == "staff" else ~theirs,
    )
    return tx.connection.scalar(query) or 0


# --- the two rows -------------------------------------------------------------------------------


def end(tx: Transaction, old: ConversationRow) -> None:
    """The emptied conversation and its participants leave tombstones."""
    scopes = [f"chats/{old.shop_id}", f"chat/{old.id}"]
    tx.delete(tables.participant, [row.id for row in _participants(tx, old.id)], scopes)
    waits.let_go(tx, old.id)
    tx.delete(tables.conversation, [old.id], scopes)


def _stand(tx: Transaction, thread: Thread, old: ConversationRow) -> None:
    """How the conversation that stays goes on: open if either was, waiting since the earlier."""
    new = thread.was
    refresh_preview(tx, new.id)
    since = [at for at in (new.waiting_since, old.waiting_since) if at]
    latest = [at for at in (new.last_message_at, old.last_message_at) if at]
    values: dict[str, Any] = {
        "last_seq": thread.start + len(thread.messages),
        "status": "open" if "open" in {new.status, old.status} else new.status,
        "waiting_since": min(since, default=None), "last_message_at": max(latest, default=None),
        "assignee_id": new.assignee_id or old.assignee_id,
    }  # fmt: skip
    if new.snoozed_until is not None and old.snoozed_until is None and old.waiting_since:
        values |= {"snoozed_until": None, "snoozed_by": None}
    tx.change(tables.conversation, new.id, **values)
