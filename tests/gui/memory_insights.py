"""Figures of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.desk.insight_making import made
from console.desk.insight_types import Insights
from console.domain.statistics import Member, Notice
from console.store.replica_insights import InsightFacts

AS_OF = datetime(2026, 11, 29, 4, tzinfo=UTC)
"""A Sunday in Shanghai, at noon."""


def facts(members: int, readers: int) -> InsightFacts:
    """Everybody is reachable; so many read at Saturday 20:00, two hours after it was written."""
    read = datetime(2026, 11, 28, 12, 5, tzinfo=UTC)
    return InsightFacts(
        members=tuple(Member(n, AS_OF - timedelta(days=90), True, AS_OF - timedelta(days=2))
                      for n in range(1, members + 1)),
        reads=tuple(Notice(1, n, read - timedelta(hours=2), None, read)
                    for n in range(1, readers + 1)),
    )  # fmt: skip


class MemoryInsights:
    """``InsightsPort`` over facts that a test changes."""

    def __init__(self) -> None:
        self.facts, self.live = facts(200, 60), True
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    async def figures(self) -> Insights:
        await asyncio.sleep(0)
        return made(self.facts, AS_OF, "Asia/Shanghai", live=self.live)
