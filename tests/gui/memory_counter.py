"""The counter of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from console.desk.counter_port import CheckedIn
from console.desk.find import FoundMember
from console.domain.visits import is_code, same_visit
from console.sync.http import Offline
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from tests.gui.memory_desk import MemoryDesk


class MemoryCounter:
    """``CounterPort``; ``visits`` by name, ``codes`` say whose they are.

    ``failure`` is raised instead of a check-in.
    """

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.visits: dict[str, tuple[int, datetime]] = {}
        self.codes: dict[str, int] = {}
        self.failure: Refusal | None = None
        self.answer = asyncio.Event()
        self.answer.set()

    async def find(self, query: str) -> tuple[FoundMember, ...]:
        if is_code(query):
            return await self._scanned(query)
        return (await self._desk.find.find(query)).members

    async def _scanned(self, code: str) -> tuple[FoundMember, ...]:
        await asyncio.sleep(0)
        if self._desk.link.phase != "synced":
            raise Offline
        if code not in self.codes:
            raise Refusal(Code.CODE_EXPIRED)
        panel = self._desk.panels[self.codes[code]]
        return (FoundMember(member_id=panel.member_id, name=panel.name, phone=panel.phone),)

    async def check_in(self, member_id: int, *, again: bool = False) -> CheckedIn:
        self._desk.calls.append(("check_in", member_id, again))
        await self.answer.wait()
        if self.failure is not None:
            raise self.failure
        now = datetime.now(UTC)
        hers = [at for member, at in self.visits.values() if member == member_id]
        counted = None if again else same_visit(now, hers)
        if counted is not None:
            return CheckedIn(member_id=member_id, counted=counted)
        visit = f"visit{len(self._desk.called('check_in'))}"
        self.visits[visit] = (member_id, now)
        return CheckedIn(member_id=member_id, visit=visit)

    async def take_back(self, checked_in: CheckedIn) -> None:
        await asyncio.sleep(0)
        self._desk.calls.append(("take_back", checked_in.visit))
        del self.visits[checked_in.visit]
