"""Rules about conversations: what a list shows of the newest message, and the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

PREVIEW_CHARS = 120
MAX_SNOOZE = timedelta(days=366)
"""Longer is a slip of the hand, not a plan."""


def preview_text(body: str) -> str:
    """One line of a body for a conversation list."""
    line = " ".join(body.split())
    return line if len(line) <= PREVIEW_CHARS else line[: PREVIEW_CHARS - 1] + "…"


def may_snooze(until: datetime, now: datetime) -> bool:
    """Whether a conversation may sleep until then."""
    return now < until <= now + MAX_SNOOZE
