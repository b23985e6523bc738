"""The shop's figures, counted from the replica in worker threads, also offline.

What counts them (``insight_making``) is loaded in those threads when they are wanted first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from console.desk.known_until import KnownUntil
from console.store.replica import Connection

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.insight_types import Insights
    from console.store.replica_insights import InsightFacts
    from console.sync.station import Station

_TABLES: Final = frozenset({"recipient", "member"})


class InsightsDesk:
    """``InsightsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._known = KnownUntil(inbox)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after figures may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def figures(self) -> Insights:
        """How they stand."""
        me = self._inbox.me
        facts = await self._station.read(_facts, me.shop_id, datetime.now(UTC))
        as_of, live = self._known.moment(facts.newest_at)
        return await asyncio.to_thread(_made, facts, as_of, me.timezone, live=live)


def _facts(db: Connection, shop_id: int, now: datetime) -> InsightFacts:
    from console.desk import insight_making  # noqa: PLC0415
    from console.store import replica_insights  # noqa: PLC0415

    return replica_insights.facts_of(db, shop_id, now, insight_making.SPAN)


def _made(facts: InsightFacts, as_of: datetime, timezone: str, *, live: bool) -> Insights:
    from console.desk import insight_making  # noqa: PLC0415

    return insight_making.made(facts, as_of, timezone, live=live)
