"""The card of the heat map: a cell read out, who read in it, and what that says about sending."""

from __future__ import annotations

from PySide6.QtCore import Signal

from console.desk.insight_types import Looks
from console.ui.chart_frame import ChartFrame
from console.ui.heat_grid import HeatGrid
from console.ui.widgets import label
from console.views.insights import insight_words as words


class HeatCard(ChartFrame):
    """Shows when members look; ``opened``: whose reading a cell counts is wanted."""

    opened = Signal(int, int)

    def __init__(self) -> None:
        self.grid = HeatGrid()
        self.days, self.advice = label("tiny"), label("strong", wrap=True)
        self.cell = label("soft", wrap=True)
        self.looks: Looks | None = None
        super().__init__(words.heat, words.heat_formula, self.grid)
        self.column.insertWidget(2, self.days)
        self.column.addWidget(self.cell)
        self.column.addWidget(self.advice)
        self.grid.chosen.connect(lambda *_: self._read())
        self.grid.cell_requested.connect(self.opened)

    def show_looks(self, looks: Looks) -> None:
        """Show these."""
        self.looks = looks
        self.grid.show_values({
            (each.weekday or 0, each.hour): each.rate for each in looks.heat.cells
        })  # fmt: skip
        self._say()

    def _read(self) -> None:
        if self.looks is not None and self.grid.current is not None:
            found = next(each for each in self.looks.heat.cells
                         if (each.weekday, each.hour) == self.grid.current)  # fmt: skip
            text = words.cell(self.looks, found)
            self.cell.setText(text)
            self.grid.say(text)

    def _say(self) -> None:
        if self.looks is not None:
            self.beside = words.days(self.looks.first, self.looks.last)
            self.days.setText(self.beside)
            self.advice.setText(words.advice(self.looks))
            self._read()

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self._say()
