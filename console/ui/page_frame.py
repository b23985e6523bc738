"""What pages of figures have in common: a head with the way back, and one body that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.ui import theme
from console.ui.widgets import frame, snug


def page_head(back: QWidget, title: QWidget, *parts: QWidget) -> QFrame:
    """The way back, the title, which takes what room is left, and what else the page offers."""
    made = frame("header")
    made.setFixedHeight(theme.HEADER_HEIGHT)
    row = QHBoxLayout(made)
    snug(row, 14, 0, 18, 0, spacing=10)
    row.addWidget(back)
    row.addWidget(title, 1)
    for part in parts:
        row.addWidget(part)
    return made


def scroll_below(page: QWidget, head: QWidget, body: QWidget) -> None:
    """Lay a page out: ``body`` scrolls up and down below ``head``, and Tab passes it by."""
    area, column = QScrollArea(), QVBoxLayout(page)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    snug(column)
    column.addWidget(head)
    column.addWidget(area, 1)
