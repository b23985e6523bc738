"""Choosing a moment to come, to the minute, in the shop's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.clock import ShopClock
from console.ui.date_calendar import name_arrows
from console.ui.forms import roomy
from console.ui.i18n import translate
from console.ui.widgets import button, label, snug

_MOST = timedelta(days=90)


class WhenWindow(QDialog):
    """Any minute of the next weeks, in the shop's time."""

    chosen = Signal(object)

    def __init__(
        self, clock: ShopClock, parent: QWidget | None, at: datetime | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("When", "Send later"))
        self.edit = roomy(QDateTimeEdit())
        self.edit.setCalendarPopup(True)
        name_arrows(self.edit.calendarWidget())
        self.edit.setDisplayFormat("yyyy-MM-dd  HH:mm")
        now = clock.now()
        self._fault = label("fault", wrap=True)
        self._fault.hide()
        self.edit.dateTimeChanged.connect(lambda _: self._fault.hide())
        self.edit.setDateTime(_naive(clock.local(at) if at else now + timedelta(hours=2)))
        words = label("soft", wrap=True)
        words.setText(translate("When", "It is sent at this moment, in the shop's time."))
        self.accept_button, cancel = button("primary"), button()
        self.accept_button.setText(translate("When", "Choose"))
        self.accept_button.setDefault(True)
        cancel.setText(translate("When", "Cancel"))
        self.accept_button.clicked.connect(self._choose)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self.moment))
        self.edit.setAccessibleName(translate("When", "Date and time"))
        buttons, layout = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        snug(layout, 20, 18, 20, 16, spacing=14)
        for part in (words, self.edit, self._fault):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.setMinimumWidth(340)

    def _choose(self) -> None:
        now = self._clock.now()
        if self.moment <= now:
            self._complain(translate("When", "This time is past; choose one to come"))
        elif self.moment - now > _MOST:
            self._complain(translate("When", "At most 90 days ahead; choose an earlier time"))
        else:
            self.accept()

    def _complain(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()
        self.adjustSize()
        self.edit.setAccessibleDescription(sentence)

    @property
    def fault_text(self) -> str:
        """What is wrong with the time, "" when nothing is."""
        return "" if self._fault.isHidden() else self._fault.text()

    @property
    def moment(self) -> datetime:
        """What is chosen, in UTC."""
        date, at = self.edit.date(), self.edit.time()
        zone = self._clock.now().tzinfo
        local = datetime(date.year(), date.month(), date.day(), at.hour(), at.minute(), tzinfo=zone)
        return local.astimezone(UTC)


def _naive(moment: datetime) -> QDateTime:
    day = QDate(moment.year, moment.month, moment.day)
    return QDateTime(day, QTime(moment.hour, moment.minute))
