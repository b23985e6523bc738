"""The page of the fitting rooms: head, board and the chosen fitting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.desk.fitting_types import BoardDay, FittingItem
from console.desk.ports import DeskPorts
from console.domain.fittings import Slot, State
from console.ui import reasons
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.notices import Banner, EmptyState
from console.ui.tasks import Reload, Tasks
from console.ui.undo import UndoBar
from console.ui.widgets import snug, speaks
from console.views.bookings import words
from console.views.bookings.board import Board
from console.views.bookings.head import Head
from console.views.bookings.pane import Pane
from console.views.bookings.rooms_window import RoomsWindow
from console.wire.errors import Refusal


class BookingsPage(QWidget):
    """Wires the parts to the port."""

    complained = Signal(str)
    member_wanted = Signal(int)
    booking_wanted = Signal(object, int)

    def __init__(self, desks: DeskPorts, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._inbox, self._tasks = desks.fittings, desks.inbox, tasks
        self._clock = ShopClock(desks.inbox.me.timezone)
        self.day: BoardDay | None = None
        self._chosen = ""
        self.head = Head(self._clock, may_edit=self._port.may_edit)
        self.board, self.pane = Board(self._clock), Pane(self._clock)
        self.empty, self.offline = EmptyState("fitting"), Banner("offline")
        self._pages, self._rooms = QStackedWidget(), list[RoomsWindow]()
        self._reading = Reload(tasks, self._read)
        self._arrange()
        self.bar = UndoBar(self, self.board, self.height)
        self._connect()
        self._stops: tuple[Callable[[], None], ...] = (
            self._port.on_changed(self.reload), self._inbox.on_link(lambda _: self._show_link()),
        )  # fmt: skip
        self._show_link()
        self._speak()

    def _arrange(self) -> None:
        left, row, holder = QVBoxLayout(), QHBoxLayout(self), QWidget()
        snug(left)
        snug(row)
        inside = QVBoxLayout(holder)
        snug(inside, 16, 14, 16, 14)
        inside.addWidget(self.board)
        for page in (QWidget(), self.empty, holder):
            self._pages.addWidget(page)
        for part in (self.head, self.offline):
            left.addWidget(part)
        left.addWidget(self._pages, 1)
        row.addLayout(left, 1)
        row.addWidget(self.pane)

    def _connect(self) -> None:
        self.head.asked.connect(lambda _: self.reload())
        self.head.book_wanted.connect(lambda: self.booking_wanted.emit(None, 0))
        self.head.rooms_wanted.connect(self.edit_rooms)
        self.board.chosen.connect(self._choose)
        self.board.free_wanted.connect(self.booking_wanted)
        self.board.moved.connect(self._move)
        self.pane.settled.connect(self._settle)
        self.pane.cancelled.connect(self._cancel)
        self.pane.chat_wanted.connect(self.member_wanted)
        self.empty.button.clicked.connect(self._on_empty)
        for command, run in (
            ("fittings.back", partial(self.head.go, -1)), ("fittings.on", partial(self.head.go, 1)),
            ("fittings.today", lambda: self.head.show_day(self._clock.today())),
            ("fittings.undo", self.bar.undo),
        ):  # fmt: skip
            keymap().bind(command, self, run)

    # --- what is shown --------------------------------------------------------------------

    def reload(self) -> None:
        """Something changed, another day is wanted, or the page is shown."""
        if self.isVisible() or self.day is None:
            self._reading.start()

    async def _read(self) -> None:
        day = await self._port.day(self.head.day)
        if day.day != self.head.day:
            return
        self.day = day
        self.board.show_day(day)
        self._show()
        for window in self._rooms:
            window.show_day(day)

    def _show(self) -> None:
        day = self.day
        if day is None:
            return
        self._pages.setCurrentIndex(2 if day.rooms and day.slots else 1)
        self.head.book.setEnabled(bool(day.rooms))
        self._say_empty(day)
        item = self.item
        self.pane.setVisible(bool(day.rooms and day.slots))
        self.pane.show_item(day, item)

    @property
    def item(self) -> FittingItem | None:
        """The chosen fitting, while it is on this day."""
        found = self.day.fittings if self.day is not None else ()
        return next((each for each in found if each.client_id == self._chosen), None)

    def _choose(self, client_id: str) -> None:
        self._chosen = client_id
        self._show()

    def _say_empty(self, day: BoardDay) -> None:
        if not day.rooms and self._port.may_edit:
            self.empty.say(
                translate("Bookings", "No fitting rooms yet"),
                translate("Bookings", "Name the rooms, and members can book them on their phone."),
                translate("Bookings", "Add rooms…"),
            )
        elif not day.rooms:
            self.empty.say(translate("Bookings", "No fitting rooms yet"),
                           translate("Bookings", "The owner can add them here."))  # fmt: skip
        else:
            self.empty.say(translate("Bookings", "Closed on this day"), "",
                           translate("Bookings", "The next day"))  # fmt: skip

    def _on_empty(self) -> None:
        if self.day is not None and not self.day.rooms:
            self.edit_rooms()
        else:
            self.head.go(1)

    def _show_link(self) -> None:
        self.offline.setVisible(self._inbox.link.phase in {"offline", "connecting"})

    # --- changing -------------------------------------------------------------------------

    def edit_rooms(self) -> RoomsWindow | None:
        """Open the list of rooms."""
        if self.day is None:
            return None
        window = RoomsWindow(self._port, self._tasks, self.day, self.window())
        self._rooms.append(window)
        window.finished.connect(lambda _: self._rooms.remove(window))
        window.open()
        return window

    def _named(self, client_id: str) -> FittingItem | None:
        found = self.day.fittings if self.day is not None else ()
        return next((each for each in found if each.client_id == client_id), None)

    def _move(self, client_id: str, slot: Slot, room_id: int) -> None:
        item = self._named(client_id)
        if item is None or (item.starts_at, item.room_id) == (slot.starts_at, room_id):
            return
        there = replace(item, starts_at=slot.starts_at, ends_at=slot.ends_at, room_id=room_id)
        said = translate("Bookings", "{name}: {time}").format(
            name=item.name, time=words.span(there, self._clock)
        )
        back = partial(self._port.move, there, item.starts_at, item.room_id)
        work = self._port.move(item, slot.starts_at, room_id)
        self._tasks.spawn(self._do(work, said, back, item.client_id))

    def _settle(self, outcome: str) -> None:
        item = self.item
        if item is not None:
            said = f"{item.name}: {words.state(replace(item, state=outcome, waits=False))}"
            back = partial(self._port.settle, item, item.state)
            self._tasks.spawn(self._do(self._port.settle(item, outcome), said, back))

    def _cancel(self) -> None:
        item = self.item
        if item is not None:
            said = translate("Bookings", "{name}'s fitting is cancelled").format(name=item.name)
            back = partial(self._port.settle, item, State.BOOKED.value)
            self._tasks.spawn(self._do(self._port.cancel(item), said, back))

    async def _do(
        self, work: Awaitable[None], said: str,
        back: Callable[[], Awaitable[None]] | None = None, show: str = "",
    ) -> None:  # fmt: skip
        """Do it and offer to take it back; a refusal is said and the board shows what is."""
        try:
            await work
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
        else:
            undo = None if back is None else lambda: self._undo(back, show)
            self.bar.say(said, undo)
        await self._reading.now()
        if show:
            self.board.show_fitting(show)

    def _undo(self, back: Callable[[], Awaitable[None]], show: str) -> None:
        said = translate("Bookings", "Taken back")
        self._tasks.spawn(self._do(back(), said, None, show))

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.offline.say(translate(
            "Bookings", "No line to the relay. What you book now is asked for, and granted or"
            " refused when the line is back."
        ))  # fmt: skip
        self._show()

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()
