"""Notes and messages to be sent later that wait in the outbox, laid over the replica's rows.

Pure: values in, values out.  As for messages, read the outbox's entries before the replica.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from console.store.outbox import Entry, Upload
from console.store.overlay import conversation_lane
from console.wire.commands import (
    AddNote,
    CancelScheduled,
    ChangeScheduled,
    RemoveNote,
    ScheduleMessage,
    SendMessage,
)


class PendingNote(msgspec.Struct, frozen=True, kw_only=True):
    """A queued note with its entry."""

    entry: Entry
    command: AddNote


class PendingScheduled(msgspec.Struct, frozen=True, kw_only=True):
    """A queued message to be sent later with its entry."""

    entry: Entry
    command: ScheduleMessage


class PendingChange(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of a message that waits: other words or time, or ``cancelled``."""

    entry: Entry
    command: ChangeScheduled | None

    @property
    def cancelled(self) -> bool:
        """It is not to be sent."""
        return self.command is None


def pending_notes(
    entries: Sequence[Entry], conversation_id: int, present: Collection[str]
) -> list[PendingNote]:
    """Notes of a conversation whose rows are not here yet, in order."""
    lane = conversation_lane(conversation_id)
    return [
        PendingNote(entry=e, command=msgspec.json.decode(e.body, type=AddNote))
        for e in entries
        if e.lane == lane and e.name == AddNote.name and e.key not in present
    ]


def removed_notes(entries: Sequence[Entry]) -> set[str]:
    """``client_id`` of notes that are being taken back (a refused removal is not)."""
    return {
        msgspec.json.decode(e.body, type=RemoveNote).client_id
        for e in entries
        if e.name == RemoveNote.name and e.state != "failed"
    }


def pending_scheduled(
    entries: Sequence[Entry], conversation_id: int, present: Collection[str]
) -> list[PendingScheduled]:
    """Messages to be sent later whose rows are not here yet, in order."""
    lane = conversation_lane(conversation_id)
    return [
        PendingScheduled(entry=e, command=msgspec.json.decode(e.body, type=ScheduleMessage))
        for e in entries
        if e.lane == lane and e.name == ScheduleMessage.name and e.key not in present
    ]


def pending_changes(entries: Sequence[Entry]) -> dict[str, PendingChange]:
    """The newest change asked of each message to be sent later, by its ``client_id``.

    Several changes in a row are laid over one another.
    """
    found: dict[str, PendingChange] = {}
    for entry in entries:
        if entry.name == CancelScheduled.name:
            key = msgspec.json.decode(entry.body, type=CancelScheduled).client_id
            found[key] = PendingChange(entry=entry, command=None)
        elif entry.name == ChangeScheduled.name:
            command = msgspec.json.decode(entry.body, type=ChangeScheduled)
            before = found.get(command.client_id)
            if before is not None and before.command is not None:
                command = msgspec.structs.replace(
                    command,
                    body=before.command.body if command.body is None else command.body,
                    due_at=command.due_at or before.command.due_at,
                )
            found[command.client_id] = PendingChange(entry=entry, command=command)
    return found


def kind_of(command: SendMessage, uploads: Sequence[Upload]) -> str:
    """The kind the relay will give a queued message."""
    if uploads:
        major = uploads[0].mime.partition("/")[0]
        return {"audio": "voice", "video": "video"}.get(major, "photo")
    return "product" if command.product_id is not None else "text"
