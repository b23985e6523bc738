"""Head of the board: which day, forward and back, book, rooms."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from console.ui import hour_phrases, icons, phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.widgets import button, label, repaints, snug, speaks


class Head(QFrame):
    """Emits ``asked`` when another day is wanted."""

    asked = Signal(object)
    book_wanted = Signal()
    rooms_wanted = Signal()

    def __init__(self, clock: ShopClock, *, may_edit: bool) -> None:
        super().__init__()
        self._clock, self.day = clock, clock.today()
        self.setProperty("look", "header")
        self._title, self._date = label("title"), label("heading")
        self.back, self.forward, self.today = button("flat"), button("flat"), button()
        self.rooms, self.book = button(), button("primary")
        row = QHBoxLayout(self)
        snug(row, 22, 12, 22, 12, spacing=8)
        row.addWidget(self._title)
        row.addSpacing(16)
        for part in (self.back, self.today, self.forward):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self._date, 1)
        row.addWidget(self.rooms)
        row.addWidget(self.book)
        self.rooms.setVisible(may_edit)
        self.back.clicked.connect(lambda: self.go(-1))
        self.forward.clicked.connect(lambda: self.go(1))
        self.today.clicked.connect(lambda: self.show_day(self._clock.today()))
        self.book.clicked.connect(self.book_wanted)
        self.rooms.clicked.connect(self.rooms_wanted)
        self._draw()
        self._speak()

    def go(self, days: int) -> None:
        """So many days on."""
        self.show_day(self.day + timedelta(days=days))

    def show_day(self, day: date) -> None:
        """Want another day."""
        if day != self.day:
            self.day = day
            self._speak()
            self.asked.emit(day)

    @property
    def text(self) -> str:
        """The day as it is written."""
        return self._date.text()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, in the new palette."""
        if speaks(event):
            self._speak()
        if repaints(event):
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        for part, name in ((self.back, "chevron-left"), (self.forward, "chevron-right")):
            _dress(part, name)

    def _speak(self) -> None:
        self._title.setText(translate("Bookings", "Fittings"))
        day = phrases.month_day(self.day, self._clock.today())
        self._date.setText(f"{day} · {hour_phrases.weekday(self.day.weekday())}")
        self.today.setText(translate("Bookings", "Today"))
        self.book.setText(translate("Bookings", "Book a fitting…"))
        self.rooms.setText(translate("Bookings", "Rooms…"))
        for part, words in (
            (self.back, translate("Bookings", "The day before")),
            (self.forward, translate("Bookings", "The next day")),
        ):
            part.setAccessibleName(words)
            part.setToolTip(words)
        self.today.setEnabled(self.day != self._clock.today())


def _dress(part: QPushButton, name: str) -> None:
    part.setIcon(icons.icon(name, 18, theme.color("ink_soft")))
    part.setIconSize(QSize(18, 18))
