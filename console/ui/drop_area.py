"""A place as large as what it holds, onto which files and pictures may be dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from console.ui import carried


class DropArea(QWidget):
    """Takes what comes from another program, while ``takes`` says so."""

    files_given = Signal(list)
    """Paths, or an encoded picture."""
    dragged_over = Signal(bool)

    def __init__(self, takes: Callable[[], bool]) -> None:
        super().__init__()
        self._takes = takes
        self.setAcceptDrops(True)

    def _wants(self, event: QDropEvent) -> bool:
        """What is carried out of this window is not meant for it."""
        return event.source() is None and carried.holds(event.mimeData()) and self._takes()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files may be dropped here."""
        if self._wants(event):
            self.dragged_over.emit(True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere in it."""
        if self._wants(event):
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.dragged_over.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over what was dropped."""
        self.dragged_over.emit(False)
        files = carried.pictures(event.mimeData()) if self._wants(event) else []
        if files:
            self.files_given.emit(files)
            event.acceptProposedAction()
