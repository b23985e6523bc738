"""Putting a conversation off: a menu of times, and a small window to choose one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QEvent, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QMenu,
    QTimeEdit,
    QWidget,
)

from console.desk.snoozes import SnoozeChoice
from console.ui import icons, phrases, queue_phrases, theme
from console.ui.clock import ShopClock
from console.ui.date_calendar import name_arrows
from console.ui.forms import Field
from console.ui.i18n import translate
from console.ui.widgets import button, label, snug, speaks
from console.ui.window_frame import add_foot, window_column


class SnoozeMenu(QMenu):
    """The usual times, those used lately, another one; throws itself away when closed."""

    chosen = Signal(object, bool)
    """Until when (``None``: back now), and whether the time was used by hand before."""
    other = Signal()
    """A time is to be chosen by hand."""

    def __init__(
        self, choices: Sequence[SnoozeChoice], clock: ShopClock, *, asleep: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setObjectName("snooze_menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ink = theme.color("ink_soft")
        if asleep:
            back = self.addAction(icons.icon("bell", 18, ink), translate("Snooze", "Back now"))
            back.triggered.connect(lambda: self.chosen.emit(None, False))
            self.addSeparator()
        used = [choice for choice in choices if choice.kind == "used"]
        for choice in (each for each in choices if each.kind != "used"):
            self._add(choice)
        if used:
            self.addSeparator()
        for choice in used:
            self._add(choice)
        self.addSeparator()
        other = self.addAction(
            icons.icon("calendar", 18, ink), translate("Snooze", "Choose a time…")
        )
        other.setObjectName("other")
        other.triggered.connect(self.other)

    def _add(self, choice: SnoozeChoice) -> None:
        named = choice.kind in {"tomorrow", "monday"}
        when = (phrases.clock_time if named else queue_phrases.moment_ahead)(
            choice.until, self._clock
        )
        name = queue_phrases.snooze_choice(choice.kind)
        icon = icons.icon("clock", 18, theme.color("ink_soft"))
        action = self.addAction(icon, f"{name} · {when}")
        action.setObjectName(choice.kind)
        by_hand = choice.kind == "used"
        action.triggered.connect(lambda: self.chosen.emit(choice.until, by_hand))


class SnoozeWindow(QDialog):
    """A date and a time; ``chosen`` carries the moment, aware, in the shop's zone."""

    chosen = Signal(object)

    def __init__(self, clock: ShopClock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        begin = (clock.now() + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
        today = clock.today()
        self.day, self.time = QDateEdit(), QTimeEdit()
        self.day.setCalendarPopup(True)
        name_arrows(self.day.calendarWidget())
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.day.setMaximumDate(self.day.minimumDate().addDays(365))
        self.day.setDate(QDate(begin.year, begin.month, begin.day))
        self.time.setDisplayFormat("HH:mm")
        self.time.setTime(QTime(begin.hour, 0))
        self._title = label("title")
        self._day, self._time = Field(self.day), Field(self.time)
        self.save, self.leave = button("primary"), button()
        self.save.setDefault(True)
        self.save.clicked.connect(self._choose)
        self.leave.clicked.connect(self.reject)
        self.day.dateChanged.connect(lambda _: self._time.fault(""))
        self.time.timeChanged.connect(lambda _: self._time.fault(""))
        self._arrange()
        self._speak()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=14)
        row = QHBoxLayout()
        column.addWidget(self._title)
        snug(row, spacing=12)
        row.addWidget(self._day, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._time, 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        add_foot(column, self.leave, self.save)
        self.setFixedWidth(380)
        self.day.setFocus()

    def moment(self) -> datetime:
        """What is chosen, in the shop's zone."""
        day, time = self.day.date(), self.time.time()
        return self._clock.now().replace(
            year=day.year(), month=day.month(), day=day.day(), hour=time.hour(),
            minute=time.minute(), second=0, microsecond=0,
        )  # fmt: skip

    @property
    def fault_text(self) -> str:
        """What is wrong with the time."""
        return self._time.fault_text

    def fault_of(self, moment: datetime) -> str:
        """What is wrong with a moment, "" for nothing."""
        return translate("Snooze", "This time is past") if moment <= self._clock.now() else ""

    def _choose(self) -> None:
        moment = self.moment()
        fault = self.fault_of(moment)
        if fault:
            self._time.fault(fault)
            return
        self.chosen.emit(moment)
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        title = translate("Snooze", "Remind me at")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._day.say(translate("Snooze", "Day"))
        self._time.say(translate("Snooze", "Time"))
        self.day.setDisplayFormat(translate("Snooze", "ddd, MMM d, yyyy"))
        self.save.setText(translate("Snooze", "Put off"))
        self.leave.setText(translate("Snooze", "Cancel"))
