"""What happens at a time of day: messages, campaigns and reminders go, holds and snoozes end.

One task beside the sessions.  It only says *when*; what is due, and that it happens once, is
decided by the handlers inside their transactions.  It never sleeps towards a moment of the wall
clock for longer than a glance, so a clock that jumps either way is noticed within a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from console.log import get_logger
from console.relay.actor import RELAY
from console.relay.core import RelayCore
from console.relay.handlers.schedules import WAITING
from console.relay.internal import (
    AdvanceCampaigns,
    FireScheduled,
    PassOn,
    RemindFittings,
    SettleHolds,
    TurnBackSeries,
    WakeConversations,
)
from console.store import tables
from console.waiting import occurs
from console.wire.commands import Command

GLANCE_S = 1.0
"""The clock is looked at at least so often."""
_PATIENT_GLANCES = 5
"""So often in a row it is tried again at once; from then on a failure is given more time."""
_REST_GLANCES = 30
_STEP_BACK = timedelta(minutes=1)
"""A clock that is set by so little is only being kept right."""

_log = get_logger("scheduler")


def next_scheduled(connection: Connection) -> datetime | None:
    """When the next scheduled message is due."""
    table = tables.scheduled
    query = select(table.c.due_at).where(WAITING).order_by(table.c.due_at).limit(1)
    return connection.execute(query).scalar_one_or_none()


def next_waking(connection: Connection) -> datetime | None:
    """When the next snoozed conversation wakes."""
    until = tables.conversation.c.snoozed_until
    query = select(until).where(until.is_not(None)).order_by(until).limit(1)
    return connection.execute(query).scalar_one_or_none()


def next_campaign(connection: Connection) -> datetime | None:
    """When a campaign has something to do next."""
    at = tables.campaign.c.next_at
    query = select(at).where(at.is_not(None)).order_by(at).limit(1)
    return connection.execute(query).scalar_one_or_none()


def next_offer(connection: Connection) -> datetime | None:
    """When an offer to somebody who waited ends, or quiet hours that hold one back."""
    at = tables.waitlist.c.due_at
    query = select(at).where(at.is_not(None)).order_by(at).limit(1)
    return connection.execute(query).scalar_one_or_none()


def next_hold(connection: Connection) -> datetime | None:
    """When the next hold ends, or a member is to be told of hers."""
    table = tables.hold
    moments = (
        select(table.c.expires_at).where(tables.HOLD_KEPT).order_by(table.c.expires_at),
        select(table.c.notify_at).where(table.c.notify_at.is_not(None)).order_by(table.c.notify_at),
    )
    found = [connection.execute(query.limit(1)).scalar_one_or_none() for query in moments]
    return min((at for at in found if at is not None), default=None)


def next_reminder(connection: Connection) -> datetime | None:
    """When the next member is to be reminded of her fitting."""
    at = tables.fitting.c.remind_at
    query = select(at).where(at.is_not(None)).order_by(at).limit(1)
    return connection.execute(query).scalar_one_or_none()


@dataclass(slots=True)
class _Watch:
    """One kind of thing that becomes due.

    Attributes:
        table: a commit that touched it may have moved the next moment.
        ask: reads that moment.
        command: settles what is due, some at a time.
        prompt: whether such a commit is worth a look at once.
        stale: the moment has to be asked for again.
        at: the next moment, ``None`` when there is none.
    """

    table: str
    ask: Callable[[Connection], datetime | None]
    command: Command
    prompt: bool
    stale: bool = True
    at: datetime | None = None


def _watches() -> list[_Watch]:
    return [
        _Watch("scheduled", next_scheduled, FireScheduled(), prompt=True),
        _Watch("campaign", next_campaign, AdvanceCampaigns(), prompt=True),
        _Watch("waitlist", next_offer, PassOn(), prompt=True),
        _Watch("hold", next_hold, SettleHolds(), prompt=True),
        _Watch("fitting", next_reminder, RemindFittings(), prompt=True),
        # Every message touches its conversation: these are looked at with the next glance.
        _Watch("conversation", next_waking, WakeConversations(), prompt=False),
    ]


@dataclass(slots=True)
class Scheduler:
    """Runs as long as the relay serves.

    Attributes:
        core: whose clock it looks at and through whom it acts.
        glance_s: how long it looks away at most.
        glances: how often it looked at the clock.
        questions: how often it asked the database for the next moment.
        failures: how often in a row nothing could be settled.
    """

    core: RelayCore
    glance_s: float = GLANCE_S
    glances: int = 0
    questions: int = 0
    failures: int = 0
    _watches: list[_Watch] = field(default_factory=_watches)
    _seen: datetime | None = None
    _look: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Until cancelled.  What fails is tried again with the next glance."""
        self.core.on_changed(self._changed)
        while True:
            self._look.clear()
            try:
                await self._look_back()
                for watch in self._watches:
                    await self._settle(watch)
                self.failures = 0
            except Exception as error:  # noqa: BLE001 - nothing was settled; tried again
                self.failures += 1
                _log.error("schedule_failed", failures=self.failures, exc_info=error)
            self.glances += 1
            await occurs(self._look, self._pause_s())

    async def _look_back(self) -> None:
        """At the start, and when the clock went back: nothing waits for a time it once was."""
        now, seen = self.core.clock.now(), self._seen
        if seen is None or seen - now > _STEP_BACK:
            await self.core.call(RELAY, TurnBackSeries())
        self._seen = now

    def _changed(self, touched: frozenset[str]) -> None:
        for watch in self._watches:
            if watch.table in touched:
                watch.stale = True
                if watch.prompt:
                    self._look.set()

    async def _settle(self, watch: _Watch) -> None:
        """Settle all that is due of one kind."""
        await self._refresh(watch)
        while watch.at is not None and watch.at <= self.core.clock.now():
            done = (await self.core.call(RELAY, watch.command))["done"]
            watch.stale = True
            await self._refresh(watch)
            if not done:
                # The clock jumped back between the look and the commit.
                return

    async def _refresh(self, watch: _Watch) -> None:
        if watch.stale:
            # Before the question: what changes while it is answered makes it stale again.
            watch.stale = False
            self.questions += 1
            try:
                watch.at = await self.core.read(watch.ask)
            except BaseException:
                watch.stale = True
                raise

    def _pause_s(self) -> float:
        """A glance, or less when something is due before it ends; a rest when nothing works."""
        if self.failures > _PATIENT_GLANCES:
            return self.glance_s * _REST_GLANCES
        moments = [watch.at for watch in self._watches if watch.at is not None]
        if not moments:
            return self.glance_s
        left = (min(moments) - self.core.clock.now()).total_seconds()
        return min(self.glance_s, left) if left > 0 else self.glance_s
