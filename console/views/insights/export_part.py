"""What the page of figures can be taken along as: a spreadsheet, a picture, a week on paper."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QPoint, QSize, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.desk.insight_types import Insights
from console.desk.ports import DeskPorts
from console.domain.periods import Period
from console.progress import Progress
from console.ui import table_export, theme
from console.ui.clock import ShopClock
from console.ui.file_choice import choose_place
from console.ui.file_writing import write_file
from console.ui.i18n import translate
from console.ui.table_export import EXCEL
from console.ui.tasks import Tasks
from console.ui.widgets import button, speaks
from console.views.insights import insight_sheets, insight_words
from console.views.insights.insight_sheets import Shown
from console.views.insights.weekly_page import WeeklyPage

if TYPE_CHECKING:
    from console.views.insights.page import InsightsPage

Write = Callable[[Path], Coroutine[Any, Any, None]]
_SHARP: Final = 2


class ExportPart(QObject):
    """Buttons at the head of ``page``; the weekly summary takes its place in ``column``."""

    conversation_wanted = Signal(int)

    def __init__(
        self, page: InsightsPage, desks: DeskPorts, clock: ShopClock, tasks: Tasks,
        column: QVBoxLayout,
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._column = column
        self._page, self._desks, self._clock, self._tasks = page, desks, clock, tasks
        self.summary, self.excel, self.picture = button("head"), button("head"), button("head")
        self.weekly: WeeklyPage | None = None
        for made, act in ((self.summary, self.show_week), (self.excel, self._ask_excel),
                          (self.picture, self._ask_picture)):  # fmt: skip
            page.head.addWidget(made)
            made.clicked.connect(act)
        page.head.setSpacing(10)
        page.installEventFilter(self)
        self._speak()

    # --- the week -------------------------------------------------------------------------

    def show_week(self) -> None:
        """Show the newest week that is over."""
        if self.weekly is None:
            self.weekly = WeeklyPage(self._desks, self._clock, self._tasks)
            self.weekly.left.connect(self._back)
            self.weekly.names_wanted.connect(self._page.members_wanted)
            self.weekly.report_wanted.connect(self._page.report_wanted)
            self.weekly.conversation_wanted.connect(self.conversation_wanted)
            self._column.addWidget(self.weekly)
        self._page.hide()
        self.weekly.show()
        self.weekly.show_week(self.weekly.monday)
        self.weekly.back.setFocus()

    def reload(self) -> None:
        """Something came in: count the week that is shown again."""
        if self.weekly is not None and self.weekly.isVisible():
            self.weekly.show_week(self.weekly.monday)

    def _back(self) -> None:
        if self.weekly is not None:
            self.weekly.hide()
            self._page.show()
            self.summary.setFocus()

    # --- a spreadsheet, a picture -----------------------------------------------------------

    def _ask_excel(self) -> None:
        self._ask(self.excel, EXCEL, table_export.kinds(EXCEL), self.write_excel)

    def _ask_picture(self) -> None:
        self._ask(self.picture, ".png", "PNG (*.png)", self.write_picture)

    def _ask(self, asking: QPushButton, ending: str, kinds: str, write: Write) -> None:
        page = self._page
        if page.figures is not None:
            days = insight_words.days(page.figures.first, page.figures.last)
            name = f"{page.title.text()} {days}{ending}"
            choose_place(page, asking.text(), name, kinds,
                         lambda to: self._tasks.spawn(write(to)))  # fmt: skip

    async def write_excel(self, to: Path) -> None:
        """Write what the page shows into a spreadsheet, or a CSV if it is called so."""
        page = self._page
        if page.figures is not None:
            what = f"figures {page.figures.period} {to.suffix[1:]}"
            await self._desks.exports.record(what, names=False)
            tables = insight_sheets.whole(await self._shown(page.figures), self._clock)
            page.say(await table_export.export(page, to, tables, self._clock))

    async def _shown(self, figures: Insights) -> Shown:
        """Members' activity and their visits by month stand on the page of a year only."""
        page, of_year = self._page, figures.period is Period.YEAR
        return Shown(
            figures, page.sentences, await self._desks.replies.figures(figures.period),
            page.heat.looks, page.heat.group_name,
            await self._desks.activity.year() if of_year else None,
            await self._desks.insights.visits_by_month() if of_year else (),
        )  # fmt: skip

    async def write_picture(self, to: Path) -> None:
        """Write the whole page as a picture, also what one has to scroll to."""
        self._page.say("")
        made, buffer = self.image(), QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        made.save(buffer, "PNG")  # type: ignore[call-overload]
        content = bytes(buffer.data().data())
        said = await write_file(self._page, to, lambda file: file.write(content), Progress(1))
        self._page.say(said)

    def image(self) -> QImage:
        """The page from its head to its end, in twice as many pixels as it has on screen."""
        page = self._page
        head, ground = page.header, page.ground
        size = QSize(page.width(), head.height() + ground.height())
        made = QImage(size * _SHARP, QImage.Format.Format_RGB32)
        made.setDevicePixelRatio(_SHARP)
        made.fill(theme.color("paper"))
        painter = QPainter(made)
        flags = QWidget.RenderFlag.DrawChildren
        head.render(painter, QPoint(), renderFlags=flags | QWidget.RenderFlag.DrawWindowBackground)
        ground.render(painter, QPoint(0, head.height()), renderFlags=flags)
        painter.end()
        return made

    # --- language -------------------------------------------------------------------------

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        """Speak the new language with the page."""
        if speaks(event):
            self._speak()
        return False

    def _speak(self) -> None:
        self.summary.setText(translate("Weekly", "Weekly summary"))
        self.excel.setText(translate("Insights", "Export Excel"))
        self.picture.setText(translate("Insights", "Save picture"))
