"""The report of a campaign out of what is known of it.

What a figure means is in ``domain.statistics`` and ``domain.attribution``; nothing is counted
here.  Loaded when the first report is wanted: no start waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.desk.report_sums import with_sums
from console.desk.report_types import (
    LIVE_FOR,
    CampaignReport,
    ColourInterest,
    Recipient,
    ReportStage,
    Sent,
    ShareTold,
)
from console.desk.version_making import compared
from console.domain.attribution import attribute, with_outcomes
from console.domain.intervals import Rate
from console.domain.read_watch import Watch
from console.domain.readership import DRAWN
from console.domain.statistics import (
    CURVE,
    CurvePoint,
    Notice,
    Step,
    curve_of_watch,
    opted_out,
    passed,
    read_rate,
    reading_times,
    watch_of,
)
from console.store.replica_recipients import RecipientFacts
from console.store.replica_report_colours import Tapped
from console.store.replica_reports import CampaignFacts


def made(facts: CampaignFacts, as_of: datetime, *, live: bool = True) -> CampaignReport:
    """The report out of what is known."""
    every = (*facts.audience, *facts.others)
    audience = with_outcomes(facts.audience, attribute(every, facts.outcomes))
    written = [each for each in audience if each.took(Step.WRITTEN)]
    moments = [each.written_at for each in written if each.written_at is not None]
    left = opted_out(every, facts.opt_outs).get(facts.row.id, frozenset())
    report = CampaignReport(
        campaign_id=facts.row.id, title=facts.row.title, as_of=as_of, live=live,
        written_from=min(moments, default=None), written_until=max(moments, default=None),
        missing=facts.missing, read=ShareTold.of(read_rate(audience)),
        opt_out=ShareTold.of(Rate(len(left), len(written))),
        stages=tuple(ReportStage(step=each.step, through=_ids(each.through), took=_ids(each.took))
                     for each in passed(audience)),
        opted_out=tuple(sorted(left)),
        silent=_ids(each for each in written
                    if each.took(Step.READ) and each.member_id not in facts.replied),
        colours=tuple(_interest(each) for each in facts.colours), sent=_sent(facts),
    )  # fmt: skip
    curve, table = curve_and_table(watch_of(audience, as_of), report.age)
    whole = replace(report, reads=reading_times(audience, as_of), curve=curve, table=table,
                    comparison=compared(facts, as_of))  # fmt: skip
    return with_sums(whole, facts)


def curve_and_table(
    watch: Watch, age: timedelta
) -> tuple[tuple[CurvePoint, ...], tuple[CurvePoint, ...]]:
    """The read curve of a campaign that began so long ago: where it is drawn, and in a table."""
    drawn = {*DRAWN, age} if age < LIVE_FOR else {*DRAWN}
    points = curve_of_watch(watch, (*drawn.union(CURVE),))
    return (tuple(each for each in points if each.elapsed in drawn),
            tuple(each for each in points if each.elapsed in CURVE))  # fmt: skip


def named(facts: Sequence[RecipientFacts], report: CampaignReport) -> tuple[Recipient, ...]:
    """The audience by name; what each did is what the report says, not counted again."""
    took = {stage.step: frozenset(stage.took) for stage in report.stages}
    return tuple(
        Recipient(
            member_id=who, name=each.name, phone=each.phone, state=each.state, reason=each.reason,
            variant=each.variant, written_at=each.written_at, read_at=each.read_at,
            replied_at=each.replied_at, recalled_at=each.recalled_at, coupon_at=each.coupon_at,
            redeemed_at=each.redeemed_at, delivered=who in took[Step.DELIVERED],
            reserved=who in took[Step.RESERVED], visited=who in took[Step.VISITED],
            bought=who in took[Step.BOUGHT],
        )
        for each in facts
        for who in (each.member_id,)
    )  # fmt: skip


def _sent(facts: CampaignFacts) -> Sent:
    row, told = facts.row, [each.counts for each in facts.corrections]
    written = sum(counts.get("written", 0) for counts in told)
    return Sent(
        content=row.content, recalled_at=row.recalled_at,
        claimed=row.counts.get("claimed", 0), redeemed=row.counts.get("redeemed", 0),
        vanished=row.counts.get("recalled_unread", 0),
        read_before=row.counts.get("recalled_read", 0),
        corrected=Rate(sum(counts.get("read", 0) for counts in told), written) if told else None,
    )  # fmt: skip


def _interest(found: Tapped) -> ColourInterest:
    product = found.product
    return ColourInterest(product_id=product.id, name=product.name, name_en=product.name_en,
                          colour=found.colour, colour_en=found.colour_en,
                          members=found.members)  # fmt: skip


def _ids(notices: Iterable[Notice]) -> tuple[int, ...]:
    return tuple(sorted(each.member_id for each in notices))
