"""Members asleep, waking and active over twelve months, counted from the replica in a worker
thread, also offline.

What counts them is loaded in that thread when it is wanted first.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from console.store.replica import Connection

if TYPE_CHECKING:
    from console.desk.activity_port import ActivityYear
    from console.desk.inbox import InboxDesk
    from console.desk.insights import InsightsDesk
    from console.domain.activity import Activity
    from console.sync.station import Station


class ActivityDesk:
    """``ActivityPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk, insights: InsightsDesk) -> None:
        self._station, self._inbox, self._insights = station, inbox, insights

    async def year(self) -> ActivityYear:
        """How many were what, month by month."""
        at, _ = await self._insights.moment()
        me = self._inbox.me
        return await self._station.read(year_of, me.shop_id, at, me.timezone)

    async def members(self, what: Activity, at: datetime) -> tuple[int, ...]:
        """Who was that at a moment."""
        return await self._station.read(_members, self._inbox.me.shop_id, what, at)


def year_of(db: Connection, shop_id: int, at: datetime, timezone: str) -> ActivityYear:
    """The twelve months that end ``at`` a moment."""
    from console.desk.activity_port import ActivityMonth, ActivityYear  # noqa: PLC0415
    from console.domain import periods  # noqa: PLC0415
    from console.store import replica_insight_activity, replica_insight_campaigns  # noqa: PLC0415

    months = periods.months(periods.Period.YEAR, at, timezone)[::-1]
    counts = replica_insight_activity.counts(db, shop_id, [each.end for each in months])
    found = []
    for month, each in zip(months, counts, strict=True):
        first, last = periods.days(month, timezone)
        found.append(ActivityMonth(first=first, last=last, counts=each))
    return ActivityYear(months=tuple(found),
                        reads_since=replica_insight_campaigns.complete_since(db))  # fmt: skip


def _members(db: Connection, shop_id: int, what: Activity, at: datetime) -> tuple[int, ...]:
    from console.store import replica_insight_activity  # noqa: PLC0415

    return replica_insight_activity.members(db, shop_id, what, at)
