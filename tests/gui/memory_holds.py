"""Holds of members of a memory desk."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from console.desk.hold_list import HoldItem


class MemoryHolds:
    """``HoldsPort``; ``kept`` and ``freed`` are what was asked, ``failure`` is raised instead."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.freed: list[str] = []
        self.hours: list[float] = []
        self.extended: list[tuple[str, datetime]] = []
        self.collected: list[str] = []
        self.items: list[HoldItem] = []
        self.failure: Exception | None = None
        self.answers = asyncio.Event()
        self.answers.set()

    async def keep(self, hold: str, hours: float = 48) -> datetime | None:
        if self.failure is not None:
            raise self.failure
        self.kept.append(hold)
        self.hours.append(hours)
        await self.answers.wait()
        return datetime.now(UTC) + timedelta(hours=hours)

    async def all_of_shop(self) -> list[HoldItem]:
        await asyncio.sleep(0)
        return self.items

    async def extend(self, hold: str, until: datetime) -> None:
        if self.failure is not None:
            raise self.failure
        self.extended.append((hold, until))

    async def collect(self, hold: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.collected.append(hold)

    async def let_go(self, hold: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.freed.append(hold)
