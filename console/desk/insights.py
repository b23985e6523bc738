"""The shop's figures, counted from the replica in worker threads, also offline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from console.desk.insight_types import Insights
from console.desk.known_until import KnownUntil
from console.desk.report_types import ShareTold
from console.desk.types import Changed
from console.domain.heat_map import every_day, heat_map, send_time_advice, unprompted
from console.domain.statistics import monthly_open_rate
from console.store import replica_insights
from console.store.replica_insights import InsightFacts

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

_TABLES: Final = frozenset({"recipient", "member"})
DAYS: Final = 28
"""So many whole days are in the heat map: each weekday four times."""
_SPAN: Final = timedelta(days=40)
"""So long ago a heat map or a month may have begun."""


class InsightsDesk:
    """``InsightsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._known = KnownUntil(inbox)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after figures may have changed; returns what ends that."""

        def look(changed: Changed) -> None:
            if changed.everything or changed.tables & _TABLES:
                listener()

        return self._inbox.on_changed(look)

    async def figures(self) -> Insights:
        """How they stand."""
        me = self._inbox.me
        ask, now = replica_insights.facts_of, datetime.now(UTC)
        facts = await self._station.read(ask, me.shop_id, now, _SPAN)
        as_of, live = self._known.moment(facts.newest_at)
        return await asyncio.to_thread(made, facts, as_of, me.timezone, live=live)


def made(facts: InsightFacts, as_of: datetime, timezone: str, *, live: bool = True) -> Insights:
    """The figures out of what is known."""
    today = as_of.astimezone(ZoneInfo(timezone)).date()
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    alone = heat_map(unprompted(facts.reads), first, last, timezone)
    return Insights(
        as_of=as_of, live=live, first=first, last=last,
        open_rate=ShareTold.of(
            monthly_open_rate(facts.members, facts.reads, today, timezone, as_of)
        ),
        heat=heat_map(facts.reads, first, last, timezone),
        advice=send_time_advice(every_day(alone)),
    )  # fmt: skip
