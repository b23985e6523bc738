"""What can be done with a campaign in each of its states.  Values only; ``sending`` shows them."""

from __future__ import annotations

from typing import Final

from console.desk.campaign_types import CampaignItem

SEND, SCHEDULE, NOW, UNDO = "send", "schedule", "send_now", "undo"
PAUSE, RESUME, CANCEL, RECALL = "pause", "resume", "cancel", "recall"
UNREAD, UNREACHED, REMOVE = "unread", "unreached", "remove"
ORDER: Final = (SEND, SCHEDULE, NOW, RESUME, PAUSE, UNDO, UNREAD, UNREACHED, CANCEL, RECALL, REMOVE)
SENDING: Final = frozenset({SCHEDULE, NOW, RESUME})
NEXT: Final = (UNDO, PAUSE, RESUME, SEND, SCHEDULE, NOW, UNREAD, UNREACHED, CANCEL)
"""To which of them the keyboard goes when one was taken."""
PRIMARY: Final = frozenset({SEND, SCHEDULE, RESUME})


def possible(item: CampaignItem) -> set[str]:
    """The steps that its state allows."""
    state, written = item.state, item.counts.get("written", 0)
    series = item.draft.weekly is not None
    if item.recalled_at is not None or (state == "frozen" and item.kind == "correction"):
        return set()
    late = RESUME if item.started_at is not None else SCHEDULE if series else NOW
    waiting = {
        "draft": {SEND}, "frozen": {SCHEDULE, UNDO},
        "late": {CANCEL, late} if item.started_at is not None else {CANCEL, late, UNDO},
        "scheduled": {CANCEL, UNDO} if series else {NOW, UNDO},
    }  # fmt: skip
    if state in waiting:
        return waiting[state]
    if state in {"sending", "paused"}:
        found = {CANCEL, PAUSE if state == "sending" else RESUME}
        return found | ({RECALL} if written else set())
    if item.kind == "correction":
        return set()
    if not written:
        return {REMOVE, UNREACHED} if not series else {REMOVE}
    return {RECALL, UNREAD, UNREACHED}
