"""What the relay's sums say of a campaign in its report.

Of one whose recipients are kept on the relay only, the rates and the curve; of one that everybody
was watched for, the curve alone, which all its reads would give as well.
"""

from __future__ import annotations

from itertools import zip_longest

from msgspec.structs import replace

from console.desk.report_types import CampaignReport, ShareTold
from console.domain.intervals import Rate
from console.domain.readership import DRAWN, curve_of
from console.domain.statistics import CURVE
from console.store.replica_reports import CampaignFacts


def said_by_sums(report: CampaignReport, facts: CampaignFacts) -> bool:
    """Whether the curve can be taken from the sums."""
    written = sum(each.written for each in facts.tallies)
    over = report.written_until is not None and not report.being_read
    return written > 0 and (facts.missing > 0 or (over and written == report.read.rate.whole))


def with_sums(report: CampaignReport, facts: CampaignFacts) -> CampaignReport:
    """The report with its curve, and with rates that the rows here are too few for."""
    written = sum(each.written for each in facts.tallies)
    within = [sum(each) for each in zip_longest(*(row.read_within for row in facts.tallies),
                                                fillvalue=0)]  # fmt: skip
    drawn = replace(report, curve=curve_of(within, written, DRAWN),
                    table=curve_of(within, written, CURVE))  # fmt: skip
    if not facts.missing:
        return drawn
    return replace(
        drawn,
        read=ShareTold.of(Rate(sum(each.read for each in facts.tallies), written)),
        opt_out=ShareTold.of(Rate(sum(each.opted_out for each in facts.tallies), written)),
        written_from=facts.row.started_at, written_until=facts.row.finished_at,
    )  # fmt: skip
