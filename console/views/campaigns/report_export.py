"""The report of a campaign as a file: everything as Excel or CSV, or the recipients alone.

While some of them are searched, these alone are offered, too.

That it was taken along is in the operation log before the file is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.ports import DeskPorts
from console.desk.report_types import CampaignReport
from console.ui import table_export
from console.ui.clock import ShopClock
from console.ui.file_choice import choose_place
from console.ui.i18n import counted, translate
from console.ui.table_export import CSV, EXCEL
from console.ui.tasks import Tasks
from console.ui.widgets import button
from console.views.campaigns import recipient_words, report_sheets

Found = Callable[[], frozenset[int] | None]
_Wanted = tuple[str, bool, frozenset[int] | None]
"""An ending, whether people alone are wanted, and of these whom."""


class ReportExport(QObject):
    """A button of ``page`` with a menu; ``said`` tells what came of it.

    ``found``: members who are searched in the table of recipients; ``None``: nobody is.
    """

    said = Signal(str)

    def __init__(
        self, desks: DeskPorts, clock: ShopClock, tasks: Tasks, page: QWidget, found: Found
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._found = found
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
        for text, wanted in self._offers():
            action = menu.addAction(text)
            action.triggered.connect(partial(self._ask, wanted))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        return menu

    def _offers(self) -> list[tuple[str, _Wanted]]:
        offers: list[tuple[str, _Wanted]] = [
            (translate("Report", "Everything as Excel…"), (EXCEL, False, None)),
            (translate("Report", "Everything as CSV…"), (CSV, False, None)),
            (translate("Report", "Recipients as CSV…"), (CSV, True, None)),
        ]
        found = self._found()
        if found:
            excel = counted(len(found), translate("Report", "The 1 found as Excel…"),
                            translate("Report", "The {n} found as Excel…"))  # fmt: skip
            lines = counted(len(found), translate("Report", "The 1 found as CSV…"),
                            translate("Report", "The {n} found as CSV…"))  # fmt: skip
            offers += [(excel, (EXCEL, True, found)), (lines, (CSV, True, found))]
        return offers

    def _ask(self, wanted: _Wanted, _checked: bool = False) -> None:
        report, (ending, people, only) = self._report, wanted
        if report is not None:
            what = recipient_words.title() if people else translate("Report", "Report")
            name = f"{report.title} · {what} {self._clock.today():%Y-%m-%d}{ending}"
            choose_place(
                self._page, self.button.text(), name, table_export.kinds(ending),
                lambda to: self._tasks.spawn(self.write(to, people=people, only=only)),
            )  # fmt: skip

    async def write(
        self, to: Path, *, people: bool = False, only: frozenset[int] | None = None
    ) -> None:
        """Write it there; ``people``: the recipients alone, ``only``: these members of them.

        Raises ``Refusal`` for who may not.
        """
        report = self._report
        if report is None:
            return
        kind = "recipients" if people else "report"
        part = "" if only is None else f" ({len(only)})"
        detail = f"campaign {report.campaign_id} {kind} {to.suffix[1:]}{part}"
        await self._exports.record(detail[:200])
        recipients = await self._reports.recipients(report)
        if people:
            shown = [each for each in recipients if only is None or each.member_id in only]
            tables = [report_sheets.people(shown)]
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
