"""The icon beside the system's clock: the line's state, what is unread, and a short menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from console.desk.types import LinkState
from console.ui import icon_badge, phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.views.window import Window

_SHOWN_MS: Final = 8_000


class Tray(QObject):
    """One icon for the life of the program; only where the system has a place for it."""

    lock_asked = Signal()
    quit_asked = Signal()
    stop_asked = Signal()
    """The relay on this computer should stop."""
    notice_clicked = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._link: tuple[LinkState, ShopClock] | None = None
        self._locked, self._unread = False, 0
        self.keeps_relay = False
        """The relay is this computer's: it stays when the program ends, and can be stopped."""
        self.icon = QSystemTrayIcon(icon_badge.icon(0), self)
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.notice_clicked)
        self._say()
        self.icon.show()
        self._fill()

    def close(self) -> None:
        """Take the icon away."""
        self.icon.hide()
        self.menu.deleteLater()

    # --- showing --------------------------------------------------------------------------

    def show_link(self, link: LinkState | None, clock: ShopClock) -> None:
        """How the line is; ``None``: nobody is signed in."""
        self._link = None if link is None else (link, clock)
        self._say()

    def show_unread(self, count: int) -> None:
        """The number on the icon; 0 takes it away."""
        if count != self._unread:
            self._unread = count
            self.icon.setIcon(icon_badge.icon(count))

    def show_locked(self, *, locked: bool) -> None:
        """Whether the window is locked."""
        self._locked = locked
        self._say()

    def notify(self, title: str, words: str) -> None:
        """A message of the system; a click on it is ``notice_clicked``."""
        self.icon.showMessage(title, words, icon_badge.icon(0), _SHOWN_MS)

    @property
    def state(self) -> str:
        """How the line is, in one line; "" while nobody is signed in."""
        if self._link is None:
            return ""
        return phrases.link(*self._link)[0].replace("\n", " · ")

    def _say(self) -> None:
        locked = translate("Tray", "Locked") if self._locked else ""
        parts = ("Hanger 衣架", self.state, locked)
        self.icon.setToolTip("\n".join(part for part in parts if part))

    # --- the menu -------------------------------------------------------------------------

    def _fill(self) -> None:
        self.menu.clear()
        runs = translate("Presence", "The shop's relay runs on this computer")
        state = self.menu.addAction(self.state or (runs if self.keeps_relay else "Hanger 衣架"))
        state.setEnabled(False)
        self.menu.addSeparator()
        self._offer(translate("Presence", "Open the window"), self._window.show_again)
        if self._link is not None and not self._locked:
            self._offer(translate("Tray", "Lock now"), self.lock_asked.emit)
        self.menu.addSeparator()
        if self.keeps_relay:
            self._offer(translate("Presence", "Quit; the shop stays open"), self.quit_asked.emit)
            self._offer(translate("Presence", "Stop the relay and quit…"), self.stop_asked.emit)
        else:
            self._offer(translate("Rail", "Quit"), self.quit_asked.emit)

    def _offer(self, text: str, slot: object) -> None:
        self.menu.addAction(text).triggered.connect(slot)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._window.show_again()
