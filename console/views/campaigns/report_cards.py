"""Cards of a report: the read curve and the funnel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
)

from console.desk.report_types import CampaignReport
from console.ui.explained import Explained
from console.ui.i18n import translate
from console.ui.share_curve import ShareCurve, Spot
from console.ui.waterfall import Bar, Waterfall
from console.ui.widgets import button, label
from console.views.campaigns import report_words as words


class CurveCard(Explained):
    """The read curve, or the same as a table."""

    def __init__(self) -> None:
        super().__init__(*words.explained(words.CURVE))
        self.curve, self.table, self.toggle = ShareCurve(), QTableWidget(0, 3), button("head")
        self._stack = QStackedWidget()
        self.toggle.setCheckable(True)
        self.head.addWidget(self.toggle)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self._stack.addWidget(self.curve)
        self._stack.addWidget(self.table)
        self.column.addWidget(self._stack, 1)
        self.toggle.toggled.connect(lambda on: self._stack.setCurrentIndex(int(on)))
        self.speak()

    def show_report(self, report: CampaignReport) -> None:
        """Show its curve."""
        spots = [Spot(each.elapsed.total_seconds(), each.share) for each in report.curve]
        self.curve.show_spots(spots, open_ended=report.being_read)
        rows = words.table_rows(report.table)
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self._put(number, column, text)

    def _put(self, row: int, column: int, text: str) -> None:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(_side(column))
            self.table.setItem(row, column, item)
        item.setText(text)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.curve.setAccessibleName(words.title(words.CURVE))
        self.table.setAccessibleName(words.title(words.CURVE))
        for column, text in enumerate(words.table_head()):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_side(column))
            self.table.setHorizontalHeaderItem(column, item)
        self.toggle.setText(translate("Report", "As a table"))


def _side(column: int) -> Qt.AlignmentFlag:
    """Numbers stand at the right."""
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class FunnelCard(Explained):
    """The steps; ``opened`` names a line whose members are wanted."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(*words.explained(words.FUNNEL))
        self.bars, self._hint = Waterfall(), label("tiny", wrap=True)
        self.column.addWidget(self.bars)
        self.column.addWidget(self._hint)
        self.column.addStretch(1)
        self.bars.opened.connect(self.opened)
        self.speak()

    def show_report(self, report: CampaignReport) -> None:
        """Show its steps."""
        self.bars.show_bars([
            Bar(key, text, len(members), strong=key.startswith(words.THROUGH),
                role="accent" if key.startswith(words.THROUGH) else "ink_faint")
            for stage in report.stages for key, text, members in words.shown_lines(stage)
        ])  # fmt: skip

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.bars.setAccessibleName(words.title(words.FUNNEL))
        self._hint.setText(translate("Report", "Click a line for the names"))
