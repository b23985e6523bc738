"""What a member has on hold, in her panel: kept with a press, or let go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.desk.types import TradeLine
from console.ui import coupon_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import button, snug, speaks
from console.views.inbox.panel_about import heading, section
from console.views.inbox.panel_trade import TradeRow, below, product_name

OPEN = ("asked", "confirmed")


class HoldsSection(QWidget):
    """Stays while the member is the same, so that the keyboard stays where it is."""

    keep_asked = Signal(object)
    let_go_asked = Signal(object)

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
        """What keeps (``keep``) or lets go of (``free``) a hold."""
        return self.findChild(QPushButton, f"{what}-{hold}")

    def _fill(self) -> None:
        held = self.focusWidget()
        kept = held.objectName() if held is not None and held.hasFocus() else ""
        emptied(self._rows)
        for line in self.shown:
            row = HoldRow(line, self._clock)
            row.keep_asked.connect(lambda each=line: self.keep_asked.emit(each))
            row.let_go_asked.connect(lambda each=line: self.let_go_asked.emit(each))
            self._rows.addWidget(row)
            for act in (row.keep, row.free):
                if kept and act.objectName() == kept:
                    act.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heading.setText(translate("MemberPane", "On hold"))
        self._fill()


class HoldRow(QWidget):
    """One hold and what can be done with it."""

    keep_asked = Signal()
    let_go_asked = Signal()

    def __init__(self, line: TradeLine, clock: ShopClock) -> None:
        super().__init__()
        self.keep, self.free = button("small"), button("link")
        name, asked = product_name(line), line.state == "asked"
        self.keep.setObjectName(f"keep-{line.hold}")
        self.keep.setText(translate("Holds", "Keep 48 h"))
        self.keep.setEnabled(line.stock >= line.quantity)
        self.free.setObjectName(f"free-{line.hold}")
        no, let_go = translate("Holds", "Say no"), translate("Holds", "Let go")
        self.free.setText(no if asked else let_go)
        for act in (self.keep, self.free):
            act.setAccessibleName(f"{act.text()}: {name}")
        self.keep.clicked.connect(self.keep_asked)
        self.free.clicked.connect(self.let_go_asked)
        ground, column = QWidget(), QVBoxLayout(self)
        acts = QHBoxLayout(ground)
        snug(acts, 47, 0, 0, 0, spacing=12)
        acts.addWidget(self.keep)
        acts.addWidget(self.free)
        acts.addStretch(1)
        snug(column, spacing=4)
        column.addWidget(TradeRow(line, hold_line(line, clock)))
        column.addWidget(ground)
        # Only now: shown before it has its place a button is a window of its own.
        self.keep.setVisible(asked)
        ground.setVisible(bool(line.hold) and line.state in OPEN)


def hold_line(line: TradeLine, clock: ShopClock) -> str:
    """The line under a hold: how many there are, or until when it is kept."""
    if line.state == "asked":
        left = translate("Holds", "asked for · {n} in stock").format(n=line.stock)
        return left if line.stock else translate("Holds", "asked for · none in stock")
    if line.state == "confirmed" and line.until is not None:
        return translate("Holds", "kept until {when}").format(
            when=coupon_phrases.moment(line.until, clock)
        )
    return below(line, clock)
