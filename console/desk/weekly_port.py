"""What the screens may call about weekly summaries; ``desk.weekly`` is the real thing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from console.desk.insights_port import Behind
    from console.desk.reply_types import WaitLine
    from console.desk.weekly_types import WeeklySummary


class WeeklyPort(Protocol):
    """Weeks that are over; also offline."""

    def last(self) -> date:
        """The Monday of the newest week that is over."""
        ...

    async def summary(self, monday: date) -> WeeklySummary:
        """How the week was that began on that day."""
        ...

    async def behind(self, what: Behind, monday: date) -> tuple[int, ...]:
        """The members behind a figure of that week, as far as their rows are here."""
        ...

    async def waits(self, monday: date) -> tuple[WaitLine, ...]:
        """What was waited for in that week, the longest first."""
        ...
