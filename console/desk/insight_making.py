"""The shop's figures out of what is known; loaded when they are wanted first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from console.desk.insight_types import Insights
from console.desk.report_types import ShareTold
from console.domain.heat_map import every_day, heat_map, send_time_advice, unprompted
from console.domain.statistics import monthly_open_rate
from console.store.replica_insights import InsightFacts

DAYS: Final = 28
"""So many whole days are in the heat map: each weekday four times."""
SPAN: Final = timedelta(days=40)
"""So long ago a heat map or a month may have begun."""


def made(facts: InsightFacts, as_of: datetime, timezone: str, *, live: bool = True) -> Insights:
    """The figures out of what is known."""
    today = as_of.astimezone(ZoneInfo(timezone)).date()
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    alone = heat_map(unprompted(facts.reads), first, last, timezone)
    return Insights(
        as_of=as_of, live=live, first=first, last=last,
        open_rate=ShareTold.of(
            monthly_open_rate(facts.members, facts.reads, today, timezone, as_of)
        ),
        heat=heat_map(facts.reads, first, last, timezone),
        advice=send_time_advice(every_day(alone)),
    )  # fmt: skip
