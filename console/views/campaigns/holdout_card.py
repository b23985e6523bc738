"""A card of a report: who bought and who came, beside those held out from the campaign."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from console.desk.report_types import AgainstHoldout, CampaignReport
from console.desk.reports_port import ReportsPort
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.i18n import translate
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import button, label, snug
from console.ui.window_phrases import USUAL_DAYS
from console.views.campaigns import holdout_words as words
from console.views.campaigns.figure_column import FigureColumn


class HoldoutCard(Explained):
    """Asks for what it shows, after the report stands; ``opened``: whose names, and who."""

    opened = Signal(str, object)

    def __init__(self, port: ReportsPort, clock: ShopClock, tasks: Tasks) -> None:
        super().__init__(words.title, words.formula)
        self._port, self._clock = port, clock
        self._report: CampaignReport | None = None
        self.found: AgainstHoldout | None = None
        self._fresh = Reload(tasks, self._read)
        self.bought, self.came = FigureColumn(), FigureColumn()
        self.names = {part: button("small") for part in (self.bought, self.came)}
        self.verdict, row = label("strong", wrap=True), QHBoxLayout()
        snug(row, spacing=24)
        for part, made in self.names.items():
            part.foot.addWidget(made)
            part.foot.addStretch(1)
            row.addWidget(part, 1)
            made.clicked.connect(lambda _=False, of=part: self._open(of))
        self.column.addLayout(row)
        self.column.addWidget(self.verdict)
        self.speak()

    def show_report(self, report: CampaignReport) -> None:
        """Show what it led to."""
        self._report = report
        self.explain(partial(words.formula, report.window_days))
        self._fresh.start()

    async def _read(self) -> None:
        report = self._report
        if report is not None:
            found = await self._port.against_holdout(report)
            if self._report is not None and self._report.campaign_id == report.campaign_id:
                self.found = found
                self._say()

    def _say(self) -> None:
        found = self.found
        days = self._report.window_days if self._report is not None else USUAL_DAYS
        for part, made in self.names.items():
            part.setVisible(found is not None and found.bought is not None)
            if found is not None:
                first = part is self.bought
                deed = found.bought if first else found.came
                part.say(words.bought(days) if first else words.came(days), words.rise(deed),
                         words.beside(deed))  # fmt: skip
                made.setText(translate("Report", "Names…"))
                made.setAccessibleName(f"{part.name.text()}: {made.text()}")
                made.setEnabled(deed is not None and bool(deed.members))
        self.verdict.setText(words.verdict(found, self._clock, days))

    def _open(self, part: FigureColumn) -> None:
        if self.found is not None:
            deed = self.found.bought if part is self.bought else self.found.came
            self.opened.emit(part.name.text(), deed.members if deed is not None else ())

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self._say()
