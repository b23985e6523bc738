"""The section of the fitting rooms.

Its page is made, and its modules loaded, when it is first shown: no start waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from console.desk.ports import DeskPorts
from console.ui.tasks import Tasks
from console.ui.widgets import snug

if TYPE_CHECKING:
    from console.views.bookings.page import BookingsPage


class BookingsScreen(QFrame):
    """Empty until it is shown."""

    complained = Signal(str)
    """Something did not work; the value is one clear sentence."""
    member_wanted = Signal(int)
    booking_wanted = Signal(object, int)
    """A slot (or ``None``: any) and a room (0: any) in which somebody is to be booked."""

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._desks = desks
        self.tasks = Tasks(self)
        self.page: BookingsPage | None = None
        self.setProperty("look", "paper")

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is now."""
        super().showEvent(event)
        if self.page is None:
            self.page = self._make()
        self.page.reload()

    def _make(self) -> BookingsPage:
        from console.views.bookings.page import BookingsPage  # noqa: PLC0415

        page = BookingsPage(self._desks, self.tasks)
        page.complained.connect(self.complained)
        page.member_wanted.connect(self.member_wanted)
        page.booking_wanted.connect(self.booking_wanted)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(page)
        return page

    async def close_down(self) -> None:
        """End what runs for it."""
        if self.page is not None:
            self.page.stop()
        await self.tasks.close()
