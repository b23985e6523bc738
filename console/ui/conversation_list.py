"""The painted list of conversations: a row view whose rows have a menu."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from console.ui import draw
from console.ui.keymap import keymap
from console.ui.row_view import RowView


class ConversationList(RowView):
    """The right button chooses nothing: a row's menu comes without opening the conversation."""

    menu_at = Signal(int, QPoint)
    """A row, and a point of the screen."""

    _held = -1

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key leads to; to none when the keyboard merely arrives.

        Qt would choose the first row then, which opens it and tells that it was read.
        """
        arrives = action == QAbstractItemView.CursorAction.MoveNext
        if arrives and not self.currentIndex().isValid():
            return QModelIndex()
        return super().moveCursor(action, modifiers)

    @property
    def _is_ringed(self) -> bool:
        """The keyboard is here, but at no row yet."""
        return self.hasFocus() and not self.currentIndex().isValid()

    def paint_rows(self, painter: QPainter, event: QPaintEvent) -> None:
        """Show that the keyboard is here, also where it is at no row."""
        super().paint_rows(painter, event)
        if self._is_ringed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw.focus_ring(painter, QRectF(self.viewport().rect()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Rows move, the ring around them does not."""
        super().scrollContentsBy(dx, dy)
        if self._is_ringed:
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button alone opens."""
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At the pointer, or at the row the keyboard is at."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._menu_here()
        elif (index := self.indexAt(event.pos())).isValid():
            self.menu_at.emit(index.row(), event.globalPos())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The menu key of a keyboard, and the key that does the same."""
        if event.key() == Qt.Key.Key_Menu or keymap().matches("menu", event):
            self._menu_here()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _menu_here(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
            seen = self.visualRect(index).intersected(self.viewport().rect())
            self.menu_at.emit(index.row(), self.viewport().mapToGlobal(seen.center()))

    def hold(self, row: int) -> None:
        """Show a row as the one its menu is about; -1: none any more."""
        self._held = row
        self._hover(row)

    def _hover(self, row: int) -> None:
        super()._hover(row if self._held < 0 else self._held)
