"""What a report says of a campaign whose recipients are kept on the relay only: its sums do.

They give the rates and the curve; who is behind them is not known here.
"""

from __future__ import annotations

from itertools import zip_longest

from msgspec.structs import replace

from console.desk.report_types import CampaignReport, ShareTold
from console.domain.intervals import Rate
from console.domain.readership import DRAWN, curve_of
from console.domain.statistics import CURVE
from console.store.replica_reports import CampaignFacts


def with_sums(report: CampaignReport, facts: CampaignFacts) -> CampaignReport:
    """The report as it is where all recipients are here; else with what sums know better."""
    written = sum(each.written for each in facts.tallies)
    if not facts.missing or not written:
        return report
    within = [sum(each) for each in zip_longest(*(row.read_within for row in facts.tallies),
                                                fillvalue=0)]  # fmt: skip
    return replace(
        report,
        read=ShareTold.of(Rate(sum(each.read for each in facts.tallies), written)),
        opt_out=ShareTold.of(Rate(sum(each.opted_out for each in facts.tallies), written)),
        written_from=facts.row.started_at, written_until=facts.row.finished_at,
        curve=curve_of(within, written, DRAWN), table=curve_of(within, written, CURVE),
    )  # fmt: skip
