"""First replies of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.desk.reply_making import ReplyFacts, Viewer, lines, made, part_of
from console.desk.reply_types import ReplyFigures, WaitLine, WaitPart
from console.domain.periods import Period
from console.domain.replies import Waited

AS_OF = datetime(2026, 11, 29, 4, tzinfo=UTC)
"""A Sunday in Shanghai, at noon."""
STAFF = {1: "小李", 2: "小陈"}
NAMES = {1: "周雨桐", 2: "林晓雯"}


def waits(soon: int, late: int, *, seconds: float = 40) -> list[Waited]:
    """So many answered in that time, the first clerk's at ten, and in 7 minutes, the other's."""
    ten = AS_OF - timedelta(hours=2)
    found = [Waited(ten + timedelta(seconds=n), ten + timedelta(seconds=n + seconds), True, 1, 1)
             for n in range(soon)]  # fmt: skip
    eleven = ten + timedelta(hours=1)
    return found + [Waited(eleven, eleven + timedelta(minutes=7), True, 2, 2)] * late


class MemoryReplies:
    """``RepliesPort`` over facts that a test changes."""

    def __init__(self) -> None:
        self.facts = ReplyFacts(
            waits=[*waits(60, 6), Waited(AS_OF - timedelta(minutes=9))],
            before=waits(20, 0, seconds=75), staff=STAFF,
        )  # fmt: skip
        self.only: int | None = None
        self.asked: list[Period] = []
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    @property
    def viewer(self) -> Viewer:
        return Viewer(timezone="Asia/Shanghai", as_of=AS_OF, only=self.only)

    async def figures(self, period: Period) -> ReplyFigures:
        self.asked.append(period)
        await asyncio.sleep(0)
        return made(self.facts, self.viewer)

    async def waits(self, period: Period, part: WaitPart) -> tuple[WaitLine, ...]:
        self.asked.append(period)
        await asyncio.sleep(0)
        return lines(part_of(self.facts.waits, part, self.viewer), NAMES, STAFF, AS_OF)
