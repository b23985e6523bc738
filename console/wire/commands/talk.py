"""What is said in a conversation, and the queue of conversations.  Pure data."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from console.wire.commands.base import BOTH, MEMBER, STAFF, STAFF_OR_RELAY, Command


class SendMessage(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Add a message to a conversation.  Result: ``{"id", "seq", "sent_at"}``.

    ``uploads`` are ``client_id`` of finished uploads of the same sender, in order; a
    missing one is refused with ``upload.missing`` (transient).  They are 1–9 photos, or one
    voice, or one video, which decides the message's kind; only a text needs a body.  Staff may
    also name a picture of a quick reply as ``media:<id>``: the message gets a copy of its own.
    ``captions`` belong to the uploads by place (at most 60 characters each); ``layout`` is
    "" or ``strip``.  Staff may name a ``product_id`` (and one ``variant_id`` of it): the relay
    makes the card.  ``reply_media``: the photo of ``reply_to`` that is meant.

    Refused: ``text.empty``, ``text.too_long``, ``not_found``, ``member.blocked``,
    ``upload.missing``, ``command.invalid`` (``uploads``, ``captions``).
    """

    name: ClassVar[str] = "message.send"
    by: ClassVar[frozenset[str]] = BOTH
    conversation_id: int
    client_id: str
    body: str = ""
    uploads: list[str] = msgspec.field(default_factory=list)
    captions: list[str] = msgspec.field(default_factory=list)
    layout: str = ""
    product_id: int | None = None
    variant_id: int | None = None
    reply_to: int | None = None
    reply_media: int | None = None


class ScheduleMessage(SendMessage, frozen=True, kw_only=True, omit_defaults=True):
    """Send that message later, at ``due_at``.  Result: ``{"id"}``.

    A ``due_at`` that is past is due at once; ``schedule.too_far`` beyond 90 days.
    """

    name: ClassVar[str] = "message.schedule"
    by: ClassVar[frozenset[str]] = STAFF
    due_at: datetime


class ChangeScheduled(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Other words or another time for a message that waits, or is ``missed`` or ``refused``.

    It waits again, now in the name of who changed it; a time that is past means at once.
    ``schedule.settled`` when it was sent or cancelled meanwhile.
    """

    name: ClassVar[str] = "message.reschedule"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    body: str | None = None
    due_at: datetime | None = None


class CancelScheduled(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Do not send it: words and media are erased.  ``schedule.settled`` when it was sent."""

    name: ClassVar[str] = "message.unschedule"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str


class AddNote(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Words for staff only, behind the newest message.  Result: ``{"id"}``.

    Refused: ``text.empty``, ``text.too_long``, ``not_found``.
    """

    name: ClassVar[str] = "note.add"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int
    client_id: str
    body: str


class RemoveNote(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Take one's own note back (an owner: any).  ``recall.not_own``, ``not_found``."""

    name: ClassVar[str] = "note.remove"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str


class RecallMessage(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Take a message back: its body and media are erased for everybody.

    Named by ``client_id`` so that it can wait in an outbox behind the message itself.
    Staff: messages of the shop within 24 h; members: their own within 2 minutes.
    Refused: ``recall.too_late``, ``recall.not_own``, ``not_found``.
    """

    name: ClassVar[str] = "message.recall"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str


class MarkRead(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The staff member has read up to ``seq`` (only grows)."""

    name: ClassVar[str] = "conversation.mark_read"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int
    seq: int


class Seen(Command, frozen=True, kw_only=True, omit_defaults=True):
    """What a ``seen`` frame becomes inside the relay: the member's own receipts."""

    name: ClassVar[str] = "receipt.seen"
    by: ClassVar[frozenset[str]] = MEMBER
    conversation_id: int
    delivered: int = 0
    read: int = 0
    at: datetime | None = None


class OpenConversation(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The direct conversation of a member, made when missing.  Result: ``{"id"}``."""

    name: ClassVar[str] = "conversation.open"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    member_id: int


class AssignConversation(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Hand a conversation to a colleague of the shop, or (``None``) to nobody."""

    name: ClassVar[str] = "conversation.assign"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int
    staff_id: int | None = None


class SnoozeConversation(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Out of the queue until ``until``; ``None`` brings it back now.  ``snooze.past``."""

    name: ClassVar[str] = "conversation.snooze"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int
    until: datetime | None = None


class FinishConversation(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Done: nobody waits here any more.  ``up_to_seq``: what the clerk had before her.

    A message of the member beyond it keeps the conversation open and waiting.
    """

    name: ClassVar[str] = "conversation.finish"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int
    up_to_seq: int


class ReopenConversation(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Undo of ``conversation.finish``: open, and waiting since what was never answered."""

    name: ClassVar[str] = "conversation.reopen"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int


class SaveDraft(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Keep unsent words.  ``base_rev``: rev of the draft row they were typed over (0: none).

    Another console changed it meanwhile: its words move to ``beside``.  An empty ``body``
    removes the draft.  Result: ``{"id"}``.
    """

    name: ClassVar[str] = "draft.save"
    by: ClassVar[frozenset[str]] = STAFF
    conversation_id: int
    body: str
    base_rev: int = 0
    drop_beside: bool = False


class SaveQuickReply(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Make or change words kept ready; ``shared`` ones are the shop's, others one's own.

    ``media_ids`` are pictures it has and keeps, in order; ``uploads`` come behind them (at
    most 9 in all).  Result: ``{"id"}``.  Refused: ``text.empty``, ``text.too_long``,
    ``quick_reply.shortcut`` (taken), ``conflict`` (changed since ``base_rev``).
    """

    name: ClassVar[str] = "quick_reply.save"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    shared: bool = True
    title: str = ""
    shortcut: str = ""
    body: str = ""
    media_ids: list[int] = msgspec.field(default_factory=list)
    uploads: list[str] = msgspec.field(default_factory=list)
    base_rev: int = 0


class RemoveQuickReply(Command, frozen=True, kw_only=True, omit_defaults=True):
    """It is no longer kept; its pictures are erased."""

    name: ClassVar[str] = "quick_reply.remove"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str


class UseQuickReply(Command, frozen=True, kw_only=True, omit_defaults=True):
    """It was sent once more: those used most come first."""

    name: ClassVar[str] = "quick_reply.use"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
