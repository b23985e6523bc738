"""Colleagues and consoles without a relay, for the cards of the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from console.desk.team import Colleague, SignedInConsole
from console.desk.types import Me
from console.sync.http import Offline
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import ago

OWNER = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="时光衣橱",
           timezone="Asia/Shanghai")  # fmt: skip
CLERK = msgspec.structs.replace(OWNER, staff_id=2, name="露露", role="clerk")


class MemoryTeam:
    """``TeamDesk`` in lists; ``line`` False means that the relay does not answer."""

    def __init__(self, me: Me = OWNER) -> None:
        self.me, self.line = me, True
        self.staff = [
            Colleague(staff_id=1, name="小李", role="owner"),
            Colleague(staff_id=2, name="露露"),
            Colleague(staff_id=3, name="阿杰"),
            Colleague(staff_id=4, name="小周", active=False),
        ]
        self.signed_in = [
            SignedInConsole(device_id=7, staff_id=2, staff_name="露露", name="COUNTER-2",
                            created_at=ago(9000), seen_at=ago(2000)),
            SignedInConsole(device_id=8, staff_id=1, staff_name="小李", name="OFFICE", this=True,
                            created_at=ago(9000), seen_at=ago(5), connected=True),
            SignedInConsole(device_id=9, staff_id=3, staff_name="阿杰", name="LAPTOP-JIE",
                            created_at=ago(40), connected=True, seen_at=ago(40)),
        ]  # fmt: skip
        self.secrets: dict[int, str] = {}
        self.listeners: list[Callable[[], None]] = []

    async def _turn(self) -> None:
        await asyncio.sleep(0)
        if not self.line:
            raise Offline

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self.listeners):
            listener()

    async def people(self) -> list[Colleague]:
        await asyncio.sleep(0)
        return list(self.staff)

    async def add(self, name: str, role: str, secret: str) -> None:
        await self._turn()
        if secret == "123456":
            raise Refusal(Code.PASSWORD_WEAK, {"characters": 8, "digits": 6}, "secret")
        self.staff.append(Colleague(staff_id=len(self.staff) + 1, name=name, role=role))

    async def set_active(self, staff_id: int, *, active: bool) -> None:
        await self._turn()
        if staff_id == 3:
            raise Refusal(Code.STAFF_LAST_OWNER, field="staff_id")
        place = [each.staff_id for each in self.staff].index(staff_id)
        self.staff[place] = msgspec.structs.replace(self.staff[place], active=active)

    async def set_secret(self, staff_id: int, secret: str, current: str = "") -> None:
        await self._turn()
        if staff_id == self.me.staff_id and current != "135790":
            raise Refusal(Code.PASSWORD_WRONG, field="current")
        self.secrets[staff_id] = secret

    async def consoles(self) -> list[SignedInConsole]:
        await self._turn()
        return list(self.signed_in)

    async def sign_out(self, device_id: int) -> None:
        await self._turn()
        self.signed_in = [each for each in self.signed_in if each.device_id != device_id]
