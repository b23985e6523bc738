"""The shop's figures, counted from the replica in worker threads, also offline.

What counts them (``insight_facts``, ``insight_making``) is loaded in those threads when they are
wanted first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from console.desk.known_until import KnownUntil
from console.desk.shop_settings import ShopSettings
from console.store.replica import Connection, Replica
from console.wire.rows import GOAL_SETTING, WINDOW_SETTING

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.insight_facts import Moment, PeriodFacts
    from console.desk.insight_types import Insights, Looks, VisitMonth
    from console.desk.insights_port import Behind
    from console.domain.periods import Period
    from console.domain.statistics import Notice
    from console.store.outbox import Entry
    from console.sync.station import Station

_TABLES: Final = frozenset({"recipient", "member", "member_tag", "consent", "campaign", "hold",
                            "coupon", "offer", "visit", "purchase", "question_answer",
                            "setting"})  # fmt: skip

_KEEP_EVERY_S: Final = 600.0
"""So often sums of what is over by now are put beside the rows."""


class InsightsDesk:
    """``InsightsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._known, self._settings = KnownUntil(inbox), ShopSettings(station, inbox)
        self._keep_from_s, self._kept_window = 0.0, timedelta()

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after figures may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def figures(self, period: Period) -> Insights:
        """How they stand."""
        facts, moment = await self._facts(period)
        if time.monotonic() >= self._keep_from_s or moment.window != self._kept_window:
            self._keep_from_s = time.monotonic() + _KEEP_EVERY_S
            self._kept_window = moment.window
            self._station.keep_soon(_keep, moment.at, moment.window)
        made = await asyncio.to_thread(_made, facts, moment)
        _, (goal,) = await self._settings.read(GOAL_SETTING)
        # Its thread has loaded them meanwhile.
        from console.domain.statistics import read_goal  # noqa: PLC0415

        return replace(made, goal=read_goal(goal.value))

    @property
    def may_set(self) -> bool:
        """Owners set the goal of a month's open rate, and the window of attribution."""
        return self._inbox.me.role == "owner"

    async def set_goal(self, percent: int) -> None:
        """Say it; works offline.  Raises ``Refusal`` (owners only)."""
        await self._settings.set(GOAL_SETTING, percent, 0)

    async def set_window(self, days: int) -> None:
        """Say for how long a campaign is given what members do; works offline.

        Raises ``Refusal`` (owners only).
        """
        await self._settings.set(WINDOW_SETTING, days, 0)

    async def looks(self) -> Looks:
        """When members look."""
        at, _ = await self.moment()
        me = self._inbox.me
        return await self._station.read(_looks, me.shop_id, at, me.timezone)

    async def looks_of(self, members: Collection[int]) -> Looks:
        """When these members look."""
        at, _ = await self.moment()
        return await self._station.read(_looks_of, members, at, self._inbox.me.timezone)

    async def behind(self, what: Behind, period: Period) -> tuple[int, ...]:
        """The members behind a figure."""
        facts, moment = await self._facts(period)
        return await self._station.read(behind_of, what, facts, moment)

    async def looked(self, weekday: int, hour: int) -> tuple[int, ...]:
        """Who read in an hour of a weekday."""
        at, _ = await self.moment()
        return await self._station.read(_looked, (weekday, hour), at, self._inbox.me.timezone)

    async def read_between(self, first: date, last: date) -> tuple[int, ...]:
        """Who read something on these days."""
        return await self._station.read(_read_between, (first, last), self._inbox.me.timezone)

    async def readers_within(self, campaign_id: int, elapsed: timedelta) -> tuple[int, ...]:
        """Who had read a campaign so long after it was written to her, soonest first."""
        at, _ = await self.moment()
        return await self._station.read(_readers_within, campaign_id, elapsed, at)

    async def visits_by_month(self) -> tuple[VisitMonth, ...]:
        """Visits beside the holdout, month by month."""
        at, _ = await self.moment()
        me = self._inbox.me
        return await self._station.read(visits_of, me.shop_id, at, me.timezone)

    async def visitors(self, first: date, *, held_out: bool) -> tuple[int, ...]:
        """Who came in the month that begins on that day."""
        at, _ = await self.moment()
        me = self._inbox.me
        return await self._station.read(visitors_of, (me.shop_id, first, held_out), at,
                                        me.timezone)  # fmt: skip

    async def moment(self) -> tuple[datetime, bool]:
        """Up to when everything is known here, and whether the line is up."""
        return self._known.moment(await self._station.read(_newest))

    async def _facts(self, period: Period) -> tuple[PeriodFacts, Moment]:
        me, entries = self._inbox.me, self._station.outbox.entries
        at, live = await self.moment()
        asked = (period, at, live, me.shop_id, me.timezone)
        return await self._station.read(_facts, asked, entries)


def _keep(replica: Replica, now: datetime, window: timedelta) -> bool:
    from console.store import replica_keeping  # noqa: PLC0415

    return replica_keeping.keep_some(replica, now, window)


def _newest(db: Connection) -> datetime | None:
    from console.store import replica_insights  # noqa: PLC0415

    return replica_insights.newest(db)


def _facts(
    db: Connection, asked: tuple[Period, datetime, bool, int, str], entries: Sequence[Entry]
) -> tuple[PeriodFacts, Moment]:
    from console.desk import insight_facts  # noqa: PLC0415
    from console.desk.window import window_of  # noqa: PLC0415

    period, at, live, shop_id, timezone = asked
    moment = insight_facts.Moment(period=period, at=at, live=live, shop_id=shop_id,
                                  timezone=timezone, window=window_of(db, entries))  # fmt: skip
    return insight_facts.facts_of(db, moment, entries), moment


def _made(facts: PeriodFacts, moment: Moment) -> Insights:
    from console.desk import insight_making  # noqa: PLC0415

    return insight_making.made(facts, moment)


def _reads(db: Connection, at: datetime) -> tuple[Notice, ...]:
    from console.desk import insight_making  # noqa: PLC0415
    from console.store import replica_insights  # noqa: PLC0415

    return replica_insights.reads(db, at - insight_making.SPAN)


def _looks(db: Connection, shop_id: int, at: datetime, timezone: str) -> Looks:
    from console.desk import insight_making  # noqa: PLC0415
    from console.store import replica_rollups  # noqa: PLC0415

    days = insight_making.watched(at, timezone)
    return insight_making.looks(replica_rollups.hours(db, shop_id, *days), days, timezone)


def _looks_of(db: Connection, members: Collection[int], at: datetime, timezone: str) -> Looks:
    from console.desk import insight_making  # noqa: PLC0415

    days = insight_making.watched(at, timezone)
    return insight_making.looks_of(_reads(db, at), members, days, timezone)


def _looked(db: Connection, place: tuple[int, int], at: datetime, timezone: str) -> tuple[int, ...]:
    from console.desk import insight_making  # noqa: PLC0415

    days = insight_making.watched(at, timezone)
    return insight_making.looked(_reads(db, at), days, *place, timezone)


def _read_between(db: Connection, days: tuple[date, date], timezone: str) -> tuple[int, ...]:
    from console.desk import insight_making  # noqa: PLC0415
    from console.domain import spans  # noqa: PLC0415
    from console.store import replica_insights  # noqa: PLC0415

    reads = replica_insights.reads(db, spans.midnight(days[0], ZoneInfo(timezone)))
    return insight_making.read_between(reads, *days, timezone)


def _readers_within(
    db: Connection, campaign_id: int, elapsed: timedelta, at: datetime
) -> tuple[int, ...]:
    from console.store import replica_insight_curves  # noqa: PLC0415

    return replica_insight_curves.readers_within(db, campaign_id, elapsed, at)


def visits_of(
    db: Connection, shop_id: int, at: datetime, timezone: str
) -> tuple[VisitMonth, ...]:  # fmt: skip
    """Visits beside the holdout in the months that end ``at`` a moment."""
    from console.desk import insight_making  # noqa: PLC0415
    from console.domain import periods  # noqa: PLC0415
    from console.store import replica_insight_campaigns, replica_insight_trade  # noqa: PLC0415

    first_at = replica_insight_campaigns.first_at(db)
    return tuple(
        insight_making.visit_month(
            replica_insight_trade.month_visits(db, shop_id, month, timezone), month, timezone
        )
        for month in periods.calendar_months(at, timezone)
        if first_at is not None and first_at < month.end
    )


def visitors_of(
    db: Connection, which: tuple[int, date, bool], at: datetime, timezone: str
) -> tuple[int, ...]:  # fmt: skip
    """Who came in a month: of which shop, from which day on, held out or not."""
    from console.domain import spans  # noqa: PLC0415
    from console.store import replica_insight_trade  # noqa: PLC0415

    shop_id, first, held_out = which
    begin, end = spans.moments(spans.Span(*spans.month_of(first)), first, ZoneInfo(timezone))
    if begin is None or end is None:
        return ()
    return replica_insight_trade.visited(db, shop_id, begin, min(end, at), timezone,
                                         held_out=held_out)  # fmt: skip


def behind_of(
    db: Connection, what: Behind, facts: PeriodFacts, moment: Moment
) -> tuple[int, ...]:  # fmt: skip
    """The members behind a figure that was made of these facts."""
    from console.desk import insight_making  # noqa: PLC0415
    from console.store import replica_insight_campaigns, replica_insight_trade  # noqa: PLC0415

    if what in {"readers", "replied"}:
        sent = [row.id for row in facts.campaigns]
        return (replica_insight_campaigns.answered(db, sent, moment.window) if what == "replied"
                else replica_insight_campaigns.readers(db, sent))  # fmt: skip
    if what == "held":
        held = replica_insight_campaigns.holders(db, facts.campaigns, moment.window)
        return tuple(sorted(frozenset[int]().union(*held.values())))
    if what == "visited":
        days = moment.compared
        return replica_insight_trade.visited(db, moment.shop_id, days.begin, days.end,
                                             moment.timezone)  # fmt: skip
    return insight_making.behind(what, facts, moment)
