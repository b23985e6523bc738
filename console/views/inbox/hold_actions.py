"""Keeping what a member asked for, and letting go of it, from her panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from console.desk.holds_port import HoldsPort
from console.desk.types import TradeLine
from console.models.faults import NoLine, coded
from console.ui import coupon_phrases, reasons
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.undo import STAYS_MS, UndoBar
from console.views.inbox.panel_holds import HoldsSection
from console.views.inbox.panel_trade import product_name
from console.wire.errors import Refusal


class HoldActions(QObject):
    """Belongs to one inbox.  What is let go is gone for good when the bar with its undo is."""

    complained = Signal(str)
    answer_offered = Signal(str)
    """Words that tell the member what was kept for her."""

    def __init__(
        self, port: HoldsPort, tasks: Tasks, holds: HoldsSection, clock: ShopClock, bar: UndoBar,
        whose: Callable[[], int], screen: QObject,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._port, self._tasks, self._holds = port, tasks, holds
        self._clock, self._bar, self._whose = clock, bar, whose
        self._busy: set[str] = set()
        self._leaving = ""
        self._timer = once(self, STAYS_MS, self._let_go_now)
        holds.keep_asked.connect(lambda line: self._tasks.spawn(self._keep(line)))
        holds.let_go_asked.connect(self._let_go)

    async def _keep(self, line: TradeLine) -> None:
        """A second press while the relay is asked does nothing."""
        if line.hold in self._busy:
            return
        self._busy.add(line.hold)
        member = self._whose()
        try:
            until = await coded(self._port.keep(line.hold))
        except NoLine:
            self.complained.emit(translate(
                "Holds", "Keeping needs the line to the relay, so that nothing is promised twice."
                " Nothing was changed."
            ))  # fmt: skip
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
        else:
            if member == self._whose():
                self._tell(line, until)
        finally:
            self._busy.discard(line.hold)

    def _tell(self, line: TradeLine, until: datetime | None) -> None:
        if until is None:
            self.complained.emit(translate(
                "Holds", "The relay has not answered yet. Whether it is kept shows here as soon as"
                " it has."
            ))  # fmt: skip
            return
        words = translate("Holds", "We have kept {what} for you until {when}.")
        self.answer_offered.emit(
            words.format(what=product_name(line), when=coupon_phrases.moment(until, self._clock))
        )

    def _let_go(self, line: TradeLine) -> None:
        self.settle()
        self._leaving = line.hold
        self._holds.hide_hold(line.hold)
        words = translate("Holds", "Let go: {what}").format(what=product_name(line))
        self._bar.say(words, self._take_back)
        self._timer.start()

    def _take_back(self) -> None:
        self._timer.stop()
        self._leaving = ""
        self._holds.hide_hold("")

    def settle(self) -> None:
        """Who goes on meant it."""
        if self._leaving:
            self._let_go_now()

    def _let_go_now(self) -> None:
        hold, self._leaving = self._leaving, ""
        self._timer.stop()
        if hold:
            self._tasks.spawn(self._let_go_at_relay(hold))

    async def _let_go_at_relay(self, hold: str) -> None:
        try:
            await self._port.let_go(hold)
        except Refusal as refusal:
            self._holds.hide_hold("")
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
