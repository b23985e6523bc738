"""The field in which a photo's caption is written; shown over the words it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui import fonts, theme

CAPTION_CHARS: Final = 60


class CaptionEditor(QLineEdit):
    """Tab goes to the next caption, Enter and Esc back to the photos; the words stay.

    ``step`` is told +1 or -1 and answers whether there is a caption to go to.
    """

    left = Signal()
    """It has no longer the keyboard."""

    def __init__(self, owner: QWidget, step: Callable[[int], bool]) -> None:
        super().__init__(owner)
        self._owner, self._step = owner, step
        self.setProperty("look", "caption")
        self.setMaxLength(CAPTION_CHARS)
        self.setFont(fonts.font(theme.TINY_PX))
        self.setAcceptDrops(False)  # files are for what it stands in
        self.hide()

    def begin(self, words: str, box: QRectF, name: str) -> None:
        """Write over ``box``; ``name`` says what is written."""
        self.setText(words)
        self.setGeometry(box.toRect())
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.show()
        self.setFocus()
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Tab is looked at before Qt moves the focus with it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            way = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            if way and self._step(way):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.setFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Somebody else has the keyboard."""
        super().focusOutEvent(event)
        self.left.emit()
