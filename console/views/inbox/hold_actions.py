"""Keeping what a member asked for, extending it, letting go and handing over, from her panel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from console.desk.holds_port import HoldsPort
from console.desk.types import TradeLine
from console.domain.holds import DEFAULT_HOURS
from console.models.faults import NoLine, coded
from console.ui import coupon_phrases, reasons
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.undo import STAYS_MS, UndoBar
from console.views.inbox.keep_menu import KeepMenu, hours_until
from console.views.inbox.panel_holds import HoldsSection
from console.views.inbox.panel_trade import product_name
from console.wire.errors import Refusal


class HoldActions(QObject):
    """Belongs to one inbox.  What left can be taken back as long as the bar says so."""

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
        self._leaving: tuple[str, Callable[[str], Coroutine[Any, Any, None]]] | None = None
        self._timer = once(self, STAYS_MS, self._leave_now)
        holds.keep_asked.connect(lambda line: self._tasks.spawn(self._keep(line)))
        holds.time_wanted.connect(self._offer_times)
        holds.let_go_asked.connect(self._let_go)
        holds.collected.connect(self._collect)

    async def _keep(self, line: TradeLine, hours: float = DEFAULT_HOURS) -> None:
        """A second press while the relay is asked does nothing."""
        if line.hold in self._busy:
            return
        self._busy.add(line.hold)
        member = self._whose()
        try:
            until = await coded(self._port.keep(line.hold, hours))
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

    # --- another time ---------------------------------------------------------------------

    def _offer_times(self, line: TradeLine, anchor: QPushButton) -> None:
        kept = line.state == "confirmed"
        menu = KeepMenu(self._clock, self._holds, line.until if kept else None)
        menu.chosen.connect(lambda until: self._choose(line, until, kept=kept))
        menu.open_below(anchor)

    def _choose(self, line: TradeLine, until: datetime, *, kept: bool) -> None:
        if kept:
            self._tasks.spawn(self._extend(line, until))
        else:
            self._tasks.spawn(self._keep(line, hours_until(until, self._clock)))

    async def _extend(self, line: TradeLine, until: datetime, *, back: bool = False) -> None:
        if not await self._tried(self._port.extend(line.hold, until)) or back:
            return
        words = translate("Holds", "Kept until {when}: {what}").format(
            when=coupon_phrases.moment(until, self._clock), what=product_name(line)
        )
        was = line.until
        if was is None or was <= self._clock.now():
            self._bar.say(words)
            return
        self._bar.say(words, lambda: self._tasks.spawn(self._extend(line, was, back=True)))

    async def _tried(self, work: Awaitable[None]) -> bool:
        """Whether it was done; else the reason is said."""
        try:
            await work
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
            return False
        return True

    # --- it leaves ------------------------------------------------------------------------

    def _let_go(self, line: TradeLine) -> None:
        self._leave(line, translate("Holds", "Let go: {what}"), self._port.let_go)

    def _collect(self, line: TradeLine) -> None:
        self._leave(line, translate("Holds", "Collected: {what}"), self._port.collect)

    def _leave(
        self, line: TradeLine, words: str, step: Callable[[str], Coroutine[Any, Any, None]]
    ) -> None:
        self.settle()
        self._leaving = line.hold, step
        self._holds.hide_hold(line.hold)
        self._bar.say(words.format(what=product_name(line)), self._take_back)
        self._timer.start()

    def _take_back(self) -> None:
        self._timer.stop()
        self._leaving = None
        self._holds.hide_hold("")

    def settle(self) -> None:
        """Who goes on meant it."""
        self._leave_now()

    def _leave_now(self) -> None:
        leaving, self._leaving = self._leaving, None
        self._timer.stop()
        if leaving is not None:
            self._tasks.spawn(self._leave_at_relay(*leaving))

    async def _leave_at_relay(
        self, hold: str, step: Callable[[str], Coroutine[Any, Any, None]]
    ) -> None:
        if not await self._tried(step(hold)):
            self._holds.hide_hold("")
