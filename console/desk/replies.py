"""First replies, counted from the replica in worker threads, also offline.

What counts them (``reply_making``) is loaded in those threads when they are wanted first.  An
owner sees everybody's, a clerk her own beside the shop's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from console.desk.known_until import KnownUntil
from console.store.replica import Connection

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.reply_making import ReplyFacts, Viewer
    from console.desk.reply_types import ReplyFigures, WaitLine, WaitPart
    from console.domain.periods import Period, Stretch
    from console.sync.station import Station

Stretches: TypeAlias = "Callable[[datetime, str], tuple[Stretch, Stretch]]"
"""A stretch and the one before it, at a moment and on a clock."""
_TABLES: Final = frozenset({"wait", "conversation", "staff"})


class RepliesDesk:
    """``RepliesPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._known = KnownUntil(inbox)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after figures may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def figures(self, period: Period) -> ReplyFigures:
        """How they stand."""
        return await self.between(partial(_stretches, period))

    async def waits(self, period: Period, part: WaitPart) -> tuple[WaitLine, ...]:
        """The waits behind a figure, the longest first."""
        return await self.waits_between(partial(_stretches, period), part)

    async def between(self, stretches: Stretches) -> ReplyFigures:
        """How they stand in a stretch of time, beside the one before it."""
        return await self._station.read(_figures, stretches, await self._moment(), self._whose())

    async def waits_between(self, stretches: Stretches, part: WaitPart) -> tuple[WaitLine, ...]:
        """The waits behind a figure of that."""
        asked = (stretches, await self._moment(), self._whose())
        return await self._station.read(_waits, *asked, part)

    async def _moment(self) -> tuple[datetime, bool]:
        return self._known.moment(await self._station.read(_newest))

    def _whose(self) -> tuple[str, int | None]:
        """The shop's clock, and of whom alone lines are shown."""
        me = self._inbox.me
        return me.timezone, None if me.role == "owner" else me.staff_id


def _stretches(period: Period, at: datetime, timezone: str) -> tuple[Stretch, Stretch]:
    from console.domain.periods import stretch  # noqa: PLC0415

    return stretch(period, at, timezone), stretch(period, at, timezone, 1)


def _newest(db: Connection) -> datetime | None:
    from console.store import replica_replies  # noqa: PLC0415

    return replica_replies.newest(db)


def _facts(
    db: Connection, stretches: Stretches, moment: tuple[datetime, bool],
    whose: tuple[str, int | None],
) -> tuple[ReplyFacts, Viewer]:  # fmt: skip
    from console.desk.reply_making import ReplyFacts, Viewer  # noqa: PLC0415
    from console.store import replica_queries, replica_replies  # noqa: PLC0415

    (at, live), (timezone, only) = moment, whose
    now, before = stretches(at, timezone)
    facts = ReplyFacts(
        waits=replica_replies.waits(db, now.begin, now.end),
        before=replica_replies.waits(db, before.begin, before.end),
        staff={row.id: row.name for row in replica_queries.staff(db).values()},
    )
    return facts, Viewer(timezone=timezone, as_of=at, live=live, only=only)


def _figures(
    db: Connection, stretches: Stretches, moment: tuple[datetime, bool],
    whose: tuple[str, int | None],
) -> ReplyFigures:  # fmt: skip
    from console.desk.reply_making import made  # noqa: PLC0415

    return made(*_facts(db, stretches, moment, whose))


def _waits(
    db: Connection, stretches: Stretches, moment: tuple[datetime, bool],
    whose: tuple[str, int | None], part: WaitPart,
) -> tuple[WaitLine, ...]:  # fmt: skip
    from console.desk.reply_making import lines, part_of  # noqa: PLC0415
    from console.store import replica_replies  # noqa: PLC0415

    facts, viewer = _facts(db, stretches, moment, whose)
    found = part_of(facts.waits, part, viewer)
    places = (each.conversation_id for each in found if each.conversation_id is not None)
    return lines(found, replica_replies.names(db, places), facts.staff, viewer.as_of)
