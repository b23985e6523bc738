"""The ground of what is shown before somebody is signed in: paper, a card, a sign above."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.ui import icons
from console.ui.widgets import frame, label, snug


class CardPage(QFrame):
    """A card in the middle of the window; put widgets into ``column``."""

    def __init__(self, width: int = 420) -> None:
        super().__init__()
        self.setProperty("look", "paper")
        card = frame("card")
        card.setFixedWidth(width)
        self.column = QVBoxLayout(card)
        snug(self.column, 32, 28, 32, 28, spacing=14)
        self.title, self.lead = label("display", wrap=True), label("soft", wrap=True)
        sign = label()
        sign.setPixmap(icons.pixmap("logo", 44, self.palette().window().color()))
        self.column.addWidget(sign)
        self.column.addWidget(self.title)
        self.column.addWidget(self.lead)
        middle = QWidget()
        line = QHBoxLayout(middle)
        snug(line, 16, 24, 16, 24)
        line.addStretch(1)
        line.addWidget(card, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        snug(outer)
        outer.addWidget(area)
        self.setMinimumSize(560, 380)
