"""Opening hours of a week, day by day: shut, or one span and more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from console.domain.hours import MAX_SPANS, Day, Span
from console.ui import hour_phrases
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import button, label, snug, speaks

_USUAL: Final[Span] = (600, 1290)
_HIGH: Final = 38
_AFTERNOON: Final[Span] = (1020, 1320)


class WeekEditor(QWidget):
    """Seven rows; ``edited`` after every change by hand."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.days = [DayRow(number) for number in range(7)]
        column = QVBoxLayout(self)
        snug(column, spacing=6)
        for row in self.days:
            row.edited.connect(self.edited)
            column.addWidget(row)
        self.alike = button("link")
        self.alike.clicked.connect(self._like_monday)
        column.addWidget(self.alike, 0, Qt.AlignmentFlag.AlignLeft)
        self._speak()

    @property
    def week(self) -> tuple[Day, ...]:
        """As entered."""
        return tuple(row.spans for row in self.days)

    def show_week(self, week: Sequence[Day]) -> None:
        """Show these hours."""
        for row, spans in zip(self.days, week, strict=True):
            row.show_spans(spans)

    def fault(self, day: int | None, sentence: str = "") -> None:
        """Mark the day that is wrong; ``None``: none is."""
        for number, row in enumerate(self.days):
            row.fault(sentence if number == day else "")

    def _like_monday(self) -> None:
        self.show_week([self.days[0].spans] * 7)
        self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.alike.setText(translate("Hours", "Every day like Monday"))


class DayRow(QWidget):
    """One day: whether it is open, and its spans."""

    edited = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._last: Day = (_USUAL,)
        self.open = QCheckBox()
        self.open.setMinimumSize(120, _HIGH)
        self.open.clicked.connect(self._switch)
        self.more = button("link")
        self._shut, self._fault = label("faint"), label("fault", wrap=True)
        for part in (self.more, self._shut):
            part.setMinimumHeight(_HIGH)
        self.more.clicked.connect(self._add)
        self._lines = QVBoxLayout()
        snug(self._lines, spacing=4)
        line = QHBoxLayout()
        snug(line, spacing=10)
        line.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._lines)
        line.addWidget(self._shut)
        line.addStretch(1)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        snug(column, spacing=2)
        column.addLayout(line)
        column.addWidget(self._fault)
        self.rows: list[SpanRow] = []
        self.show_spans(())
        self.fault("")

    @property
    def spans(self) -> Day:
        """As entered, in order."""
        return tuple(sorted(row.span for row in self.rows))

    def show_spans(self, spans: Day) -> None:
        """Show these hours; the same again change nothing under somebody's fingers."""
        if spans != self.spans or not self.rows:
            emptied(self._lines)
            self.rows = [self._row(span) for span in spans]
        self._arrange()

    def fault(self, sentence: str) -> None:
        """What is wrong here, "" when nothing is."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    @property
    def fault_text(self) -> str:
        """What is wrong here."""
        return self._fault.text()

    def _row(self, span: Span) -> SpanRow:
        row = SpanRow(self._number, span)
        row.edited.connect(self._on_edited)
        row.left.connect(lambda: self._remove(row))
        self._lines.addWidget(row)
        return row

    def _on_edited(self) -> None:
        self._last = self.spans
        self.edited.emit()

    def _switch(self, on: bool) -> None:
        if self.rows:
            self._last = self.spans
        self.show_spans(self._last if on else ())
        self.edited.emit()

    def _add(self) -> None:
        last = self.rows[-1].span
        begin = max(last[1] + 60, _AFTERNOON[0]) if last[1] > last[0] else _AFTERNOON[0]
        row = self._row((begin % 1440, max(begin + 60, _AFTERNOON[1]) % 1440))
        self.rows.append(row)
        self._arrange()
        row.opens.setFocus()
        self._on_edited()

    def _remove(self, row: SpanRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._arrange()
        self._on_edited()

    def _arrange(self) -> None:
        is_open = bool(self.rows)
        self.open.setChecked(is_open)
        self._shut.setVisible(not is_open)
        self.more.setVisible(0 < len(self.rows) < MAX_SPANS)
        for row in self.rows:
            row.leave.setVisible(len(self.rows) > 1)
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        day = hour_phrases.weekday(self._number)
        self.open.setText(day)
        self.open.setAccessibleName(translate("Hours", "Open on {day}").format(day=day))
        self._shut.setText(hour_phrases.day(()))
        self.more.setText(translate("Hours", "Add a span"))
        name = translate("Hours", "Add a span on {day}").format(day=day)
        self.more.setAccessibleName(name)


class SpanRow(QWidget):
    """From when to when; a time not after the first is on the next day."""

    edited = Signal()
    left = Signal()

    def __init__(self, day: int, span: Span) -> None:
        super().__init__()
        self._day = day
        self.opens, self.closes = _time_edit(span[0]), _time_edit(span[1])
        self._dash, self._next = label("soft"), label("tiny")
        self._dash.setText("–")
        self.leave = button("link")
        self.leave.clicked.connect(self.left)
        line = QHBoxLayout(self)
        snug(line, spacing=8)
        for part in (self.opens, self._dash, self.closes, self._next, self.leave):
            line.addWidget(part)
        line.addStretch(1)
        for edit in (self.opens, self.closes):
            edit.timeChanged.connect(self._on_changed)
        self._speak()

    @property
    def span(self) -> Span:
        """As entered."""
        return _minutes(self.opens), _minutes(self.closes)

    def _on_changed(self) -> None:
        self._speak()
        self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        opens, closes = self.span
        whole = translate("Hours", "all day") if opens == closes else translate("Hours", "next day")
        self._next.setText(whole if closes <= opens and closes else "")
        day = hour_phrases.weekday(self._day)
        self.opens.setAccessibleName(translate("Hours", "{day}, opens at").format(day=day))
        self.closes.setAccessibleName(translate("Hours", "{day}, closes at").format(day=day))
        self.leave.setText(translate("Hours", "Remove"))
        span = hour_phrases.day((self.span,))
        self.leave.setAccessibleName(
            translate("Hours", "Remove {span} on {day}").format(span=span, day=day)
        )


def _time_edit(minute: int) -> QTimeEdit:
    made = QTimeEdit(QTime(minute // 60 % 24, minute % 60))
    made.setDisplayFormat("HH:mm")
    made.setWrapping(True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedWidth(78)
    return made


def _minutes(edit: QTimeEdit) -> int:
    return edit.time().hour() * 60 + edit.time().minute()
