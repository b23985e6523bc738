"""Rules about taking messages back."""

from __future__ import annotations

from datetime import datetime, timedelta

MEMBER_WINDOW = timedelta(minutes=2)
STAFF_WINDOW = timedelta(hours=24)


def in_time(actor_kind: str, sent_at: datetime, now: datetime) -> bool:
    """Whether a message sent at ``sent_at`` may still be recalled by that kind of actor."""
    return now - sent_at <= (STAFF_WINDOW if actor_kind == "staff" else MEMBER_WINDOW)
