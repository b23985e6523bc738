"""Appending messages to conversations, for every command that writes some; set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from console.relay.handlers.contents import Content, preview_of
from console.relay.handlers.waits import Waits
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.rows import ConversationRow

Sender = tuple[str, int | None]
"""``member``, ``staff`` or ``system``, and whose id."""


@dataclass(slots=True)
class Thread:
    """A conversation while messages are appended to it in memory."""

    row: ConversationRow
    last_seq: int
    last_message_at: datetime | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    snoozed_by: int | None
    woken_at: datetime | None
    auto_replied_at: datetime | None
    preview: tuple[str, str, str]
    status: str
    grown: bool = False

    @classmethod
    def of(cls, row: ConversationRow) -> Thread:
        """As the database has it."""
        return cls(
            row, row.last_seq, row.last_message_at, row.waiting_since, row.snoozed_until,
            row.snoozed_by, row.woken_at, row.auto_replied_at,
            (row.preview_kind, row.preview_text, row.preview_sender), row.status,
        )  # fmt: skip

    def append(self, sender: str, preview: tuple[str, str], now: datetime) -> int:
        """Make room for one more message of a person; its seq.

        A member's waits until staff answer, opens the conversation and ends its snooze.
        """
        self.preview = (*preview, sender)
        self.last_message_at = now
        self.woken_at = None
        if sender == "staff":
            self.waiting_since = None
        else:
            self.waiting_since = self.waiting_since or now
            self.status = "open"
            self.snoozed_until = self.snoozed_by = None
        return self._next_seq()

    def append_automatic(self, now: datetime) -> int:
        """Make room for the relay's own words: they answer nobody and hide no question."""
        self.auto_replied_at = now
        return self._next_seq()

    def _next_seq(self) -> int:
        self.last_seq += 1
        self.grown = True
        return self.last_seq

    def values(self) -> dict[str, Any]:
        """The changed columns."""
        kind, text, sender = self.preview
        return {
            "id": self.row.id, "last_seq": self.last_seq, "status": self.status,
            "last_message_at": self.last_message_at, "waiting_since": self.waiting_since,
            "snoozed_until": self.snoozed_until, "snoozed_by": self.snoozed_by,
            "woken_at": self.woken_at, "auto_replied_at": self.auto_replied_at,
            "preview_kind": kind, "preview_text": text, "preview_sender": sender,
        }  # fmt: skip


@dataclass(slots=True)
class Appender:
    """Messages gathered for a few statements at the end."""

    tx: Transaction
    threads: dict[int, Thread]
    rows: list[dict[str, Any]] = field(default_factory=list)
    attached: list[dict[str, Any]] = field(default_factory=list)
    copies: list[dict[str, Any]] = field(default_factory=list)
    waits: Waits = field(init=False)

    def __post_init__(self) -> None:
        self.waits = Waits(self.tx)

    @classmethod
    def load(cls, tx: Transaction, conversation_ids: Sequence[int]) -> Appender:
        """With all conversations in one query."""
        found = reading.by_ids(tx.connection, tables.conversation, conversation_ids)
        return cls(tx, {key: Thread.of(row) for key, row in found.items()})

    def append(
        self, thread: Thread, client_id: str, sender: Sender, content: Content,
        reply_to: int | None = None, reply_media: int | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Add one message of a person at the end of its conversation."""
        preview = (content.kind, preview_of(content.body, content.card))
        waited = thread.waiting_since is not None
        seq = thread.append(sender[0], preview, self.tx.now)
        if waited and thread.waiting_since is None:
            self.waits.answer(thread.row.id, sender[1])
        elif not waited and thread.waiting_since is not None:
            self.waits.begin(thread.row.shop_id, thread.row.id)
        for media_id in content.attached:
            self.attached.append(
                {"id": media_id, "conversation_id": thread.row.id, "internal": False}
            )
        for copy in content.copies:
            self.copies.append(copy | {"conversation_id": thread.row.id})
        row = self._add(thread, seq, client_id, sender, content, reply_to)
        row["reply_media"] = reply_media
        return row

    def append_automatic(self, thread: Thread, client_id: str, body: str) -> dict[str, Any]:
        """Add words of the relay's own at the end of a conversation."""
        seq = thread.append_automatic(self.tx.now)
        content = Content("text", body)
        return self._add(thread, seq, client_id, ("system", None), content, automatic=True)

    def _add(
        self, thread: Thread, seq: int, client_id: str, sender: Sender, content: Content,
        reply_to: int | None = None, *, automatic: bool = False,
    ) -> dict[str, Any]:  # fmt: skip
        row = {
            "shop_id": thread.row.shop_id, "conversation_id": thread.row.id, "seq": seq,
            "client_id": client_id, "sender_kind": sender[0], "sender_id": sender[1],
            "kind": content.kind, "body": content.body, "media": content.media,
            "layout": content.layout, "card": content.card, "reply_to": reply_to,
            "reply_media": None, "automatic": automatic, "sent_at": self.tx.now,
        }  # fmt: skip
        self.rows.append(row)
        return row

    def flush(self) -> None:
        """Write everything: messages, waits, media …  Ids are given here, in order."""
        if not self.rows:
            return
        ids = self.tx.new_ids(tables.message, len(self.rows))
        for row_id, row in zip(ids, self.rows, strict=True):
            row["id"] = row_id
        self.tx.insert(tables.message, self.rows)
        grown = [thread.values() for thread in self.threads.values() if thread.grown]
        self.tx.update(tables.conversation, grown)
        self.waits.flush()
        self.tx.update(tables.media, self.attached)
        self.tx.insert(tables.media, self.copies)
