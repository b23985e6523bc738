"""The summary of a week, counted from the replica in worker threads, also offline.

What counts it (``weekly_making``) is loaded in those threads when one is wanted first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from console.desk.insights import behind_of
from console.store.replica import Connection

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.insight_facts import PeriodFacts
    from console.desk.insight_types import Looks
    from console.desk.insights import InsightsDesk
    from console.desk.insights_port import Behind
    from console.desk.replies import RepliesDesk, Stretches
    from console.desk.reply_types import ReplyFigures, WaitLine
    from console.desk.weekly_making import WeekMoment
    from console.desk.weekly_types import WeeklySummary
    from console.domain.periods import Stretch
    from console.store.outbox import Entry
    from console.sync.station import Station

_Week: TypeAlias = "tuple[PeriodFacts, WeekMoment]"
_WEEK = timedelta(days=7)


class WeeklyDesk:
    """``WeeklyPort`` for the staff member of one station."""

    def __init__(
        self, station: Station, inbox: InboxDesk, insights: InsightsDesk, replies: RepliesDesk
    ) -> None:
        self._station, self._inbox = station, inbox
        self._insights, self._replies = insights, replies

    def last(self) -> date:
        """The Monday of the newest week that is over."""
        today = datetime.now(ZoneInfo(self._inbox.me.timezone)).date()
        return today - timedelta(days=today.weekday()) - _WEEK

    async def summary(self, monday: date) -> WeeklySummary:
        """How the week was that began on that day."""
        week, before = await self._facts(monday), await self._facts(monday - _WEEK)
        beside = await self._insights.looks(), await self._replies.between(_weeks(monday))
        return await asyncio.to_thread(_made, week, before, *beside)

    async def behind(self, what: Behind, monday: date) -> tuple[int, ...]:
        """The members behind a figure of that week."""
        return await self._station.read(behind_of, what, *await self._facts(monday))

    async def waits(self, monday: date) -> tuple[WaitLine, ...]:
        """What members waited for in that week, the longest first."""
        from console.desk.reply_types import WaitPart  # noqa: PLC0415

        return await self._replies.waits_between(_weeks(monday), WaitPart())

    async def _facts(self, monday: date) -> _Week:
        me, entries = self._inbox.me, self._station.outbox.entries
        at, live = await self._insights.moment()
        return await self._station.read(
            _facts, monday, (at, live, me.shop_id, me.timezone), entries
        )


def _facts(
    db: Connection, monday: date, known: tuple[datetime, bool, int, str], entries: Sequence[Entry]
) -> _Week:
    from console.desk import insight_facts, weekly_making  # noqa: PLC0415
    from console.desk.window import window_of  # noqa: PLC0415

    at, live, shop_id, timezone = known
    window = window_of(db, entries)
    moment = weekly_making.moment_of(monday, at, shop_id, timezone, live=live, window=window)
    return insight_facts.facts_of(db, moment, entries), moment


def _made(
    week: _Week, before: _Week, looks: Looks, replies: ReplyFigures
) -> WeeklySummary:  # fmt: skip
    from console.desk import weekly_making  # noqa: PLC0415

    return weekly_making.made(week, before, looks, replies)


def _weeks(monday: date) -> Stretches:
    """The week that began then, and the one before."""

    def found(_at: datetime, timezone: str) -> tuple[Stretch, Stretch]:
        from console.desk import weekly_making  # noqa: PLC0415

        return (weekly_making.week_of(monday, timezone),
                weekly_making.week_of(monday - _WEEK, timezone))  # fmt: skip

    return found
