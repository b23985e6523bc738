"""Dates on which the shop stays shut: a calendar to click, and what was clicked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui import hour_phrases, phrases
from console.ui.date_calendar import DateCalendar
from console.ui.flow import FlowLayout
from console.ui.i18n import language, translate
from console.ui.section import emptied
from console.ui.widgets import button, label, snug, speaks


class ClosedDates(QWidget):
    """A click or Enter on a day closes it, another one opens it again."""

    edited = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self._closed: frozenset[date] = frozenset()
        self._title, self._words = label("soft"), label("tiny", wrap=True)
        self.calendar = DateCalendar(today)
        self.calendar.clicked.connect(self._toggle)
        self.calendar.activated.connect(self._toggle)
        self._chips_ground = QWidget()
        self.chips = FlowLayout(self._chips_ground, 6)
        right = QVBoxLayout()
        snug(right, spacing=8)
        right.addWidget(self._words)
        right.addWidget(self._chips_ground)
        right.addStretch(1)
        line = QHBoxLayout()
        snug(line, spacing=18)
        line.addWidget(self.calendar)
        line.addLayout(right, 1)
        column = QVBoxLayout(self)
        snug(column, spacing=8)
        column.addWidget(self._title)
        column.addLayout(line)
        self._show()

    @property
    def closed(self) -> frozenset[date]:
        """As entered; what is past is left out."""
        return self._closed

    def show_dates(self, dates: Iterable[date]) -> None:
        """Show these, without those that are past."""
        self._closed = frozenset(day for day in dates if day >= self.today)
        self._show()

    def _toggle(self, day: QDate) -> None:
        self._closed ^= {date(day.year(), day.month(), day.day())}
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.calendar.show_dates(self._closed)
        emptied(self.chips)
        for day in sorted(self._closed):
            self.chips.addWidget(self._chip(day))
        self._chips_ground.updateGeometry()
        self._speak()

    def _chip(self, day: date) -> QWidget:
        name = f"{phrases.month_day(day, self.today)} {hour_phrases.weekday(day.weekday())}"
        chip = button("chip")
        chip.setText(f"{name}   ×")
        chip.setAccessibleName(translate("Hours", "Open again on {day}").format(day=name))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(lambda: self._toggle(_qdate(day)))
        return chip

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._show()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Hours", "Days on which we stay shut"))
        self.calendar.setAccessibleName(self._title.text())
        self.calendar.setLocale(QLocale("zh_CN" if language() == "zh" else "en_GB"))
        text = translate(
            "Hours", "Click a day to close it: holidays, stocktaking, a trip to the fair."
        )
        if self._closed:
            text = translate("Hours", "Click a day again to open it.")
        self._words.setText(text)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
