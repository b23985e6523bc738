"""Spans of days and birthdays, chosen with lists, numbers and a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.birthdays import MAX_AHEAD, Ahead, Dates, Named, Window
from console.domain.members import is_birthday
from console.domain.segments import ALWAYS
from console.domain.spans import FIRST_YEAR, LAST_YEAR, MAX_AGO, UNITS, Ago, Day, Span, This, When
from console.ui.date_calendar import name_arrows
from console.ui.i18n import translate
from console.ui.widgets import label, snug
from console.views.campaigns.segment_parts import Part, combo, number_field
from console.views.campaigns.segment_words import unit_text

_LAST_DEFAULT: Final = Ago(30, "day")


class WhenPart(Part):
    """Always, lately, this week, month or year, or from one day to another."""

    def __init__(self, when: When) -> None:
        super().__init__()
        self.mode = combo(_modes(), _mode_of(when), translate("Segments", "When"))
        lately = when.first if isinstance(when, Span) and isinstance(when.first, Ago) else None
        self.last = _AgoPart(lately or _LAST_DEFAULT)
        span = when if isinstance(when, Span) else ALWAYS
        assert isinstance(span, Span)
        self.first = _DayPart(span.first, translate("Segments", "From"))
        self.until = _DayPart(span.last, translate("Segments", "To"))
        top, column = QHBoxLayout(), QVBoxLayout(self)
        snug(column, spacing=6)
        snug(top, spacing=6)
        top.addWidget(self.mode, 1)
        top.addWidget(self.last)
        column.addLayout(top)
        column.addWidget(self.first)
        column.addWidget(self.until)
        self.mode.activated.connect(self._on_mode)
        for part in (self.last, self.first, self.until):
            part.changed.connect(self.changed)
        self._show()

    def _on_mode(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        mode = self.mode.currentData()
        self.last.setVisible(mode == "last")
        self.first.setVisible(mode == "days")
        self.until.setVisible(mode == "days")

    @property
    def value(self) -> When | None:
        """The span; ``None`` while it is none."""
        mode = self.mode.currentData()
        if mode == "always":
            return ALWAYS
        if mode == "last":
            return Span(self.last.value) if self.last.value is not None else None
        if mode != "days":
            return This(mode)
        first, last = self.first.value, self.until.value
        if False in (first, last):
            return None
        if isinstance(first, date) and isinstance(last, date) and last < first:
            return None
        return Span(first, last)


def _modes() -> list[tuple[str, str]]:
    return [
        ("always", translate("Segments", "At any time")),
        ("last", translate("Segments", "In the last")),
        ("week", translate("Segments", "This week")),
        ("month", translate("Segments", "This month")),
        ("year", translate("Segments", "This year")),
        ("days", translate("Segments", "From … to …")),
    ]


def _mode_of(when: When) -> str:
    if isinstance(when, This):
        return when.unit
    if when == ALWAYS:
        return "always"
    return "last" if isinstance(when.first, Ago) and when.last is None else "days"


class _AgoPart(Part):
    """So many days, weeks, months or years."""

    def __init__(self, ago: Ago) -> None:
        super().__init__()
        self.number = number_field(str(ago.amount), translate("Segments", "How many"))
        self.number.setFixedWidth(52)
        units = [(unit, unit_text(unit)) for unit in UNITS]
        self.unit = combo(units, ago.unit, translate("Segments", "Unit"))
        row = QHBoxLayout(self)
        snug(row, spacing=6)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        self.number.textEdited.connect(self.changed)
        self.unit.activated.connect(self.changed)

    @property
    def value(self) -> Ago | None:
        """The day that far back."""
        text = self.number.text().strip()
        if not (text.isascii() and text.isdigit()) or int(text) > MAX_AGO:
            return None
        return Ago(int(text), self.unit.currentData())


class _DayPart(Part):
    """One end of a span: open, a date, or so long before today; ``False`` is unsound."""

    def __init__(self, day: Day | None, name: str) -> None:
        super().__init__()
        kind = "open" if day is None else "ago" if isinstance(day, Ago) else "date"
        kinds = [
            ("open", translate("Segments", "open")),
            ("date", translate("Segments", "date")),
            ("ago", translate("Segments", "before today")),
        ]
        words = label("soft")
        words.setText(name)
        words.setFixedWidth(34)
        self.kind = combo(kinds, kind, name)
        self.date = QDateEdit()
        self.date.setCalendarPopup(True)
        name_arrows(self.date.calendarWidget())
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        shown = day if isinstance(day, date) else date.today()  # noqa: DTZ011 - a calendar's page
        self.date.setDate(QDate(shown.year, shown.month, shown.day))
        self.date.setAccessibleName(name)
        self.ago = _AgoPart(day if isinstance(day, Ago) else _LAST_DEFAULT)
        row = QHBoxLayout(self)
        snug(row, spacing=6)
        for part in (words, self.kind, self.date, self.ago):
            row.addWidget(part)
        row.addStretch(1)
        self.kind.activated.connect(self._on_kind)
        self.date.dateChanged.connect(self.changed)
        self.ago.changed.connect(self.changed)
        self._show()

    def _on_kind(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.date.setVisible(self.kind.currentData() == "date")
        self.ago.setVisible(self.kind.currentData() == "ago")

    @property
    def value(self) -> Any:
        """The day, ``None`` for open."""
        kind = self.kind.currentData()
        if kind == "open":
            return None
        if kind == "date":
            shown = self.date.date()
            return date(shown.year(), shown.month(), shown.day())
        return self.ago.value or False


class WindowPart(Part):
    """When a birthday is kept."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.mode = combo(_windows(), _window_mode(window), translate("Segments", "When"))
        days = window.days if isinstance(window, Ahead) else 7
        self.days = number_field(str(days), translate("Segments", "Days"))
        ends = (window.first, window.last) if isinstance(window, Dates) else ("", "")
        self.first = _day_field(ends[0], translate("Segments", "From"))
        self.until = _day_field(ends[1], translate("Segments", "To"))
        self._ahead, self._between = _beside(self.days, translate("Segments", "days")), QWidget()
        row = QHBoxLayout(self._between)
        snug(row, spacing=6)
        dash = label("soft")
        dash.setText("–")
        for part in (self.first, dash, self.until):
            row.addWidget(part)
        row.addStretch(1)
        top, column = QHBoxLayout(), QVBoxLayout(self)
        snug(column, spacing=6)
        snug(top, spacing=6)
        top.addWidget(self.mode, 1)
        top.addWidget(self._ahead)
        column.addLayout(top)
        column.addWidget(self._between)
        self.mode.activated.connect(self._on_mode)
        for field in (self.days, self.first, self.until):
            field.textEdited.connect(self.changed)
        self._show()

    def _on_mode(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._ahead.setVisible(self.mode.currentData() == "ahead")
        self._between.setVisible(self.mode.currentData() == "dates")

    @property
    def value(self) -> Window | None:
        """The window; ``None`` while it is none."""
        mode = self.mode.currentData()
        if mode == "today":
            return Ahead(0)
        if mode == "ahead":
            text = self.days.text().strip()
            sound = text.isascii() and text.isdigit() and int(text) <= MAX_AHEAD
            return Ahead(int(text)) if sound else None
        if mode != "dates":
            return Named(mode)
        first, last = self.first.text().strip(), self.until.text().strip()
        return Dates(first, last) if is_birthday(first) and is_birthday(last) else None


def _windows() -> list[tuple[str, str]]:
    return [
        ("today", translate("Segments", "Today")),
        ("ahead", translate("Segments", "In the next")),
        ("week", translate("Segments", "This week")),
        ("month", translate("Segments", "This month")),
        ("next_month", translate("Segments", "Next month")),
        ("dates", translate("Segments", "From … to …")),
    ]


def _window_mode(window: Window) -> str:
    if isinstance(window, Ahead):
        return "ahead" if window.days else "today"
    return window.name if isinstance(window, Named) else "dates"


def _day_field(text: str, name: str) -> QLineEdit:
    made = number_field(text, name)
    made.setPlaceholderText("12-20")
    return made


def _beside(field: QWidget, words: str) -> QWidget:
    made, text = QWidget(), label("soft")
    text.setText(words)
    row = QHBoxLayout(made)
    snug(row, spacing=6)
    row.addWidget(field)
    row.addWidget(text)
    return made
