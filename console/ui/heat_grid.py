"""Hours of a week as coloured cells, the fuller the darker; a cell is read out on demand.

The pointer or the arrows choose it.  Knows no use case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from console.ui import draw, fonts, hour_phrases, theme
from console.ui.chart import OPEN_KEYS, Chart
from console.ui.chart_table import Cell, ChartTable, words
from console.ui.i18n import translate

DAYS: Final = 7
HOURS: Final = 24
_LEFT, _TOP, _BOTTOM, _GAP, _INSET = 44.0, 4.0, 24.0, 2.0, 6.0
_STEPS: Final = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0),
                 Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Home: (0, -HOURS),
                 Qt.Key.Key_End: (0, HOURS)}  # fmt: skip

Place = tuple[int, int]
"""Weekday (0 is Monday) and hour."""


class HeatGrid(Chart):
    """``chosen`` is emitted for the cell to be read out; whoever shows it gives ``said``."""

    chosen = Signal(int, int)
    cell_requested = Signal(int, int)
    """Weekday and hour: who is behind this cell."""

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[Place, float] = {}
        self.current: Place | None = None
        self.said = ""

    def sizeHint(self) -> QSize:
        """Cells that are nearly square."""
        return QSize(680, 250)

    def minimumSizeHint(self) -> QSize:
        """Smaller cells cannot be told apart."""
        return QSize(330, 170)

    def show_values(self, values: Mapping[Place, float]) -> None:
        """Show these; what is missing is 0."""
        self._values = dict(values)
        self.refresh()

    def say(self, text: str) -> None:
        """What the cell that is read out says, for screen readers."""
        self.said = text
        self.read_anew()

    def spoken(self) -> str:
        """What was said of the cell."""
        return self.said

    def table(self) -> ChartTable:
        """A row for each weekday, a column for each hour."""
        head = (words(translate("Heat", "Day")), *(words(f"{hour}:00") for hour in range(HOURS)))
        return ChartTable(head, tuple(
            (words(hour_phrases.weekday(day)), *(
                Cell(f"{value:.1f}", f"{value:.4g}")
                for value in (self._values.get((day, hour), 0.0) for hour in range(HOURS))
            )) for day in range(DAYS)
        ))  # fmt: skip

    def box(self, place: Place) -> QRectF:
        """Where a cell is."""
        day, hour = place
        wide, high = self._cell
        return QRectF(_LEFT + hour * wide, _TOP + day * high, wide - _GAP, high - _GAP)

    @property
    def _cell(self) -> tuple[float, float]:
        """Width and height of a cell with its gap."""
        return (self.width() - _LEFT - 2) / HOURS, (self.height() - _TOP - _BOTTOM) / DAYS

    def paint_still(self, painter: QPainter) -> None:
        """Paint days, hours and cells."""
        small, faint = fonts.font(theme.TINY_PX), theme.color("ink_faint")
        for day in range(DAYS):
            line = self.box((day, 0))
            name = hour_phrases.weekday(day, short=True)
            # Inside the ring that tells where the keyboard is.
            room = QRectF(_INSET, line.top(), _LEFT - 2 * _INSET, line.height())
            draw.text_line(painter, room, name, small, faint)
        for hour in range(0, HOURS, 2):
            below = self.box((DAYS - 1, hour))
            room = QRectF(below.center().x() - 16, self.height() - _BOTTOM + 4, 32, 18)
            draw.text_line(painter, room, str(hour), small, faint, Qt.AlignmentFlag.AlignHCenter)
        self._paint_cells(painter)

    def _paint_cells(self, painter: QPainter) -> None:
        most = max(self._values.values(), default=0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in ((day, hour) for day in range(DAYS) for hour in range(HOURS)):
            painter.setBrush(theme.color("line_soft"))
            painter.drawRoundedRect(self.box(place), 4, 4)
            value = self._values.get(place, 0.0)
            if value:
                full = QColor(theme.color("accent_ink"))
                full.setAlphaF(0.12 + 0.88 * value / most)
                painter.setBrush(full)
                painter.drawRoundedRect(self.box(place), 4, 4)

    def paint_reading(self, painter: QPainter) -> None:
        """Paint which cell is read out."""
        if self.current is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)  # in ink: it must show on the fullest cell
            painter.setPen(QPen(theme.color("ink"), 2))
            painter.drawRoundedRect(self.box(self.current), 4, 4)

    def _choose(self, place: Place) -> None:
        if place != self.current:
            self.current = place
            self.update()
            self.chosen.emit(*place)

    def _place(self, at: QPointF) -> Place | None:
        wide, high = self._cell
        day, hour = int((at.y() - _TOP) // high), int((at.x() - _LEFT) // wide)
        return (day, hour) if 0 <= day < DAYS and 0 <= hour < HOURS else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the cell below the pointer out."""
        place = self._place(event.position())
        if place is not None:
            self._choose(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the cell that was clicked."""
        place = self._place(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(place)
            self.cell_requested.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go from cell to cell, Enter opens one."""
        day, hour = self.current or (0, 0)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._choose((min(max(day + step[0], 0), DAYS - 1),
                          min(max(hour + step[1], 0), HOURS - 1)))  # fmt: skip
        elif event.key() in OPEN_KEYS and self.current is not None:
            self.cell_requested.emit(*self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The fullest cell is read out first."""
        super().focusInEvent(event)
        if self.current is None:
            self._choose(max(self._values, key=lambda place: self._values[place], default=(0, 0)))
