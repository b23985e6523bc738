"""What a member is told of when it is back, in her panel: her place, and the way out of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.desk.types import TradeLine
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import button, snug, speaks
from console.views.inbox.panel_about import heading, section
from console.views.inbox.panel_trade import TradeRow, product_name


class WaitsSection(QWidget):
    """Stays while the member is the same, so that the keyboard stays where it is."""

    leave_asked = Signal(object)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._waits: tuple[TradeLine, ...] = ()
        self._gone = ""
        self._heading, self._rows = heading(""), QVBoxLayout()
        column = section(self)
        column.addWidget(self._heading)
        snug(self._rows, spacing=8)
        column.addLayout(self._rows)
        self._speak()

    def show_waits(self, waits: Sequence[TradeLine]) -> None:
        """Show these, in their order."""
        if tuple(waits) != self._waits:
            self._waits = tuple(waits)
            self._fill()

    def hide_place(self, place: str) -> None:
        """Not show this one until another is named; "": show all."""
        self._gone = place
        self._fill()

    @property
    def shown(self) -> list[TradeLine]:
        """What it shows, in order."""
        return [each for each in self._waits if each.hold != self._gone]

    def button_of(self, place: str) -> QPushButton | None:
        """What gives up a place."""
        return self.findChild(QPushButton, f"leave-{place}")

    def _fill(self) -> None:
        held = self.focusWidget()
        kept = held.objectName() if held is not None and held.hasFocus() else ""
        emptied(self._rows)
        for line in self.shown:
            row = _WaitRow(line, self._clock)
            row.leave.clicked.connect(lambda _=False, each=line: self.leave_asked.emit(each))
            self._rows.addWidget(row)
            if kept and row.leave.objectName() == kept:
                row.leave.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heading.setText(translate("MemberPane", "Told when it is back"))
        self._fill()


class _WaitRow(QWidget):
    """One thing she waits for."""

    def __init__(self, line: TradeLine, clock: ShopClock) -> None:
        super().__init__()
        self.leave = button("link")
        self.leave.setObjectName(f"leave-{line.hold}")
        self.leave.setText(translate("Waits", "Waits no longer"))
        self.leave.setAccessibleName(f"{self.leave.text()}: {product_name(line)}")
        acts, column = QHBoxLayout(), QVBoxLayout(self)
        snug(acts, 40, 0, 0, 0)
        acts.addWidget(self.leave)
        acts.addStretch(1)
        snug(column, spacing=4)
        column.addWidget(TradeRow(line, place_line(line, clock)))
        column.addLayout(acts)


def place_line(line: TradeLine, clock: ShopClock) -> str:
    """Her place and since when; without one the relay has not heard of it."""
    if not line.place:
        return translate("Waits", "waits for the line to the relay")
    said = translate("Waits", "place {n} in line").format(n=line.place)
    if line.place == 1:
        said = translate("Waits", "next in line")
    since = phrases.day_name(line.at, clock) if line.at is not None else ""
    return " · ".join(part for part in (said, since) if part)
