"""The card of two campaigns marked in the table: read rates, difference, what that tells."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout

from console.desk.campaign_pair import CampaignPair, pair
from console.desk.insight_types import Insights
from console.ui import told_share
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.i18n import translate
from console.ui.widgets import button, label, snug
from console.views.insights import pair_words as words
from console.views.insights import table_words
from console.views.insights.campaign_table import CampaignTable


class PairCard(Explained):
    """Hidden unless two rows of the table are marked, whose head says how."""

    def __init__(self, table: CampaignTable, clock: ShopClock) -> None:
        super().__init__(words.title, words.formula)
        self._table, self._clock = table, clock
        self._figures: Insights | None = None
        self.pair: CampaignPair | None = None
        self.names = tuple(label("soft", wrap=True) for _ in range(3))
        self.values = tuple(label("display") for _ in range(3))
        self.beside = tuple(label("soft", wrap=True) for _ in range(3))
        self.verdict, self.caution = label("strong", wrap=True), label("soft", wrap=True)
        self.hint, self.end = label("soft"), button("head")
        self._arrange()
        self.end.clicked.connect(table.marks.clear)
        self.end.clicked.connect(table.rows.setFocus)
        table.marks.changed.connect(self._follow)
        self.hide()
        self.speak()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        snug(row, spacing=24)
        for parts in zip(self.names, self.values, self.beside, strict=True):
            row.addLayout(_column(parts), 1)
        self.head.addWidget(self.end)
        head = self._table.head
        head.insertWidget(head.indexOf(self._table.set_window), self.hint)
        self.column.addLayout(row)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.caution)

    def show_figures(self, figures: Insights) -> None:
        """The table shows these."""
        self._figures = figures
        self._follow()

    def _follow(self) -> None:
        lines = [line for line in self._table.lines
                 if line.campaign_id in self._table.marks.marked]  # fmt: skip
        self.hint.setText(words.hint(len(lines)) if len(self._table.lines) > 1 else "")
        was_shown, self.pair = self.pair is not None, None
        if self._figures is not None and len(lines) > 1:
            first, second = lines
            self.pair = pair(first, second, self._figures.as_of)
            self._say(self.pair)
        self.setVisible(self.pair is not None)
        if self.pair is not None and not was_shown:
            QTimer.singleShot(0, self, self._come_into_sight)

    def _say(self, found: CampaignPair) -> None:
        nobody = translate("Report", "written to nobody yet")
        for place, (line, share) in enumerate(zip((found.first, found.second), found.shares,
                                                  strict=True)):  # fmt: skip
            self.names[place].setText(words.named(line, self._clock))
            self.values[place].setText(told_share.value(share.told))
            self.beside[place].setText(told_share.beside(share.rate, share.told, nobody))
        self.names[-1].setText(words.difference_of(found))
        self.values[-1].setText(words.difference(found))
        self.beside[-1].setText(words.interval(found))
        self.verdict.setText(words.verdict(found, self._clock))
        first, second = (table_words.name(line) for line in (found.first, found.second))
        self.setAccessibleDescription(f"{first}, {second}: {self.verdict.text()}")

    def _come_into_sight(self) -> None:
        """It stands below a table that may fill the screen."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.caution.setText(words.caution())
        self.end.setText(translate("Insights", "Stop comparing"))
        self._follow()


def _column(parts: tuple[QLabel, ...]) -> QVBoxLayout:
    made = QVBoxLayout()
    snug(made, spacing=2)
    for part in parts:
        made.addWidget(part)
    made.addStretch(1)
    return made
