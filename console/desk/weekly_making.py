"""The summary of a week out of what is known; loaded when one is wanted first.

What a figure means is in ``domain``, and it is made as those of the page of figures are: a week
that is over is one of their periods.  Nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.desk.insight_facts import Moment, PeriodFacts
from console.desk.insight_making import made as made_insights
from console.desk.insight_types import CampaignLine, Insights, Looks, ShareChange
from console.desk.reply_types import ReplyFigures
from console.desk.report_types import LIVE_FOR, ShareTold
from console.desk.weekly_types import WeeklySummary
from console.domain import spans
from console.domain.attribution import WINDOW
from console.domain.intervals import Rate, tell_rate_difference
from console.domain.periods import Period, Stretch, within_quarter

_WEEK = timedelta(days=7)


class WeekMoment(Moment, frozen=True, kw_only=True):
    """A week that begins on ``monday``, as it is known at ``at``."""

    monday: date

    @property
    def now(self) -> Stretch:
        """The week."""
        return self._week(0)

    @property
    def before(self) -> Stretch:
        """The one before it."""
        return self._week(1)

    def months(self, back: int = 0) -> tuple[Stretch, ...]:
        """The week alone."""
        return (self._week(back),)

    @property
    def compared(self) -> Stretch:
        """In which visits are compared."""
        return within_quarter(self.now, self.timezone)

    def _week(self, back: int) -> Stretch:
        return week_of(self.monday - back * _WEEK, self.timezone)


def week_of(monday: date, timezone: str) -> Stretch:
    """The week of the shop's calendar that begins on a day."""
    zone = ZoneInfo(timezone)
    return Stretch(spans.midnight(monday, zone), spans.midnight(monday + _WEEK, zone))


def moment_of(
    monday: date, at: datetime, shop_id: int, timezone: str, *, live: bool = True,
    window: timedelta = WINDOW,
) -> WeekMoment:  # fmt: skip
    """Which week is asked for, as it is known at a moment."""
    return WeekMoment(period=Period.WEEK, monday=monday, at=at, shop_id=shop_id,
                      timezone=timezone, live=live, window=window)  # fmt: skip


def made(
    now: tuple[PeriodFacts, WeekMoment], then: tuple[PeriodFacts, WeekMoment], looks: Looks,
    replies: ReplyFigures,
) -> WeeklySummary:  # fmt: skip
    """Out of what is known of the week, and of the one before it."""
    week, before, moment = made_insights(*now), made_insights(*then), now[1]
    return WeeklySummary(
        monday=moment.monday, week=week, before=before, looks=looks, replies=replies,
        read=_read(week, before),
        still_read=sum(moment.at < line.sent_at + LIVE_FOR for line in week.campaigns),
    )  # fmt: skip


def _read(week: Insights, before: Insights) -> ShareChange:
    now, then = together(week.campaigns), together(before.campaigns)
    change = tell_rate_difference(now, then) if then.whole else None
    return ShareChange(now=ShareTold.of(now), before=then if then.whole else None, change=change)


def together(lines: Sequence[CampaignLine]) -> Rate:
    """Read rate = readers ÷ written, of several campaigns as of one."""
    written = sum(line.written for line in lines)
    return Rate(min(written, sum(line.read for line in lines)), written)
