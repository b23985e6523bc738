"""The shop's figures out of what is known; loaded when they are wanted first.

What a figure means is in ``domain``; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from console.desk.insight_facts import Moment, PeriodFacts, is_open
from console.desk.insight_types import (
    CampaignCurve,
    CampaignLine,
    Effect,
    Elsewhere,
    Insights,
    Looks,
    MonthRate,
    NotYet,
    OfferLeft,
    OptOuts,
    ShareChange,
    Tally,
    VisitMonth,
    Visits,
)
from console.desk.insights_port import Behind
from console.desk.report_making import curve_and_table
from console.desk.report_types import ShareTold
from console.domain import periods
from console.domain.attribution import DAY
from console.domain.heat_map import (
    every_day,
    heat_map,
    heat_map_of,
    send_time_advice,
    unprompted,
)
from console.domain.intervals import Rate, tell_rate_difference
from console.domain.periods import Stretch
from console.domain.readership import DRAWN, curve_of
from console.domain.segment_parsing import parse
from console.domain.segments import NOBODY, Fault, Rule
from console.domain.statistics import (
    CURVE,
    Notice,
    average_rate,
    compare_visits,
    open_rate,
    opted_out,
    visits_against_holdout,
)
from console.store.replica_insight_campaigns import Left
from console.store.replica_insight_curves import CampaignWatch
from console.store.replica_kept import Samples
from console.store.replica_rollups import HourReaders
from console.wire.campaign_rows import CampaignRow

DAYS: Final = 28
"""So many whole days are in the heat map: each weekday four times."""
SPAN: Final = timedelta(days=30)
"""So long ago a heat map may have begun."""


# --- when members look --------------------------------------------------------------------------


def watched(as_of: datetime, timezone: str) -> tuple[date, date]:
    """The days of the heat map: four whole weeks."""
    today = as_of.astimezone(ZoneInfo(timezone)).date()
    return today - timedelta(days=DAYS), today - timedelta(days=1)


def looks(hours: HourReaders, days: tuple[date, date], timezone: str) -> Looks:
    """The heat map, and what it advises."""
    first, last = days
    alone = heat_map_of(hours.unprompted, first, last, timezone)
    return Looks(first=first, last=last, heat=heat_map_of(hours.readers, first, last, timezone),
                 advice=send_time_advice(every_day(alone)))  # fmt: skip


def looks_of(
    reads: Iterable[Notice], members: Collection[int], days: tuple[date, date], timezone: str
) -> Looks:
    """The same of some members, out of what they read."""
    mine = [each for each in reads if each.member_id in members]
    alone = heat_map(unprompted(mine), *days, timezone)
    return Looks(first=days[0], last=days[1], heat=heat_map(mine, *days, timezone),
                 advice=send_time_advice(every_day(alone)))  # fmt: skip


# --- a period -----------------------------------------------------------------------------------


def made(facts: PeriodFacts, moment: Moment) -> Insights:
    """The figures of a period."""
    first, last = periods.days(moment.now, moment.timezone)
    lines, months = _lines(facts, moment), _rates(facts, moment.months())
    return Insights(
        period=moment.period, as_of=moment.at, live=moment.live, first=first, last=last,
        known_since=_known_since(facts, moment), open_rate=_open_rate(facts, moment, months),
        visits=_visits(facts, moment),
        replied=sum(line.replied for line in lines), held=sum(line.held for line in lines),
        opt_outs=_opt_outs(facts, moment), campaigns=lines, curves=_curves(facts, moment.at),
        months=_months(months, moment), window_days=moment.window // DAY,
    )  # fmt: skip


def _known_since(facts: PeriodFacts, moment: Moment) -> datetime | None:
    since = facts.complete_since
    return since if since is not None and since > moment.now.begin else None


def _change(now: Rate, before: Rate | None) -> ShareChange:
    change = None if before is None else tell_rate_difference(now, before)
    return ShareChange(now=ShareTold.of(now), before=before, change=change)


def _open_rate(
    facts: PeriodFacts, moment: Moment, months: Sequence[tuple[Stretch, Rate]]
) -> ShareChange:  # fmt: skip
    earlier = average_rate([rate for _, rate in _rates(facts, moment.months(1))])
    return _change(average_rate([rate for _, rate in months]), earlier if earlier.whole else None)


def _rates(facts: PeriodFacts, months: Sequence[Stretch]) -> list[tuple[Stretch, Rate]]:
    found = [(month, facts.openings.get(month)) for month in months]
    return [(month, open_rate(each.readers, each.reachable))
            for month, each in found if each is not None]  # fmt: skip


def _months(months: Sequence[tuple[Stretch, Rate]], moment: Moment) -> tuple[MonthRate, ...]:
    """A shorter period has none."""
    found = []
    for month, rate in reversed(months if len(moment.months()) > 1 else ()):
        first, last = periods.days(month, moment.timezone)
        found.append(MonthRate(first=first, last=last, share=ShareTold.of(rate)))
    return tuple(found)


def _visits(facts: PeriodFacts, moment: Moment) -> Visits:
    compared = moment.compared
    first, last = periods.days(compared, moment.timezone)
    length = compared.lasted / timedelta(days=1)
    return Visits(first=first, last=last, comparison=visits_against_holdout(facts.visits, length))


def visit_month(found: Samples, month: Stretch, timezone: str) -> VisitMonth:
    """What came of a month."""
    first, last = periods.days(month, timezone)
    length = month.lasted / timedelta(days=1)
    marketed, held_out = found
    return VisitMonth(first=first, last=last, comparison=compare_visits(*found, length),
                      marketed=marketed.size, held_out=held_out.size)  # fmt: skip


def left_of(found: Left, rows: Sequence[CampaignRow]) -> dict[int, frozenset[int]]:
    """By campaign: who opted out at it."""
    left = opted_out(found.notices, found.opt_outs)
    return {row.id: left[row.id] for row in rows if left.get(row.id)}


def _opt_outs(facts: PeriodFacts, moment: Moment) -> OptOuts:
    rows = complete(facts)
    left, before = left_of(facts.left, rows), left_of(facts.left_before, facts.earlier)
    since = facts.complete_since
    comparable = facts.earlier and (since is None or moment.before.begin >= since)
    most = max(rows, key=lambda row: len(left.get(row.id, ())), default=None)
    count = len(left.get(most.id, ())) if most is not None else 0
    return OptOuts(
        share=_change(_per_written(left, rows),
                      _per_written(before, facts.earlier) if comparable else None),
        most=(most.title, count) if most is not None and count else None,
    )  # fmt: skip


def complete(facts: PeriodFacts) -> tuple[CampaignRow, ...]:
    """The period's campaigns whose recipients are all here."""
    since = facts.complete_since
    return tuple(row for row in facts.campaigns
                 if since is None or (row.started_at or row.at) > since)  # fmt: skip


def _per_written(left: Mapping[int, frozenset[int]], rows: Sequence[CampaignRow]) -> Rate:
    """Opt-outs ÷ written, of all these campaigns."""
    written = sum(row.counts["written"] for row in rows)
    return Rate(min(written, sum(map(len, left.values()))), written)


# --- its campaigns ------------------------------------------------------------------------------


def _lines(facts: PeriodFacts, moment: Moment) -> tuple[CampaignLine, ...]:
    rows = complete(facts)
    left = dict.fromkeys((row.id for row in rows), 0)
    left |= {number: len(members) for number, members in left_of(facts.left, rows).items()}
    return tuple(
        CampaignLine(
            campaign_id=row.id, kind=row.kind, title=row.title, sent_at=row.started_at or row.at,
            rule=_rule(row.rule), written=row.counts["written"], read=row.counts.get("read", 0),
            replied=facts.answered.get(row.id, 0), held=facts.held.get(row.id, 0),
            left=left.get(row.id), effect=_effect(facts, row, moment),
        )
        for row in facts.campaigns
    )  # fmt: skip


def _rule(value: object) -> Rule | None:
    """``None`` for everybody; a resend says to whom by its kind."""
    if value is None or (isinstance(value, dict) and "to" in value):
        return None
    try:
        return parse(value)
    except Fault:
        return NOBODY


def _effect(facts: PeriodFacts, row: CampaignRow, moment: Moment) -> Effect:
    offer = facts.offers.get(row.id)
    if row.id in facts.tallies:
        return Tally(groups=facts.tallies[row.id])
    if offer is not None and is_open(offer, moment.at):
        return OfferLeft(left=max(0, offer.quantity - offer.claimed))
    until = (row.started_at or row.at) + moment.window
    if moment.at < until:
        return NotYet(until=until)
    return facts.purchases.get(row.id, Elsewhere())


def _curves(facts: PeriodFacts, at: datetime) -> tuple[CampaignCurve, ...]:
    titles = {row.id: row.title for row in facts.campaigns}
    return tuple(_curve(number, titles[number], each, at) for number, each in facts.watched.items())


def _curve(number: int, title: str, found: CampaignWatch, at: datetime) -> CampaignCurve:
    curve, table = (
        curve_and_table(found.watch, at - found.first_at)
        if found.watch is not None and found.first_at is not None
        else (curve_of(found.within, found.written, points) for points in (DRAWN, CURVE))
    )  # fmt: skip
    return CampaignCurve(campaign_id=number, title=title, curve=curve, table=table,
                         being_read=found.being_read)  # fmt: skip


# --- who is behind a figure ---------------------------------------------------------------------


def behind(what: Behind, facts: PeriodFacts, moment: Moment) -> tuple[int, ...]:
    """The members behind a figure; who answered, reserved or came is asked of the store."""
    match what:
        case "read":
            found = [facts.openings.get(month) for month in moment.months()]
            return _in_order(who for each in found if each is not None for who in each.readers)
        case "opted_out":
            return _united(left_of(facts.left, complete(facts)))
    raise ValueError(what)


def looked(
    reads: Iterable[Notice], days: tuple[date, date], weekday: int, hour: int, timezone: str
) -> tuple[int, ...]:
    """Who read in an hour of a weekday."""
    zone = ZoneInfo(timezone)
    local = ((each.member_id, each.read_at.astimezone(zone)) for each in reads if each.read_at)
    return _in_order(who for who, at in local if days[0] <= at.date() <= days[1]
                     and (at.weekday(), at.hour) == (weekday, hour))  # fmt: skip


def read_between(
    reads: Iterable[Notice], first: date, last: date, timezone: str
) -> tuple[int, ...]:  # fmt: skip
    """Who read something on these days of the shop, both included."""
    zone = ZoneInfo(timezone)
    return _in_order(each.member_id for each in reads if each.read_at is not None
                     and first <= each.read_at.astimezone(zone).date() <= last)  # fmt: skip


def _in_order(members: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(members)))


def _united(by_campaign: Mapping[int, frozenset[int]]) -> tuple[int, ...]:
    """The members of all campaigns, each once."""
    return _in_order(who for members in by_campaign.values() for who in members)
