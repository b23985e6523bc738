"""The report of a campaign as a file: everything as Excel or CSV, or the recipients alone.

That it was taken along is in the operation log before the file is there.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.ports import DeskPorts
from console.desk.report_types import CampaignReport
from console.ui import table_export
from console.ui.clock import ShopClock
from console.ui.file_choice import choose_place
from console.ui.i18n import translate
from console.ui.table_export import CSV, EXCEL
from console.ui.tasks import Tasks
from console.ui.widgets import button
from console.views.campaigns import recipient_words, report_sheets


class ReportExport(QObject):
    """A button of ``page`` with a menu; ``said`` tells what came of it."""

    said = Signal(str)

    def __init__(self, desks: DeskPorts, clock: ShopClock, tasks: Tasks, page: QWidget) -> None:
        super().__init__(page)
        self._exports, self._reports, self._answers = desks.exports, desks.reports, desks.answers
        self._clock, self._tasks, self._page = clock, tasks, page
        self._report: CampaignReport | None = None
        self.button = button("head")
        self.button.clicked.connect(self.open_menu)
        self.speak()

    def show_report(self, report: CampaignReport) -> None:
        """Export this one when asked."""
        self._report = report

    def open_menu(self) -> QMenu:
        """Offer what it can be exported as."""
        menu = QMenu(self._page)
        menu.setAccessibleName(self.button.text())
        for text, ending, people in (
            (translate("Report", "Everything as Excel…"), EXCEL, False),
            (translate("Report", "Everything as CSV…"), CSV, False),
            (translate("Report", "Recipients as CSV…"), CSV, True),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, e=ending, p=people: self._ask(e, p))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        return menu

    def _ask(self, ending: str, people: bool) -> None:
        report = self._report
        if report is not None:
            what = recipient_words.title() if people else translate("Report", "Report")
            name = f"{report.title} · {what} {self._clock.today():%Y-%m-%d}{ending}"
            choose_place(
                self._page, self.button.text(), name, table_export.kinds(ending),
                lambda to: self._tasks.spawn(self.write(to, people=people)),
            )  # fmt: skip

    async def write(self, to: Path, *, people: bool = False) -> None:
        """Write it there; ``people``: the recipients alone.  Raises ``Refusal`` for who may not."""
        report = self._report
        if report is None:
            return
        kind = "recipients" if people else "report"
        await self._exports.record(f"campaign {report.campaign_id} {kind} {to.suffix[1:]}"[:200])
        recipients = await self._reports.recipients(report)
        if people:
            tables = [report_sheets.people(recipients)]
        else:
            answers = await self._answers.report(report.campaign_id)
            holdout = await self._reports.against_holdout(report)
            tables = report_sheets.whole(report, recipients, answers, holdout, self._clock)
        self.said.emit(await table_export.export(self._page, to, tables, self._clock))

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        allowed = self._exports.allowed
        self.button.setText(translate("Report", "Export…"))
        self.button.setEnabled(allowed)
        self.button.setToolTip("" if allowed else translate(
            "Report", "Members' names leave the program with the owner only."))  # fmt: skip
