"""The shop's fitting rooms: named, made, removed; and how long a fitting takes."""

from __future__ import annotations

from collections.abc import Awaitable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.fitting_types import BoardDay, RoomItem
from console.desk.fittings_port import FittingsPort
from console.domain.fittings import MAX_NAME, MAX_ROOMS, SLOT_LENGTHS
from console.models.faults import NoLine, coded
from console.ui import reasons
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug
from console.ui.window_frame import add_foot, window_column
from console.wire.errors import Refusal


class RoomsWindow(QDialog):
    """Each change is made at once; the relay has the last word."""

    def __init__(self, port: FittingsPort, tasks: Tasks, day: BoardDay, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._port, self._tasks, self._day = port, tasks, day
        title, lead = label("title"), label("soft", wrap=True)
        title.setText(translate("Bookings", "Fitting rooms"))
        lead.setText(translate(
            "Bookings", "Members see when a room is free, never who has it."))  # fmt: skip
        self.setWindowTitle(title.text())
        self._rows, self.slot, self._fault = QVBoxLayout(), QComboBox(), label("fault", wrap=True)
        self.name, self.add, self.ready = line_edit(longest=MAX_NAME), button(), button("primary")
        self.add.setText(translate("Bookings", "Add a room"))
        self.ready.setText(translate("Bookings", "Done"))
        for minutes in SLOT_LENGTHS:
            self.slot.addItem(translate("Bookings", "{n} minutes").format(n=minutes), minutes)
        self.slot.setCurrentIndex(SLOT_LENGTHS.index(day.minutes))
        field, column = Field(self.slot), window_column(self, 24, 20, 24, 20, spacing=12)
        field.say(translate("Bookings", "One fitting takes"))
        self.name.setPlaceholderText(translate("Bookings", "Name of another room"))
        self.name.setAccessibleName(self.name.placeholderText())
        more = QHBoxLayout()
        snug(more, spacing=8)
        more.addWidget(self.name, 1)
        more.addWidget(self.add)
        snug(self._rows, spacing=8)
        column.addWidget(title)
        column.addWidget(lead)
        column.addLayout(self._rows)
        column.addLayout(more)
        column.addWidget(field)
        column.addWidget(self._fault)
        add_foot(column, self.ready, above=6)
        self.setFixedWidth(440)
        self._fault.hide()
        self.ready.setAutoDefault(False)
        self.add.setDefault(True)
        self.add.clicked.connect(self._make)
        self.ready.clicked.connect(self.accept)
        self.slot.activated.connect(lambda _: self._do(port.set_slot(self.slot.currentData())))
        self._fill()
        self.name.setFocus()

    def _fill(self) -> None:
        emptied(self._rows)
        for room in self._day.rooms:
            self._rows.addWidget(_RoomRow(room, self))
        full = len(self._day.rooms) >= MAX_ROOMS
        self.add.setEnabled(not full)
        self.name.setEnabled(not full)

    def _make(self) -> None:
        if self.name.text().strip():
            self._do(self._port.save_room("", self.name.text()))
            self.name.clear()

    def rename(self, room: RoomItem, name: str) -> None:
        """Give it another name."""
        if name.strip() and name != room.name:
            self._do(self._port.save_room(room.client_id, name))

    def remove(self, room: RoomItem) -> None:
        """Book nothing there any more."""
        self._do(self._port.remove_room(room.client_id))

    def _do(self, work: Awaitable[None]) -> None:
        self._tasks.spawn(self._try(work))

    async def _try(self, work: Awaitable[None]) -> None:
        fault = ""
        try:
            await coded(work)
        except NoLine:
            fault = translate("Bookings", "Rooms are changed when the line to the relay is back.")
        except Refusal as refusal:
            fault = reasons.sentence(refusal.code, refusal.parameters)
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self.show_day(await self._port.day(self._day.day))

    @property
    def fault_text(self) -> str:
        """What went wrong last."""
        return self._fault.text()

    def show_day(self, day: BoardDay) -> None:
        """Rooms as they are now."""
        if day.rooms != self._day.rooms:
            self._day = day
            self._fill()


class _RoomRow(QWidget):
    """A room's name, and its end."""

    def __init__(self, room: RoomItem, window: RoomsWindow) -> None:
        super().__init__()
        name: QLineEdit = line_edit(longest=MAX_NAME)
        remove = button("link")
        name.setText(room.name)
        name.setAccessibleName(translate("Bookings", "Name of the room"))
        remove.setText(translate("Bookings", "Remove"))
        remove.setAccessibleName(translate("Bookings", "Remove {name}").format(name=room.name))
        remove.setAutoDefault(False)
        row = QHBoxLayout(self)
        snug(row, spacing=8)
        row.addWidget(name, 1)
        row.addWidget(remove)
        name.editingFinished.connect(lambda: window.rename(room, name.text()))
        remove.clicked.connect(lambda: window.remove(room))
