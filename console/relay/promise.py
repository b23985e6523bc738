"""How soon somebody answers: the promise on the phone page, from what really happened.

Pure functions over message heads.  The promise is the median wait for a first reply to
messages written during opening hours in the last 14 days; it is left out when there are
too few of them to say anything.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from console.domain.hours import Hours

WINDOW = timedelta(days=14)
"""How far back one looks."""
MIN_SAMPLES = 20
"""Below this the median says nothing."""


class Head(NamedTuple):
    """What counts of a message: which conversation, who wrote it and when."""

    conversation_id: int
    sender_kind: str
    sent_at: datetime


class Promise(NamedTuple):
    """The usual wait for a reply in seconds (``None``: no promise), and what it rests on."""

    seconds: int | None
    samples: int


def first_reply_waits(heads: Iterable[Head], hours: Hours, now: datetime) -> list[float]:
    """Seconds each first unanswered message waited; ``heads`` by conversation, in order.

    One that still waits counts with the time it has waited so far: leaving it out would
    flatter a shop that does not answer.
    """
    waits: list[float] = []
    conversation = 0
    since: datetime | None = None

    def settle(until: datetime) -> None:
        if since is not None and hours.is_open(since):
            waits.append((until - since).total_seconds())

    for head in heads:
        if head.conversation_id != conversation:
            settle(now)
            conversation, since = head.conversation_id, None
        if head.sender_kind == "member" and since is None:
            since = head.sent_at
        elif head.sender_kind == "staff":
            settle(head.sent_at)
            since = None
    settle(now)
    return waits


def reply_seconds(waits: list[float]) -> int | None:
    """The median in whole seconds, or ``None`` when the promise would rest on too little."""
    return round(statistics.median(waits)) if len(waits) >= MIN_SAMPLES else None
