"""Cards with a figure and a question mark that says how it is counted.  Know no use case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from console.ui.i18n import translate
from console.ui.origin_phrases import Origin
from console.ui.widgets import button, label, snug, speaks

_ASK: Final = 22
Words = Callable[[], str]
"""Says something in the language spoken now."""


class Explained(QFrame):
    """A card with a title and, on request, how its figure is counted and by whom.

    Fill ``column``.
    """

    def __init__(self, title: Words, formula: Words) -> None:
        super().__init__()
        self._title, self._formula = title, formula
        self.setProperty("look", "card")
        self.heading, self.ask = label("heading"), button("ask")
        self.formula = label("soft", wrap=True)
        self.ask.setText("?")
        self.ask.setCheckable(True)
        self.ask.setFixedSize(_ASK, _ASK)
        self.origin = label("tiny", wrap=True)
        self._origin: Origin | None = None
        self._since = ""
        self.formula.hide()
        self.origin.hide()
        self.head, self.column = QHBoxLayout(), QVBoxLayout(self)
        snug(self.head, spacing=6)
        snug(self.column, 18, 12, 18, 14, spacing=6)
        self.head.addWidget(self.heading)
        self.head.addWidget(self.ask)
        self.head.addStretch(1)
        self.column.addLayout(self.head)
        about = QVBoxLayout()  # one place in ``column``, and none while nobody asks
        snug(about, spacing=2)
        about.addWidget(self.formula)
        about.addWidget(self.origin)
        self.column.addLayout(about)
        self.ask.toggled.connect(self._show_formula)

    def _show_formula(self, shown: bool) -> None:
        self.formula.setVisible(shown)
        self.origin.setVisible(shown and self._origin is not None)

    def come_from(self, origin: Origin) -> None:
        """Say beside the formula who counts it."""
        self._origin = origin
        self.speak()

    def stand(self, since: str) -> None:
        """There is no line, and it is known up to then; "": there is one."""
        self._since = since
        self._say_origin()

    def _say_origin(self) -> None:
        origin = self._origin(self._since) if self._origin is not None else ""
        self.origin.setText(origin)
        told = f"{self.formula.text()} {origin}".rstrip()
        self.ask.setAccessibleDescription(told)

    def explain(self, formula: Words) -> None:
        """It is counted otherwise from now on."""
        self._formula = formula
        self.speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self.speak()
        super().changeEvent(event)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        name, formula = self._title(), self._formula()
        self.heading.setText(name)
        self.formula.setText(formula)
        words = translate("Report", "How it is counted: {what}")
        self.ask.setAccessibleName(words.format(what=name))
        self._say_origin()
        self.ask.setToolTip(translate("Report", "How it is counted"))


class FigureCard(Explained):
    """One figure in large, what it is made of below, and buttons for those behind it."""

    def __init__(self, title: Words, formula: Words) -> None:
        super().__init__(title, formula)
        self.value, self.beside = label("display"), label("soft", wrap=True)
        self.foot = QHBoxLayout()
        snug(self.foot, spacing=4)
        self.foot.addStretch(1)
        for part in (self.value, self.beside):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.column.addLayout(self.foot)
        self.speak()

    def say(self, value: str, beside: str) -> None:
        """Show these."""
        self.value.setText(value)
        self.beside.setText(beside)
        self.setAccessibleDescription(f"{self.heading.text()}: {value}, {beside}")
