"""Members asleep, waking and active of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from console.desk.activity_port import ActivityMonth, ActivityYear
from console.domain.activity import Activity, Life, activity_at, activity_over_time
from console.domain.periods import Period, days, months
from tests.gui.memory_insights import AS_OF, ZONE


class MemoryActivity:
    """``ActivityPort`` over lives that a test changes: 50 asleep, 30 waking, 120 active."""

    def __init__(self) -> None:
        since = AS_OF - timedelta(days=400)
        ago = [AS_OF - timedelta(days=n) for n in range(401)]
        asleep, waking, active = (ago[300],), (ago[20],), (ago[60], ago[25])
        kinds = ((asleep, 50), (waking, 30), (active, 120))
        self.lives = [Life(since, signs) for signs, people in kinds for _ in range(people)]
        self.reads_since: datetime | None = None
        self.asked = 0

    async def year(self) -> ActivityYear:
        await asyncio.sleep(0)
        self.asked += 1
        found = months(Period.YEAR, AS_OF, ZONE)[::-1]
        counts = activity_over_time(self.lives, [each.end for each in found])
        spans = [days(each, ZONE) for each in found]
        return ActivityYear(reads_since=self.reads_since, months=tuple(
            ActivityMonth(first=first, last=last, counts=each)
            for (first, last), each in zip(spans, counts, strict=True)
        ))  # fmt: skip

    async def members(self, what: Activity, at: datetime) -> tuple[int, ...]:
        await asyncio.sleep(0)
        return tuple(who for who, life in enumerate(self.lives, 1)
                     if activity_at(life.signs, at) is what)  # fmt: skip
