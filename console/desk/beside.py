"""Gathers what a timeline shows besides messages, in the same view of the data."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from console.store import overlay, overlay_writing, replica_answers, replica_queries, replica_talk
from console.store.outbox import Entry
from console.store.overlay_writing import PendingNote
from console.store.replica import Connection
from console.store.replica_queries import MessageWindow
from console.wire.commands import SendMessage
from console.wire.rows import MessageRow, NoteRow, ProductCard, QuestionAnswerRow, ScheduledRow


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between and after the messages of a window.

    Attributes:
        notes: notes behind the window's messages; ``pending_notes`` are still queued.
        scheduled: what is to be sent later and is not settled.
        known_scheduled: ``client_id`` of queued ones whose rows are here in any state.
        sent: ``client_id`` of queued messages whose rows are here, in the window or not.
        cards: of queued products, by product and variant.
        quoted: what queued and later messages answer.
        answers: hers to the questions of the window's campaigns, by campaign.
        is_owner: the reader may take back anybody's note.
    """

    notes: list[NoteRow] = []
    pending_notes: list[PendingNote] = []
    scheduled: list[ScheduledRow] = []
    known_scheduled: set[str] = set()
    sent: set[str] = set()
    cards: dict[tuple[int, int], ProductCard] = {}
    quoted: dict[int, MessageRow] = {}
    answers: dict[int, QuestionAnswerRow] = {}
    is_owner: bool = False


def gather(
    db: Connection, conversation_id: int, rows: MessageWindow, entries: Sequence[Entry],
    *, newest: bool, staff_id: int,
) -> Beside:  # fmt: skip
    """What belongs to a window; the queue's part only for the newest one."""
    highest = None if newest else rows.highest
    notes = replica_talk.notes(db, conversation_id, rows.lowest, highest)
    me = replica_queries.one(db, "staff", staff_id)
    is_owner = me is not None and me.role == "owner"
    answers = _answers(db, rows)
    if not newest:
        return Beside(notes=notes, answers=answers, is_owner=is_owner)
    keys = [entry.key for entry in entries if entry.key]
    known = replica_talk.known_scheduled(db, keys)
    pending: list[SendMessage] = [
        *(each.command for each in overlay.pending_messages(entries, conversation_id)),
        *(each.command for each in
          overlay_writing.pending_scheduled(entries, conversation_id, known)),
    ]  # fmt: skip
    wanted = {(c.product_id, c.variant_id or 0) for c in pending if c.product_id is not None}
    here = {note.client_id for note in notes}
    later = replica_talk.scheduled(db, conversation_id)
    replies = [*(each.reply_to for each in pending), *(each.reply_to for each in later)]
    answered = [each for each in replies if each]
    return Beside(
        notes=notes, answers=answers,
        quoted={row.id: row for row in replica_queries.by_ids(db, "message", answered)},
        pending_notes=overlay_writing.pending_notes(entries, conversation_id, here),
        scheduled=later, known_scheduled=known,
        sent=replica_queries.present(db, keys) if keys else set(),
        cards=replica_talk.cards(db, wanted) if wanted else {}, is_owner=is_owner,
    )  # fmt: skip


def _answers(db: Connection, rows: MessageWindow) -> dict[int, QuestionAnswerRow]:
    asking = [each.question.question_id for each in rows.messages if each.question is not None]
    member_id = rows.conversation.member_id if rows.conversation is not None else None
    if not asking or member_id is None:
        return {}
    return replica_answers.of_member(db, member_id, sorted(set(asking)))
