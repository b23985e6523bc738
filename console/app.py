"""The desktop program put together: window, who sits here, and an end that loses nothing.

``console.desktop`` gives it a loop and answers ``hanger open``.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from console import config
from console.autostart import login_item
from console.desk.accounts import AccountsDesk
from console.desk.open import Desk, open_desk, staff_folder
from console.desk.types import LinkState
from console.relay import process
from console.sync.http import Offline
from console.ui import reasons
from console.ui.appearance import Appearance
from console.ui.keymap import keymap
from console.ui.network import NetworkWatch
from console.ui.tasks import Tasks
from console.views import outbox_lost
from console.views.first_run import FirstRun
from console.views.settings import settings_screen
from console.views.shell import Shell
from console.views.shell_attention import Attention
from console.views.shell_place import Place
from console.views.sign_in import SignIn
from console.views.waiting_page import WaitingPage
from console.views.window import Window
from console.views.window_presence import Presence
from console.waiting import occurs
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.sync.devices import Credential

_SHOP = "shop/address"
"""The relay on another computer that somebody connected this one with."""
_LIST_S = 1.0
"""So long at most the first screen comes before the line."""
_PUT_OUT_S = 2.5
"""How long a signed out console shows so before it asks who sits here."""


def console_settings(home: Path) -> QSettings:
    """What this computer's console remembers: looks, keys, attention, places of windows."""
    return QSettings(str(home / "console.ini"), QSettings.Format.IniFormat)


class Program:
    """One run of the desktop program on one shop.

    ``relay_folder`` is the bundled relay's data folder; ``remote`` an address instead of it.
    ``as_owner``: sign in the owner by itself (the sample shop).  ``for_now``: the relay ends
    with this program and takes any free port (an empty shop to look at).  ``login_command``
    starts this program at login; ``quietly``: that is what happened, nobody asked for a window.
    """

    def __init__(
        self,
        app: QApplication,
        home: Path,
        relay_folder: Path,
        settings: config.ConsoleConfig,
        *,
        as_owner: bool = False,
        for_now: bool = False,
        login_command: Sequence[str] = (),
        quietly: bool = False,
    ) -> None:
        app.setQuitOnLastWindowClosed(False)
        self._home, self._relay_folder = home, relay_folder
        self._as_owner, self._for_now, self._named = as_owner, for_now, settings.relay
        self._store = console_settings(home)
        self._remote = settings.relay or str(self._store.value(_SHOP, "")) or None
        self.appearance = Appearance(app, self._store, settings.theme, settings.language)
        keymap().use(self._store)
        self.window = Window(self._store)
        self.attention = Attention(app, self.window, self._store, locks=not as_owner)
        self.tasks = Tasks(self.window)
        self.tasks.failed.connect(self._fail)
        self.network = NetworkWatch(app)
        self.network.woken.connect(lambda: self.desk.wake() if self.desk is not None else None)
        self.accounts: AccountsDesk | None = None
        self.desk: Desk | None = None
        self._place: Place | None = None
        self._login_command, self._quietly = login_command, quietly
        self.presence: Presence | None = None
        self._stops_relay = False
        self.restarts = False
        """Whether it ended to be opened anew."""
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.window.closing.connect(self.end)
        self.attention.other_asked.connect(lambda: self.tasks.spawn(self.switch()))
        if self.attention.tray is not None:
            self.attention.tray.quit_asked.connect(self.end)

    # --- from start to end ----------------------------------------------------------------

    async def run(self) -> None:
        """Show the window until it is closed, then end everything."""
        self._begin()
        self.tasks.spawn(self.open_shop())
        try:
            await self._ended
        finally:
            await self.close()

    async def open_now(self) -> None:
        """Show the window and wait until the first page of the shop is there."""
        self._begin()
        await self.open_shop()

    def _begin(self) -> None:
        self._wait()
        if not self._quietly:
            self.window.show()

    def end(self) -> None:
        """Ask ``run`` to come to its end."""
        if not self._ended.done():
            self._ended.set_result(None)

    def restart(self) -> None:
        """Ask ``run`` to end, and whoever ran it to begin anew."""
        self.restarts = True
        self.end()

    async def close(self) -> None:
        """End screens, desk and connections; the bundled relay goes on by itself."""
        self.window.hide()
        self.network.close()
        self._leave_presence()
        await self.tasks.close()
        await self._close_desk()
        self.attention.close()
        keymap().use(None)
        if self.accounts is not None:
            await self.accounts.close()
        self.window.closing.disconnect(self.end)
        self.window.close()
        self.window.deleteLater()
        self._store.sync()
        if self._stops_relay:
            await asyncio.to_thread(process.stop, self._relay_folder)

    def _wait(self) -> None:
        page = WaitingPage()
        page.state.button.clicked.connect(self._retry)
        self.window.show_page(page)

    def _retry(self) -> None:
        self._wait()
        self.tasks.spawn(self.open_shop())

    def _fail(self, code: str) -> None:
        page = self.window.page
        if isinstance(page, WaitingPage):
            page.fail(reasons.sentence(code))

    # --- who sits here --------------------------------------------------------------------

    async def open_shop(self) -> None:
        """Find or start the relay, then show the first run, the sign-in or the shell."""
        if self.accounts is not None:
            await self.accounts.close()
        try:
            url, secret = await self._find_relay()
        except process.RelayFailed as failure:
            page = self.window.page
            if isinstance(page, WaitingPage):
                page.fail(reasons.sentence(failure.code))
            self.window.show()
            return
        self.accounts = AccountsDesk(self._home, url, secret)
        self._keep_presence()
        if await self._is_new(self.accounts):
            self._show_first_run(self.accounts)
            return
        remembered = self.accounts.remembered()
        if remembered:
            await self.enter(remembered[0])
        elif self._as_owner:
            await self.enter(await self.accounts.local())
        else:
            self.show_sign_in()

    async def _find_relay(self) -> tuple[str, str]:
        if self._remote is not None:
            return self._remote, ""
        self._relay_folder.mkdir(parents=True, exist_ok=True)
        info = await asyncio.to_thread(
            process.start_background,
            self._relay_folder,
            port=0 if self._for_now else None,
            parent_pid=os.getpid() if self._for_now else None,
        )
        return info.url, info.secret

    def _keep_presence(self) -> None:
        """Only where a relay stays when the window is closed."""
        self._leave_presence()
        if self._remote is None and not self._for_now and not self._as_owner:
            item = login_item(self._login_command)
            self.presence = Presence(self.window, self._store, item, self.attention.tray)
            self.presence.quit_asked.connect(self.end)
            self.presence.stop_asked.connect(self._stop_relay)
        if self._quietly and (self.presence is None or self.attention.tray is None):
            self.window.showMinimized()
        self._quietly = False

    def _leave_presence(self) -> None:
        if self.presence is not None:
            self.presence.close()
            self.presence.deleteLater()
            self.presence = None

    def _stop_relay(self) -> None:
        self._stops_relay = True
        self.end()

    async def _is_new(self, accounts: AccountsDesk) -> bool:
        if self._remote is not None:
            return False
        try:
            return not await accounts.staff_list()
        except (Offline, Refusal):
            return False

    def _show_first_run(self, accounts: AccountsDesk) -> None:
        page = FirstRun(accounts)
        page.server_chosen.connect(lambda: self.tasks.spawn(self._ask_elsewhere(page)))
        page.signed_in.connect(
            lambda credential: self.tasks.spawn(self.enter(credential, proven=True))
        )
        self.window.show_page(page)

    async def _ask_elsewhere(self, page: FirstRun) -> None:
        await page.tasks.close()
        self.show_sign_in(elsewhere=True)

    def show_sign_in(self, *, elsewhere: bool = False, why: str = "") -> None:
        """Ask who sits here, or at which other relay's shop."""
        if self.accounts is not None:
            chosen = self._remote is not None and self._named is None
            home = chosen or elsewhere
            page = SignIn(self.accounts, elsewhere=elsewhere, may_return=home, why=why)
            page.moved_in.connect(lambda url, there: self.tasks.spawn(self._move_to(url, there)))
            page.home_asked.connect(lambda: self.tasks.spawn(self._go_home()))
            page.signed_in.connect(
                lambda credential: self.tasks.spawn(self.enter(credential, proven=True))
            )
            self.window.show_page(page)

    async def _move_to(self, url: str, credential: Credential) -> None:
        """Belong to another relay's shop from now on; what is here stays here."""
        await self._close_desk()
        if self.accounts is not None:
            await self.accounts.close()
        self._remote = url
        self._store.setValue(_SHOP, url)
        self._leave_presence()
        self.accounts = AccountsDesk(self._home, url)
        await self.enter(credential, proven=True)

    async def _go_home(self) -> None:
        """Belong to this computer's own relay again."""
        await self._close_desk()
        self._remote = None
        self._store.remove(_SHOP)
        self._wait()
        await self.open_shop()

    async def enter(self, credential: Credential, *, proven: bool = False) -> None:
        """Open a staff member's desk and show it.  ``proven``: she just signed in."""
        await self._close_desk()
        assert self.accounts is not None
        self.desk = desk = await open_desk(
            self._home, self.accounts.relay_url, credential, connect=False
        )
        inbox = desk.inbox
        settings = settings_screen(
            desk, inbox.me, self.accounts, self.appearance, self.presence, self.attention.choice
        )
        settings.restart_asked.connect(self.restart)
        settings.signed_out.connect(lambda staff: self._on_signed_out(staff, credential.staff_id))
        shell = Shell(desk, settings, self.appearance)
        shell.quit_asked.connect(self.end)
        shell.switch_asked.connect(lambda: self.tasks.spawn(self.switch()))
        self.window.show_page(shell)
        self.attention.follow(shell, inbox, self.accounts.unlock, proven=proven)
        inbox.on_link(lambda link: self._on_link(link, desk))
        self._on_link(inbox.link, desk)
        key = staff_folder(self._home, credential.relay, credential.staff_id).name
        self._place = Place(self._store, shell, inbox, key)
        await self._place.take_up()
        await _list_stands(shell)
        if desk.station.outbox.unusable is not None:
            outbox_lost.tell(self.window, desk.station.outbox.unusable)
        if desk is self.desk:
            desk.connect()

    def _on_signed_out(self, staff_id: int, here: int) -> None:
        if staff_id == here:
            self.tasks.spawn(self.switch())

    def _on_link(self, link: LinkState, desk: Desk) -> None:
        if link.phase == "refused" and link.code == Code.SESSION_REVOKED:
            self.tasks.spawn(self._put_out(desk))

    async def _put_out(self, desk: Desk) -> None:
        """Signed out from elsewhere: the rail says so for a moment, then one may sign in."""
        await asyncio.sleep(_PUT_OUT_S)
        if desk is self.desk and self.accounts is not None:
            await self.accounts.forget(desk.inbox.me.staff_id)
            await self.switch(Code.SESSION_REVOKED)

    async def switch(self, why: str = "") -> None:
        """Close this desk and ask who sits here now; ``why`` is a reason to say."""
        await self._close_desk()
        self.show_sign_in(why=why)

    async def _close_desk(self) -> None:
        await self.attention.leave()
        page = self.window.page
        if self._place is not None:
            self._place.remember()
            self._place = None
        if isinstance(page, Shell):
            await page.close_down()
        elif isinstance(page, SignIn | FirstRun):
            await page.tasks.close()
        if self.desk is not None:
            await self.desk.close()
            self.desk = None


async def _list_stands(shell: Shell) -> None:
    """Until rows of the list are to be seen, at the latest a moment: connecting takes its time."""
    stands = asyncio.Event()
    model, once = shell.inbox.conversations.model, Qt.ConnectionType.SingleShotConnection
    model.refreshed.connect(lambda: None if model.rowCount() else stands.set(), once)
    model.dataChanged.connect(lambda *_rows: stands.set(), once)
    await occurs(stands, _LIST_S)
