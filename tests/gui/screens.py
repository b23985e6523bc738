"""Makes shells over a memory desk, and stands in for a relay's accounts."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QSize

from console.desk.accounts import Reach, StaffChoice, clean_address
from console.desk.shop import ShopFacts
from console.domain.hours import Hours
from console.sync.devices import Credential
from console.sync.http import Offline
from console.ui.appearance import Appearance
from console.views.settings import SettingsScreen, settings_screen
from console.views.shell import Shell
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_opening import MemoryOpening
from tests.gui.memory_team import MemoryTeam


class FakeAccounts:
    """``AccountsDesk`` without a relay; ``line`` False means it does not answer."""

    relay_url = "http://127.0.0.1:8787"
    is_bundled = True

    def __init__(self) -> None:
        self.line = True
        self.people = [
            StaffChoice(staff_id=1, name="小李", role="owner", remembered=True),
            StaffChoice(staff_id=2, name="露露", role="clerk"),
        ]
        self.set_up: tuple[object, ...] = ()
        self.forgotten: list[int] = []
        self.public_answers = False

    async def _turn(self) -> None:
        await asyncio.sleep(0)
        if not self.line:
            raise Offline

    async def staff_list(self) -> list[StaffChoice]:
        await self._turn()
        return self.people

    async def login(self, staff_id: int, secret: str) -> Credential:
        await self._turn()
        if secret != "135790":
            raise Refusal(Code.LOGIN_WRONG)
        return _credential(staff_id)

    async def pair(self, code: str) -> Credential:
        await self._turn()
        if code != "ABCD-1234":
            raise Refusal(Code.PAIR_CODE)
        return _credential(1)

    async def setup(self, *facts: object) -> Credential:
        await self._turn()
        if facts[2] == "123456":
            raise Refusal(Code.PASSWORD_WEAK, field="secret")
        self.set_up = facts
        return _credential(1)

    def elsewhere(self, address: str) -> FakeAccounts:
        there = FakeAccounts()
        there.relay_url = clean_address(address)
        return there

    async def close(self) -> None:
        await self._turn()

    async def forget(self, staff_id: int) -> None:
        await self._turn()
        self.forgotten.append(staff_id)

    async def reach(self, public_url: str = "") -> list[Reach]:
        await self._turn()
        answers = self.public_answers
        own = [Reach(url=public_url, answers=answers, here_only=False)] if public_url else []
        return [*own, Reach(url="http://192.168.1.5:8787", answers=True, here_only=False)]


def _credential(staff_id: int) -> Credential:
    return Credential(relay="bundled", staff_id=staff_id, name="小李", role="owner", token="t")


class FakeShop:
    """``ShopDesk`` without a station."""

    def __init__(self) -> None:
        self.address = ""

    async def facts(self) -> ShopFacts:
        hours = Hours.daily("Asia/Shanghai", 600, 1290)
        return ShopFacts(name="时光衣橱", hours=hours, address=self.address)

    async def save_address(self, url: str) -> None:
        self.address = url

    async def pair_code(self) -> tuple[str, int]:
        return "ABCD-1234", 600


class FakeComputer:
    """A computer on which nothing is started at login yet."""

    def __init__(self) -> None:
        self.login_item = self
        self.on, self.asked = False, 0

    def is_on(self) -> bool:
        return self.on

    def switch(self, *, on: bool) -> None:
        self.on = on

    def ask_stop(self) -> None:
        self.asked += 1


class Screens:
    """Shells of one test."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._shells: list[Shell] = []
        self.shop, self.computer = FakeShop(), FakeComputer()
        self.opening = MemoryOpening()

    def shell(
        self, desk: MemoryDesk, size: QSize | None = None, *, shown: bool = True,
        settings: bool = True,
    ) -> Shell:  # fmt: skip
        """A shell, shown as a window of its own unless it is to lie in another.

        Without ``settings`` theirs is an empty page: making its cards takes as long as all
        other pages together.
        """
        desk.shop, desk.team, desk.opening = self.shop, MemoryTeam(desk.me), self.opening
        page = self._settings(desk) if settings else SettingsScreen(self._appearance.store)
        shell = Shell(desk, page, self._appearance)
        shell.resize(size or QSize(1440, 900))
        if shown:
            shell.show()
            shell.activateWindow()
        self._shells.append(shell)
        return shell

    def _settings(self, desk: MemoryDesk) -> SettingsScreen:
        return settings_screen(desk, desk.me, FakeAccounts(), self._appearance, self.computer)  # type: ignore[arg-type]

    @property
    def current(self) -> Shell:
        """The newest one."""
        return self._shells[-1]

    async def close(self) -> None:
        """End all of them."""
        for shell in self._shells:
            await shell.close_down()
            shell.close()
            shell.deleteLater()
        self._shells.clear()
        await asyncio.sleep(0)
