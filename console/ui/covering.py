"""A page that lies over its whole window until it is left; keys and pointer reach nothing below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from console.ui.keymap import keymap

_PASSING: Final = ("lock",)
"""Commands whose keys work above everything."""


class Covering(QWidget):
    """Belongs to ``owner`` while it is closed, and to the owner's window while it covers it."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def cover(self) -> None:
        """Lie over the window, and take the keyboard."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.setParent(self.window())
        self.window().installEventFilter(self)
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus()

    def dismiss(self) -> None:
        """Back to where the keyboard was."""
        self.hide()
        self.window().removeEventFilter(self)
        self.setParent(self._owner)
        if self._before is not None:
            self._before.setFocus()

    # --- nothing gets through -------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys belong to this page before they are anybody's shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(not any(keymap().matches(each, event) for each in _PASSING))
            return event.isAccepted()
        return super().event(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802 - Qt's name
        """What lies below is not to be reached with Tab."""
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing below scrolls."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window when it is resized."""
        if watched is self.window() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False
