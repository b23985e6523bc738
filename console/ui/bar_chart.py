"""Bars side by side, painted: one for each month with a goal to reach, or a distribution.

The pointer or the arrows read a bar out.  Knows no use case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from console.ui import draw, fonts, theme
from console.ui.chart import (
    OPEN_KEYS,
    Chart,
    Note,
    paint_below,
    paint_note,
    paint_values,
    top_count,
    top_share,
)
from console.ui.chart_table import Cell, ChartTable, words

_LEFT, _TOP, _RIGHT, _BOTTOM = 46.0, 12.0, 18.0, 28.0
_WIDEST: Final = 46.0
_LABEL_GAP: Final = 10.0
_TITLE_HIGH: Final = 16.0
_TITLE_FEWEST: Final = 52
"""A title with less room says nothing."""
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1_000,
                 Qt.Key.Key_End: 1_000}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        key: what it stands for, told when it is opened; ``name``: the same in words.
        label: below it; in a distribution, at its left edge.  ``title``: below that, its
            end at least, where bars are far enough apart for it.
        value: its height; ``None``: not known, or too few to tell.
        told: lines that read it out.
        low, high: the interval of the value, where it has one.
        cells: its row in the table.
    """

    key: str
    name: str
    label: str
    value: float | None
    told: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    cells: tuple[Cell, ...] = ()
    title: str = ""


class BarChart(Chart):
    """``shares``: values are 0–1 and written as per cent, otherwise whole numbers.

    ``touching``: a distribution, whose bars have the labels of their edges.
    """

    bar_requested = Signal(str)
    """Key of a bar: who is behind it."""

    def __init__(self, *, shares: bool = False, touching: bool = False) -> None:
        super().__init__()
        self._shares, self._touching = shares, touching
        self._bars: list[Bar] = []
        self._head: tuple[Cell, ...] = ()
        self._goal: tuple[float, str] | None = None
        self._end, self._at = "", -1

    def sizeHint(self) -> QSize:
        """Wide enough for a year of months."""
        return QSize(480, 240)

    def minimumSizeHint(self) -> QSize:
        """Smaller bars cannot be told apart."""
        return QSize(280, 170)

    # --- what it holds --------------------------------------------------------------------

    def show_bars(
        self, bars: Sequence[Bar], head: Sequence[str], *,
        goal: tuple[float, str] | None = None, end: str = "",
    ) -> None:  # fmt: skip
        """Show these, with the heads of their table's columns.

        ``goal``: a value to reach and its name; ``end``: the label of a distribution's last edge.
        """
        kept = self.reading.key if self.reading is not None else ""
        self._bars, self._goal, self._end = list(bars), goal, end
        self._head = tuple(words(each) for each in head)
        self._at = next((n for n, bar in enumerate(self._bars) if bar.key == kept), -1)
        self.refresh()

    @property
    def bars(self) -> list[Bar]:
        """What it shows."""
        return list(self._bars)

    @property
    def reading(self) -> Bar | None:
        """The bar that is read out."""
        return self._bars[self._at] if self._at >= 0 else None

    def table(self) -> ChartTable:
        """A row for each bar."""
        return ChartTable(self._head, tuple(bar.cells for bar in self._bars))

    def spoken(self) -> str:
        """The bar read out, or the last one."""
        bar = self.reading or (self._bars[-1] if self._bars else None)
        return ", ".join((bar.name, *bar.told)) if bar is not None else ""

    # --- places ---------------------------------------------------------------------------

    @property
    def top(self) -> float:
        """The value at the upper edge."""
        values = [value for bar in self._bars for value in (bar.value, bar.high)
                  if value is not None]  # fmt: skip
        most = max((*values, self._goal[0] if self._goal is not None else 0.0), default=0.0)
        return top_share(most) if self._shares else top_count(most)

    def _room(self) -> QRectF:
        wide, high = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM
        if any(bar.title for bar in self._bars):
            high -= _TITLE_HIGH
        return QRectF(_LEFT, _TOP, max(wide, 1.0), max(high, 1.0))

    def _slot(self, number: int) -> QRectF:
        room = self._room()
        wide = room.width() / max(len(self._bars), 1)
        return QRectF(room.left() + number * wide, room.top(), wide, room.height())

    def box(self, number: int) -> QRectF:
        """Where a bar is."""
        slot, value = self._slot(number), self._bars[number].value or 0.0
        wide = slot.width() - 1 if self._touching else min(slot.width() * 0.62, _WIDEST)
        high = slot.height() * min(value / self.top, 1.0)
        return QRectF(slot.center().x() - wide / 2, slot.bottom() - high, wide, high)

    def y_of(self, value: float) -> float:
        """How high a value lies."""
        room = self._room()
        return room.bottom() - room.height() * min(value / self.top, 1.0)

    # --- painted --------------------------------------------------------------------------

    def paint_still(self, painter: QPainter) -> None:
        """Paint the axes, the bars and the goal."""
        paint_values(painter, self._room(), self.top, self.value_words())
        for number in range(len(self._bars)):
            self.paint_bar(painter, number)
        self._paint_labels(painter)
        if self._goal is not None:
            self._paint_goal(painter, *self._goal)

    def value_words(self) -> Callable[[float], str]:
        """How values are written at the left."""
        if self._shares:
            return lambda share: f"{share * 100:g} %"
        return lambda count: f"{count:,.0f}"

    def paint_bar(self, painter: QPainter, at: int) -> None:
        """Paint the bar at a place."""
        bar, box = self._bars[at], self.box(at)
        if bar.value is None:
            paint_unknown(painter, box)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_ink"))
        painter.drawRoundedRect(box, 2, 2)
        if bar.low is not None and bar.high is not None:
            paint_interval(painter, box.center().x(), self.y_of(bar.low), self.y_of(bar.high))

    def _paint_labels(self, painter: QPainter) -> None:
        """As many as there is room for, the last always."""
        room, labels = self._room(), [bar.label for bar in self._bars]
        if self._touching:
            labels.append(self._end)
        widest = max((draw.width_of(label, theme.TINY_PX) for label in labels), default=0.0)
        wide = self._slot(0).width()
        every = max(1, int((widest + _LABEL_GAP) // wide) + 1)
        for number, label in enumerate(labels):
            if (len(labels) - 1 - number) % every == 0:
                slot = self._slot(number)
                x = slot.left() if self._touching else slot.center().x()
                paint_below(painter, x, room, label, widest + 4)
        for number in range(len(self._bars)):
            centre, lower = self._slot(number).center().x(), room.translated(0, _TITLE_HIGH)
            paint_below(painter, centre, lower, self.title_shown(number), wide)

    def title_shown(self, number: int) -> str:
        """The title of a bar as far as there is room below it."""
        room = int(self._slot(number).width() - _LABEL_GAP)
        title = self._bars[number].title
        return draw.end_of(title, theme.TINY_PX, room) if room >= _TITLE_FEWEST else ""

    def _paint_goal(self, painter: QPainter, value: float, name: str) -> None:
        room, y = self._room(), round(self.y_of(value)) + 0.5
        painter.setPen(QPen(theme.color("warn_ink"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        wide = draw.width_of(name, theme.TINY_PX) + 8
        at_left = QRectF(room.left(), y - 20, wide, 18)
        at_right = at_left.translated(room.width() - wide, 0)
        bars = [self.box(number) for number in range(len(self._bars))]
        ground = min((at_left, at_right), key=lambda box: sum(map(box.intersects, bars)))
        painter.fillRect(ground, theme.color("surface"))  # its name stands before any bar
        draw.text_line(painter, ground, name, fonts.font(theme.TINY_PX), theme.color("warn_ink"),
                       Qt.AlignmentFlag.AlignHCenter)  # fmt: skip

    def paint_reading(self, painter: QPainter) -> None:
        """Paint which bar is read out, and what is said of it."""
        bar = self.reading
        if bar is None:
            return
        box, outline = self.box(self._at), self.outline(self._at)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("ink"), 2))
        painter.drawRoundedRect(outline.adjusted(-1, -1, 1, 0), 3, 3)
        notes = [Note(bar.name), *self.notes(bar)]
        at = QPointF(box.right(), box.top() - 10)
        paint_note(painter, at, self._room(), notes, self._few_points(), box.width())

    def outline(self, at: int) -> QRectF:
        """Around what is read out of the bar at a place."""
        return self.box(at)

    def notes(self, bar: Bar) -> list[Note]:
        """What is said of a bar that is read out."""
        return [Note(text, strong=not number) for number, text in enumerate(bar.told)]

    def _few_points(self) -> list[QPointF]:
        """Enough of the bars to know where a note would hide them."""
        boxes = (self.box(number) for number in range(len(self._bars)))
        return [point for box in boxes
                for point in (box.topLeft(), box.topRight(), box.center())]  # fmt: skip

    # --- read out -------------------------------------------------------------------------

    def _read(self, number: int) -> None:
        if number != self._at:
            self._at = number
            self.read_anew()

    def _under(self, at: QPointF) -> int:
        room = self._room()
        if not self._bars or not room.left() <= at.x() < room.right():
            return -1
        return int((at.x() - room.left()) // self._slot(0).width())

    def _open(self) -> None:
        if self.reading is not None:
            self.open_bar(self.reading)

    def open_bar(self, bar: Bar) -> None:
        """Ask for who is behind it."""
        self.bar_requested.emit(bar.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the bar below the pointer out."""
        self._read(self._under(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the bar that was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._read(self._under(event.position()))
            self._open()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read out without a pointer or the keyboard."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._read(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from bar to bar, Enter opens one."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            at = self._at if self._at >= 0 else len(self._bars) - 1
            self._read(min(max(at + step, 0), len(self._bars) - 1))
        elif event.key() in OPEN_KEYS and self.reading is not None:
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The last bar is read out first."""
        super().focusInEvent(event)
        if self.reading is None:
            self._read(len(self._bars) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went elsewhere."""
        super().focusOutEvent(event)
        if not self.underMouse():
            self._read(-1)


# --- drawn by several kinds ----------------------------------------------------------------------


def paint_unknown(painter: QPainter, box: QRectF) -> None:
    """Where a bar would stand whose value is not known."""
    draw.text_line(painter, QRectF(box.left(), box.bottom() - 20, box.width(), 18), "–",
                   fonts.font(theme.SMALL_PX), theme.color("ink_faint"),
                   Qt.AlignmentFlag.AlignHCenter)  # fmt: skip


def paint_interval(painter: QPainter, x: float, low: float, high: float) -> None:
    """From one height to the other."""
    painter.setPen(QPen(theme.color("ink"), 1.4))
    painter.drawLine(QPointF(x, low), QPointF(x, high))
    for y in (low, high):
        painter.drawLine(QPointF(x - 4, y), QPointF(x + 4, y))
