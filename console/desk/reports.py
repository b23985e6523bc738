"""Reports of campaigns, counted from the replica in worker threads, also offline.

What counts them (``report_making``) is loaded in those threads when the first report is wanted:
no start waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.desk.known_until import KnownUntil
from console.desk.looks import NumberLooks
from console.store import replica_members, replica_people
from console.store.replica import Connection

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.report_types import AgainstHoldout, CampaignReport, Recipient
    from console.store.outbox import Entry
    from console.store.replica_recipients import RecipientFacts
    from console.store.replica_reports import CampaignFacts
    from console.sync.station import Station

_TABLES: Final = frozenset({"recipient", "participant", "consent", "hold", "visit", "purchase",
                            "coupon", "campaign", "enquiry", "setting"})  # fmt: skip
_FOUND: Final = 10_000
"""A search that fits more members than these is shown with so many."""


class ReportsDesk:
    """``ReportsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._known, self._looks = KnownUntil(inbox), NumberLooks(inbox)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after a report may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def report(self, campaign_id: int) -> CampaignReport | None:
        """How it stands; ``None``: the campaign is gone."""
        entries = self._station.outbox.entries
        facts = await self._station.read(_facts, campaign_id, entries)
        if facts is None:
            return None
        # Without a line nobody knows who read since: the curve ends where it was last heard of.
        as_of, live = self._known.moment(facts.newest_at)
        return await asyncio.to_thread(_made, facts, as_of, live=live)

    async def recipients(self, report: CampaignReport) -> tuple[Recipient, ...]:
        """Everybody of its audience by name, what she did as the report counts it."""
        facts = await self._station.read(_recipients, report.campaign_id)
        return await asyncio.to_thread(_named, facts, report)

    async def readers_within(self, report: CampaignReport, elapsed: timedelta) -> tuple[int, ...]:
        """Who had read it so long after it was written to her, soonest first."""
        return await self._station.read(_readers_within, report, elapsed)

    async def against_holdout(self, report: CampaignReport) -> AgainstHoldout | None:
        """What it led to beside its holdout; ``None``: that is not known on this computer."""
        return await self._station.read(_against_holdout, report, self._inbox.me.timezone)

    async def found(self, query: str) -> frozenset[int]:
        """Members that a query may mean; a number that led to somebody is recorded."""
        ids = await self._station.read(replica_members.found_ids, query, _FOUND)
        await self._looks.met(query, ids)
        return frozenset(await self._station.read(replica_people.names, ids))


def _facts(
    db: Connection, campaign_id: int, entries: Sequence[Entry]
) -> CampaignFacts | None:  # fmt: skip
    from console.desk.window import window_of  # noqa: PLC0415
    from console.store import replica_reports  # noqa: PLC0415

    return replica_reports.facts_of(db, campaign_id, window_of(db, entries))


def _readers_within(db: Connection, report: CampaignReport, elapsed: timedelta) -> tuple[int, ...]:
    from console.store import replica_insight_curves  # noqa: PLC0415

    return replica_insight_curves.readers_within(db, report.campaign_id, elapsed, report.as_of)


def _made(facts: CampaignFacts, as_of: datetime, *, live: bool) -> CampaignReport:
    from console.desk import report_making  # noqa: PLC0415

    return report_making.made(facts, as_of, live=live)


def _recipients(db: Connection, campaign_id: int) -> list[RecipientFacts]:
    from console.store import replica_recipients  # noqa: PLC0415

    return replica_recipients.of_campaign(db, campaign_id)


def _named(facts: Sequence[RecipientFacts], report: CampaignReport) -> tuple[Recipient, ...]:
    from console.desk import report_making  # noqa: PLC0415

    return report_making.named(facts, report)


def _against_holdout(
    db: Connection, report: CampaignReport, timezone: str
) -> AgainstHoldout | None:  # fmt: skip
    from console.desk import report_holdout  # noqa: PLC0415

    return report_holdout.against_holdout(db, report, timezone)
