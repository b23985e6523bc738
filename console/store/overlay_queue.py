"""What was done to the queue and is still in the outbox, laid over conversations.  Pure.

Read the outbox's entries before the replica (see ``store.overlay``).  A refused command and
what waits behind it show nothing: the conversation stands as the relay has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

import msgspec

from console.store import overlay
from console.store.outbox import Entry
from console.wire.commands import (
    AssignConversation,
    FinishConversation,
    ReopenConversation,
    SnoozeConversation,
)
from console.wire.rows import ConversationRow

Step: TypeAlias = AssignConversation | FinishConversation | ReopenConversation | SnoozeConversation
_STEPS: dict[str, type[Step]] = {
    AssignConversation.name: AssignConversation,
    FinishConversation.name: FinishConversation,
    ReopenConversation.name: ReopenConversation,
    SnoozeConversation.name: SnoozeConversation,
}


def lane(conversation_id: int) -> str:
    """Lane of what is done to a conversation's place in the queue."""
    return f"queue/{conversation_id}"


def effective(entries: Iterable[Entry], kinds: Collection[str]) -> list[Entry]:
    """Entries in lanes of those kinds that are expected to take effect, in order."""
    stopped: set[str] = set()
    found = []
    for entry in entries:
        if entry.lane.partition("/")[0] not in kinds:
            continue
        if entry.state == "failed":
            stopped.add(entry.lane)
        elif entry.lane not in stopped:
            found.append(entry)
    return found


def pending(entries: Iterable[Entry]) -> dict[int, list[Step]]:
    """What is on its way, by conversation, in order."""
    found: dict[int, list[Step]] = {}
    for entry in effective(entries, ("queue",)):
        key, kind = overlay.lane_key(entry.lane, "queue"), _STEPS.get(entry.name)
        if key is not None and kind is not None:
            found.setdefault(key, []).append(msgspec.json.decode(entry.body, type=kind))
    return found


def laid_over(
    row: ConversationRow, steps: Sequence[Step], unanswered_since: datetime | None = None
) -> ConversationRow:
    """The conversation as it will stand.

    ``unanswered_since`` is the time of the first member message nobody answered: what a
    reopened conversation waits since.
    """
    for step in steps:
        row = _after(row, step, unanswered_since)
    return row


def _after(row: ConversationRow, step: Step, unanswered_since: datetime | None) -> ConversationRow:
    replace = msgspec.structs.replace
    if isinstance(step, AssignConversation):
        return replace(row, assignee_id=step.staff_id)
    if isinstance(step, SnoozeConversation):
        if step.until is None:
            return replace(row, snoozed_until=None, snoozed_by=None)
        return replace(row, status="open", snoozed_until=step.until, woken_at=None)
    if isinstance(step, ReopenConversation):
        since = row.waiting_since or unanswered_since
        return replace(row, status="open", waiting_since=since)
    row = replace(row, snoozed_until=None, snoozed_by=None, woken_at=None)
    if row.last_seq > step.up_to_seq:
        return row  # something came meanwhile: she goes on waiting
    return replace(row, status="done", waiting_since=None)


def changed(
    rows: Iterable[ConversationRow],
    steps: Mapping[int, Sequence[Step]],
    unanswered: Mapping[int, datetime | None],
) -> list[tuple[ConversationRow, ConversationRow]]:
    """Conversations with something on its way: as they stand and as they will."""
    return [(row, laid_over(row, steps[row.id], unanswered.get(row.id))) for row in rows]
