"""Weekly summaries of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from msgspec.structs import replace

from console.desk.insights_port import Behind
from console.desk.reply_types import WaitLine, WaitPart
from console.desk.weekly_making import made, moment_of
from console.desk.weekly_types import WeeklySummary
from console.domain.periods import Period
from tests.gui.memory_insights import AS_OF, ZONE, MemoryInsights
from tests.gui.memory_replies import MemoryReplies

LAST = date(2026, 11, 16)
"""A Monday; the week that is over at ``AS_OF``."""


class MemoryWeekly:
    """``WeeklyPort`` over the facts of the page of figures; every week has the same campaigns,
    but for the newest of which ``readers`` more had read.
    """

    def __init__(self, insights: MemoryInsights, replies: MemoryReplies) -> None:
        self._insights, self._replies = insights, replies
        self.readers = 0

    def last(self) -> date:
        return LAST

    async def summary(self, monday: date) -> WeeklySummary:
        await asyncio.sleep(0)
        facts, live = self._insights.facts, self._insights.live
        rows = tuple(
            replace(row, counts=row.counts | {"read": row.counts["read"] + self.readers})
            for row in facts.campaigns
        )
        week = moment_of(monday, AS_OF, 1, ZONE, live=live)
        before = moment_of(monday - timedelta(days=7), AS_OF, 1, ZONE, live=live)
        return made(
            (replace(facts, campaigns=rows), week),
            (facts, before),
            await self._insights.looks(),
            await self._replies.figures(Period.WEEK),
        )

    async def behind(self, what: Behind, monday: date) -> tuple[int, ...]:
        await asyncio.sleep(0)
        return {"replied": (1, 2), "readers": (1, 2, 3)}.get(what, ()) if monday == LAST else ()

    async def waits(self, monday: date) -> tuple[WaitLine, ...]:
        return await self._replies.waits(Period.WEEK, WaitPart()) if monday == LAST else ()
