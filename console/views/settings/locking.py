"""The card of the lock: after how many minutes without a hand the window is covered."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from console.ui.attention import LOCKS_AFTER, AttentionChoice
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.section import Section
from console.ui.widgets import label, snug, speaks


class LockCard(Section):
    """One choice; it counts at once."""

    def __init__(self, choice: AttentionChoice) -> None:
        super().__init__()
        self._choice = choice
        self._words, self._hint = label("soft"), label("tiny", wrap=True)
        self.minutes = QComboBox()
        self.minutes.setMinimumWidth(180)
        self._words.setBuddy(self.minutes)
        for minutes in LOCKS_AFTER:
            self.minutes.addItem("", minutes)
        line = QHBoxLayout()
        snug(line, spacing=8)
        self._words.setMinimumWidth(96)
        line.addWidget(self._words)
        line.addWidget(self.minutes)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(self._hint)
        self._show()
        self.minutes.activated.connect(
            lambda _: choice.set_lock_minutes(int(self.minutes.currentData()))
        )
        choice.changed.connect(self._show)
        keymap().changed.connect(self._speak)
        self._speak()

    def _show(self) -> None:
        self.minutes.setCurrentIndex(self.minutes.findData(self._choice.lock_minutes))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "Lock"))
        self._words.setText(translate("Settings", "Lock after"))
        self.minutes.setAccessibleName(translate("Settings", "Lock after"))
        for place, minutes in enumerate(LOCKS_AFTER):
            text = translate("Settings", "{n} min").format(n=minutes)
            if not minutes:
                text = translate("Settings", "Never by itself")
            self.minutes.setItemText(place, text)
        self._hint.setText(translate(
            "Settings",
            "When nobody has touched keyboard or mouse for so long, your PIN opens it again. "
            "Messages still come in. {key} locks at once.",
        ).format(key=keymap().text("lock")))  # fmt: skip
