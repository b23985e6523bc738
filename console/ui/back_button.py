"""The way back at the head of a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton

from console.ui import icons, theme
from console.ui.widgets import repaints

_SIZE = 18


class BackButton(QPushButton):
    """An arrow, in the colours of the day; its page gives it words."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("look", "flat")
        self.setIconSize(QSize(_SIZE, _SIZE))
        self._dress()

    def _dress(self) -> None:
        self.setIcon(icons.icon("back", _SIZE, theme.color("ink_soft")))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        if repaints(event):
            self._dress()
        super().changeEvent(event)
