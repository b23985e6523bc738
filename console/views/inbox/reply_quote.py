"""The message that a reply answers, in one line above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from console.ui.i18n import translate
from console.ui.widgets import LineLabel, button, snug, speaks


class QuoteBar(QFrame):
    """Hidden while nothing is answered."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "beside")
        self._quoted = ""
        self._words, self.cancel = LineLabel("soft"), button("link")
        row = QHBoxLayout(self)
        snug(row, 12, 4, 6, 4, spacing=4)
        row.addWidget(self._words, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancelled)
        self.hide()
        self._speak()

    def say(self, quoted: str) -> None:
        """Whose words are answered."""
        self._quoted = " ".join(quoted.split())[:80]
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._words.say(translate("Reply", "Answering: {text}").format(text=self._quoted))
        self.cancel.setText(translate("Reply", "Cancel"))
