"""What the screens may call about members asleep, waking and active; ``desk.activity`` is the
real thing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from console.desk.types import Value
from console.domain.activity import Activity, ActivityCounts


class ActivityMonth(Value, frozen=True, kw_only=True):
    """How many were what when a month ended; ``first``, ``last``: its days, both included."""

    first: date
    last: date
    counts: ActivityCounts


class ActivityYear(Value, frozen=True, kw_only=True):
    """Twelve months, the oldest first; the last ends at the moment up to which all is known.

    ``reads_since``: since when all that was read is known here; ``None``: always.
    """

    months: tuple[ActivityMonth, ...]
    reads_since: datetime | None = None


class ActivityPort(Protocol):
    """Who is asleep, waking and active; also offline."""

    async def year(self) -> ActivityYear:
        """How many were what, month by month; takes a while where members are many."""
        ...

    async def members(self, what: Activity, at: datetime) -> tuple[int, ...]:
        """Who was that at the end of a month."""
        ...
