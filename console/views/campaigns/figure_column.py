"""One of several figures side by side on a card of a report.  Knows no use case."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.widgets import label, snug


class FigureColumn(QWidget):
    """A name, a figure in large, what it is made of; buttons go into ``foot``."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.value = label("strong"), label("display")
        self.beside, self.foot = label("soft", wrap=True), QHBoxLayout()
        column = QVBoxLayout(self)
        snug(column, spacing=4)
        snug(self.foot, spacing=4)
        for part in (self.name, self.value, self.beside):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(self.foot)

    def say(self, name: str, value: str, beside: str) -> None:
        """Show these."""
        self.name.setText(name)
        self.value.setText(value)
        self.beside.setText(beside)
        self.setAccessibleName(f"{name}: {value}, {beside}")
