"""The card of a year's open rates, month by month beside their goal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog

from console.desk.insight_types import MonthRate
from console.domain.intervals import Estimate
from console.domain.statistics import GOALS, OPEN_RATE_GOAL
from console.ui import told_share
from console.ui.bar_chart import Bar, BarChart
from console.ui.chart_frame import ChartFrame
from console.ui.chart_table import Cell, number
from console.ui.chart_table import words as text
from console.ui.i18n import translate
from console.ui.widgets import button
from console.views.insights import insight_words, tile_words
from console.views.insights.ask_number import ask_number


class MonthsCard(ChartFrame):
    """Hidden in a shorter period; ``opened``: who read from one day to another is wanted.

    ``goal_chosen``: another goal, in per cent.
    """

    opened = Signal(object, object)
    goal_chosen = Signal(int)

    def __init__(self) -> None:
        self.bars = BarChart(shares=True)
        self.set_goal, self._goal = button("head"), OPEN_RATE_GOAL
        self.months: Sequence[MonthRate] = ()
        title, formula = tile_words.explained(tile_words.OPEN)
        super().__init__(title, formula, self.bars)
        self.set_goal.hide()
        self.head.insertWidget(self.head.indexOf(self.toggle), self.set_goal)
        self.set_goal.clicked.connect(self.ask_goal)
        self.bars.bar_requested.connect(self._open)
        self.hide()

    def show_months(self, months: Sequence[MonthRate], goal: float) -> None:
        """Show these, the oldest first, beside a goal."""
        self.months, self._goal = months, goal
        head = (translate("Insights", "Month"), translate("Insights", "Open rate"),
                translate("Insights", "Readers"), translate("Insights", "Reachable"))  # fmt: skip
        self.bars.show_bars([_bar(each) for each in months], head,
                            goal=(goal, tile_words.goal(goal)))  # fmt: skip
        self.setVisible(bool(months))

    def ask_goal(self) -> QInputDialog:
        """Ask the owner for another goal."""
        question = translate("Insights", "A month's open rate should reach, in per cent:")
        numbers = GOALS, round(self._goal * 100)
        return ask_number(self, self.set_goal.text(), question, numbers, self.goal_chosen.emit)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.set_goal.setText(translate("Insights", "Goal…"))

    def _open(self, key: str) -> None:
        month = next(each for each in self.months if each.last.isoformat() == key)
        self.opened.emit(month.first, month.last)


def _bar(month: MonthRate) -> Bar:
    name, share = insight_words.days(month.first, month.last), month.share
    told = share.told if isinstance(share.told, Estimate) else None
    value = told_share.value(share.told)
    return Bar(
        key=month.last.isoformat(), name=name, label=f"{month.last:%m-%d}",
        value=told.value if told is not None else None,
        low=told.interval.low if told is not None else None,
        high=told.interval.high if told is not None else None,
        told=(value, tile_words.beside(share)),
        cells=(text(name), Cell(value, f"{share.rate.share:.4f}" if told is not None else value),
               number(share.rate.part), number(share.rate.whole)),
    )  # fmt: skip
