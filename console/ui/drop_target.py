"""A widget on which files and pictures may be let go; what was is told."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from console.ui import carried


class DropTarget(QWidget):
    """``held_over``: files are held where they may be let go for it."""

    dropped = Signal(object)
    """A list of paths and of bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.held_over = False
        self.setAcceptDrops(True)

    def show_over(self, *, over: bool) -> None:
        """Whether files are held where they may be let go for it."""
        self.held_over = over
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        if carried.holds(event.mimeData()):
            self.show_over(over=True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on it."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        self.show_over(over=False)
        event.acceptProposedAction()
        found = carried.pictures(event.mimeData())
        if found:
            self.dropped.emit(found)
