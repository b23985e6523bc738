"""First replies on the page of figures: their tile, their card, and the way to conversations."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.replies_port import RepliesPort
from console.desk.reply_types import ReplyFigures, WaitPart
from console.domain.periods import Period
from console.ui.clock import ShopClock
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import speaks
from console.views.insights import reply_words as words
from console.views.insights.replies_card import RepliesCard
from console.views.insights.tiles import Tile
from console.views.insights.waits_window import WaitsWindow


class RepliesTile(Tile):
    """The median, beside that of the period before."""

    def __init__(self) -> None:
        super().__init__(words.median_title, words.formula, "waits")
        self._shown: ReplyFigures | None = None

    def show_figures(self, figures: ReplyFigures) -> None:
        """Show these."""
        self._shown = figures
        told = figures.told
        self.say([(words.median(told.median), told.later.rate.whole > 0)], words.on_tile(figures))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if speaks(event) and self._shown is not None:
            self.show_figures(self._shown)


class RepliesPart(QObject):
    """Shows first replies of a period over ``page``."""

    conversation_wanted = Signal(int)

    def __init__(self, port: RepliesPort, clock: ShopClock, tasks: Tasks, page: QWidget) -> None:
        super().__init__(page)
        self._port, self._clock, self._tasks, self._page = port, clock, tasks, page
        self._period = Period.MONTH
        self.tile, self.card = RepliesTile(), RepliesCard()
        self.tile.opened.connect(lambda _: self._open(WaitPart(), words.median_title()))
        self.card.opened.connect(self._open)
        self._fresh = Reload(tasks, self._read)

    def show_period(self, period: Period) -> None:
        """Show the replies of a period as they stand now."""
        self._period = period
        self._fresh.start()

    async def _read(self) -> None:
        asked = self._period
        figures = await self._port.figures(asked)
        if asked is self._period:
            self.tile.show_figures(figures)
            self.card.show_figures(figures)

    def _open(self, part: WaitPart, name: str) -> None:
        self._tasks.spawn(self._list(part, name))

    async def _list(self, part: WaitPart, name: str) -> None:
        title = words.list_title(name)
        lines = await self._port.waits(self._period, part)
        window = WaitsWindow(title, words.formula(), lines, self._clock, self._page)
        window.conversation_wanted.connect(self.conversation_wanted)
        window.open()
