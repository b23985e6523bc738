"""For how long something is kept: a menu of usual times, and a window to choose any other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QDate, QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from console.domain.holds import MAX_KEPT, MIN_KEPT, can_extend, can_last
from console.ui import icons, queue_phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.views.inbox.snooze import SnoozeWindow

_HOUR: Final = timedelta(hours=1)
LENGTHS: Final = (1, 4, 24, 48, 72, 168)
LONGER: Final = (1, 4, 24, 48, 168)
"""Hours that are offered."""


class KeepMenu(QMenu):
    """``chosen`` carries until when; throws itself away when closed.

    ``until``: when what is kept already ends; without it a time from now on is chosen.
    """

    chosen = Signal(object)

    def __init__(self, clock: ShopClock, parent: QWidget, until: datetime | None = None) -> None:
        super().__init__(parent)
        self._over, self._clock, self._until = parent, clock, until
        self.setObjectName("keep_menu")
        now = clock.now()
        begin = now if until is None else max(now, clock.local(until))
        for hours in LENGTHS if until is None else LONGER:
            end = begin + hours * _HOUR
            if end - now <= MAX_KEPT:
                self._add(hours, end)
        self.addSeparator()
        ink = theme.color("ink_soft")
        self.other = self.addAction(
            icons.icon("calendar", 18, ink), translate("Holds", "Choose a time…")
        )
        self.other.triggered.connect(self._choose)
        self.aboutToHide.connect(self.deleteLater)

    def _add(self, hours: int, end: datetime) -> None:
        words = span(hours) if self._until is None else translate("Holds", "{span} longer").format(
            span=span(hours))  # fmt: skip
        when = queue_phrases.moment_ahead(end, self._clock)
        icon = icons.icon("clock", 18, theme.color("ink_soft"))
        action = self.addAction(icon, f"{words} · {when}")
        action.triggered.connect(lambda: self.chosen.emit(end))

    def _choose(self) -> None:
        window = KeepWindow(self._clock, self._over, self._until)
        window.chosen.connect(self.chosen)
        window.open()

    def open_below(self, anchor: QPushButton) -> None:
        """Show it at a button, its first line chosen."""
        self.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        if self.actions():
            self.setActiveAction(self.actions()[0])


class KeepWindow(SnoozeWindow):
    """A date and a time within what is allowed."""

    def __init__(self, clock: ShopClock, parent: QWidget, until: datetime | None) -> None:
        self._kept = until is not None
        super().__init__(clock, parent)
        if until is not None:
            local = clock.local(until)
            self.day.setDate(QDate(local.year, local.month, local.day))
            self.time.setTime(self.time.time().fromString(f"{local:%H:%M}", "HH:mm"))
        self.day.setMaximumDate(self.day.minimumDate().addDays(MAX_KEPT.days))

    def fault_of(self, moment: datetime) -> str:
        """Why it cannot be kept until then, "" if it can."""
        allowed = can_extend if self._kept else can_last
        if allowed(self._clock.now(), moment):
            return ""
        minutes = int(MIN_KEPT.total_seconds() // 60)
        words = translate("Holds", "Between {minutes} minutes and {days} days from now")
        return words.format(minutes=minutes, days=MAX_KEPT.days)

    def _speak(self) -> None:
        super()._speak()
        title = translate("Holds", "Keep until")
        self.setWindowTitle(title)
        self._title.setText(title)
        self.save.setText(translate("Holds", "Keep"))


def span(hours: int) -> str:
    """``4 小时``, ``3 天``; up to two days in hours."""
    if hours <= 48:
        return counted(hours, translate("Holds", "1 hour"), translate("Holds", "{n} hours"))
    return counted(hours // 24, translate("Holds", "1 day"), translate("Holds", "{n} days"))


def hours_until(until: datetime, clock: ShopClock) -> float:
    """How many hours it is until then."""
    return (until - clock.now()) / _HOUR
