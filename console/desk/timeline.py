"""Makes bubbles: messages and notes of the replica with what waits in the outbox after them.

Pure: rows and entries in, ``TimelineWindow`` out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from console.desk import items
from console.desk.beside import Beside
from console.desk.types import MessageItem, MessageState, QuoteItem, TimelineWindow
from console.store import overlay, overlay_writing
from console.store.outbox import Entry
from console.store.overlay import PendingMessage
from console.store.overlay_writing import PendingChange, PendingNote, PendingScheduled
from console.store.replica_queries import MessageWindow
from console.wire.commands import ScheduleMessage
from console.wire.rows import MessageRow, NoteRow, ProductCard, ScheduledRow

RECALL_WITHIN = timedelta(hours=24)


class Timeline:
    """Builds windows for one staff member.

    Attributes:
        staff_names: names by id; kept up to date by its owner.
    """

    def __init__(
        self, staff_id: int, is_flying: Callable[[Entry], bool], progress: Mapping[int, float]
    ) -> None:
        self.staff_names: dict[int, str] = {}
        self._staff_id = staff_id
        self._is_flying = is_flying
        self._progress = progress

    def window(
        self, conversation_id: int, rows: MessageWindow, beside: Beside, entries: Sequence[Entry],
        *, newest: bool, whole: bool = False, member_name: str, now: datetime,
    ) -> TimelineWindow:  # fmt: skip
        """Bubbles of ``rows``, gaps as placeholders; what is queued too when ``newest``.

        The window begins at the first row that is here; ``whole``: where it was asked to.
        """
        by_seq = {message.seq: message for message in rows.messages}
        first = rows.lowest if whole else min(by_seq, default=rows.highest + 1)
        view = _View(rows, beside, member_name, now, overlay.pending_recalls(entries))
        messages = [
            self._item(by_seq[seq], view) if seq in by_seq
            else items.placeholder(conversation_id, seq)
            for seq in range(first, rows.highest + 1)
        ]  # fmt: skip
        shown = _with_notes(messages, self._notes(view, entries, first), rows.highest)
        if newest:
            shown += self._queued(conversation_id, view, entries)
        return TimelineWindow(
            conversation_id=conversation_id,
            items=tuple(shown),
            last_seq=max(rows.highest, rows.conversation.last_seq if rows.conversation else 0),
            read_seq=rows.read_seq,
            has_older=first > 1,
            older_on_relay=first > max(1, rows.lowest),
        )

    # --- messages -------------------------------------------------------------------------

    def _item(self, row: MessageRow, view: _View) -> MessageItem:
        rows = view.rows
        campaign = row.campaign_id is not None
        mine = row.sender_kind == "staff" or row.automatic or campaign
        recalled = row.recalled_at is not None or row.client_id in view.recalls
        return MessageItem(
            key=row.client_id, id=row.id, seq=row.seq, kind=row.kind, mine=mine,
            sender_kind="staff" if row.automatic or campaign else row.sender_kind,
            sender_id=row.sender_id or 0, sender_name=self._name(row, view.member_name),
            body="" if recalled else row.body,
            photos=() if recalled else items.media(row.media), layout=row.layout,
            card=None if recalled else row.card, automatic=row.automatic,
            campaign=campaign, offer=None if recalled else row.offer,
            question=None if recalled else row.question,
            answer="" if recalled else _answer(row, view.beside),
            quote=self._quote(row.reply_to, view, row.reply_media), at=row.sent_at,
            delivered=mine and row.seq <= rows.member_delivered_seq,
            read=mine and row.seq <= rows.member_read_seq, read_at=view.read_at.get(row.seq),
            recalled=recalled,
            recallable=mine and not (recalled or campaign)
            and view.now - row.sent_at < RECALL_WITHIN,
        )  # fmt: skip

    def _quote(
        self, message_id: int | None, view: _View, media_id: int | None = None
    ) -> QuoteItem | None:
        names, member = self.staff_names, view.member_name
        return items.quote(message_id, view.quoted, names, member, media_id)

    def _name(self, row: MessageRow, member_name: str) -> str:
        if row.sender_kind == "staff":
            return self.staff_names.get(row.sender_id or 0, "")
        return member_name if row.sender_kind == "member" else ""

    def _queued(
        self, conversation_id: int, view: _View, entries: Sequence[Entry]
    ) -> list[MessageItem]:
        """What is on its way, then what is to be sent later, soonest first."""
        present = {message.client_id for message in view.rows.messages} | view.beside.sent
        pending = overlay.pending_messages(entries, conversation_id, present)
        sending = [self._pending_item(each, view) for each in pending
                   if each.entry.key not in view.recalls]  # fmt: skip
        return sending + self._later(conversation_id, view, entries)

    def _pending_item(self, pending: PendingMessage, view: _View) -> MessageItem:
        entry, command = pending.entry, pending.command
        return MessageItem(
            key=entry.key, kind=overlay_writing.kind_of(command, entry.uploads), mine=True,
            sender_kind="staff", sender_id=self._staff_id,
            sender_name=self.staff_names.get(self._staff_id, ""), body=command.body,
            photos=items.uploading(entry.uploads, command.captions), layout=command.layout,
            card=view.card(command.product_id, command.variant_id),
            quote=self._quote(command.reply_to, view),
            at=entry.created_at, recallable=entry.state != "acked", state=self._state(entry),
            progress=self._progress.get(entry.position, 0.0), entry=entry.position,
            failure=entry.code, failure_parameters=dict(entry.parameters),
        )  # fmt: skip

    def _state(self, entry: Entry) -> MessageState:
        if entry.state == "failed":
            return "failed"
        if entry.state == "acked":
            return "sent"
        if entry.position in self._progress:
            return "uploading"
        return "sending" if self._is_flying(entry) else "queued"

    # --- notes ----------------------------------------------------------------------------

    def _notes(self, view: _View, entries: Sequence[Entry], first: int) -> list[MessageItem]:
        """Notes behind the window's messages, then those still on their way."""
        removed = overlay_writing.removed_notes(entries)
        least = first if first > 1 else 0
        rows = [row for row in view.beside.notes if row.after_seq >= least]
        here = [self._note(row, view) for row in rows if row.client_id not in removed]
        return here + [self._pending_note(each) for each in view.beside.pending_notes
                       if each.entry.key not in removed]  # fmt: skip

    def _note(self, row: NoteRow, view: _View) -> MessageItem:
        return MessageItem(
            key=row.client_id, kind="note", mine=True, sender_kind="staff",
            sender_id=row.staff_id, sender_name=self.staff_names.get(row.staff_id, ""),
            body=row.body, at=row.at, anchor=row.after_seq,
            recallable=row.staff_id == self._staff_id or view.beside.is_owner,
        )  # fmt: skip

    def _pending_note(self, pending: PendingNote) -> MessageItem:
        entry = pending.entry
        return MessageItem(
            key=entry.key, kind="note", mine=True, sender_kind="staff",
            sender_id=self._staff_id, sender_name=self.staff_names.get(self._staff_id, ""),
            body=pending.command.body, at=entry.created_at, recallable=entry.state != "acked",
            state=self._state(entry), entry=entry.position, failure=entry.code,
            failure_parameters=dict(entry.parameters),
        )  # fmt: skip

    # --- to be sent later -------------------------------------------------------------------

    def _later(
        self, conversation_id: int, view: _View, entries: Sequence[Entry]
    ) -> list[MessageItem]:
        changes = overlay_writing.pending_changes(entries)
        known = view.beside.known_scheduled
        pending = overlay_writing.pending_scheduled(entries, conversation_id, known)
        found = chain(
            (self._scheduled(row, changes.get(row.client_id), view)
             for row in view.beside.scheduled),
            (self._pending_later(each, changes.get(each.entry.key), view) for each in pending),
        )  # fmt: skip
        shown = [item for item in found if item is not None]
        return sorted(shown, key=lambda item: item.due_at or item.at)

    def _scheduled(
        self, row: ScheduledRow, change: PendingChange | None, view: _View
    ) -> MessageItem | None:
        failed = change is not None and change.entry.state == "failed"
        if change is not None and change.cancelled and not failed:
            return None
        words = None if change is None or failed else change.command
        return MessageItem(
            key=row.client_id, id=0, kind="scheduled", mine=True, sender_kind="staff",
            sender_id=row.staff_id, sender_name=self.staff_names.get(row.staff_id, ""),
            body=words.body if words and words.body is not None else row.body,
            photos=items.media(row.media), layout=row.layout, card=row.card,
            quote=self._quote(row.reply_to, view), at=row.at,
            due="waiting" if words else row.state,
            due_at=words.due_at if words and words.due_at else row.due_at,
            state="failed" if failed else "sent",
            entry=change.entry.position if change and failed else 0,
            failure=change.entry.code if change and failed else row.code,
            failure_parameters=dict(change.entry.parameters) if change and failed else {},
        )  # fmt: skip

    def _pending_later(
        self, pending: PendingScheduled, change: PendingChange | None, view: _View
    ) -> MessageItem | None:
        entry, command = pending.entry, _laid_over(pending.command, change)
        if command is None:
            return None
        return MessageItem(
            key=entry.key, kind="scheduled", mine=True, sender_kind="staff",
            sender_id=self._staff_id, sender_name=self.staff_names.get(self._staff_id, ""),
            body=command.body, photos=items.uploading(entry.uploads, command.captions),
            layout=command.layout, card=view.card(command.product_id, command.variant_id),
            quote=self._quote(command.reply_to, view), at=entry.created_at, due="waiting",
            due_at=command.due_at, state=self._state(entry), entry=entry.position,
            progress=self._progress.get(entry.position, 0.0), failure=entry.code,
            failure_parameters=dict(entry.parameters),
        )  # fmt: skip


class _View:
    """What every bubble of one window is made with."""

    def __init__(
        self, rows: MessageWindow, beside: Beside, member_name: str, now: datetime,
        recalls: set[str],
    ) -> None:  # fmt: skip
        self.rows, self.beside, self.member_name, self.now = rows, beside, member_name, now
        self.recalls = recalls
        self.quoted = {**rows.quoted, **beside.quoted}
        self.read_at = _read_times(rows)

    def card(self, product_id: int | None, variant_id: int | None) -> ProductCard | None:
        """The card of a queued message."""
        return self.beside.cards.get((product_id or 0, variant_id or 0))


def _answer(row: MessageRow, beside: Beside) -> str:
    """What she answered to the question of a message."""
    if row.question is None:
        return ""
    given = beside.answers.get(row.question.question_id)
    if given is None or given.choice is None:
        return given.text if given is not None else ""
    choices = row.question.choices
    return choices[given.choice] if given.choice < len(choices) else ""


def _laid_over(command: ScheduleMessage, change: PendingChange | None) -> ScheduleMessage | None:
    """The message as it was changed since; ``None`` when it was cancelled."""
    if change is None or change.entry.state == "failed":
        return command
    if change.command is None:
        return None
    body = command.body if change.command.body is None else change.command.body
    return ScheduleMessage(
        conversation_id=command.conversation_id, client_id=command.client_id, body=body,
        uploads=command.uploads, captions=command.captions, layout=command.layout,
        product_id=command.product_id, variant_id=command.variant_id, reply_to=command.reply_to,
        due_at=change.command.due_at or command.due_at,
    )  # fmt: skip


def _with_notes(
    messages: list[MessageItem], notes: list[MessageItem], highest: int
) -> list[MessageItem]:
    """Messages with each note behind the message it was written after."""
    if not notes:
        return messages
    behind: dict[int, list[MessageItem]] = {}
    for note in notes:
        anchor = highest if note.anchor is None else min(note.anchor, highest)
        behind.setdefault(anchor, []).append(note)
    first = messages[0].seq if messages else highest + 1
    shown = [note for anchor in sorted(behind) if anchor < first for note in behind[anchor]]
    for message in messages:
        shown += [message, *behind.get(message.seq, ())]
    return shown


def _read_times(rows: MessageWindow) -> dict[int, datetime]:
    """When the member had read each of the shop's messages, at the latest, by seq.

    Only the newest reading has a time of its own; what she answered she had read by then.
    """
    found: dict[int, datetime] = {}
    answered = rows.answered_at
    for row in reversed(rows.messages):
        if row.sender_kind == "member":
            answered = row.sent_at
        elif row.seq <= rows.member_read_seq:
            known = [at for at in (rows.member_read_at, answered) if at is not None]
            if known:
                found[row.seq] = max(row.sent_at, min(known))
    return found
