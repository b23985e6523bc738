"""The card of the heat map: a cell read out, who read in it, and what that says about sending."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from console.desk.insight_types import Looks
from console.ui.chart_frame import ChartFrame
from console.ui.heat_grid import HeatGrid
from console.ui.widgets import label, snug
from console.views.insights import insight_words as words


class HeatCard(ChartFrame):
    """Shows when members look; ``opened``: whose reading a cell counts is wanted.

    ``group_chosen``: the key of a group that was chosen, or "" for everybody.
    """

    opened = Signal(int, int)
    group_chosen = Signal(str)

    def __init__(self) -> None:
        self.grid = HeatGrid()
        self.days, self.advice = label("tiny"), label("strong", wrap=True)
        self.cell = label("soft", wrap=True)
        self.looks: Looks | None = None
        self.groups, self._named = QComboBox(), dict[str, str]()
        super().__init__(words.heat, words.heat_formula, self.grid)
        row = QHBoxLayout()
        snug(row, spacing=8)
        row.addWidget(self.days)
        row.addStretch(1)
        row.addWidget(self.groups)
        self.column.insertLayout(2, row)
        self.groups.activated.connect(lambda _: self.group_chosen.emit(self.group))
        self.column.addWidget(self.cell)
        self.column.addWidget(self.advice)
        self.grid.chosen.connect(lambda *_: self._read())
        self.grid.cell_requested.connect(self.opened)

    @property
    def group(self) -> str:
        """The key of the group whose reading is shown; "": everybody."""
        return str(self.groups.currentData() or "")

    @property
    def group_name(self) -> str:
        """What it is called; "" for everybody."""
        return self._named.get(self.group, "")

    def offer_groups(self, named: Mapping[str, str]) -> None:
        """Let one of these be chosen, by key and name; the one chosen stays so."""
        kept, self._named = self.group, dict(named)
        self.groups.clear()
        for key, name in (("", words.everybody()), *self._named.items()):
            self.groups.addItem(name, key)
        self.groups.setCurrentIndex(max(0, self.groups.findData(kept)))

    def show_looks(self, looks: Looks) -> None:
        """Show these."""
        self.looks = looks
        self.stand(self._since)
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
        self.groups.setAccessibleName(words.whose_looks())
        self.groups.setToolTip(words.whose_looks())
        self.offer_groups(self._named)
        self._say()
