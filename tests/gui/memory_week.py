"""A week without anything planned, for screens over a memory desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from console.desk.week_types import WeekPlan


class MemoryWeek:
    """``WeekPort`` of an empty week."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    async def plan(self, monday: date) -> WeekPlan:
        return WeekPlan(monday=monday, at=datetime.now(UTC))
