"""What stays when the window is closed: the shop's relay on this computer.

It is a process of its own; here it is only said that it goes on, and asked whether it
should stop.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QMessageBox

from console.autostart import LoginItem
from console.ui.i18n import translate
from console.views.window import Window
from console.views.window_tray import Tray

_TOLD: Final = "presence/told"


class Presence(QObject):
    """Closes the window in the right way.

    With a tray icon a closed window is only hidden; without one the program ends and the
    relay goes on.  Either is said once in the life of an installation.
    """

    quit_asked = Signal()
    """The program should end; the relay goes on."""
    stop_asked = Signal()
    """The program should end and the relay too; it was asked for twice."""

    def __init__(
        self, window: Window, store: QSettings, login_item: LoginItem, tray: Tray | None
    ) -> None:
        super().__init__(window)
        self._window, self._store, self.tray = window, store, tray
        self.login_item = login_item
        self.box: QMessageBox | None = None
        """The question or notice that is open just now."""
        window.may_close = self._may_close
        if tray is not None:
            tray.keeps_relay = True
            tray.stop_asked.connect(self.ask_stop)

    def close(self) -> None:
        """Let the window close."""
        self._window.may_close = lambda: True
        if self.tray is not None:
            self.tray.keeps_relay = False
        if self.box is not None:
            self.box.close()

    # --- closing --------------------------------------------------------------------------

    def _may_close(self) -> bool:
        told = bool(self._store.value(_TOLD))
        self._store.setValue(_TOLD, "yes")
        if self.tray is not None:
            self._window.hide()
            if not told:
                self._tell_from_tray(self.tray)
            return False
        if not told:
            self._tell_in_a_box()
        return told

    def _tell_from_tray(self, tray: Tray) -> None:
        tray.notify(
            translate("Presence", "The shop stays open"),
            translate("Presence", "Members can still write. This icon opens the window again."),
        )

    def _tell_in_a_box(self) -> None:
        box = self._make_box(
            translate("Presence", "The shop stays open"),
            translate(
                "Presence",
                "Members can still write: the relay goes on in the background. "
                "Settings can stop it.",
            ),
        )
        button = translate("Presence", "Close the window")
        box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(self.quit_asked)
        box.open()

    def ask_stop(self) -> None:
        """Ask whether the relay should really stop."""
        box = self._make_box(
            translate("Presence", "Stop the shop's relay?"),
            translate(
                "Presence",
                "Until Hanger is opened again phones cannot reach the shop. Nothing is lost.",
            ),
        )
        box.addButton(translate("Presence", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        stop = translate("Presence", "Stop and quit")
        box.addButton(stop, QMessageBox.ButtonRole.AcceptRole).clicked.connect(self.stop_asked)
        self._window.show_again()
        box.open()

    def _make_box(self, title: str, words: str) -> QMessageBox:
        if self.box is not None:
            self.box.deleteLater()
        self.box = QMessageBox(self._window)
        self.box.setWindowTitle("Hanger 衣架")
        self.box.setText(title)
        self.box.setInformativeText(words)
        return self.box
