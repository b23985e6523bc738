"""What a member has on hold, in her panel: counted down, and kept, extended, collected, let go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.desk.types import TradeLine
from console.ui import icons, theme
from console.ui.clock import ShopClock
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.trade_row import TradeRow, hold_line, product_name
from console.ui.widgets import button, repaints, snug, speaks
from console.views.inbox.panel_about import heading, section

OPEN = ("asked", "confirmed")
_TICK_MS = 15_000


class HoldsSection(QWidget):
    """Stays while the member is the same, so that the keyboard stays where it is."""

    keep_asked = Signal(object)
    let_go_asked = Signal(object)
    time_wanted = Signal(object, object)
    """The menu of times for a hold is wanted, below that button."""
    collected = Signal(object)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._holds: tuple[TradeLine, ...] = ()
        self._gone = ""
        self._heading, self._rows = heading(""), QVBoxLayout()
        column = section(self)
        column.addWidget(self._heading)
        snug(self._rows, spacing=8)
        column.addLayout(self._rows)
        self._said: list[str] = []
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._speak()

    def show_holds(self, holds: Sequence[TradeLine]) -> None:
        """Show these: what waits for an answer first, then what is kept."""
        order = {state: place for place, state in enumerate(OPEN)}
        found = tuple(sorted(holds, key=lambda each: order.get(each.state, len(order))))
        if found != self._holds:
            self._holds = found
            self._fill()

    def hide_hold(self, hold: str) -> None:
        """Not show this one until another is named; "": show all."""
        self._gone = hold
        self._fill()

    @property
    def shown(self) -> list[TradeLine]:
        """What it shows, in order."""
        return [each for each in self._holds if not each.hold or each.hold != self._gone]

    def button_of(self, hold: str, what: str) -> QPushButton | None:
        """What keeps (``keep``), lets go of (``free``) or hands over (``take``) a hold, or offers
        times (``times``)."""
        return self.findChild(QPushButton, f"{what}-{hold}")

    def _fill(self) -> None:
        held = self.focusWidget()
        kept = held.objectName() if held is not None and held.hasFocus() else ""
        emptied(self._rows)
        self._said = [hold_line(each, self._clock) for each in self.shown]
        for line in self.shown:
            row = HoldRow(line, self._clock)
            row.keep_asked.connect(lambda each=line: self.keep_asked.emit(each))
            row.let_go_asked.connect(lambda each=line: self.let_go_asked.emit(each))
            row.time_wanted.connect(lambda at, each=line: self.time_wanted.emit(each, at))
            row.collected.connect(lambda each=line: self.collected.emit(each))
            self._rows.addWidget(row)
            for act in row.acts:
                if kept and act.objectName() == kept:
                    act.setFocus()

    def _tick(self) -> None:
        """Time goes on: count down where a minute, an hour or a day less is left."""
        if [hold_line(each, self._clock) for each in self.shown] != self._said:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Count down while it is seen."""
        super().showEvent(event)
        self._tick()
        self._ticking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._ticking.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heading.setText(translate("MemberPane", "On hold"))
        self._fill()


class HoldRow(QWidget):
    """One hold and what can be done with it."""

    keep_asked = Signal()
    let_go_asked = Signal()
    time_wanted = Signal(object)
    """The menu of times is wanted below that button."""
    collected = Signal()

    def __init__(self, line: TradeLine, clock: ShopClock) -> None:
        super().__init__()
        self.keep, self.times, self.free = button("small"), button("small"), button("link")
        self.take = button("small")
        self._name(line)
        self.keep.clicked.connect(self.keep_asked)
        self.times.clicked.connect(lambda: self.time_wanted.emit(self.times))
        self.take.clicked.connect(self.collected)
        self.free.clicked.connect(self.let_go_asked)
        ground, column = QWidget(), QVBoxLayout(self)
        acts, beside = FlowLayout(buttons := QWidget(), 8), QHBoxLayout(ground)
        snug(beside)
        beside.addWidget(buttons)
        for act in self.acts:
            acts.addWidget(act)
        snug(column, spacing=4)
        column.addWidget(TradeRow(line, hold_line(line, clock)))
        column.addWidget(ground)
        # Only now: shown before it has its place a button is a window of its own.
        asked, ran_out = line.state == "asked", line.state == "lapsed"
        self.keep.setVisible(asked)
        self.times.setVisible(not ran_out)
        self.take.setVisible(not asked)
        self.free.setVisible(not ran_out)
        ground.setVisible(bool(line.hold) and line.state in (*OPEN, "lapsed"))

    @property
    def acts(self) -> tuple[QPushButton, ...]:
        """Its buttons, in order."""
        return (self.keep, self.take, self.times, self.free)

    def _name(self, line: TradeLine) -> None:
        asked, there = line.state == "asked", line.stock >= line.quantity
        words = {
            "keep": translate("Holds", "Keep 48 h"), "take": translate("Holds", "Collected"),
            "times": translate("Holds", "Other time…") if asked else translate("Holds", "Extend…"),
            "free": translate("Holds", "Say no") if asked else translate("Holds", "Let go"),
        }  # fmt: skip
        for act, (key, text) in zip(
            (self.keep, self.take, self.times, self.free), words.items(), strict=True
        ):
            act.setObjectName(f"{key}-{line.hold}")
            act.setText("" if key == "times" else text)
            act.setAccessibleName(f"{text}: {product_name(line)}")
        self.times.setIcon(icons.icon("clock", 16, theme.color("ink_soft")))
        self.times.setToolTip(words["times"])
        self.keep.setEnabled(there)
        self.times.setEnabled(there or not asked)
        self.take.setToolTip(translate("Holds", "She has it: sold at the price of now"))
