"""A month to click dates in: chosen ones stand out, past ones are faint."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QDate, QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from console.ui import draw, fonts, theme
from console.ui.i18n import translate
from console.ui.widgets import repaints, speaks

_YEARS = 2
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class DateCalendar(QCalendarWidget):
    """From today on; ``clicked`` and ``activated`` tell the date."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._dates: frozenset[QDate] = frozenset()
        self._today = QDate(today.year, today.month, today.day)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setMinimumDate(self._today)
        self.setMaximumDate(self._today.addYears(_YEARS))
        # Qt begins with the computer's day, which is not always the shop's.
        self.setSelectedDate(self._today)
        self.setFixedSize(330, 262)
        self._dress()
        name_arrows(self)

    def show_dates(self, dates: Collection[date]) -> None:
        """Let these stand out."""
        self._dates = frozenset(QDate(day.year, day.month, day.day) for day in dates)
        self.updateCells()

    def paintCell(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, day: QDate | date
    ) -> None:
        """One day; the frame is where the keyboard is."""
        shown = day if isinstance(day, QDate) else QDate(day.year, day.month, day.day)
        chosen, past = shown in self._dates, shown < self._today
        box = QRectF(0, 0, 34, 28)
        box.moveCenter(QRectF(rect).center())
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(theme.color("alert_soft"))
            painter.drawRoundedRect(box, 8, 8)
        if shown == self.selectedDate():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent_ink"), 1.5))
            painter.drawRoundedRect(box, 8, 8)
        other = past or shown.month() != self.monthShown()
        ink = "alert_ink" if chosen else "ink_faint" if other else "ink"
        font = fonts.font(theme.SMALL_PX, 700 if chosen else 400)
        painter.setOpacity(0.55 if other and not chosen else 1.0)
        middle = Qt.AlignmentFlag.AlignCenter
        draw.text_line(painter, box, str(shown.day()), font, theme.color(ink), middle)
        painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        """Wear the new palette, speak the new language."""
        if repaints(event):
            self._dress()
        elif speaks(event):
            name_arrows(self)
        super().changeEvent(event)

    def _dress(self) -> None:
        plain = QTextCharFormat()
        plain.setForeground(theme.color("ink_soft"))
        self.setHeaderTextFormat(plain)
        for day in _WEEKEND:
            self.setWeekdayTextFormat(day, plain)


def name_arrows(calendar: QCalendarWidget) -> None:
    """Say what the two arrows of a calendar do, which Qt draws without words."""
    for arrow, words in (
        ("qt_calendar_prevmonth", translate("Calendar", "Month before")),
        ("qt_calendar_nextmonth", translate("Calendar", "Next month")),
    ):
        for found in calendar.findChildren(QToolButton, arrow):
            found.setAccessibleName(words)
