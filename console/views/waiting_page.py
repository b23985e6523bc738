"""What the window shows while the relay starts, and when it did not."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.widgets import snug, speaks


class WaitingPage(QFrame):
    """A sentence in the middle; with a button once something failed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "paper")
        self._failure: str | None = None
        self.state = EmptyState("store")
        layout = QVBoxLayout(self)
        snug(layout)
        layout.addWidget(self.state)
        self._speak()

    def fail(self, detail: str) -> None:
        """The shop could not be opened; ``detail`` may help who is called for help."""
        self._failure = detail
        self._speak()

    def wait(self) -> None:
        """The shop is being opened."""
        self._failure = None
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        if self._failure is None:
            self.state.say(translate("WaitingPage", "Opening the shop…"), icon="store")
        else:
            title = translate("WaitingPage", "The shop could not be opened. Nothing is lost.")
            again = translate("WaitingPage", "Try again")
            self.state.say(title, self._failure, again, "warning")
