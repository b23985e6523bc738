"""The report of a campaign out of what is known of it.

What a figure means is in ``domain.statistics`` and ``domain.attribution``; nothing is counted
here.  Loaded when the first report is wanted: no start waits for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain, compress
from typing import Final

from msgspec.structs import replace

from console.desk.report_sums import said_by_sums, with_sums
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
from console.domain.attribution import DAY, attribute, steps_owed
from console.domain.intervals import Rate
from console.domain.read_watch import MICROSECOND, Watch
from console.domain.readership import DRAWN
from console.domain.statistics import (
    CURVE,
    CurvePoint,
    Notice,
    Step,
    curve_of_watch,
    opted_out,
    steps_of,
)
from console.store.replica_recipients import RecipientFacts
from console.store.replica_report_colours import Tapped
from console.store.replica_reports import CampaignFacts
from console.store.row_codec import from_ms, to_ms

_MILLISECOND: Final = timedelta(milliseconds=1)
_NOTHING: Final[frozenset[Step]] = frozenset()


def made(facts: CampaignFacts, as_of: datetime, *, live: bool = True) -> CampaignReport:
    """The report out of what is known."""
    stages = _stages(facts)
    took = {each.step: each.took for each in stages}
    moments = [written for _, written, *_ in facts.audience if written is not None]
    left = opted_out(facts.notices, facts.opt_outs).get(facts.row.id, frozenset())
    report = CampaignReport(
        campaign_id=facts.row.id, title=facts.row.title, as_of=as_of, live=live,
        window_days=facts.window // DAY,
        written_from=from_ms(min(moments)) if moments else None,
        written_until=from_ms(max(moments)) if moments else None, missing=facts.missing,
        read=ShareTold.of(Rate(len(took[Step.READ]), len(moments))),
        opt_out=ShareTold.of(Rate(len(left), len(moments))),
        stages=stages, opted_out=tuple(sorted(left)),
        silent=tuple(who for who, written, read, replied, _ in facts.audience
                     if written is not None and read is not None and replied is None),
        colours=tuple(_interest(each) for each in facts.colours), sent=_sent(facts),
    )  # fmt: skip
    whole = replace(report, comparison=compared(facts, as_of))
    if said_by_sums(whole, facts):
        return with_sums(whole, facts)
    curve, table = curve_and_table(_watch(facts, as_of), report.age)
    return replace(whole, curve=curve, table=table)


def _stages(facts: CampaignFacts) -> tuple[ReportStage, ...]:
    """Of thousands of members most are alike: each kind is asked once what it took."""
    owed, own = steps_owed(attribute(facts.notices, facts.outcomes, facts.window)), facts.row.id
    within_ms = facts.window // _MILLISECOND
    kinds: dict[tuple[bool, bool, bool, bool, frozenset[Step]], list[int]] = defaultdict(list)
    usual = {read: kinds[True, False, read, False, _NOTHING] for read in (False, True)}
    unusual = facts.delivered.union(who for campaign, who in owed if campaign == own)
    for who, written, read, replied, _ in facts.audience:
        if written is not None and replied is None and who not in unusual:
            usual[read is not None].append(who)
            continue
        # An answer names its campaign: it is owed to that one, or to none.
        answered = (written is not None and replied is not None
                    and written <= replied <= written + within_ms)  # fmt: skip
        kinds[written is not None, who in facts.delivered, read is not None, answered,
              owed.get((own, who), _NOTHING)].append(who)  # fmt: skip
    at = facts.row.at
    steps = [
        steps_of(Notice(own, 0, at if written else None, at if delivered else None,
                        at if read else None, mine | {Step.ANSWERED} if answered else mine))
        for written, delivered, read, answered, mine in kinds
    ]  # fmt: skip
    known: dict[tuple[bool, ...], tuple[int, ...]] = {}

    def members(step: Step, side: int) -> tuple[int, ...]:
        chosen = tuple(step in each[side] for each in steps)
        if chosen not in known:
            known[chosen] = tuple(sorted(chain.from_iterable(compress(kinds.values(), chosen))))
        return known[chosen]

    return tuple(ReportStage(step=each, through=members(each, 0), took=members(each, 1))
                 for each in Step)  # fmt: skip


def _watch(facts: CampaignFacts, as_of: datetime) -> Watch:
    """As ``statistics.watch_of``."""
    now, instant = to_ms(as_of), (as_of - from_ms(0)) // MICROSECOND
    every = Counter([written for _, written, *_ in facts.audience])
    silent = Counter([written for _, written, read, *_ in facts.audience
                      if read is None or read > now])  # fmt: skip
    times = Counter([max(0, read - written) for _, written, read, *_ in facts.audience
                     if read is not None and written is not None and read <= now])  # fmt: skip
    return Watch(
        watched={
            instant - written * 1_000: members
            for written, members in every.items()
            if written is not None
        },
        unread={
            instant - written * 1_000: members
            for written, members in silent.items()
            if written is not None
        },
        read={time * 1_000: members for time, members in times.items()},
    )


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
