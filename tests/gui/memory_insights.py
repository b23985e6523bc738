"""Figures of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from console.desk.insight_facts import Moment, PeriodFacts
from console.desk.insight_making import (
    behind,
    looked,
    looks,
    looks_of,
    made,
    read_between,
    visit_month,
    watched,
)
from console.desk.insight_types import Insights, Looks, VisitMonth
from console.desk.insights_port import Behind
from console.domain import periods
from console.domain.intervals import Rate
from console.domain.periods import Period, Stretch
from console.domain.statistics import (
    Notice,
    OptOut,
    PurchasesComparison,
    Visitor,
    read_goal,
    reading_times,
    visit_samples,
    watch_of,
)
from console.store.replica_insight_campaigns import Left
from console.store.replica_insight_curves import CampaignWatch
from console.store.replica_insights import Opening
from console.store.replica_rollups import HourReaders
from console.wire.campaign_rows import CampaignContent, CampaignRow

ZONE = "Asia/Shanghai"
AS_OF = datetime(2026, 11, 29, 4, tzinfo=UTC)
"""A Sunday in Shanghai, at noon."""
SENT = datetime(2026, 11, 13, 2, tzinfo=UTC)


def campaign(number: int, title: str, written: int, read: int, replied: int) -> CampaignRow:
    """One that was sent to everybody."""
    return CampaignRow(
        id=number, rev=1, shop_id=1, client_id=f"c{number}", title=title, state="done",
        content=CampaignContent(), started_at=SENT + timedelta(days=number), at=SENT,
        counts={"written": written, "read": read, "replied": replied},
    )  # fmt: skip


def reads(readers: int) -> tuple[Notice, ...]:
    """So many read at Saturday 20:05, two hours after it was written."""
    read = datetime(2026, 11, 28, 12, 5, tzinfo=UTC)
    return tuple(Notice(1, n, read - timedelta(hours=2), None, read)
                 for n in range(1, readers + 1))  # fmt: skip


def facts(members: int, readers: int) -> PeriodFacts:
    """Everybody is reachable; so many ``reads``.

    Of every ten members one is held out and came once; of the others half came twice, half
    three times.
    """
    left = OptOut(3, datetime(2026, 11, 28, 13, 5, tzinfo=UTC))
    everybody = range(1, members + 1)
    return PeriodFacts(
        openings=openings(frozenset(everybody), reads(readers)),
        first_at=SENT - timedelta(days=300),
        campaigns=(campaign(2, "周三提问", 150, 70, 41),
                   campaign(1, "周一新款", members, readers, 12)),
        answered={2: 41, 1: 12}, left=Left(notices=reads(readers), opt_outs=(left,)),
        visits=Counter(Visitor(2 + n % 2 if n % 10 else 1, n % 10 == 0) for n in everybody),
        purchases={1: PurchasesComparison(Rate(300, 1_000), Rate(40, 200))},
        watched=watched_of(reads(readers)), tallies={2: (("厚外套", 41), ("卫衣", 27))},
    )  # fmt: skip


def watched_of(notices: tuple[Notice, ...]) -> dict[int, CampaignWatch]:
    """Of campaign 1, as far as anybody read it."""
    moments = [each.written_at for each in notices if each.written_at is not None]
    return {1: CampaignWatch(first_at=min(moments), written=len(notices), being_read=True,
                             watch=watch_of(notices, AS_OF))} if moments else {}  # fmt: skip


def openings(reachable: frozenset[int], found: tuple[Notice, ...]) -> dict[Stretch, Opening]:
    """Of every period and the one before it."""
    months = [month for period in Period for back in (0, 1)
              for month in periods.months(period, AS_OF, ZONE, back)]  # fmt: skip
    return {month: Opening(frozenset(each.member_id for each in found if month.holds(each.read_at)),
                           reachable) for month in months}  # fmt: skip


def visits_by_month() -> list[Counter[Visitor]]:
    """Of the last three months: too few came, as many as of the holdout, more than of it."""
    few = Counter({Visitor(0, held): 90 for held in (False, True)} | {Visitor(1, False): 2})
    same = Counter({Visitor(n, held): 50 for n in (1, 2) for held in (False, True)})
    more = Counter({Visitor(2 + n, False): 90 for n in (0, 1)}
                   | {Visitor(n, True): 10 for n in (1, 2)})  # fmt: skip
    return [few, same, more]


class MemoryInsights:
    """``InsightsPort`` over facts that a test changes; ``asked``: periods in order."""

    def __init__(self) -> None:
        self.facts, self.live = facts(200, 60), True
        self.reads = reads(60)
        self.asked: list[Period] = []
        self.visits, self.asked_months = [*visits_by_month()], 0
        self.opened: list[tuple[date, bool]] = []
        self.goal, self.may_set, self.days = 0, True, 7
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def without_campaigns(self) -> None:
        """Nothing was sent yet."""
        none = Left(notices=(), opt_outs=())
        self.facts = replace(facts(4, 0), campaigns=(), watched={}, left=none)
        self.reads = ()

    async def set_goal(self, percent: int) -> None:
        await asyncio.sleep(0)
        self.goal = percent

    async def set_window(self, days: int) -> None:
        await asyncio.sleep(0)
        self.days = days

    async def figures(self, period: Period) -> Insights:
        await asyncio.sleep(0)
        self.asked.append(period)
        found = made(self.facts, self._moment(period))
        return replace(found, goal=read_goal(self.goal))

    async def looks(self) -> Looks:
        await asyncio.sleep(0)
        readers = {(date(2026, 11, 28), 20): len(self.reads)}
        return looks(HourReaders(readers, readers), watched(AS_OF, ZONE), ZONE)

    async def looks_of(self, members: Collection[int]) -> Looks:
        await asyncio.sleep(0)
        return looks_of(self.reads, members, watched(AS_OF, ZONE), ZONE)

    async def behind(self, what: Behind, period: Period) -> tuple[int, ...]:
        await asyncio.sleep(0)
        if what in {"readers", "replied", "visited"}:
            return (1, 2)
        return behind(what, self.facts, self._moment(period))

    async def visits_by_month(self) -> tuple[VisitMonth, ...]:
        await asyncio.sleep(0)
        self.asked_months += 1
        found = periods.calendar_months(AS_OF, ZONE)
        return tuple(visit_month(visit_samples(visits), month, ZONE) for month, visits in
                     zip(found[len(found) - len(self.visits):], self.visits, strict=True)
                     )  # fmt: skip

    async def visitors(self, first: date, *, held_out: bool) -> tuple[int, ...]:
        await asyncio.sleep(0)
        self.opened.append((first, held_out))
        return (10,) if held_out else (1, 2)

    async def readers_within(self, campaign_id: int, elapsed: timedelta) -> tuple[int, ...]:
        await asyncio.sleep(0)
        times = reading_times(self.reads if campaign_id == 1 else (), AS_OF)
        return tuple(who for time, who in times if time <= elapsed)

    async def read_between(self, first: date, last: date) -> tuple[int, ...]:
        await asyncio.sleep(0)
        return read_between(self.reads, first, last, ZONE)

    async def looked(self, weekday: int, hour: int) -> tuple[int, ...]:
        reads = self.reads
        return looked(reads, watched(AS_OF, ZONE), weekday, hour, ZONE)

    def _moment(self, period: Period) -> Moment:
        return Moment(period=period, at=AS_OF, shop_id=1, timezone=ZONE, live=self.live,
                      window=timedelta(days=self.days))  # fmt: skip
