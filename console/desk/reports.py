"""Reports of campaigns, counted from the replica in worker threads, also offline.

What counts them (``report_making``) is loaded in those threads when the first report is wanted:
no start waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from console.desk.known_until import KnownUntil
from console.store.replica import Connection

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.report_types import CampaignReport
    from console.store.replica_reports import CampaignFacts
    from console.sync.station import Station

_TABLES: Final = frozenset({"recipient", "participant", "consent", "hold", "visit", "purchase",
                            "coupon", "campaign"})  # fmt: skip


class ReportsDesk:
    """``ReportsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._known = KnownUntil(inbox)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after a report may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def report(self, campaign_id: int) -> CampaignReport | None:
        """How it stands; ``None``: the campaign is gone."""
        facts = await self._station.read(_facts, campaign_id)
        if facts is None:
            return None
        # Without a line nobody knows who read since: the curve ends where it was last heard of.
        as_of, live = self._known.moment(facts.newest_at)
        return await asyncio.to_thread(_made, facts, as_of, live=live)


def _facts(db: Connection, campaign_id: int) -> CampaignFacts | None:
    from console.store import replica_reports  # noqa: PLC0415

    return replica_reports.facts_of(db, campaign_id)


def _made(facts: CampaignFacts, as_of: datetime, *, live: bool) -> CampaignReport:
    from console.desk import report_making  # noqa: PLC0415

    return report_making.made(facts, as_of, live=live)
