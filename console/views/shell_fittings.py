"""Ways to a fitting: from a member's chat and from the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.ports import DeskPorts
from console.domain.fittings import Slot
from console.ui import phrases, reasons
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.views.bookings import BookingsScreen
from console.views.inbox import InboxScreen
from console.wire.errors import Refusal

if TYPE_CHECKING:
    from console.views.book_fitting import BookFittingWindow


class ToFittings(QObject):
    """Opens the window that books, and books."""

    complained = Signal(str)

    def __init__(
        self, desks: DeskPorts, inbox: InboxScreen, bookings: BookingsScreen, clock: ShopClock,
        shell: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(shell)
        self._desks, self._tasks, self._clock, self._shell = desks, inbox.tasks, clock, shell
        self._bookings = bookings
        bookings.booking_wanted.connect(self.open_at)
        inbox.fitting_wanted.connect(self.open_for)

    def open_for(
        self, member_id: int, name: str, variants: Sequence[int] = ()
    ) -> BookFittingWindow:
        """Book for her."""
        window = self._window(self._clock.today())
        window.show_member(member_id, name)
        window.variants = list(variants)
        window.open()
        return window

    def open_at(self, slot: Slot | None, room_id: int) -> BookFittingWindow:
        """Book in that place, or wherever there is one on the day that is shown."""
        page = self._bookings.page
        day = page.head.day if page is not None else self._clock.today()
        window = self._window(day)
        if slot is not None:
            window.prefer(slot.starts_at, room_id)
        window.open()
        return window

    def _window(self, day: date) -> BookFittingWindow:
        # Its module is loaded when somebody is first booked: no start waits for it.
        from console.views.book_fitting import BookFittingWindow  # noqa: PLC0415

        window = BookFittingWindow(self._desks, self._tasks, self._clock, day,
                                   self._shell.window())  # fmt: skip
        window.confirmed.connect(lambda *parts: self._tasks.spawn(self._book(*parts)))
        return window

    async def _book(
        self, member_id: int, name: str, room_id: int, starts_at: datetime, variants: list[int]
    ) -> None:
        up = self._desks.inbox.link.phase not in {"offline", "connecting"}
        try:
            await self._desks.fittings.book(member_id, room_id, starts_at, variants)
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
            return
        there = self._clock.local(starts_at)
        when = f"{phrases.month_day(there.date(), self._clock.today())} {there:%H:%M}"
        said = (translate("Bookings", "{name} is booked: {when}") if up
                else translate("Bookings", "Asked for {name}: {when}. It is granted or refused when"
                               " the line is back."))  # fmt: skip
        self.complained.emit(said.format(name=name, when=when))
