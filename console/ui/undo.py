"""A bar near the foot of a screen that says what was just done and takes it back on demand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.timers import once
from console.ui.widgets import LineLabel, button, snug, speaks

STAYS_MS = 8_000
_WIDEST = 460
_ABOVE = 14


class UndoBar(QFrame):
    """Lies over its parent, above ``foot``; goes away by itself, takes no focus by itself."""

    def __init__(self, parent: QWidget, ground: QWidget, foot: Callable[[], int]) -> None:
        super().__init__(parent)
        self._over, self._ground, self._foot = parent, ground, foot
        self._undo: Callable[[], object] | None = None
        self._is_newest = False
        self.setProperty("look", "toast")
        self._words, self.button = LineLabel(), button("undo")
        self.button.setObjectName("undo")
        self.button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        snug(row, 16, 6, 8, 6, spacing=10)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self._timer = once(self, STAYS_MS, self.dismiss)
        parent.installEventFilter(self)
        self.hide()
        keymap().changed.connect(self._speak)
        self._speak()

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Show what was done, with its undoing if there is one."""
        self._undo, self._is_newest = undo, undo is not None
        self.button.setVisible(undo is not None)
        self._words.say(words)
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    @property
    def text(self) -> str:
        """What it says while it is shown."""
        return self._words.accessibleName() if self.isVisible() else ""

    @property
    def is_newest(self) -> bool:
        """Whether what it tells of can be taken back, and nothing was done after it."""
        return self._is_newest and self.isVisible()

    def grow_old(self) -> None:
        """Something else was done since."""
        self._is_newest = False

    def undo(self) -> None:
        """Take back what it tells of, if it is still shown."""
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """What was done stays done."""
        self._undo = None
        self._timer.stop()
        self.hide()

    def _place(self) -> None:
        words = self._words.fontMetrics().horizontalAdvance(self._words.accessibleName())
        extra = self.button.sizeHint().width() + 38 if self._undo is not None else 28
        left = self._ground.mapTo(self._over, self._ground.rect().topLeft()).x()
        width = min(words + extra + 8, _WIDEST, self._ground.width() - 24)
        height = self.sizeHint().height()
        x = left + (self._ground.width() - width) // 2
        self.setGeometry(x, self._foot() - height - _ABOVE, width, height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the screen's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        word = translate("Undo", "Undo")
        self.button.setText(word)
        self.button.setToolTip(f"{word}   {keymap().text('queue.undo')}")
