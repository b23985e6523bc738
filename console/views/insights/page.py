"""What the shop's figures look like: the month's open rate, and when members look."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from console.desk.insight_types import Insights
from console.ui import theme, told_share
from console.ui.chart_frame import ChartFrame
from console.ui.clock import ShopClock
from console.ui.explained import FigureCard
from console.ui.heat_grid import HeatGrid
from console.ui.i18n import translate
from console.ui.widgets import LineLabel, Pill, frame, label, snug, speaks
from console.views.insights import insight_words as words


class HeatCard(ChartFrame):
    """The heat map, a cell of it read out, and what it says about when to send."""

    def __init__(self) -> None:
        self.grid = HeatGrid()
        self.days, self.cell, self.advice = label("tiny"), label("soft"), label("strong", wrap=True)
        self.figures: Insights | None = None
        super().__init__(words.heat, words.heat_formula, self.grid)
        self.column.insertWidget(2, self.days)
        self.column.addWidget(self.cell)
        self.column.addWidget(self.advice)
        self.grid.chosen.connect(lambda *_: self._read())

    def show_figures(self, figures: Insights) -> None:
        """Show these."""
        self.figures = figures
        self.grid.show_values({
            (each.weekday or 0, each.hour): each.rate for each in figures.heat.cells
        })  # fmt: skip
        self._say()

    def _read(self) -> None:
        if self.figures is not None and self.grid.current is not None:
            found = next(each for each in self.figures.heat.cells
                         if (each.weekday, each.hour) == self.grid.current)  # fmt: skip
            text = words.cell(self.figures, found)
            self.cell.setText(text)
            self.grid.say(text)

    def _say(self) -> None:
        if self.figures is not None:
            self.beside = words.days(self.figures)
            self.days.setText(self.beside)
            self.advice.setText(words.advice(self.figures))
            self._read()

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self._say()


class InsightsPage(QFrame):
    """Shows the figures it was given."""

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self.figures: Insights | None = None
        self.setProperty("look", "paper")
        self.title, self.state = LineLabel("heading"), Pill()
        self.open_rate = FigureCard(words.open_rate, words.open_rate_formula)
        self.heat = HeatCard()
        head, column, below = frame("header"), QVBoxLayout(self), QVBoxLayout()
        head.setFixedHeight(theme.HEADER_HEIGHT)
        row = QHBoxLayout(head)
        snug(row, 20, 0, 18, 0, spacing=10)
        row.addWidget(self.title, 1)
        row.addWidget(self.state)
        snug(column)
        snug(below, 20, 16, 20, 20, spacing=14)
        below.addWidget(self.open_rate, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.heat, 1)
        column.addWidget(head)
        column.addLayout(below, 1)
        self._speak()

    def show_figures(self, figures: Insights) -> None:
        """Show these."""
        self.figures = figures
        self.state.say(*words.standing(figures, self._clock))
        share = figures.open_rate
        self.open_rate.say(told_share.value(share.told),
                           told_share.beside(share.rate, share.told, words.nobody()))  # fmt: skip
        self.heat.show_figures(figures)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.say(translate("Rail", "Insights"))
        if self.figures is not None:
            self.show_figures(self.figures)
