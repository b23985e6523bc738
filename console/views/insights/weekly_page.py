"""The weekly summary for the owner, week by week; saved as a PDF or printed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from console.desk.insights_port import Behind
from console.desk.ports import DeskPorts
from console.desk.weekly_types import WeeklySummary
from console.progress import Progress
from console.ui import chart_table, origin_phrases, paper
from console.ui.back_button import BackButton
from console.ui.chart_table import ChartTable, ChartTableView
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.file_choice import choose_place
from console.ui.file_writing import write_file
from console.ui.i18n import translate
from console.ui.page_frame import HeadState, page_head, scroll_below
from console.ui.tab_order import as_laid_out
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import LineLabel, Pill, button, frame, label, snug, speaks
from console.views.insights import insight_words, reply_words, table_words, weekly_paper
from console.views.insights import weekly_words as words
from console.views.insights.tiles import Tile, lay_tiles
from console.views.insights.waits_window import WaitsWindow
from console.views.insights.weekly_words import Figure

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_ACROSS: Final = 4
_WAITS: Final = "waits"
_BEHIND: Final = ("readers", "read", "replied", "held", _WAITS, "opted_out", "visited")
"""By figure what it opens: names, or the waits for a first reply."""
_RELAYS: Final = frozenset({"readers", "replied"})
"""Figures that the relay adds up."""
_ROW: Final = 32
_WEEK: Final = timedelta(days=7)


class CampaignsCard(Explained):
    """The campaigns of the week."""

    def __init__(self) -> None:
        super().__init__(words.table_title, table_words.formula)
        self.table, self.none = ChartTableView(), label("soft")
        self.column.addWidget(self.table)
        self.column.addWidget(self.none)
        self.speak()

    def show_summary(self, summary: WeeklySummary, clock: ShopClock) -> None:
        """Show its; none: say so."""
        self.explain(partial(table_words.formula, summary.week.window_days))
        rows = words.table_rows(summary, clock)
        head = tuple(chart_table.words(each) for each in words.table_head(summary))
        cells = tuple(tuple(chart_table.words(each) for each in row) for row in rows)
        self.table.show_table(ChartTable(head, cells))
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        wide = self.table.horizontalHeader()
        wide.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        wide.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setFixedHeight(_ROW * (len(rows) + 1) + _ROW // 2)
        self.table.setAccessibleName(words.table_title())
        self.none.setText(words.no_campaign())
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)


class WeeklyPage(QFrame):
    """Shows the summary of one week; begins with the newest that is over."""

    left = Signal()
    names_wanted = Signal(str, str, object)
    """What a figure is called, how it is counted, and the ids of the members behind it."""
    report_wanted = Signal(int)
    conversation_wanted = Signal(int)

    def __init__(self, desks: DeskPorts, clock: ShopClock, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._exports = desks.weekly, desks.exports
        self._clock, self._tasks = clock, tasks
        self._shop = desks.inbox.me.shop_name
        self.monday = self._port.last()
        self.summary: WeeklySummary | None = None
        self._figures: list[Figure] = []
        self._fresh = Reload(tasks, self._read)
        self.setProperty("look", "paper")
        self.back, self.title = BackButton(), LineLabel("title")
        self.state, self.state_below = Pill(), Pill()
        self.earlier, self.later = button("head"), button("head")
        self.save, self.print = button("head"), button("head")
        self.note, self.advice, self.doubts = (label("soft", wrap=True), label("strong", wrap=True),
                                               label("soft", wrap=True))  # fmt: skip
        self.when, self.untold = label("heading"), label("heading")
        self.tiles = [Tile(partial(self._said, n, "title"), partial(self._said, n, "formula"),
                           behind) for n, behind in enumerate(_BEHIND)]  # fmt: skip
        self.campaigns = CampaignsCard()
        self.campaigns.come_from(table_words.origin())
        for tile, behind in zip(self.tiles, _BEHIND, strict=True):
            relays = behind in _RELAYS
            tile.come_from(origin_phrases.by_relay if relays else origin_phrases.here)
        self._arrange()
        self._connect()
        self.say("")
        self._speak()

    def _said(self, number: int, what: str) -> str:
        return getattr(self._figures[number], what) if self._figures else ""

    # --- laid out -------------------------------------------------------------------------

    def _arrange(self) -> None:
        ground = QWidget()
        inside, grid = QVBoxLayout(ground), QGridLayout()
        snug(inside, 20, 14, 20, 18, spacing=14)
        snug(grid, spacing=14)
        lay_tiles(grid, self.tiles, _ACROSS)
        inside.addWidget(self.state_below)
        inside.addWidget(self.note)
        inside.addLayout(grid)
        for part in (self.campaigns, _card(self.when, self.advice)):
            inside.addWidget(part)
        self._doubts = _card(self.untold, self.doubts)
        inside.addWidget(self._doubts)
        inside.addStretch(1)
        head = page_head(self.back, self.title, self.state, self.earlier, self.later, self.save,
                         self.print)  # fmt: skip
        self._standing = HeadState(head, self.state, self.state_below, self.title)
        scroll_below(self, head, ground)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.earlier.clicked.connect(lambda: self.show_week(self.monday - _WEEK))
        self.later.clicked.connect(lambda: self.show_week(self.monday + _WEEK))
        self.save.clicked.connect(self._ask_place)
        self.print.clicked.connect(self._ask_printer)
        for tile in self.tiles:
            tile.opened.connect(partial(self._open, tile))
        self.campaigns.table.activated.connect(lambda place: self._open_report(place.row()))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the page as it stands."""
        as_laid_out(self)
        return super().focusNextPrevChild(forward)

    # --- which week -----------------------------------------------------------------------

    def show_week(self, monday: date) -> None:
        """Read how the week was that began then; the newest that is over at most."""
        self.monday = min(monday, self._port.last())
        self.later.setEnabled(self.monday < self._port.last())
        self._fresh.start()

    async def _read(self) -> None:
        asked = self.monday
        found = await self._port.summary(asked)
        if asked == self.monday:
            self.show_summary(found)

    def show_summary(self, summary: WeeklySummary) -> None:
        """Show this one."""
        self.summary, self._figures = summary, words.figures(summary)
        self.title.say(words.title(summary))
        self._standing.say(*insight_words.standing(summary.week, self._clock))
        for card in (*self.tiles, self.campaigns):
            card.stand(insight_words.since(summary.week, self._clock))
        for tile, figure in zip(self.tiles, self._figures, strict=True):
            tile.speak()
            tile.say([(figure.value, figure.somebody)], figure.said)
        self.campaigns.show_summary(summary, self._clock)
        self.advice.setText(words.advice(summary))
        doubts = words.doubts(summary, self._clock)
        self.doubts.setText("\n".join(f"· {each}" for each in doubts))
        self._doubts.setVisible(bool(doubts))
        for made in (self.save, self.print):
            made.setEnabled(True)

    # --- who and what is behind it --------------------------------------------------------

    def _open(self, tile: Tile, what: str) -> None:
        found = self._list(tile) if what == _WAITS else self._find(tile, cast("Behind", what))
        self._tasks.spawn(found)

    async def _list(self, tile: Tile) -> None:
        title = reply_words.list_title(tile.heading.text())
        lines = await self._port.waits(self.monday)
        window = WaitsWindow(title, tile.formula.text(), lines, self._clock, self)
        window.conversation_wanted.connect(self.conversation_wanted)
        window.open()

    async def _find(self, tile: Tile, what: Behind) -> None:
        members = await self._port.behind(what, self.monday)
        self.names_wanted.emit(tile.heading.text(), tile.formula.text(), members)

    def _open_report(self, row: int) -> None:
        if self.summary is not None:
            self.report_wanted.emit(words.in_order(self.summary)[row].campaign_id)

    # --- on paper -------------------------------------------------------------------------

    def _ask_place(self) -> None:
        if self.summary is not None:
            name = f"{self._shop} {words.title(self.summary)}.pdf"
            choose_place(self, self.save.text(), name, "PDF (*.pdf)",
                         lambda to: self._tasks.spawn(self.write(to)))  # fmt: skip

    async def write(self, to: Path) -> None:
        """Write it there as a PDF."""
        if self.summary is None:
            return
        # Text is set with the GUI's fonts, so only the finished bytes go to a thread.
        await self._exports.record(f"week {self.summary.monday} pdf", names=False)
        made = paper.pdf(self._body(self.summary), words.title(self.summary))
        self.say(await write_file(self, to, lambda file: file.write(made), Progress(1)))

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - rarely wanted

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # its own wants a receiver

    def print_on(self, printer: QPrinter) -> None:
        """Print it there."""
        if self.summary is not None:
            paper.on_printer(self._body(self.summary), printer)

    def _body(self, summary: WeeklySummary) -> str:
        return weekly_paper.body(summary, self._shop, self._clock)

    def say(self, said: str) -> None:
        """What came of the last step; nothing takes no room."""
        self.note.setText(said)
        self.note.setVisible(bool(said))

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        for part, said in (
            (self.back, translate("Rail", "Insights")),
            (self.earlier, translate("Weekly", "Week before")),
            (self.later, translate("Weekly", "Week after")),
            (self.save, translate("Weekly", "Save as PDF…")),
            (self.print, translate("Weekly", "Print…")),
        ):
            part.setText(said)
        self.when.setText(insight_words.heat())
        self.untold.setText(words.untold())
        if self.summary is not None:
            self.show_summary(self.summary)
        else:
            self.title.say(translate("Weekly", "Weekly summary"))
            for made in (self.save, self.print):
                made.setEnabled(False)


def _card(*parts: QWidget) -> QFrame:
    made = frame("card")
    column = QVBoxLayout(made)
    snug(column, 18, 12, 18, 14, spacing=6)
    for part in parts:
        column.addWidget(part)
    return made
