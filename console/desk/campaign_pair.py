"""Read rates of two campaigns side by side, and what their difference can tell.  Pure."""

from __future__ import annotations

from datetime import datetime

from console.desk.insight_types import CampaignLine
from console.desk.report_types import LIVE_FOR, ShareTold
from console.desk.types import Value
from console.domain.intervals import Rate, Told, tell_rate_difference


class CampaignPair(Value, frozen=True, kw_only=True):
    """Two campaigns; they went to other members at another time, so neither is an experiment.

    Attributes:
        difference: by how much the first is above the second, in shares (0.01 is a point);
            ``None`` while one of them is being read.
        ends_at: when both have been read for long enough to be compared.
    """

    first: CampaignLine
    second: CampaignLine
    shares: tuple[ShareTold, ShareTold]
    difference: Told | None
    ends_at: datetime


def pair(first: CampaignLine, second: CampaignLine, as_of: datetime) -> CampaignPair:
    """Both, the one sent later first; what is known of them is known until ``as_of``."""
    later, earlier = sorted((first, second), reverse=True,
                            key=lambda line: (line.sent_at, line.campaign_id))  # fmt: skip
    rates = Rate(later.read, later.written), Rate(earlier.read, earlier.written)
    ends_at = later.sent_at + LIVE_FOR
    return CampaignPair(
        first=later, second=earlier, ends_at=ends_at,
        shares=(ShareTold.of(rates[0]), ShareTold.of(rates[1])),
        difference=tell_rate_difference(*rates) if ends_at <= as_of else None,
    )  # fmt: skip
