"""All holds of the shop in one window: what waits, what is kept, what ends today, what ran out.

Enter or a click goes to the member, in whose panel each can be kept, extended or handed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QWidget,
)

from console.desk.hold_list import HoldItem, fits
from console.desk.ports import DeskPorts
from console.desk.types import Changed
from console.ui.clock import ShopClock
from console.ui.forms import line_edit
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.plain_table import PlainTable
from console.ui.tasks import Reload, Tasks
from console.ui.trade_row import hold_line, product_name
from console.ui.widgets import Chip, button, label, snug, speaks
from console.ui.window_frame import window_column

PARTS: Final = ("all", "asked", "kept", "today", "ran_out")
_TABLES: Final = frozenset({"hold", "member", "product", "variant", "outbox"})
_TICK_MS: Final = 15_000


class HoldsWindow(QDialog):
    """Opened with ``open()``; throws itself away when closed."""

    member_wanted = Signal(int)

    def __init__(self, desks: DeskPorts, clock: ShopClock, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._port, self._clock = desks.holds, clock
        self._items: list[HoldItem] = []
        self.shown: list[HoldItem] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self.search = label("title"), line_edit()
        self.search.setProperty("look", "search")
        self.search.setClearButtonEnabled(True)
        self.chips = {part: Chip() for part in PARTS}
        self._group = QButtonGroup(self)
        self.table, self.empty = PlainTable(3, {0: 150, 1: 230}, 38, ()), EmptyState("hold")
        self._pages, self.leave = QStackedWidget(), button()
        self._reading = Reload(tasks, self._read)
        self._arrange()
        self._connect()
        stop = desks.inbox.on_changed(self._on_changed)
        self._over = False
        self.finished.connect(lambda _: self._end(stop))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._fill)
        self._timer.start()
        self._speak()
        self._reading.start()
        self.search.setFocus()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        column.addWidget(self._title)
        column.addWidget(self.search)
        row, foot = QHBoxLayout(), QHBoxLayout()
        snug(row, spacing=8)
        for chip in self.chips.values():
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        column.addLayout(row)
        for page in (self.table, self.empty):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        snug(foot)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column.addLayout(foot)
        self.chips["all"].setChecked(True)
        self.setFixedSize(660, 520)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._fill())
        self.search.returnPressed.connect(self._enter)
        self._group.buttonClicked.connect(lambda _: self._fill())
        self.table.chosen.connect(self._open)
        self.empty.button.clicked.connect(self._show_all)
        self.leave.clicked.connect(self.reject)

    def _end(self, stop: Callable[[], None]) -> None:
        self._over = True
        self._timer.stop()
        stop()

    # --- what is shown --------------------------------------------------------------------

    async def _read(self) -> None:
        found = await self._port.all_of_shop()
        # Closed meanwhile, there is nothing left to show them in.
        if not self._over:
            self._items = found
            self._fill()

    def _on_changed(self, changed: Changed) -> None:
        if changed.everything or not changed.tables.isdisjoint(_TABLES):
            self._reading.start()

    @property
    def part(self) -> str:
        """Which part of them is shown."""
        return next(part for part, chip in self.chips.items() if chip.isChecked())

    def _is_in(self, item: HoldItem, part: str) -> bool:
        line = item.line
        if part == "today":
            today = self._clock.today()
            ends = line.until is not None and self._clock.local(line.until).date() == today
            return line.state == "confirmed" and ends
        states = {"asked": "asked", "kept": "confirmed", "ran_out": "lapsed"}
        return part == "all" or line.state == states[part]

    def _fill(self) -> None:
        found = [item for item in self._items if fits(item, self.search.text())]
        names = self._part_names()
        for part, chip in self.chips.items():
            count = sum(self._is_in(item, part) for item in found)
            chip.setText(f"{names[part]} {count}")
        self.shown = [item for item in found if self._is_in(item, self.part)]
        self.table.setRowCount(len(self.shown))
        for row, item in enumerate(self.shown):
            self.table.put(row, 0, item.member, strong=True)
            many = f" × {item.line.quantity}" if item.line.quantity > 1 else ""
            self.table.put(row, 1, product_name(item.line) + many)
            over = item.line.state == "lapsed"
            self.table.put(row, 2, hold_line(item.line, self._clock), faint=over)
        self._pages.setCurrentWidget(self.table if self.shown else self.empty)
        self._say_empty()

    def _say_empty(self) -> None:
        if self._items:
            self.empty.say(translate("HoldList", "Nothing here fits"), "",
                           translate("HoldList", "Show all"))  # fmt: skip
        else:
            self.empty.say(translate("HoldList", "Nothing is kept for anybody"), translate(
                "HoldList", "What members ask for and what you keep for them stands here."
            ))  # fmt: skip

    # --- keys -----------------------------------------------------------------------------

    def _enter(self) -> None:
        if self.shown:
            self.table.setFocus()
            self.table.setCurrentCell(0, 0)

    def _show_all(self) -> None:
        self.search.clear()
        self.chips["all"].setChecked(True)
        self._fill()
        self.search.setFocus()

    def _open(self, row: int) -> None:
        self.member_wanted.emit(self.shown[row].member_id)
        self.accept()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    @staticmethod
    def _part_names() -> dict[str, str]:
        return {
            "all": translate("HoldList", "All"), "asked": translate("HoldList", "To confirm"),
            "kept": translate("HoldList", "Kept"), "today": translate("HoldList", "Ends today"),
            "ran_out": translate("HoldList", "Ran out"),
        }  # fmt: skip

    def _speak(self) -> None:
        title = translate("HoldList", "Holds")
        self.setWindowTitle(title)
        self._title.setText(title)
        self.search.setPlaceholderText(
            translate("HoldList", "Member, pinyin, item, colour or size")
        )
        self.search.setAccessibleName(self.search.placeholderText())
        self.table.setAccessibleName(title)
        self.table.say_head((
            translate("HoldList", "Member"), translate("HoldList", "Item"),
            translate("HoldList", "How it stands"),
        ))  # fmt: skip
        self.leave.setText(translate("HoldList", "Close"))
        self._fill()
