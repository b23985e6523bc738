"""What screens show instead of content or above it: empty and error states, banners, toasts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.ui.widgets import IconLabel, LineLabel, button, label, snug

_COLUMN: Final = 360
_SIDE: Final = 24
"""Pixels: how wide the words of an empty state are at most, and what stays free beside them."""


class EmptyState(QWidget):
    """An icon, a sentence, a hint and perhaps one button, in the middle."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, 44, "ink_faint")
        self._title = label("heading", wrap=True)
        self._hint = label("faint", wrap=True)
        self.button = button()
        for words in (self._title, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = layout = QVBoxLayout(self)
        snug(layout, _SIDE, _SIDE, _SIDE, _SIDE, spacing=10)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        # A window too small for it cuts it; it must not keep the window high, nor as wide as the
        # margins below once made it.
        self.setMinimumSize(1, 1)

    def say(self, title: str, hint: str = "", action: str = "", icon: str = "") -> None:
        """What is (not) here, and what can be done about it."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        if icon:
            self._icon.show_icon(icon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words in a narrow column.

        By margins: a label that is only aligned gets the height its words take at full width.
        """
        side = max(_SIDE, (event.size().width() - _COLUMN) // 2)
        self._layout.setContentsMargins(side, _SIDE, side, _SIDE)
        super().resizeEvent(event)


class Banner(QFrame):
    """A line across the top of a column, with a button."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self._icon = IconLabel(icon, 18, "warn_ink")
        self._words = LineLabel()
        self.button: QPushButton = button()
        layout = QHBoxLayout(self)
        snug(layout, 22, 8, 18, 8, spacing=10)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)

    def say(self, words: str, action: str = "") -> None:
        """The sentence, and what the button does."""
        self._words.say(words)
        self.button.setText(action)
        self.button.setVisible(bool(action))


class Toast(QFrame):
    """A short word near the top of a window that goes away by itself; it takes no focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("look", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label()
        layout = QHBoxLayout(self)
        snug(layout, 16, 9, 16, 9)
        layout.addWidget(self._words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, words: str, seconds: float = 4.0) -> None:
        """Show a sentence for a while."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(round(seconds * 1000))

    @property
    def text(self) -> str:
        """What was said last."""
        return self._words.text()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.move((window.width() - self.width()) // 2, 72)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
