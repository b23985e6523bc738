"""Who got a campaign: by name, with states and times, found as members are found elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView

from console.desk.report_types import CampaignReport
from console.desk.reports_port import ReportsPort
from console.models.recipients_model import RecipientsModel
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.i18n import counted, translate
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.widgets import label
from console.views.campaigns import recipient_words as words

_PAUSE_MS: Final = 150
_HEIGHT: Final = 340
_FIELD: Final = 240


class RecipientsCard(Explained):
    """Follows the report that is shown; ``arrived``: everybody."""

    arrived = Signal(object)

    def __init__(self, port: ReportsPort, clock: ShopClock, tasks: Tasks) -> None:
        super().__init__(words.title, words.formula)
        self._port = port
        self._report: CampaignReport | None = None
        self._fresh, self._search = Reload(tasks, self._read), Reload(tasks, self._find)
        self._soon = once(self, _PAUSE_MS, self._search.start)
        self.field, self.count, self.table = QLineEdit(), label("soft"), QTableView()
        self.model = RecipientsModel(words.heads, partial(words.cells, clock=clock), self)
        self.field.setProperty("look", "search")
        self.field.setFixedWidth(_FIELD)
        self.head.addWidget(self.count)
        self.head.addWidget(self.field)
        self.column.addWidget(self.table, 1)
        self._lay_table()
        self.field.textChanged.connect(lambda _: self._soon.start())
        self.speak()

    def _lay_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setProperty("look", "figures")
        table.setMinimumHeight(_HEIGHT)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        table.horizontalHeader().setDefaultAlignment(side)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)

    def show_report(self, report: CampaignReport) -> None:
        """Show its recipients."""
        self._report = report
        self._fresh.start()

    def clear(self) -> None:
        """Another campaign's report is wanted: show nobody of the last one."""
        self._report = None
        self.field.clear()
        self.model.show_recipients(())
        self._say()

    def close_down(self) -> None:
        """Search no more."""
        self._soon.stop()

    async def _read(self) -> None:
        report = self._report
        if report is not None:
            found = await self._port.recipients(report)
            if self._report is not None and self._report.campaign_id == report.campaign_id:
                self.model.show_recipients(found)
                self.arrived.emit(found)
                self._say()

    async def _find(self) -> None:
        query = self.field.text().strip()
        self.model.narrow(await self._port.found(query) if query else None)
        self._say()

    def _say(self) -> None:
        shown, all_of_them = self.model.rowCount(), self.model.size
        if self.field.text().strip():
            said = translate("Report", "{n} of {all}")
            self.count.setText(said.format(n=f"{shown:,}", all=f"{all_of_them:,}"))
        else:
            self.count.setText(counted(all_of_them, translate("Report", "1 member"),
                                       translate("Report", "{n} members")))  # fmt: skip

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.field.setPlaceholderText(translate("Report", "Name, pinyin, end of the number"))
        self.field.setAccessibleName(translate("Report", "Find a recipient"))
        self.table.setAccessibleName(words.title())
        self.model.speak()
        self._say()
