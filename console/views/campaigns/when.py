"""When a campaign leaves: in a minute, at a moment, or every week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QTime
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from console.domain import campaigns
from console.ui import campaign_phrases
from console.ui.clock import ShopClock
from console.ui.flow import FlowLayout
from console.ui.forms import roomy
from console.ui.i18n import translate
from console.ui.when import WhenWindow
from console.ui.widgets import Chip, label, snug, speaks
from console.views.campaigns.editing import Editing
from console.wire.campaign_rows import Weekly

_MORNING: Final = 10
_SOONEST: Final = timedelta(minutes=2)
_LATER: Final = timedelta(hours=2)


class WhenPart(QWidget):
    """The time of a draft."""

    def __init__(self, editing: Editing, clock: ShopClock, timezone: str) -> None:
        super().__init__()
        self._editing, self._clock, self._timezone = editing, clock, timezone
        self._title, self._note = label("heading"), label("tiny", wrap=True)
        self.now, self.soon, self.other, self.weekly = Chip(), Chip(), Chip(), Chip()
        self.day, self.time = QComboBox(), roomy(QTimeEdit())
        self.time.setDisplayFormat("HH:mm")
        self._every = QWidget()
        self._arrange()
        editing.changed.connect(self.show_draft)
        editing.stood.connect(self.show_draft)
        self.now.clicked.connect(lambda: self._choose(None, None))
        self.soon.clicked.connect(lambda: self._choose(self._next_morning(), None))
        self.other.clicked.connect(self._ask)
        self.weekly.clicked.connect(lambda: self._choose(None, Weekly(weekday=0, minute=600)))
        self.day.activated.connect(lambda _: self._change_weekly())
        self.time.timeChanged.connect(lambda _: self._change_weekly())
        self._speak()

    def _arrange(self) -> None:
        chips = QWidget()
        flow = FlowLayout(chips, 8)
        for chip in (self.now, self.soon, self.other, self.weekly):
            flow.addWidget(chip)
        row, column = QHBoxLayout(self._every), QVBoxLayout(self)
        snug(row, spacing=8)
        self.day.setMinimumWidth(120)
        self.time.setFixedWidth(96)
        row.addWidget(self.day)
        row.addWidget(self.time)
        row.addStretch(1)
        snug(column, spacing=8)
        for part in (self._title, chips, self._every, self._note):
            column.addWidget(part)

    # --- showing --------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show the draft's time."""
        draft, editable = self._editing.draft, self._editing.editable
        morning = self._next_morning()
        self.soon.setText(campaign_phrases.moment(morning, self._clock))
        self.now.setChecked(draft.due_at is None and draft.weekly is None)
        self.soon.setChecked(draft.due_at == morning)
        other = draft.due_at is not None and draft.due_at != morning
        self.other.setChecked(other)
        self.other.setText(
            campaign_phrases.moment(draft.due_at, self._clock)
            if other and draft.due_at is not None else translate("Campaigns", "Another time…")
        )  # fmt: skip
        self.weekly.setChecked(draft.weekly is not None)
        self._every.setVisible(draft.weekly is not None)
        if draft.weekly is not None:
            self.day.setCurrentIndex(draft.weekly.weekday)
            self.time.blockSignals(True)
            self.time.setTime(QTime(draft.weekly.minute // 60, draft.weekly.minute % 60))
            self.time.blockSignals(False)
        for part in (self.now, self.soon, self.other, self.weekly, self.day, self.time):
            part.setEnabled(editable and (draft.resent is None or part is not self.weekly))
        self._note.setText(self._warning())
        self._note.setVisible(editable)
        for chip in (self.now, self.soon, self.other, self.weekly):
            chip.setVisible(editable or chip.isChecked())
            chip.updateGeometry()

    def _warning(self) -> str:
        draft = self._editing.draft
        now = self._clock.now()
        at = draft.due_at or now
        if draft.weekly is not None:
            minute = draft.weekly.minute
            quiet = minute >= campaigns.QUIET_FROM or minute < campaigns.QUIET_UNTIL
        else:
            quiet = campaigns.is_quiet(at, self._timezone)
        if draft.due_at is not None and draft.due_at <= now:
            return translate("Campaigns", "This time is past: it would leave in a minute.")
        if quiet:
            return translate("Campaigns", "Quiet hours 21:30–9:00: it waits until 9:00.")
        return translate("Campaigns", "Nothing leaves in the quiet hours 21:30–9:00.")

    def _next_morning(self) -> datetime:
        now = self._clock.now()
        at = now.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
        at = at if at > now + _SOONEST else at + timedelta(days=1)
        local = datetime(at.year, at.month, at.day, _MORNING, tzinfo=now.tzinfo)
        return local.astimezone(UTC)

    def _proposed(self) -> datetime:
        """In about two hours, at a full or half hour that is not quiet."""
        later = self._clock.now() + _LATER
        even = later.replace(minute=later.minute // 30 * 30, second=0, microsecond=0)
        return campaigns.allowed_from(even, self._timezone)

    # --- changing -------------------------------------------------------------------------

    def _choose(self, due_at: datetime | None, weekly: Weekly | None) -> None:
        self._editing.change("", due_at=due_at, weekly=weekly)
        self.show_draft()

    def _ask(self) -> None:
        at = self._editing.draft.due_at or self._proposed()
        window = WhenWindow(self._clock, self, at)
        window.chosen.connect(lambda at: self._choose(at, None))
        window.finished.connect(lambda _: self.show_draft())
        window.open()

    def _change_weekly(self) -> None:
        if self._editing.draft.weekly is None:
            return
        at = self.time.time()
        weekly = Weekly(weekday=max(0, self.day.currentIndex()),
                        minute=at.hour() * 60 + at.minute())  # fmt: skip
        self._editing.change("weekly", weekly=weekly)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "When"))
        self.now.setText(translate("Campaigns", "Now (in 60 seconds)"))
        self.weekly.setText(translate("Campaigns", "Every week"))
        chosen = self.day.currentIndex()
        self.day.clear()
        self.day.addItems([campaign_phrases.weekday(day) for day in range(7)])
        self.day.setCurrentIndex(chosen)
        self.day.setAccessibleName(translate("Campaigns", "Day of the week"))
        self.time.setAccessibleName(translate("Campaigns", "Time of the day"))
        self.show_draft()
