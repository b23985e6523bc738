"""What the screens may call about a week's plan.  ``desk.week.WeekDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from console.desk.week_types import WeekPlan


class WeekPort(Protocol):
    """A week's campaigns, and what the weekly cap leaves to each."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after campaigns may have changed; returns what ends that."""
        ...

    async def plan(self, monday: date) -> WeekPlan:
        """What is planned in the week that begins on that day."""
        ...

    async def move(self, client_id: str, at: datetime) -> None:
        """Send it at another time; a series each week from then on."""
        ...

    async def repeat_last(self, monday: date) -> list[str]:
        """Drafts of what went once in the week before, each a week later; their names."""
        ...

    async def remove(self, client_ids: Sequence[str]) -> None:
        """Throw drafts away that ``repeat_last`` made."""
        ...
