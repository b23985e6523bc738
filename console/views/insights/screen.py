"""The section of the shop's figures, live.

Its page is made, and its modules loaded, when it is first shown: no start waits for it.  However
often rows arrive, figures are asked for once in ``_PAUSE_MS``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from console.desk.ports import DeskPorts
from console.ui.clock import ShopClock
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.widgets import snug

if TYPE_CHECKING:
    from console.views.insights.page import InsightsPage

_PAUSE_MS: Final = 3_000


class InsightsScreen(QFrame):
    """Empty until it is shown."""

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._port = desks.insights
        self._clock = ShopClock(desks.inbox.me.timezone)
        self.setProperty("look", "paper")
        self.page: InsightsPage | None = None
        self.tasks = Tasks(self)
        self._fresh = Reload(self.tasks, self._read)
        self._soon = once(self, _PAUSE_MS, self._fresh.start)
        self._stops = (self._port.on_changed(self.reload),
                       desks.inbox.on_link(lambda _: self.reload()))  # fmt: skip

    def _make(self) -> InsightsPage:
        from console.views.insights.page import InsightsPage  # noqa: PLC0415

        page, column = InsightsPage(self._clock), QVBoxLayout(self)
        snug(column)
        column.addWidget(page)
        return page

    def reload(self) -> None:
        """Something came in: count again, soon."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    async def _read(self) -> None:
        figures = await self._port.figures()
        if self.page is not None:
            self.page.show_figures(figures)

    def showEvent(self, event: QShowEvent) -> None:
        """Show how they stand now."""
        super().showEvent(event)
        if self.page is None:
            self.page = self._make()
        self._fresh.start()

    async def close_down(self) -> None:
        """End what runs for it."""
        self._soon.stop()
        for stop in self._stops:
            stop()
        await self.tasks.close()
