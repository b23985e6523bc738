"""Rules about receipts: positions only grow, times are believed within bounds."""

from __future__ import annotations

from datetime import datetime


def grown(old: int, reported: int, last_seq: int) -> int:
    """The new position: never behind the old one, never past the last message."""
    return max(old, min(reported, last_seq))


def clamp_seen(reported: datetime | None, sent_at: datetime, now: datetime) -> datetime:
    """When it was read: as her phone says, but between the writing and the receiving."""
    if reported is None:
        return now
    return min(max(reported, sent_at), max(now, sent_at))
