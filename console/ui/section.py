"""A card with a heading, one subject of a settings page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout

from console.ui.widgets import label, snug


class Section(QFrame):
    """Put widgets into ``column``, below the heading."""

    complained = Signal(str)
    """Something did not work; the value is its reason code."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.column = QVBoxLayout(self)
        snug(self.column, 20, 16, 20, 18, spacing=12)
        self.title = label("heading")
        self.column.addWidget(self.title)

    def reload(self) -> None:
        """Read again what it shows."""


def emptied(layout: QLayout) -> None:
    """Throw away every widget in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
