"""What the figures of a period are made of, read from a replica; loaded when they are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from console.desk import answers
from console.domain.attribution import WINDOW
from console.domain.periods import Period, Stretch, months, stretch, within_quarter
from console.domain.statistics import PurchasesComparison, Visitor
from console.store import (
    replica_answers,
    replica_campaigns,
    replica_insight_campaigns,
    replica_insight_curves,
    replica_insight_trade,
    replica_insights,
    replica_kept,
    replica_queries,
)
from console.store.driver import Connection
from console.store.outbox import Entry
from console.store.replica_insight_campaigns import Left
from console.store.replica_insight_curves import CampaignWatch
from console.store.replica_insights import Opening
from console.store.replica_kept import KeptCampaign
from console.wire.campaign_rows import CampaignRow
from console.wire.offer_rows import OfferRow

_CURVES = 3
"""So many read curves can still be told apart."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Of which period, up to when: what is asked.

    ``live``: the line is up; without it ``at`` lies in the past.  ``window``: that of attribution.
    """

    period: Period
    at: datetime
    shop_id: int
    timezone: str
    live: bool = True
    window: timedelta = WINDOW

    @property
    def now(self) -> Stretch:
        """The period."""
        return stretch(self.period, self.at, self.timezone)

    @property
    def before(self) -> Stretch:
        """The one before it."""
        return stretch(self.period, self.at, self.timezone, 1)

    def months(self, back: int = 0) -> tuple[Stretch, ...]:
        """Stretches that the open rate is the average of."""
        return months(self.period, self.at, self.timezone, back)

    @property
    def compared(self) -> Stretch:
        """In which visits are compared."""
        return within_quarter(self.now, self.timezone)


class PeriodFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the figures of a period are counted from.

    Attributes:
        openings: by month, of this period and the one before, as far as all rows of it are here.
        complete_since: since when all recipients are here; ``None``: always.
        first_at: when the shop's first campaign began.
        earlier: campaigns of the period before; ``left_before``: opt-outs of it.
        visits: how many members came how often in the days compared.
        held: by campaign, members who reserved something that is owed to it.
        purchases, tallies, offers: by campaign, of those that have one.
        watched: of the newest campaigns, by campaign.
    """

    openings: Mapping[Stretch, Opening] = {}
    complete_since: datetime | None = None
    first_at: datetime | None = None
    campaigns: tuple[CampaignRow, ...] = ()
    earlier: tuple[CampaignRow, ...] = ()
    held: Mapping[int, int] = {}
    answered: Mapping[int, int] = {}
    left: Left = Left(notices=(), opt_outs=())
    left_before: Left = Left(notices=(), opt_outs=())
    visits: Mapping[Visitor, int] = {}
    purchases: dict[int, PurchasesComparison] = {}
    tallies: dict[int, tuple[tuple[str, int], ...]] = {}
    offers: dict[int, OfferRow] = {}
    watched: dict[int, CampaignWatch] = {}


def facts_of(db: Connection, moment: Moment, entries: Sequence[Entry] = ()) -> PeriodFacts:
    """What is known of a period; ``entries`` wait in the outbox."""
    now, before, compared = moment.now, moment.before, moment.compared
    found = replica_insight_campaigns.sent(db, now.begin, now.end)
    offers = _offers(db, found)
    asking = [row for row in found if row.content.question is not None]
    over = [row for row in found if row.content.question is None
            and not is_open(offers.get(row.id), moment.at)
            and (row.started_at or row.at) + moment.window <= moment.at]  # fmt: skip
    kept = _kept(db, moment)
    watched = {row.id: replica_insight_curves.watched(db, row.id, moment.at, kept.get(row.id))
               for row in found[:_CURVES]}  # fmt: skip
    complete_since = replica_insight_campaigns.complete_since(db)
    first_at = replica_insight_campaigns.first_at(db)
    months = counted((*moment.months(), *moment.months(1)), complete_since, first_at)
    return PeriodFacts(
        openings={each: replica_insights.opening(db, moment.shop_id, each.begin, each.end)
                  for each in months},
        complete_since=complete_since, first_at=first_at, campaigns=found,
        earlier=replica_insight_campaigns.sent(db, before.begin, before.end),
        held=_held(db, found, kept, moment.window),
        answered=replica_insight_campaigns.answers(db, [row.id for row in found], moment.window),
        left=replica_insight_campaigns.left(db, now.begin, now.end),
        left_before=replica_insight_campaigns.left(db, before.begin, before.end),
        visits=replica_insight_trade.visits(db, moment.shop_id, compared.begin, compared.end,
                                            moment.timezone),
        purchases=_purchases(db, over, kept, moment),
        tallies={row.id: _tally(db, row.id, entries) for row in asking}, offers=offers,
        watched={number: each for number, each in watched.items() if each is not None},
    )  # fmt: skip


def _kept(db: Connection, moment: Moment) -> dict[int, KeptCampaign]:
    """Sums of campaigns that leave out whom a comparison leaves out now."""
    _, tags = replica_campaigns.holdout(db, moment.at, moment.timezone)
    return {number: each for number, each in replica_kept.campaigns(db, moment.window).items()
            if each.tags == tuple(tags)}  # fmt: skip


def _held(
    db: Connection, rows: Sequence[CampaignRow], kept: Mapping[int, KeptCampaign],
    window: timedelta,
) -> dict[int, int]:  # fmt: skip
    found = {row.id: kept[row.id].held for row in rows if row.id in kept}
    others = [row for row in rows if row.id not in kept]
    counted = replica_insight_campaigns.holders(db, others, window)
    return found | {number: len(members) for number, members in counted.items()}


def _purchases(
    db: Connection, rows: Sequence[CampaignRow], kept: Mapping[int, KeptCampaign], moment: Moment
) -> dict[int, PurchasesComparison]:
    found = {row.id: kept[row.id].bought if row.id in kept
             else replica_insight_trade.bought(db, row, moment.timezone, moment.window)
             for row in rows}  # fmt: skip
    return {number: each for number, each in found.items() if each is not None}


def counted(
    months: Iterable[Stretch], complete_since: datetime | None, first_at: datetime | None
) -> list[Stretch]:
    """Those of which all recipients are here.

    Before its first campaign nobody could have read anything: such months are left out.
    """
    return [each for each in months if first_at is not None and each.end > first_at
            and (complete_since is None or each.begin >= complete_since)]  # fmt: skip


def is_open(offer: OfferRow | None, at: datetime) -> bool:
    """Whether an offer can still be claimed."""
    return offer is not None and offer.closed_at is None and at < offer.ends_at


def _offers(db: Connection, rows: Sequence[CampaignRow]) -> dict[int, OfferRow]:
    """By campaign; what was sent again offers what was sent first."""
    known = {row.campaign_id: row for row in replica_queries.table_rows(db, "offer")}
    firsts = {row.id: replica_answers.first_of(db, row.id) for row in rows
              if row.content.offer is not None}  # fmt: skip
    return {number: known[first.id] for number, first in firsts.items()
            if first is not None and first.id in known}  # fmt: skip


def _tally(
    db: Connection, campaign_id: int, entries: Sequence[Entry]
) -> tuple[tuple[str, int], ...]:
    """The most frequent answers first; what was tapped and what was said by one name is one."""
    report = answers.report_of(db, campaign_id, entries)
    counts: Counter[str] = Counter()
    for group in (*report.choices, *report.buckets) if report is not None else ():
        counts[group.name] += len(group.answers)
    return tuple((name, number) for name, number in counts.most_common() if number)
