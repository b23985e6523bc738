"""Giving up what a member waits for, from her panel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.desk.types import TradeLine
from console.desk.waitlist_port import WaitlistPort
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.undo import STAYS_MS, UndoBar
from console.views.inbox.panel_trade import product_name
from console.views.inbox.panel_waits import WaitsSection


class WaitActions(QObject):
    """Belongs to one inbox.  A place is given up for good when the bar with its undo is."""

    stale = Signal()
    """What she waits for is to be read again."""

    def __init__(
        self, port: WaitlistPort, tasks: Tasks, waits: WaitsSection, bar: UndoBar, screen: QObject
    ) -> None:
        super().__init__(screen)
        self._port, self._tasks, self._waits, self._bar = port, tasks, waits, bar
        self._leaving = ""
        self._timer = once(self, STAYS_MS, self.settle)
        waits.leave_asked.connect(self._leave)

    def _leave(self, line: TradeLine) -> None:
        self.settle()
        self._leaving = line.hold
        self._waits.hide_place(line.hold)
        words = translate("Waits", "Waits no longer: {what}").format(what=product_name(line))
        self._bar.say(words, self._take_back)
        self._timer.start()

    def _take_back(self) -> None:
        self._timer.stop()
        self._leaving = ""
        self._waits.hide_place("")

    def settle(self) -> None:
        """Who goes on meant it."""
        place, self._leaving = self._leaving, ""
        self._timer.stop()
        if place:
            self._tasks.spawn(self._leave_now(place))

    async def _leave_now(self, place: str) -> None:
        await self._port.leave(place)
        self.stale.emit()
