"""The window in which a fitting is booked: who, which day, which free time, which room."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from console.desk.fitting_types import BoardDay
from console.desk.members import MemberChoice
from console.desk.ports import DeskPorts
from console.domain.fittings import Slot
from console.ui import hour_phrases, icons, phrases, theme
from console.ui.clock import ShopClock
from console.ui.forms import Field
from console.ui.i18n import translate
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.widgets import LineLabel, button, label, snug
from console.ui.window_frame import add_foot, window_column

_SEARCH_MS: Final = 150
_FOUND: Final = 6
_DATA: Final = Qt.ItemDataRole.UserRole


class BookFittingWindow(QDialog):
    """``confirmed`` carries whose it is, her name, the room, when it begins, and the variants."""

    confirmed = Signal(int, str, int, object, list)

    def __init__(
        self, desks: DeskPorts, tasks: Tasks, clock: ShopClock, day: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._port, self._members, self._tasks = desks.fittings, desks.members, tasks
        self._clock, self.day = clock, day
        self.board: BoardDay | None = None
        self.member_id, self._name, self.variants = 0, "", list[int]()
        self._prefers: tuple[datetime, int] | None = None
        self._title, self._who = label("title"), LineLabel("strong")
        self.search, self.found = QLineEdit(), QListWidget()
        self._back, self._on, self._date = button("flat"), button("flat"), label("strong")
        self.times, self.room, self._none = QListWidget(), QComboBox(), label("soft", wrap=True)
        self.ok, self.leave = button("primary"), button()
        self._timer = once(self, _SEARCH_MS, lambda: self._tasks.spawn(self._find()))
        self._reading = Reload(tasks, self._read)
        self._arrange()
        self._speak()
        self._connect()
        self._stop = self._port.on_changed(self._reading.start)
        self.finished.connect(lambda _: self._stop())
        self._reading.start()
        self._allow()
        self.search.setFocus()

    def _arrange(self) -> None:
        column, days = window_column(self, 24, 20, 24, 20, spacing=10), QHBoxLayout()
        self.search.setProperty("look", "search")
        self.found.setProperty("look", "found")
        self.times.setProperty("look", "found")
        self.found.setFixedHeight(120)
        self.times.setMinimumHeight(180)
        snug(days, spacing=8)
        for part in (self._back, self._date, self._on):
            days.addWidget(part)
        days.addStretch(1)
        self._room_field = Field(self.room)
        who: tuple[QWidget, ...] = (self._title, self._who, self.search, self.found)
        for each in who:
            column.addWidget(each)
        column.addLayout(days)
        where: tuple[QWidget, ...] = (self.times, self._none, self._room_field)
        for each in where:
            column.addWidget(each)
        add_foot(column, self.leave, self.ok, above=6)
        self.resize(440, 560)
        self._who.hide()
        self.found.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.search.returnPressed.connect(self._take_first)
        self.found.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take)
        self._back.clicked.connect(lambda: self.show_day(self.day - timedelta(days=1)))
        self._on.clicked.connect(lambda: self.show_day(self.day + timedelta(days=1)))
        self.times.currentItemChanged.connect(lambda *_: self._offer_rooms())
        self.times.itemActivated.connect(lambda _: self._confirm())
        self.ok.clicked.connect(self._confirm)
        self.leave.clicked.connect(self.reject)

    def _speak(self) -> None:
        self._title.setText(translate("Bookings", "Book a fitting"))
        self.setWindowTitle(self._title.text())
        self.search.setPlaceholderText(
            translate("Bookings", "Member: name, pinyin or the last digits of the number")
        )
        self.search.setAccessibleName(self.search.placeholderText())
        self.found.setAccessibleName(translate("Bookings", "Members found"))
        self.times.setAccessibleName(translate("Bookings", "Free times"))
        self._room_field.say(translate("Bookings", "Room"))
        self.ok.setText(translate("Bookings", "Book"))
        self.leave.setText(translate("Bookings", "Cancel"))
        for part, icon, words in (
            (self._back, "chevron-left", translate("Bookings", "The day before")),
            (self._on, "chevron-right", translate("Bookings", "The next day")),
        ):
            part.setIcon(icons.icon(icon, 18, theme.color("ink_soft")))
            part.setIconSize(QSize(18, 18))
            part.setAccessibleName(words)
            part.setToolTip(words)
        for part in (self._back, self._on, self.leave):
            part.setAutoDefault(False)

    # --- who ------------------------------------------------------------------------------

    def show_member(self, member_id: int, name: str) -> None:
        """Whose it is."""
        self.member_id, self._name = member_id, name
        self._who.say(name)
        self._who.show()
        self.search.hide()
        self.found.hide()
        self.times.setFocus()
        self._allow()

    async def _find(self) -> None:
        words = self.search.text()
        found = await self._members.find(words) if words.strip() else []
        if words == self.search.text() and not self.member_id:
            self.found.clear()
            for each in found[:_FOUND]:
                item = QListWidgetItem(" · ".join(part for part in (each.name, each.phone) if part))
                item.setData(_DATA, each)
                self.found.addItem(item)
            self.found.setVisible(bool(found))

    def _take_first(self) -> None:
        if self.found.count():
            self._take(self.found.item(0))

    def _take(self, item: QListWidgetItem) -> None:
        choice: MemberChoice = item.data(_DATA)
        self.show_member(choice.member_id, choice.name)

    # --- when and where -------------------------------------------------------------------

    def prefer(self, starts_at: datetime, room_id: int) -> None:
        """Choose that time and room once they are known, if they are free."""
        self._prefers = (starts_at, room_id)

    def show_day(self, day: date) -> None:
        """Another day, never one that is over."""
        if day >= self._clock.today():
            self.day = day
            self._reading.start()

    async def _read(self) -> None:
        board = await self._port.day(self.day)
        if board.day != self.day:
            return
        kept = self.slot
        self.board = board
        wanted = self._prefers[0] if self._prefers else kept.starts_at if kept else None
        now = self._clock.now()
        free = [slot for slot in board.slots if slot.ends_at > now and board.free_rooms(slot)]
        self.times.clear()
        for slot in free:
            item = QListWidgetItem(self._line(board, slot))
            item.setData(_DATA, slot)
            self.times.addItem(item)
            if slot.starts_at == wanted:
                self.times.setCurrentItem(item)
        if free and self.slot is None:
            self.times.setCurrentRow(0)
        self._say_day(board, free)

    def _line(self, board: BoardDay, slot: Slot) -> str:
        begin, end = self._clock.local(slot.starts_at), self._clock.local(slot.ends_at)
        rooms = " · ".join(room.name for room in board.free_rooms(slot))
        return f"{begin:%H:%M}–{end:%H:%M}    {rooms}"

    def _say_day(self, board: BoardDay, free: list[Slot]) -> None:
        day = phrases.month_day(board.day, self._clock.today())
        self._date.setText(f"{day} · {hour_phrases.weekday(board.day.weekday())}")
        self._back.setEnabled(board.day > self._clock.today())
        if not board.rooms:
            words = translate("Bookings", "No fitting rooms yet")
        elif board.closed:
            words = translate("Bookings", "Closed on this day")
        else:
            words = "" if free else translate("Bookings", "Nothing is free on this day")
        self._none.setText(words)
        self._none.setVisible(bool(words))
        self.times.setVisible(bool(free))
        self._offer_rooms()

    @property
    def slot(self) -> Slot | None:
        """The time that is chosen."""
        item = self.times.currentItem()
        found: Slot | None = None if item is None else item.data(_DATA)
        return found

    def _offer_rooms(self) -> None:
        slot, kept = self.slot, self.room.currentData()
        if self._prefers is not None and slot is not None and slot.starts_at == self._prefers[0]:
            kept, self._prefers = self._prefers[1], None
        self.room.clear()
        for room in self.board.free_rooms(slot) if self.board and slot else ():
            self.room.addItem(room.name, room.room_id)
        self.room.setCurrentIndex(max(0, self.room.findData(kept)))
        self._allow()

    def _allow(self) -> None:
        self.ok.setEnabled(bool(self.member_id) and self.slot is not None)

    def _confirm(self) -> None:
        slot = self.slot
        if self.ok.isEnabled() and slot is not None:
            self.confirmed.emit(self.member_id, self._name, int(self.room.currentData()),
                                slot.starts_at, self.variants)  # fmt: skip
            self.accept()
