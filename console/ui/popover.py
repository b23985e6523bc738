"""A small window inside the window, above what it belongs to; goes with Esc or a click elsewhere.

A child of the window, not a window of its own: input methods work in it on every system.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from console.ui.widgets import snug

_AWAY = 6
_EDGE = 8
_LEAST = 120


class Popover(QFrame):
    """Put widgets into ``column``; ``open_at`` shows it, ``dismiss`` hides it."""

    dismissed = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._anchor, self._left = anchor, 0
        self.setProperty("look", "popover")
        self.column = QVBoxLayout(self)
        snug(self.column, 10, 10, 10, 10, spacing=8)
        self.hide()

    def open_at(self, left: int = 0) -> None:
        """Show it above the anchor, ``left`` pixels into it, inside the window."""
        self._left = left
        self.setParent(self._anchor.window())
        self.fit()
        self.show()
        self.fit()
        self.raise_()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            application.installEventFilter(self)

    def fit(self) -> None:
        """Take the room that what is in it needs now, and the place above the anchor."""
        window = self._anchor.window()
        corner = self._anchor.mapTo(window, QPoint(self._left, 0))
        self.column.activate()
        width = min(max(self.sizeHint().width(), self.minimumWidth()), window.width() - 2 * _EDGE)
        wanted = self.sizeHint().height()
        if self.column.hasHeightForWidth():
            wanted = self.column.totalHeightForWidth(width)
        height = min(wanted, max(_LEAST, corner.y() - _AWAY - _EDGE))
        x = max(_EDGE, min(corner.x(), window.width() - width - _EDGE))
        self.setGeometry(QRect(x, corner.y() - _AWAY - height, width, height))

    def dismiss(self) -> None:
        """Hide it."""
        if not self.isHidden():
            self.hide()
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            self.dismissed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the anchor or a click elsewhere; stay above the anchor when that moves."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            if isinstance(watched, QWidget) and not self._holds(watched):
                self.dismiss()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched is self._anchor:
            self.fit()
        elif event.type() == QEvent.Type.Hide and watched is self._anchor:
            self.dismiss()
        return False

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)
