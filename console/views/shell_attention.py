"""What calls for attention around the shell: notices, sound, numbers, the tray, the lock."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from console.desk.ports import InboxPort
from console.desk.types import Counts
from console.ui import icon_badge
from console.ui.attention import AttentionChoice
from console.ui.chime import Chime, MessageSound, Voice
from console.ui.clock import ShopClock
from console.ui.idle import IdleWatch
from console.ui.keymap import keymap
from console.views.rail import INBOX
from console.views.shell import Shell
from console.views.shell_notices import Notice, Notices
from console.views.window import Window
from console.views.window_lock import Check, Locker
from console.views.window_tray import Tray

_MINUTE_S: Final = 60


class Attention(QObject):
    """One for the program; follows whoever is signed in.

    ``tray`` says whether there is a tray icon (asked of the system when ``None``), ``voice``
    what rings.  ``locks`` False: the window does not lock by itself until it is told to.
    """

    other_asked = Signal()
    """From the locked window: somebody else wants to sign in."""

    def __init__(
        self, app: QApplication, window: Window, store: QSettings, *,
        tray: bool | None = None, voice: Voice | None = None, locks: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._app, self._window = app, window
        self.choice = AttentionChoice(store, locks=locks)
        wanted = QSystemTrayIcon.isSystemTrayAvailable() if tray is None else tray
        self.tray = Tray(window) if wanted else None
        self.locker = Locker(window, store)
        self.idle = IdleWatch(app, self._busy)
        self._chime = Chime(voice or MessageSound(self))
        self._shell: Shell | None = None
        self._notices: Notices | None = None
        self._told = 0
        """The conversation of the newest notice."""
        self._led_to = 0
        """Where a click on it leads once the window is open."""
        self.locker.changed.connect(self._on_locked)
        self.locker.other_asked.connect(self.other_asked)
        self.idle.idle.connect(self.locker.lock)
        self.choice.changed.connect(self._watch)
        if self.tray is not None:
            self.tray.lock_asked.connect(self.locker.lock)
            self.tray.notice_clicked.connect(self._on_notice_clicked)

    def follow(self, shell: Shell, port: InboxPort, check: Check, *, proven: bool) -> None:
        """She is signed in and the shell is shown.  ``proven``: she just gave her PIN."""
        self._shell = shell
        clock = ShopClock(port.me.timezone)
        self._notices = Notices(
            port, self.choice, clock, self._before_eyes, lambda: self.locker.locked, self
        )
        self._notices.noticed.connect(self._on_noticed)
        self._notices.heard.connect(self._ring)
        shell.inbox.counted.connect(self._on_counts)
        keymap().bind("lock", shell, self.locker.lock)
        if self.tray is not None:
            self.tray.show_link(port.link, clock)
            port.on_link(partial(self.tray.show_link, clock=clock))
        self.locker.serve(port.me.staff_id, port.me.name, check, proven=proven)
        self._watch()

    async def leave(self) -> None:
        """Nobody is signed in any more."""
        self._shell, self._told, self._led_to = None, 0, 0
        self.idle.end()
        notices, self._notices = self._notices, None
        if notices is not None:
            await notices.close()
            notices.deleteLater()
        self._show_count(0)
        if self.tray is not None:
            self.tray.show_link(None, ShopClock("UTC"))

    def close(self) -> None:
        """The program ends."""
        self.idle.end()
        self._show_count(0)
        if self.tray is not None:
            self.tray.close()

    # --- numbers --------------------------------------------------------------------------

    def _on_counts(self, counts: Counts) -> None:
        self._show_count(counts.unread)

    def _show_count(self, unread: int) -> None:
        self._window.show_count(unread)
        self._window.setWindowIcon(icon_badge.icon(unread))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.setBadgeNumber(unread)
        if self.tray is not None:
            self.tray.show_unread(unread)

    # --- notices and sound ----------------------------------------------------------------

    def _before_eyes(self) -> int:
        """The conversation somebody looks at just now, 0 when none."""
        shell = self._shell
        active = self._window.isActiveWindow() and not self._window.isMinimized()
        if shell is None or self.locker.locked or not active or shell.section != INBOX:
            return 0
        return shell.inbox.timeline.model.conversation_id

    def _ring(self) -> None:
        if self.choice.sounds:
            self._chime.ring(self.choice.volume)

    def _on_noticed(self, notice: Notice) -> None:
        self._told = notice.conversation_id
        if self.tray is not None:
            self.tray.notify(notice.title, notice.words)

    def _on_notice_clicked(self) -> None:
        """Show the window and, once it is open, the conversation."""
        self._window.show_again()
        self._led_to, self._told = self._told, 0
        if not self.locker.locked:
            self._go_there()

    def _go_there(self) -> None:
        there, self._led_to = self._led_to, 0
        if there and self._shell is not None:
            self._shell.show_section(INBOX)
            self._shell.inbox.open(there)

    # --- the lock -------------------------------------------------------------------------

    def _watch(self) -> None:
        if self._shell is not None and not self.locker.locked:
            self.idle.begin(self.choice.lock_minutes * _MINUTE_S)

    def _busy(self) -> bool:
        """Somebody listens, looks at a video or speaks, without a hand on anything."""
        shell = self._shell
        return shell is not None and (self._plays() or shell.inbox.reply.voice.recording)

    def _plays(self) -> bool:
        if self._shell is None:
            return False
        inbox = self._shell.inbox
        return any(each is not None and each.running
                   for each in (inbox.player.playing, inbox.video.playing))  # fmt: skip

    def _on_locked(self, locked: bool) -> None:
        if self.tray is not None:
            self.tray.show_locked(locked=locked)
        if locked:
            self.idle.end()
            self._hush()
        else:
            self._watch()
            self._go_there()

    def _hush(self) -> None:
        if self._shell is not None and self._plays():
            for each in (self._shell.inbox.player, self._shell.inbox.video):
                if each.playing is not None and each.playing.running:
                    each.toggle()
