"""Rules about messages that are sent later.  Standard library only."""

from __future__ import annotations

from datetime import datetime, timedelta

FARTHEST = timedelta(days=90)
"""So far ahead a message may be planned."""
LATE = timedelta(minutes=10)
"""Sent later than this after its time it would surprise: staff decide instead."""
SETTLED = frozenset({"sent", "cancelled"})
"""States that nothing changes any more."""


def due_time(wanted: datetime, now: datetime) -> datetime | None:
    """When it will be sent: a time that is past means now; ``None``: too far ahead."""
    return None if wanted > now + FARTHEST else max(wanted, now)


def is_missed(due_at: datetime, now: datetime) -> bool:
    """Whether its time is over for good: the relay (or the whole computer) slept over it."""
    return now - due_at > LATE
